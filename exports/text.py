"""Plain text: one line per paragraph, to be read, searched and compared."""

from collections.abc import Iterator
from typing import Final

from exports.document import PENDING, AgreementDocument, Language, Paragraph, ParagraphKind

#: Full-width marks that end a Chinese label: "（1）", "一、". They bring their own space.
_CLOSED: Final = ("）", "、")


def write_text(document: AgreementDocument, *languages: Language) -> str:
    """Return `document` as plain text in each of `languages`, one language after the other.

    Without any language named, both are written, the edition's own first.

    Shape:
        One line per paragraph, its label and a space before it; then each participant
        list, one line per participant: name, separator and title exactly as recorded.
        A blank line stands between blocks, none between the bullets of a list or the
        names of one::

            DATA GOVERNANCE

            Specific suggestions include the following:

            • A consistent, clear set of definitions …
            • In discussing existing regimes …

            CHINESE PARTICIPANTS

            HAO Yeli Vice President, …

        The draft mark, cover lines and notices stand first, where there are any.

    """
    return "\n".join(_write_one(document, language) for language in languages or document.languages)


def _write_one(document: AgreementDocument, language: Language) -> str:
    return "\n\n".join("\n".join(block) for block in _blocks(document, language) if block) + "\n"


def _blocks(document: AgreementDocument, language: Language) -> Iterator[list[str]]:
    """Yield the lines of `document` by block: what has no blank line within it."""
    if document.draft_mark is not None:
        yield [document.draft_mark[language]]
    if document.cover:
        yield [line[language] for line in document.cover]
    for notice in document.notices:
        yield [notice.text[language]]
    yield from _paragraphs(document.paragraphs, language)
    for participants in document.participant_lists:
        yield [participants.heading[language]]
        yield [
            participant.name[language] + participant.separator[language] + participant.title[language]
            for participant in participants.participants
        ]


def _paragraphs(paragraphs: tuple[Paragraph, ...], language: Language) -> Iterator[list[str]]:
    bullets: list[str] = []
    for paragraph in paragraphs:
        line = _line(paragraph, language)
        if paragraph.kind is ParagraphKind.BULLET:
            bullets.append(line)
            continue
        if bullets:
            yield bullets
            bullets = []
        yield [line]
    if bullets:
        yield bullets


def _line(paragraph: Paragraph, language: Language) -> str:
    text = paragraph.texts[language]
    label = paragraph.label[language]
    if not text.strip():
        text = PENDING[language]
    gap = "" if label.endswith(_CLOSED) else " "
    return f"{label}{gap}{text}" if label else text

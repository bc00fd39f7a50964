"""Plain text: one line per paragraph, to be read, searched and compared."""

from collections.abc import Iterator
from typing import Final

from exports.document import (
    PENDING,
    Change,
    Language,
    Paragraph,
    ParagraphKind,
    Sheet,
    TableDocument,
    TextDocument,
    Words,
)

#: Full-width marks that end a Chinese label: "（1）", "一、". They bring their own space.
_CLOSED: Final = ("）", "、")

#: What stands around words that a redline took out or put in.
MARKS: Final = {Change.DELETED: ("[-", "-]"), Change.INSERTED: ("{+", "+}"), None: ("", "")}


def write_text(document: TextDocument, *languages: Language) -> str:
    """Return `document` as plain text in each of `languages`, one language after the other.

    Without any language named, all of the document are written, the edition's own first.

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

        The marks of its pages, cover lines and notices stand first, where there are any;
        footnotes last, each after its number in square brackets. What a redline deleted
        reads ``[-so-]``, what it inserted ``{+so+}``.

    """
    return "\n".join(_write_one(document, language) for language in languages or document.languages)


def write_table_text(document: TableDocument) -> str:
    """Return `document` as plain text: each row a block, each line of a cell after the heading of its column."""
    blocks = [
        "\n\n".join("\n".join(block) for block in _opening(document, language) if block)
        for language in document.languages
    ]
    for row in document.rows:
        lines = [
            f"{_said(column.heading)}: {_said(cell)}"
            for column, cell in zip(document.columns, row, strict=True)
            if cell
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _said(cell: tuple[Words, ...]) -> str:
    return " / ".join(_labelled(words.label, words.text) for words in cell)


def _write_one(document: TextDocument, language: Language) -> str:
    return "\n\n".join("\n".join(block) for block in _blocks(document, language) if block) + "\n"


def _opening(document: Sheet, language: Language) -> Iterator[list[str]]:
    yield [mark[language] for mark in document.marks]
    yield [line[language] for line in document.cover]
    for notice in document.notices:
        yield [notice.text[language]]


def _blocks(document: TextDocument, language: Language) -> Iterator[list[str]]:
    """Yield the lines of `document` by block: what has no blank line within it."""
    yield from _opening(document, language)
    notes: list[str] = []
    yield from _paragraphs(document.paragraphs, language, notes)
    for participants in document.participant_lists:
        yield [participants.heading[language]]
        yield [
            participant.name[language] + participant.separator[language] + participant.title[language]
            for participant in participants.participants
        ]
    yield [f"[{number}] {note}" for number, note in enumerate(notes, start=1)]


def _paragraphs(paragraphs: tuple[Paragraph, ...], language: Language, notes: list[str]) -> Iterator[list[str]]:
    """Yield the lines of `paragraphs` by block, and append what stands in footnotes to `notes`."""
    bullets: list[str] = []
    for paragraph in paragraphs:
        line = _line(paragraph, language)
        for note in paragraph.notes:
            notes.append(note[language])
            line += f" [{len(notes)}]"
        above = [paragraph.aside[language]] if paragraph.aside[language] else []
        if paragraph.kind is ParagraphKind.BULLET and not above:
            bullets.append(line)
            continue
        if bullets:
            yield bullets
            bullets = []
        yield [*above, line]
    if bullets:
        yield bullets


def _line(paragraph: Paragraph, language: Language) -> str:
    text = paragraph.texts[language]
    label = paragraph.label[language]
    if paragraph.redline is not None:
        whole = paragraph.redline.whole
        spans = ((span.text, MARKS[span.change or whole]) for span in paragraph.redline[language])
        text = "".join(f"{before}{said}{after}" for said, (before, after) in spans)
    elif not text.strip():
        text = PENDING[language]
    return _labelled(label, text)


def _labelled(label: str, text: str) -> str:
    gap = "" if label.endswith(_CLOSED) else " "
    return f"{label}{gap}{text}" if label else text

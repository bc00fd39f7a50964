"""A text in two languages as a ``.docx``, in any layout."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

from exports import styles
from exports.columns import Columns
from exports.document import House, Layout, Pair, Paragraph, ParagraphKind, TextDocument
from exports.frame import add_gap, add_opening, mark_pages
from exports.notes import Notes
from exports.package import Body, blank, describe, origin_parts, packed
from exports.pages import Pages
from exports.participants import add_participants
from exports.runs import lines_of

_Setting: TypeAlias = Columns | Pages

_NUMERALS: Final = "〇一二三四五六七八九"


def write_docx(document: TextDocument) -> bytes:
    """Return `document` as a ``.docx``.

    Shape:
        Cover lines and notices, then the text in its layout; in two columns a table: the
        names of the languages, repeated on each page; a row per paragraph; the participant
        lists, a row per participant. The edition's language comes first.

        The text of each paragraph is a run of its own, and its label, where it has one,
        another before it, so that what was agreed can be read back without the other::

            (1)<tab>All subsidies …     （1）<tab>所有补贴……

        A redline is made of tracked changes that Word accepts or rejects.

    Source:
        The arrangement follows bilingual treaty prints; the page marks follow the
        dialogue's own practice of saying on each page what a paper is.

    """
    profile = styles.PROFILES[document.house]
    file = blank(profile, document.paper)
    describe(file, name=document.name[document.edition], as_of=document.as_of)

    body = Body()
    notes = Notes(document.languages[0])
    add_opening(body, document)
    setting = _setting(body, document, profile, notes)
    for paragraph in _numbered(document):
        setting.add(*lines_of(paragraph))
    for participants in document.participant_lists:
        add_participants(setting, participants)
    setting.finish()
    add_gap(body)

    mark_pages(file, document, pages=setting.height // styles.text_height(profile, document.paper) + 1)
    beside = dict(notes.parts())
    if document.origin is not None:
        beside |= origin_parts(document.origin, [one.anchor for one in document.paragraphs if one.anchor])
    return packed(file, body, notes=beside)


def _setting(body: Body, document: TextDocument, profile: styles.Profile, notes: Notes) -> _Setting:
    if document.layout is Layout.TWO_COLUMN:
        return Columns(body, languages=document.languages, profile=profile, paper=document.paper, notes=notes)
    return Pages(
        body,
        layout=document.layout,
        languages=document.languages,
        profile=profile,
        paper=document.paper,
        notes=notes,
    )


def _numbered(document: TextDocument) -> Iterable[Paragraph]:
    """Yield the paragraphs, Chinese headings numbered where the house style numbers them."""
    return document.paragraphs if document.house is House.NEUTRAL else _with_levels(document.paragraphs)


def _with_levels(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Number the Chinese headings 一、（一） 1. （1） by level, as official documents do (GB/T 9704-2012, 7.3.3)."""
    count = [0, 0, 0, 0]
    for paragraph in paragraphs:
        if paragraph.kind is not ParagraphKind.HEADING or paragraph.label.zh:
            yield paragraph
            continue
        level = min(paragraph.level, len(count))
        count[level - 1] += 1
        count[level:] = [0] * (len(count) - level)
        yield replace(paragraph, label=Pair(paragraph.label.en, _heading_label(level, count[level - 1])))


def _heading_label(level: int, number: int) -> str:
    if level == 1:
        return f"{numeral(number)}、"
    if level == 2:  # noqa: PLR2004 -- the standard's second level
        return f"（{numeral(number)}）"
    return f"{number}. " if level == 3 else f"（{number}）"  # noqa: PLR2004


def numeral(number: int) -> str:
    """Return `number`, 1 to 99, as Chinese writes it in headings: 一, 十, 十一, 二十."""
    tens, ones = divmod(number, 10)
    return "".join(
        (
            _NUMERALS[tens] if tens > 1 else "",
            "十" if tens else "",
            _NUMERALS[ones] if ones or not tens else "",
        )
    )

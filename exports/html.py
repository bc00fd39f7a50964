"""A reading copy: one HTML page that carries its own style and asks nobody for anything."""

from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from lxml import html
from lxml.html.builder import E

from exports.document import (
    PENDING,
    Change,
    Comment,
    Language,
    Layout,
    Pair,
    Paragraph,
    ParagraphKind,
    Participant,
    Sheet,
    TableDocument,
    TextDocument,
    Words,
)
from exports.wordml import Element

_Make: TypeAlias = Callable[..., Element]

LANG: Final = {Language.EN: "en", Language.ZH: "zh-Hans"}
_TAGS: Final[dict[ParagraphKind, _Make]] = {ParagraphKind.TITLE: E.h2, ParagraphKind.HEADING: E.h3}
_CHANGES: Final[dict[Change, _Make]] = {Change.INSERTED: E.ins, Change.DELETED: getattr(E, "del")}

#: How a reading copy that stands alone looks: on a screen, and on paper.
STYLE: Final = """
body { margin: 0; background: #f6f4ee; color: #1f2937; }
.copy { max-width: 60rem; margin: 2rem auto; padding: 2rem; background: #fff;
  font: 1rem/1.6 "Times New Roman", "Songti SC", SimSun, serif; hyphens: manual; }
.copy--single { max-width: 42rem; }
.copy .copy__title { font-size: 1.5rem; text-align: center; }
.copy .copy__line { text-align: center; color: #5b6472; }
.copy .copy__title, .copy h2, .copy h3 { line-height: 1.35; }
.copy .copy__title[lang|=zh], .copy h2[lang|=zh], .copy h3[lang|=zh] {
  font-family: "Heiti SC", SimHei, sans-serif; font-weight: normal; }
.copy h2 { text-align: center; }
.copy__mark { text-align: center; color: #9b1c1c; font-weight: bold; }
.copy__notice { border: 1px solid #9aa3af; padding: .5rem .75rem; font-size: .9rem; }
.copy table { width: 100%; border-collapse: collapse; table-layout: fixed; }
.copy th, .copy td { vertical-align: top; text-align: left; padding: .3rem .75rem; overflow-wrap: anywhere; }
.copy th { font-size: .85rem; color: #5b6472; border-bottom: 1px solid #9aa3af; }
.copy tr > * + * { border-left: 1px solid #d3d8df; }
.copy p, .copy h2, .copy h3 { margin: .4rem 0; white-space: pre-wrap; }
.copy__aside, .copy__quiet { font-size: .85rem; color: #5b6472; }
.copy__pending { color: #9b1c1c; }
.copy ins { text-decoration: underline 2px; color: #14532d; }
.copy del { color: #7f1d1d; }
.copy__comment { border-left: 3px solid #9aa3af; padding-left: .5rem; font-size: .9rem; }
@media print { body { background: none; } .copy { margin: 0; padding: 0; max-width: none; } }
"""


def write_html(document: TextDocument | TableDocument) -> bytes:
    """Return `document` as an HTML page in UTF-8 that needs no other file and runs no script."""
    languages = document.languages
    root = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.title(" · ".join(document.name[language] for language in languages)),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.style(STYLE),
        ),
        E.body(_copy(document)),
        lang=LANG[languages[0]],
    )
    return bytes(html.tostring(root, doctype="<!DOCTYPE html>", encoding="utf-8")) + b"\n"


def fragment(document: TextDocument | TableDocument) -> str:
    """Return `document` as one HTML element, for a page that brings its own style. All of its text is escaped."""
    return str(html.tostring(_copy(document), encoding="unicode"))


def _copy(document: TextDocument | TableDocument) -> Element:
    copy: Element = _make(E.article, "copy" if len(document.languages) > 1 else "copy copy--single")
    _add_opening(copy, document)
    if isinstance(document, TableDocument):
        copy.append(_working_table(document))
        return copy
    notes: list[Pair] = []
    if document.layout is Layout.TWO_COLUMN:
        copy.append(_columns(document, notes))
    elif document.layout is Layout.INTERLEAVED:
        for blocks in _all(document, notes):
            copy.extend(block for language in document.languages for block in blocks[language])
    else:
        for language in document.languages:
            notes = []
            part = E.section(lang=LANG[language])
            for blocks in _all(document, notes):
                part.extend(blocks[language])
            part.extend(_notes(notes, (language,)))
            copy.append(part)
        return copy
    copy.extend(_notes(notes, document.languages))
    return copy


def _add_opening(copy: Element, document: Sheet) -> None:
    for language in document.languages:
        copy.extend(_said(E.p, mark[language], language, "copy__mark") for mark in document.marks)
        for number, line in enumerate(document.cover):
            copy.append(_said(E.p, line[language], language, "copy__line" if number else "copy__title"))
        copy.extend(_said(E.p, notice.text[language], language, "copy__notice") for notice in document.notices)


def _columns(document: TextDocument, notes: list[Pair]) -> Element:
    names = {Language.EN: "English", Language.ZH: "中文"}
    body = E.tbody()
    for blocks in _all(document, notes):
        row = E.tr()
        for language in document.languages:
            cell = E.td(lang=LANG[language])
            cell.extend(blocks[language])
            row.append(cell)
        body.append(row)
    heads = E.tr(*(_said(E.th, names[one], one) for one in document.languages))
    made: Element = E.table(E.thead(heads), body)
    return made


def _working_table(document: TableDocument) -> Element:
    heads = E.tr(*(_cell(E.th, column.heading) for column in document.columns))
    rows = (E.tr(*(_cell(E.td, said) for said in row)) for row in document.rows)
    made: Element = E.table(E.thead(heads), E.tbody(*rows))
    return made


def _cell(make: _Make, said: tuple[Words, ...]) -> Element:
    made = make()
    for words in said:
        text = (E.strong if words.is_strong else E.span)(words.text, lang=LANG[words.language])
        line = _make(E.p, "copy__quiet" if words.is_quiet else "")
        if words.label:
            line.append(E.span(f"{words.label} "))
        line.append(text)
        made.append(line)
    return made


def _all(document: TextDocument, notes: list[Pair]) -> Iterable[dict[Language, list[Element]]]:
    """Yield each paragraph and each line of a participant list in every language of `document`; gather footnotes."""
    for paragraph in document.paragraphs:
        first = len(notes) + 1
        notes += paragraph.notes
        blocks = {language: _paragraph(paragraph, language, first) for language in document.languages}
        blocks[document.languages[0]] += (_comment(one) for one in paragraph.comments)
        yield blocks
    for listed in document.participant_lists:
        yield {one: [_said(E.h3, listed.heading[one], one)] for one in document.languages}
        for participant in listed.participants:
            yield {one: [_participant(participant, one)] for one in document.languages}


def _participant(one: Participant, language: Language) -> Element:
    rest = one.separator[language] + one.title[language]
    made: Element = E.p(E.strong(one.name[language]), rest, lang=LANG[language])
    return made


def _paragraph(paragraph: Paragraph, language: Language, first_note: int) -> list[Element]:
    made = _TAGS.get(paragraph.kind, E.p)(lang=LANG[language])
    if paragraph.label[language]:
        made.append(E.span(f"{paragraph.label[language]} "))
    text = paragraph.texts[language]
    if paragraph.redline is not None:
        for span in paragraph.redline[language]:
            change = span.change or paragraph.redline.whole
            made.append(_CHANGES[change](span.text) if change else E.span(span.text))
    elif text.strip():
        made.append(E.span(text))
    else:
        made.append(_said(E.span, PENDING[language], language, "copy__pending"))
    made.extend(E.sup(f"[{number}]") for number, _note in enumerate(paragraph.notes, start=first_note))
    aside = paragraph.aside[language]
    found = [_said(E.p, aside, language, "copy__aside")] if aside else []
    found.append(made)
    return found


def _comment(comment: Comment) -> Element:
    """Return what is shown once, in the column of the language that comes first."""
    said = _make(E.p, "copy__comment")
    said.extend((E.strong(comment.author), E.span(f" {comment.text}")))
    return said


def _notes(notes: list[Pair], languages: tuple[Language, ...]) -> Iterable[Element]:
    for number, note in enumerate(notes, start=1):
        yield from (_said(E.p, f"[{number}] {note[one]}", one, "copy__quiet") for one in languages)


def _said(make: _Make, text: str, language: Language, style: str = "") -> Element:
    made = _make(make, style)
    made.set("lang", LANG[language])
    made.text = text
    return made


def _make(make: _Make, style: str) -> Element:
    made = make()
    if style:
        made.set("class", style)
    return made

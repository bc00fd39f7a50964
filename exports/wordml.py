"""WordprocessingML, as little of it as the documents need.

A paragraph is a list of runs and a cell a list of paragraphs, so that a later writer can
put revision marks, brackets or bookmarks between runs without a change here. The trees
are plain lxml: a document of thousands of paragraphs is built at the speed of the parser
library, not of a class per element.

Source:
    ISO/IEC 29500-1 (WordprocessingML, transitional), clause 17. The order of children
    is the schema's, which Word insists on.

"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml import etree

from exports.document import Change, Language

Element: TypeAlias = etree._Element  # noqa: SLF001 -- lxml has no public name for its element

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_NAMESPACES: Final = {"w": W, "r": R}


def w(name: str) -> str:
    """Return the qualified name of `name`, e.g. ``{http://…/main}val`` for ``val``."""
    return f"{{{W}}}{name}"


_R, _RPR, _RSTYLE, _RFONTS, _T, _TAB, _BR = map(w, ("r", "rPr", "rStyle", "rFonts", "t", "tab", "br"))
_P, _PPR, _PSTYLE, _TR, _TC, _TCPR, _TCW = map(w, ("p", "pPr", "pStyle", "tr", "tc", "tcPr", "tcW"))
_TRPR, _CANT_SPLIT = map(w, ("trPr", "cantSplit"))
_DEL_TEXT, _ID, _AUTHOR, _DATE = map(w, ("delText", "id", "author", "date"))
_MARKS: Final = {Change.INSERTED: w("ins"), Change.DELETED: w("del")}
_BREAKS: Final = {"\t": _TAB, "\n": _BR}
_VAL, _HINT, _W, _TYPE = map(w, ("val", "hint", "w", "type"))


def element(name: str) -> Element:
    """Return a new element `name` that can stand at the root of a part."""
    return etree.Element(w(name), nsmap=_NAMESPACES)


def child(parent: Element, name: str, /, **attributes: str | int) -> Element:
    """Append a new element `name` to `parent` and return it."""
    made = etree.SubElement(parent, w(name))
    for attribute, value in attributes.items():
        made.set(w(attribute), str(value))
    return made


def serialised(root: Element) -> bytes:
    """Return the bytes of a part whose root is `root`."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def paragraph(parent: Element, style: str) -> Element:
    """Append an empty paragraph in `style` to `parent`, a cell or a body, and return it (§17.3.1.22)."""
    made = etree.SubElement(parent, _P)
    etree.SubElement(etree.SubElement(made, _PPR), _PSTYLE).set(_VAL, style)
    return made


def run(parent: Element, text: str, language: Language, *, style: str = "") -> Element:
    """Append `text` to the paragraph `parent` as a run in `language`, and return the run (§17.3.2.25).

    Every character is kept: a tab and a line feed become the elements that mean them,
    anything else stands in the text as it is. A Chinese run carries the hint that sets
    its quotes and dashes full width (§17.3.2.26, ``w:hint``).
    """
    made = etree.SubElement(parent, _R)
    if style or language == Language.ZH:
        properties = etree.SubElement(made, _RPR)
        if style:
            etree.SubElement(properties, _RSTYLE).set(_VAL, style)
        if language == Language.ZH:
            etree.SubElement(properties, _RFONTS).set(_HINT, "eastAsia")
    place = etree.SubElement(made, _T)
    place.set(XML_SPACE, "preserve")
    _set_text(place, text)
    return made


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change (§17.13.5): its own number, who made it, and when, to the second in UTC."""

    number: int
    change: Change
    author: str
    date: str


def revised(parent: Element, revision: Revision) -> Element:
    """Append the mark of a tracked change to `parent`; return it, for the runs it holds (§17.13.5.14 and 18)."""
    about = {_ID: str(revision.number), _AUTHOR: revision.author, _DATE: revision.date}
    return etree.SubElement(parent, _MARKS[revision.change], about)


def mark_paragraph(line: Element, revision: Revision) -> None:
    """Say that the paragraph `line` itself came or went, its end included (§17.13.5.15, §17.13.5.20)."""
    revised(child(line[0], "rPr"), revision)


def mark_row(made: Element, revision: Revision) -> None:
    """Say that the whole row `made` came or went (§17.13.5.12, §17.13.5.17)."""
    properties = made.find(_TRPR)
    if properties is None:
        properties = etree.Element(_TRPR)
        made.insert(0, properties)
    revised(properties, revision)


def struck(made: Element) -> None:
    """Turn the texts of the run `made` into deleted ones (§17.3.3.7, ``w:delText``)."""
    for text in made.findall(_T):
        text.tag = _DEL_TEXT


def tab(parent: Element) -> None:
    """Append a tab to the run `parent` (§17.3.3.32)."""
    etree.SubElement(parent, _TAB)


def field(parent: Element, instruction: str, shown: str, language: Language) -> None:
    """Append the field `instruction` to the paragraph `parent`, with `shown` as its last known result (§17.16.5).

    A reader that does not compute fields prints `shown`.
    """
    made = child(parent, "fldSimple", instr=f" {instruction} ")
    run(made, shown, language)


def row(parent: Element) -> Element:
    """Append a row, which may run on to the next page, to the table `parent` and return it (§17.4.79)."""
    return etree.SubElement(parent, _TR)


def unbroken_row(parent: Element) -> Element:
    """Append a row that stays on one page to the table `parent` and return it (§17.4.6, ``w:cantSplit``)."""
    made = etree.SubElement(parent, _TR)
    etree.SubElement(etree.SubElement(made, _TRPR), _CANT_SPLIT)
    return made


def heading_row(parent: Element) -> Element:
    """Append a row that is repeated at the head of each page (§17.4.50, ``w:tblHeader``)."""
    made = unbroken_row(parent)
    child(made[0], "tblHeader")
    return made


def cell(parent: Element, width: str) -> Element:
    """Append a cell `width` twentieths of a point wide to the row `parent` and return it.

    The caller owes it a paragraph: Word calls a file damaged in which a cell has none.
    """
    made = etree.SubElement(parent, _TC)
    size = etree.SubElement(etree.SubElement(made, _TCPR), _TCW)
    size.set(_W, width)
    size.set(_TYPE, "dxa")
    return made


def keep_next(line: Element) -> None:
    """Keep the paragraph `line` on the page of the next (§17.3.1.15)."""
    child(line[0], "keepNext")


def break_page_before(line: Element) -> None:
    """Begin a new page with the paragraph `line` (§17.3.1.23)."""
    line[0].insert(1, etree.Element(w("pageBreakBefore")))


def bookmark(parent: Element, number: int, name: str) -> None:
    """Append a collapsed bookmark to the paragraph `parent` (§17.13.6.2)."""
    child(parent, "bookmarkStart", id=number, name=name)
    child(parent, "bookmarkEnd", id=number)


def table(parent: Element, *, style: str, widths: Iterable[int]) -> Element:
    """Append a table of fixed columns to `parent` and return it (§17.4.37)."""
    columns = tuple(widths)
    made = child(parent, "tbl")
    properties = child(made, "tblPr")
    child(properties, "tblStyle", val=style)
    child(properties, "tblW", w=sum(columns), type="dxa")
    child(properties, "tblLayout", type="fixed")
    child(
        properties,
        "tblLook",
        val="0020",
        firstRow=1,
        lastRow=0,
        firstColumn=0,
        lastColumn=0,
        noHBand=1,
        noVBand=1,
    )
    grid = child(made, "tblGrid")
    for width in columns:
        child(grid, "gridCol", w=width)
    return made


def set_texts(parent: Element, texts: Iterable[str]) -> None:
    """Give the text elements within `parent`, in document order, the `texts`, one each."""
    for place, text in zip(list(parent.iter(_T)), texts, strict=True):
        _set_text(place, text)


def _set_text(place: Element, text: str) -> None:
    """Make the text element `place` say `text`, with more elements beside it where a tab or a line feed parts it."""
    if "\t" not in text and "\n" not in text:
        place.text = text
        return
    for piece in filter(None, re.split("([\t\n])", text)):
        mark = _BREAKS.get(piece)
        beside = etree.Element(_T if mark is None else mark)
        if mark is None:
            beside.set(XML_SPACE, "preserve")
            beside.text = piece
        place.addprevious(beside)
    place.getparent().remove(place)  # type: ignore[union-attr]  # it stands in a run

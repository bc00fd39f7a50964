"""The text of a document as markup: strings that are joined, where a tree would cost more than the text itself.

Each function returns one construct of WordprocessingML with what it holds; the order of
children is the schema's, which Word insists on. Words are escaped here and nowhere else.

Source:
    ISO/IEC 29500-1 (WordprocessingML, transitional), clause 17.

"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from exports.document import Change, Language

_MARKS: Final = {Change.INSERTED: "ins", Change.DELETED: "del"}
_BREAKS: Final = {"\t": "<w:tab/>", "\n": "<w:br/>"}

_CHINESE: Final = "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
#: A passage in Chinese within a text in English; quotes and dashes belong to it between Chinese characters only.
_PASSAGES: Final = re.compile(f"({_CHINESE}+(?:[“”‘’—…·]+{_CHINESE}+)*)")

TABLE_END: Final = "</w:tbl>"


@dataclass(frozen=True, slots=True)
class Revision:
    """A tracked change (§17.13.5): its own number, who made it, and when, to the second in UTC."""

    number: int
    change: Change
    author: str
    date: str

    @property
    def attributes(self) -> str:
        """What every kind of mark says of it."""
        return f'w:id="{self.number}" w:author="{attribute(self.author)}" w:date="{self.date}"'

    @property
    def mark(self) -> str:
        """The empty mark that stands among the properties of what came or went as a whole."""
        return f"<w:{_MARKS[self.change]} {self.attributes}/>"


def escaped(text: str) -> str:
    """Return `text` as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Return `text` as it stands between the quotes of an attribute."""
    return escaped(text).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")


def run(text: str, language: Language, *, style: str = "", tabbed: bool = False, struck: bool = False) -> str:
    """Return `text` as a run in `language` (§17.3.2.25), with a tab after it if `tabbed`.

    Every character is kept: a tab and a line feed become the elements that mean them,
    anything else stands in the text as it is. A Chinese run carries the hint that sets
    its quotes and dashes full width (§17.3.2.26, ``w:hint``); Chinese words in an English
    text are runs of their own, with the same hint. What is `struck` is told from what
    stands (§17.3.3.7, ``w:delText``).
    """
    if language is Language.EN and not text.isascii() and _PASSAGES.search(text):
        passages = list(filter(None, _PASSAGES.split(text)))
        return "".join(
            _run(
                passage,
                Language.ZH if _PASSAGES.match(passage) else language,
                style=style,
                tabbed=tabbed and number == len(passages),
                struck=struck,
            )
            for number, passage in enumerate(passages, start=1)
        )
    return _run(text, language, style=style, tabbed=tabbed, struck=struck)


def _run(text: str, language: Language, *, style: str, tabbed: bool, struck: bool) -> str:
    """Return `text`, all in the type of `language`, as one run."""
    begin, open_text, close_text = _run_frame(language, style, struck)
    if "\t" in text or "\n" in text:
        said = "".join(
            _BREAKS.get(piece) or f"{open_text}{escaped(piece)}{close_text}"
            for piece in filter(None, re.split("([\t\n])", text))
        )
    else:
        said = f"{open_text}{escaped(text)}{close_text}"
    return f"{begin}{said}<w:tab/></w:r>" if tabbed else f"{begin}{said}</w:r>"


@lru_cache(maxsize=256)
def _run_frame(language: Language, style: str, struck: bool) -> tuple[str, str, str]:  # noqa: FBT001 -- a key of a cache
    said = f'<w:rStyle w:val="{style}"/>' if style else ""
    hint = '<w:rFonts w:hint="eastAsia"/>' if language == Language.ZH else ""
    properties = f"<w:rPr>{said}{hint}</w:rPr>" if said or hint else ""
    name = "w:delText" if struck else "w:t"
    return f"<w:r>{properties}", f'<{name} xml:space="preserve">', f"</{name}>"


def reference(style: str, mark: str) -> str:
    """Return `mark`, an empty element, as a run in `style`: what points at a note."""
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>{mark}</w:r>'


def revised(revision: Revision, runs: str) -> str:
    """Return `runs` as a tracked change (§17.13.5.14 and 18)."""
    name = _MARKS[revision.change]
    return f"<w:{name} {revision.attributes}>{runs}</w:{name}>"


def field(instruction: str, shown: str, language: Language) -> str:
    """Return the field `instruction`, with `shown` as its last known result (§17.16.5).

    A reader that does not compute fields prints `shown`.
    """
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown, language)}</w:fldSimple>'


def bookmark(number: int, name: str) -> str:
    """Return a collapsed bookmark (§17.13.6.2)."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def paragraph(
    style: str,
    holds: str = "",
    *,
    keeps_next: bool = False,
    new_page: bool = False,
    revision: Revision | None = None,
) -> str:
    """Return a paragraph in `style` (§17.3.1.22).

    Args:
        style: Its id.
        holds: Runs and what stands between them.
        keeps_next: Whether it stays on the page of the next (§17.3.1.15).
        new_page: Whether it begins a page (§17.3.1.23).
        revision: Given where the paragraph came or went, its end included (§17.13.5.15, §17.13.5.20).

    """
    keep = "<w:keepNext/>" if keeps_next else ""
    page = "<w:pageBreakBefore/>" if new_page else ""
    end = f"<w:rPr>{revision.mark}</w:rPr>" if revision else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{page}{end}</w:pPr>{holds}</w:p>'


def cell(width: int, holds: str) -> str:
    """Return a cell `width` twentieths of a point wide.

    `holds` has to end with a paragraph: Word calls a file damaged in which a cell does not.
    """
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{holds}</w:tc>'


def row(cells: str, *, unbroken: bool = False, revision: Revision | None = None) -> str:
    """Return a row (§17.4.79), on one page if `unbroken` (§17.4.6); `revision` says that it came or went as a whole."""
    whole = "<w:cantSplit/>" if unbroken else ""
    mark = revision.mark if revision else ""
    properties = f"<w:trPr>{whole}{mark}</w:trPr>" if whole or mark else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def heading_row(cells: str) -> str:
    """Return a row that is repeated at the head of each page (§17.4.50, ``w:tblHeader``)."""
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def table_start(style: str, widths: Iterable[int]) -> str:
    """Return the beginning of a table of fixed columns (§17.4.37); rows and `TABLE_END` have to follow."""
    columns = tuple(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )

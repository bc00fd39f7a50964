"""A working table as a ``.docx``, across the long side of the page."""

from collections.abc import Sequence
from typing import Final

from exports import styles
from exports.document import Pair, TableDocument, Words
from exports.frame import add_gap, add_opening, mark_pages
from exports.markup import TABLE_END, cell, heading_row, paragraph, row, run, table_start
from exports.package import Body, blank, describe, packed

#: A row higher than this share of a page may be broken. LibreOffice set 143 rows of the
#: demonstration's tables, in both house styles, 0.53 to 1.003 times as high as they are estimated:
#: what is estimated at nine tenths of a page does fit one.
UNBROKEN_SHARE: Final = 0.9


def write_table(document: TableDocument) -> bytes:
    """Return `document` as a ``.docx``: its heading row repeated on each page, a line of a cell as a paragraph.

    A row stays whole unless it might exceed a page; one that keeps the next stays on its page.

    Source:
        The working table and the four-column table of bilateral drafting.

    """
    profile = styles.PROFILES[document.house]
    file = blank(profile, document.paper, across=True)
    describe(file, name=document.name[document.edition], as_of=document.as_of)

    body = Body()
    add_opening(body, document)
    whole = styles.text_width(profile, document.paper, across=True)
    page = styles.text_height(profile, document.paper, across=True)
    shares = sum(column.share for column in document.columns)
    widths = [whole * column.share // shares for column in document.columns]
    heads = [column.heading for column in document.columns]
    body.add(table_start(styles.GRID, widths))
    body.add(heading_row(_cells(heads, widths)))
    most = (page - row_height(heads, widths, profile)) * UNBROKEN_SHARE
    height = 0
    for cells in document.rows:
        high = row_height(cells, widths, profile)
        body.add(row(_cells(cells, widths), unbroken=high <= most))
        height += high
    body.add(TABLE_END)
    add_gap(body)
    mark_pages(file, document, pages=height // page + 1)
    return packed(file, body)


def row_height(cells: Sequence[tuple[Words, ...]], widths: Sequence[int], profile: styles.Profile) -> int:
    """Return about how high a row of `cells` is in columns of `widths`, in twentieths of a point; rather too much."""
    return max(_height(said, width, profile) for said, width in zip(cells, widths, strict=True))


def _cells(said: Sequence[tuple[Words, ...]], widths: Sequence[int]) -> str:
    # Word and LibreOffice ask the first paragraph of a row, of whichever cell, whether it stays with the next.
    keeps_next = any(words.keeps_next for each in said for words in each)
    return "".join(
        cell(
            width,
            "".join(_line(one, keeps_next=keeps_next) for one in words)
            or paragraph(styles.CELL.en, keeps_next=keeps_next),
        )
        for words, width in zip(said, widths, strict=True)
    )


def _line(words: Words, *, keeps_next: bool) -> str:
    label = run(words.label, words.language, style=styles.LABEL, tabbed=True) if words.label else ""
    return paragraph(_style(words)[words.language], label + run(words.text, words.language), keeps_next=keeps_next)


def _style(words: Words) -> Pair:
    if words.is_strong:
        return styles.CELL_STRONG
    if words.is_quiet:
        return styles.CELL_QUIET
    return styles.CELL_ITEM if words.label else styles.CELL


def _height(said: tuple[Words, ...], width: int, profile: styles.Profile) -> int:
    size = profile.table_size
    lines = sum(
        styles.text_lines(words.label + words.text, width=width - styles.CELL_MARGIN, size=size) for words in said
    )
    return lines * size * 13 + len(said) * 40 + 2 * styles.CELL_MARGIN

"""A working table as a ``.docx``, across the long side of the page."""

from collections.abc import Sequence

from exports import styles
from exports.document import TableDocument, Words
from exports.frame import add_gap, add_opening, mark_pages
from exports.markup import TABLE_END, cell, heading_row, paragraph, row, run, table_start
from exports.package import Body, blank, describe, packed


def write_table(document: TableDocument) -> bytes:
    """Return `document` as a ``.docx``: its heading row repeated on each page, a line of a cell as a paragraph.

    Source:
        The working table and the four-column table of bilateral drafting.

    """
    profile = styles.PROFILES[document.house]
    file = blank(profile, document.paper, across=True)
    describe(file, name=document.name[document.edition], as_of=document.as_of)

    body = Body()
    add_opening(body, document)
    whole = styles.text_width(profile, document.paper, across=True)
    shares = sum(column.share for column in document.columns)
    widths = [whole * column.share // shares for column in document.columns]
    body.add(table_start(styles.GRID, widths))
    body.add(heading_row(_cells([column.heading for column in document.columns], widths)))
    height = 0
    for cells in document.rows:
        body.add(row(_cells(cells, widths)))
        height += max(_height(said, width, profile) for said, width in zip(cells, widths, strict=True))
    body.add(TABLE_END)
    add_gap(body)
    mark_pages(file, document, pages=height // styles.text_height(profile, document.paper, across=True) + 1)
    return packed(file, body)


def _cells(said: Sequence[tuple[Words, ...]], widths: Sequence[int]) -> str:
    return "".join(
        cell(width, "".join(map(_line, words)) or paragraph(styles.CELL.en))
        for words, width in zip(said, widths, strict=True)
    )


def _line(words: Words) -> str:
    style = styles.CELL_STRONG if words.is_strong else styles.CELL_QUIET if words.is_quiet else styles.CELL
    return paragraph(style[words.language], run(words.text, words.language))


def _height(said: tuple[Words, ...], width: int, profile: styles.Profile) -> int:
    size = profile.table_size
    lines = sum(styles.text_lines(words.text, width=width - styles.CELL_MARGIN, size=size) for words in said)
    return lines * size * 13 + 2 * styles.CELL_MARGIN

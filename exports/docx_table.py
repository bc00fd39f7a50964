"""A working table as a ``.docx``, across the long side of the page."""

from exports import styles
from exports.document import TableDocument, Words
from exports.frame import add_gap, add_opening, mark_pages
from exports.package import blank, describe, new_body, packed
from exports.wordml import Element, cell, heading_row, paragraph, row, run, table


def write_table(document: TableDocument) -> bytes:
    """Return `document` as a ``.docx``: its heading row repeated on each page, a line of a cell as a paragraph.

    Source:
        The working table and the four-column table of bilateral drafting.

    """
    profile = styles.PROFILES[document.house]
    file = blank(profile, document.paper, across=True)
    describe(file, name=document.name[document.edition], as_of=document.as_of)

    content = new_body()
    add_opening(content, document)
    whole = styles.text_width(profile, document.paper, across=True)
    shares = sum(column.share for column in document.columns)
    widths = [whole * column.share // shares for column in document.columns]
    grid = table(content, style=styles.GRID, widths=widths)
    names = heading_row(grid)
    for column, width in zip(document.columns, widths, strict=True):
        _fill(cell(names, str(width)), column.heading)
    height = 0
    for cells in document.rows:
        made = row(grid)
        for said, width in zip(cells, widths, strict=True):
            _fill(cell(made, str(width)), said)
        height += max(_height(said, width, profile) for said, width in zip(cells, widths, strict=True))
    add_gap(content)
    mark_pages(file, document, pages=height // styles.text_height(profile, document.paper, across=True) + 1)
    return packed(file, content)


def _fill(place: Element, said: tuple[Words, ...]) -> None:
    for words in said:
        style = styles.CELL_STRONG if words.is_strong else styles.CELL_QUIET if words.is_quiet else styles.CELL
        run(paragraph(place, style[words.language]), words.text, words.language)
    if not said:
        paragraph(place, styles.CELL.en)


def _height(said: tuple[Words, ...], width: int, profile: styles.Profile) -> int:
    size = profile.table_size
    lines = sum(styles.text_lines(words.text, width=width - styles.CELL_MARGIN, size=size) for words in said)
    return lines * size * 13 + 2 * styles.CELL_MARGIN

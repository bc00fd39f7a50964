"""What stands around the text: cover lines, notices, the head and foot of each page."""

from docx.document import Document

from exports import styles
from exports.document import Language, Pair, Sheet
from exports.wordml import Element, field, paragraph, run

#: Between two languages on one line.
_EM_SPACE = "\u2003"


def add_opening(content: Element, sheet: Sheet) -> None:
    """Append to `content` the cover lines and, in a box, the notices of `sheet`."""
    for number, line in enumerate(sheet.cover):
        style = styles.COVER_LINE if number else styles.COVER_FIRST
        _add_both(content, line, style, sheet.languages)
    if sheet.cover and sheet.notices:
        add_gap(content)
    for notice in sheet.notices:
        _add_both(content, notice.text, styles.NOTICE, sheet.languages)
    if sheet.cover or sheet.notices:
        add_gap(content)


def add_gap(content: Element) -> None:
    """Append a sliver of white. Also what follows a table at the end: Word wants a paragraph there."""
    paragraph(content, styles.GAP)


def mark_pages(document: Document, sheet: Sheet, *, pages: int) -> None:
    """Put the draft mark and short notices at the head of each page, and its number at the foot.

    `pages` is shown until a reader has counted for itself.
    """
    section = document.sections[0]
    head = section.header.part.element
    for mark in sheet.marks:
        _add_line(head, mark, styles.DRAFT_MARK, sheet.languages)
    for notice in sheet.notices:
        _add_line(head, notice.short, styles.HEADER, sheet.languages)
    if not len(head):
        paragraph(head, styles.HEADER)

    foot = paragraph(section.footer.part.element, styles.FOOTER)
    for number, language in enumerate(sheet.languages):
        if number:
            run(foot, _EM_SPACE, language)
        _add_page_number(foot, language, pages=pages)


def _add_page_number(foot: Element, language: Language, *, pages: int) -> None:
    before, between, after = ("Page ", " of ", "") if language is Language.EN else ("第", "页，共", "页")
    run(foot, before, language)
    field(foot, "PAGE", "1", language)
    run(foot, between, language)
    field(foot, "NUMPAGES", str(pages), language)
    if after:
        run(foot, after, language)


def _add_both(content: Element, texts: Pair, style: Pair, languages: tuple[Language, ...]) -> None:
    for language in languages:
        run(paragraph(content, style[language]), texts[language], language)


def _add_line(head: Element, texts: Pair, style: str, languages: tuple[Language, ...]) -> None:
    line = paragraph(head, style)
    for number, language in enumerate(languages):
        if number:
            run(line, _EM_SPACE, language)
        run(line, texts[language], language)

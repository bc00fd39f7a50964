"""What stands around the text: cover lines, notices, the head and foot of each page."""

from typing import Final

from docx.document import Document
from docx.section import Section
from docx.shared import Twips

from exports import styles
from exports.document import Language, Pair, Sheet
from exports.markup import field, paragraph, run
from exports.package import Body
from exports.wordml import graft

#: Between the marks at the head of a page and the text, at least, in twentieths of a point.
MARK_GAP: Final = 240
#: Between the upper edge of the paper and the first mark, at least: what a printer leaves white.
MARK_DISTANCE: Final = 360

#: Between two languages on one line.
_EM_SPACE = "\u2003"


def add_opening(body: Body, sheet: Sheet) -> None:
    """Append to `body` the cover lines and, in a box, the notices of `sheet`."""
    for number, line in enumerate(sheet.cover):
        style = styles.COVER_LINE if number else styles.COVER_FIRST
        _add_both(body, line, style, sheet.languages)
    if sheet.cover and sheet.notices:
        add_gap(body)
    for notice in sheet.notices:
        _add_both(body, notice.text, styles.NOTICE, sheet.languages)
    if sheet.cover or sheet.notices:
        add_gap(body)


def add_gap(body: Body) -> None:
    """Append a sliver of white. Also what follows a table at the end: Word wants a paragraph there."""
    body.add(paragraph(styles.GAP))


def mark_pages(document: Document, sheet: Sheet, *, pages: int) -> None:
    """Put the draft mark and short notices at the head of each page, and its number at the foot.

    `pages` is shown until a reader has counted for itself.
    """
    section = document.sections[0]
    head = section.header.part.element
    marks = [(mark, styles.DRAFT_MARK) for mark in sheet.marks]
    marks += [(notice.short, styles.HEADER) for notice in sheet.notices]
    for texts, style in marks:
        graft(head, paragraph(style, _on_one_line(texts, sheet.languages)))
    if not marks:
        graft(head, paragraph(styles.HEADER))
    _make_room(section, len(marks), styles.PROFILES[sheet.house])

    numbers = {language: _page_number(language, pages=pages) for language in sheet.languages}
    foot = "".join(_parted(number, language) + said for number, (language, said) in enumerate(numbers.items()))
    graft(section.footer.part.element, paragraph(styles.FOOTER, foot))


def _make_room(section: Section, marks: int, profile: styles.Profile) -> None:
    """Let the head of each page begin so high that white is left between `marks` lines and the text."""
    lines = marks * styles.mark_pitch(profile) + MARK_GAP
    distance = max(MARK_DISTANCE, min(profile.margin_top // 2, profile.margin_top - lines))
    section.header_distance = Twips(distance)
    section.top_margin = Twips(max(profile.margin_top, distance + lines))


def _page_number(language: Language, *, pages: int) -> str:
    before, between, after = ("Page ", " of ", "") if language is Language.EN else ("第", "页，共", "页")
    return "".join(
        (
            run(before, language),
            field("PAGE", "1", language),
            run(between, language),
            field("NUMPAGES", str(pages), language),
            run(after, language) if after else "",
        )
    )


def _add_both(body: Body, texts: Pair, style: Pair, languages: tuple[Language, ...]) -> None:
    for language in languages:
        body.add(paragraph(style[language], run(texts[language], language)))


def _on_one_line(texts: Pair, languages: tuple[Language, ...]) -> str:
    return "".join(
        _parted(number, language) + run(texts[language], language) for number, language in enumerate(languages)
    )


def _parted(number: int, language: Language) -> str:
    """Return what parts the language that stands at `number` on a line from the one before it."""
    return run(_EM_SPACE, language) if number else ""

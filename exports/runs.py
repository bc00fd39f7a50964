"""What a line is made of, before it is known where in a layout it will stand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from exports import styles
from exports.document import PENDING, Change, Language, Pair, Paragraph, ParagraphKind
from exports.markup import Revision, bookmark, paragraph, revised, run
from exports.notes import Notes


class Run(NamedTuple):
    """Some words in one type."""

    text: str
    style: str = ""
    """A character style; none, where the paragraph's own type will do."""
    tabbed: bool = False
    """Whether a tab follows, as after a label."""
    change: Change | None = None
    """What a redline did to them."""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph in both languages: what is said, and what hangs on it."""

    style: Pair
    en: Runs
    zh: Runs
    paragraph: Paragraph | None = None
    """Given where something hangs on it: notes, comments, an anchor, a change with an author."""
    keeps_next: bool = False
    """Whether it stays on the page of the next although its style does not ask for it."""

    def __getitem__(self, language: Language) -> Runs:
        """Return what is said in `language`."""
        return self.en if language is Language.EN else self.zh


def written(said: Line, language: Language, notes: Notes, *, keeps_next: bool = False, new_page: bool = False) -> str:
    """Return what is `said` in `language` as a paragraph, with all that hangs on it."""
    style, about = said.style[language], said.paragraph
    keeps_next = keeps_next or said.keeps_next
    if about is None:
        holds = "".join(run(each.text, language, style=each.style, tabbed=each.tabbed) for each in said[language])
        return paragraph(style, holds, keeps_next=keeps_next, new_page=new_page)
    whole = row_revision(said, notes)
    holds = "".join(_hung(said, about, language, notes))
    return paragraph(style, holds, keeps_next=keeps_next, new_page=new_page, revision=whole)


def _hung(said: Line, about: Paragraph, language: Language, notes: Notes) -> Iterator[str]:
    if about.anchor:
        yield bookmark(notes.number(), f"u_{about.anchor}_{language}")
    comments = [notes.comment(comment) for comment in about.comments] if language is notes.first_language else []
    for begin, _ in comments:
        yield begin
    redline = about.redline
    for each in said[language]:
        change = each.change or (redline.whole if redline else None)
        struck = change is Change.DELETED
        words = run(each.text, language, style=each.style, tabbed=each.tabbed, struck=struck)
        if change is not None and redline is not None:
            words = revised(notes.revision(change, redline.author, redline.at), words)
        yield words
    for _, end in comments:
        yield end
    for note in about.notes:
        yield notes.footnote(note[language], language)


def row_revision(said: Line, notes: Notes) -> Revision | None:
    """Return a new mark for a row, or a paragraph, that came or went as a whole, if it did."""
    redline = said.paragraph.redline if said.paragraph else None
    if redline is None or redline.whole is None:
        return None
    return notes.revision(redline.whole, redline.author, redline.at)


def lines_of(paragraph: Paragraph) -> tuple[Line, ...]:
    """Return `paragraph` as lines: what stands above it, and itself."""
    hangs = paragraph.redline or paragraph.notes or paragraph.comments or paragraph.anchor
    said = Line(
        style_of(paragraph),
        _runs(paragraph, Language.EN),
        _runs(paragraph, Language.ZH),
        paragraph if hangs else None,
    )
    if not paragraph.aside.en:
        return (said,)
    above = Line(
        styles.ASIDE,
        (Run(paragraph.aside.en),),
        (Run(paragraph.aside.zh),),
        # What stands above a paragraph that came or went came or went with it.
        replace(paragraph, notes=(), comments=(), anchor="") if _is_whole(paragraph) else None,
        # A row of a table stays with the next where the first paragraph in it does.
        keeps_next=paragraph.kind in styles.KEPT,
    )
    return above, said


def _is_whole(paragraph: Paragraph) -> bool:
    return paragraph.redline is not None and paragraph.redline.whole is not None


def style_of(paragraph: Paragraph) -> Pair:
    """Return the styles of `paragraph` in each language."""
    if paragraph.kind is ParagraphKind.HEADING:
        return styles.HEADINGS[min(paragraph.level, len(styles.HEADINGS)) - 1]
    return styles.PARAGRAPH[paragraph.kind]


def _runs(paragraph: Paragraph, language: Language) -> Runs:
    label = paragraph.label[language]
    labelled = (Run(label, styles.LABEL, tabbed=paragraph.kind is not ParagraphKind.HEADING),) if label else ()
    if paragraph.redline is not None:
        return (*labelled, *(Run(span.text, change=span.change) for span in paragraph.redline[language]))
    text = paragraph.texts[language]
    return (*labelled, Run(text) if text.strip() else Run(PENDING[language], styles.PENDING))

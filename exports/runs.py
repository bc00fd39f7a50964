"""What a line is made of, before it is known where in a layout it will stand."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from exports import styles
from exports.document import PENDING, Change, Language, Pair, Paragraph, ParagraphKind
from exports.notes import Notes
from exports.wordml import Element, Revision, bookmark, mark_paragraph, revised, run, struck, tab


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

    def __getitem__(self, language: Language) -> Runs:
        """Return what is said in `language`."""
        return self.en if language is Language.EN else self.zh


def put_plain(line: Element, runs: Runs, language: Language) -> None:
    """Append `runs`, on which nothing hangs, to the paragraph `line`."""
    for each in runs:
        place = run(line, each.text, language, style=each.style)
        if each.tabbed:
            tab(place)


def put(line: Element, said: Line, language: Language, notes: Notes) -> None:
    """Append what is `said` in `language` to the paragraph `line`, with all that hangs on it."""
    about = said.paragraph
    if about is None:
        put_plain(line, said[language], language)
        return
    redline = about.redline
    if redline is not None and redline.whole is not None:
        mark_paragraph(line, notes.revision(redline.whole, redline.author, redline.at))
    if about.anchor:
        bookmark(line, notes.number(), f"u_{about.anchor}_{language}")
    comments = [notes.begin_comment(line, comment) for comment in about.comments if language is notes.first_language]
    for each in said[language]:
        holder, change = line, each.change or (redline.whole if redline else None)
        if change is not None and redline is not None:
            holder = revised(line, notes.revision(change, redline.author, redline.at))
        place = run(holder, each.text, language, style=each.style)
        if each.tabbed:
            tab(place)
        if change is Change.DELETED:
            struck(place)
    for number in comments:
        notes.end_comment(line, number)
    for note in about.notes:
        notes.add_footnote(line, note[language], language)


def row_revision(said: Line, notes: Notes) -> Revision | None:
    """Return the mark of a row that came or went as a whole, if it did."""
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
    aside = Line(styles.ASIDE, (Run(paragraph.aside.en),), (Run(paragraph.aside.zh),))
    return aside, said


def style_of(paragraph: Paragraph) -> Pair:
    """Return the styles of `paragraph` in each language."""
    if paragraph.kind is ParagraphKind.HEADING and paragraph.level > 1:
        return styles.HEADING_2
    return styles.PARAGRAPH[paragraph.kind]


def _runs(paragraph: Paragraph, language: Language) -> Runs:
    label = paragraph.label[language]
    labelled = (Run(label, styles.LABEL, tabbed=paragraph.kind is not ParagraphKind.HEADING),) if label else ()
    if paragraph.redline is not None:
        return (*labelled, *(Run(span.text, change=span.change) for span in paragraph.redline[language]))
    text = paragraph.texts[language]
    return (*labelled, Run(text) if text.strip() else Run(PENDING[language], styles.PENDING))

"""A table of two columns, one language in each, whose rows keep the texts level."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Final, TypeAlias

from exports import styles
from exports.document import Language, Pair, Paper
from exports.notes import Notes
from exports.runs import Line, Run, put, row_revision
from exports.wordml import (
    Element,
    cell,
    element,
    heading_row,
    mark_row,
    paragraph,
    row,
    run,
    set_texts,
    table,
    unbroken_row,
)

NAMES: Final = Pair("English", "中文")

#: A row higher than this share of a page may be broken. Held together, it would leave a
#: hole of nearly its own height at the foot of the page before.
UNBROKEN_SHARE: Final = 0.2

#: What a paragraph's spacing adds to its lines, on average, in twentieths of a point.
_SPACING: Final = 160


#: What two rows have in common that differ in their texts alone: the style of the
#: paragraphs, style and tab of each run by language, and whether the row may be broken.
_Shape: TypeAlias = tuple[Pair, tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...], bool]


class Columns:
    """The table of a bilingual document while its rows are being written.

    Shape:
        A row of language names, repeated on each page; then one row per paragraph, so
        that the two versions of each always start level::

            English          中文
            text             文本

    """

    def __init__(
        self,
        parent: Element,
        *,
        languages: tuple[Language, ...],
        profile: styles.Profile,
        paper: Paper,
        notes: Notes,
    ) -> None:
        """Begin the table at the end of `parent`."""
        self.languages = languages
        width = styles.text_width(profile, paper) // 2
        self._width = str(width)
        self._text_width = width - 2 * styles.CELL_MARGIN
        self._profile = profile
        self._page = styles.text_height(profile, paper)
        self._models: dict[_Shape, Element] = {}
        self._notes = notes
        self._table = table(parent, style=styles.TABLE, widths=(width, width))
        self.height = 0
        """About how high the table has become, in twentieths of a point."""

        names = heading_row(self._table)
        for language in languages:
            run(self._paragraph(names, styles.COLUMN_HEADING[language]), NAMES[language], language)

    def add(self, *lines: Line) -> None:
        """Append a row whose two cells hold `lines`, one paragraph each."""
        *above, last = lines
        height = sum(self._height(each) for each in lines)
        self.height += height
        unbroken = height <= self._page * UNBROKEN_SHARE
        if above or last.paragraph is not None:
            self._table.append(self._row(lines, unbroken=unbroken))
            return
        shape = (last.style, tuple(map(_shape, last.en)), tuple(map(_shape, last.zh)), unbroken)
        model = self._models.get(shape)
        if model is None:
            model = self._models[shape] = self._row([_blanked(last)], unbroken=unbroken)
        made = deepcopy(model)
        self._table.append(made)
        set_texts(made, (each.text for language in self.languages for each in last[language]))

    def _row(self, lines: Sequence[Line], *, unbroken: bool) -> Element:
        """Return a row of `lines`. Copying one of the same shape is several times as fast as building another."""
        made = (unbroken_row if unbroken else row)(element("tbl"))
        revision = row_revision(lines[-1], self._notes)
        if revision is not None:
            mark_row(made, revision)
        for language in self.languages:
            place = cell(made, self._width)
            for each in lines:
                put(paragraph(place, each.style[language]), each, language, self._notes)
        return made

    def _paragraph(self, parent: Element, style: str) -> Element:
        return paragraph(cell(parent, self._width), style)

    def _height(self, line: Line) -> int:
        return height_of(line, self.languages, width=self._text_width, profile=self._profile)


def height_of(line: Line, languages: Sequence[Language], *, width: int, profile: styles.Profile) -> int:
    """Return about how high `line` is at `width` in the longest of `languages`, in twentieths of a point."""
    lines = max(
        styles.text_lines("".join(each.text for each in line[language]), width=width, size=profile.size)
        for language in languages
    )
    return lines * profile.pitch + _SPACING


def _blanked(line: Line) -> Line:
    """Return `line` without its words: a text element stands ready for each run, however its text is to be cut."""
    en, zh = (tuple(run._replace(text="") for run in runs) for runs in (line.en, line.zh))
    return Line(line.style, en, zh)


def _shape(each: Run) -> tuple[str, bool]:
    return each.style, each.tabbed

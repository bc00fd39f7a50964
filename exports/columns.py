"""A table of two columns, one language in each, whose rows keep the texts level."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Final, NamedTuple, TypeAlias

from exports import styles
from exports.document import Language, Pair, Paper
from exports.wordml import Element, cell, element, heading_row, paragraph, row, run, set_texts, tab, table, unbroken_row

NAMES: Final = Pair("English", "中文")

#: A row higher than this share of a page may be broken. Held together, it would leave a
#: hole of nearly its own height at the foot of the page before.
UNBROKEN_SHARE: Final = 0.2

#: What a paragraph's spacing adds to its lines, on average, in twentieths of a point.
_SPACING: Final = 160


class Run(NamedTuple):
    """Some words in one type."""

    text: str
    style: str = ""
    """A character style; none, where the paragraph's own type will do."""
    tabbed: bool = False
    """Whether a tab follows, as after a label."""


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
        self, parent: Element, *, languages: tuple[Language, Language], profile: styles.Profile, paper: Paper
    ) -> None:
        """Begin the table at the end of `parent`."""
        self.languages = languages
        width = styles.text_width(profile, paper) // 2
        self._width = str(width)
        self._text_width = width - 2 * styles.CELL_MARGIN
        self._profile = profile
        self._page = styles.text_height(profile, paper)
        self._models: dict[_Shape, Element] = {}
        self._table = table(parent, style=styles.TABLE, widths=(width, width))
        self.height = 0
        """About how high the table has become, in twentieths of a point."""

        names = heading_row(self._table)
        for language in languages:
            run(self._paragraph(names, styles.COLUMN_HEADING[language]), NAMES[language], language)

    def add(self, style: Pair, *, en: tuple[Run, ...], zh: tuple[Run, ...]) -> None:
        """Append a row whose two cells are paragraphs in `style` made of the runs given for each language."""
        runs = {Language.EN: en, Language.ZH: zh}
        height = self._height(en, zh)
        self.height += height
        shape = (style, tuple(map(_shape, en)), tuple(map(_shape, zh)), height <= self._page * UNBROKEN_SHARE)
        model = self._models.get(shape)
        if model is None:
            model = self._models[shape] = self._model(style, runs, unbroken=shape[-1])
        made = deepcopy(model)
        self._table.append(made)
        set_texts(made, (each.text for language in self.languages for each in runs[language]))

    def _model(self, style: Pair, runs: Mapping[Language, tuple[Run, ...]], *, unbroken: bool) -> Element:
        """Return a row of this shape without its texts. Copying it is several times as fast as building another."""
        made = (unbroken_row if unbroken else row)(element("tbl"))
        for language in self.languages:
            line = self._paragraph(made, style[language])
            for each in runs[language]:
                place = run(line, "", language, style=each.style)
                if each.tabbed:
                    tab(place)
        return made

    def _paragraph(self, parent: Element, style: str) -> Element:
        return paragraph(cell(parent, self._width), style)

    def _height(self, en: tuple[Run, ...], zh: tuple[Run, ...]) -> int:
        lines = max(
            styles.text_lines("".join(each.text for each in runs), width=self._text_width, size=self._profile.size)
            for runs in (en, zh)
        )
        return lines * self._profile.pitch + _SPACING


def _shape(each: Run) -> tuple[str, bool]:
    return each.style, each.tabbed

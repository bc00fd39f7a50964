"""A table of two columns, one language in each, whose rows keep the texts level."""

from collections.abc import Sequence
from typing import Final

from exports import styles
from exports.document import Language, Pair, Paper
from exports.markup import TABLE_END, cell, heading_row, paragraph, row, run, table_start
from exports.notes import Notes
from exports.package import Body
from exports.runs import Line, row_revision, written

NAMES: Final = Pair("English", "中文")

#: A row higher than this share of a page may be broken. Held together, it would leave a
#: hole of nearly its own height at the foot of the page before.
UNBROKEN_SHARE: Final = 0.2

#: What a paragraph's spacing adds to its lines, on average, in twentieths of a point.
_SPACING: Final = 160


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
        body: Body,
        *,
        languages: tuple[Language, ...],
        profile: styles.Profile,
        paper: Paper,
        notes: Notes,
    ) -> None:
        """Begin the table at the end of `body`."""
        self.languages = languages
        self._width = styles.text_width(profile, paper) // 2
        self._text_width = self._width - 2 * styles.CELL_MARGIN
        self._profile = profile
        self._page = styles.text_height(profile, paper)
        self._body = body
        self._notes = notes
        self.height = 0
        """About how high the table has become, in twentieths of a point."""

        body.add(table_start(styles.TABLE, (self._width, self._width)))
        body.add(heading_row("".join(self._name(language) for language in languages)))

    def add(self, *lines: Line) -> None:
        """Append a row whose two cells hold `lines`, one paragraph each."""
        height = sum(self._height(each) for each in lines)
        self.height += height
        revision = row_revision(lines[-1], self._notes)
        cells = "".join(
            cell(self._width, "".join(written(each, language, self._notes) for each in lines))
            for language in self.languages
        )
        self._body.add(row(cells, unbroken=height <= self._page * UNBROKEN_SHARE, revision=revision))

    def finish(self) -> None:
        """End the table."""
        self._body.add(TABLE_END)

    def _name(self, language: Language) -> str:
        return cell(self._width, paragraph(styles.COLUMN_HEADING[language], run(NAMES[language], language)))

    def _height(self, line: Line) -> int:
        return height_of(line, self.languages, width=self._text_width, profile=self._profile)


def height_of(line: Line, languages: Sequence[Language], *, width: int, profile: styles.Profile) -> int:
    """Return about how high `line` is at `width` in the longest of `languages`, in twentieths of a point."""
    lines = max(
        styles.text_lines("".join(each.text for each in line[language]), width=width, size=profile.size)
        for language in languages
    )
    return lines * profile.pitch + _SPACING

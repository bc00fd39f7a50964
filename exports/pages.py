"""Text across the page: one language after the other, paragraph by paragraph, or one language alone."""

from exports import styles
from exports.columns import height_of
from exports.document import Language, Layout, Paper
from exports.notes import Notes
from exports.package import Body
from exports.runs import Line, written


class Pages:
    """The text of a document across the page while it is being written."""

    def __init__(
        self,
        body: Body,
        *,
        layout: Layout,
        languages: tuple[Language, ...],
        profile: styles.Profile,
        paper: Paper,
        notes: Notes,
    ) -> None:
        """Begin at the end of `body`."""
        self._body, self._layout, self._notes = body, layout, notes
        self._languages = languages
        self._profile = profile
        self._text_width = styles.text_width(profile, paper)
        self._later: list[tuple[Line, ...]] = []
        self.height = 0
        """About how high the text has become, in twentieths of a point."""

    def add(self, *lines: Line) -> None:
        """Append `lines`, which belong together, in each language as the layout has it."""
        self.height += sum(
            height_of(each, [language], width=self._text_width, profile=self._profile)
            for each in lines
            for language in self._languages
        )
        for language in self._now:
            for number, each in enumerate(lines, start=1):
                is_last = number == len(lines) and language is self._now[-1]
                self._body.add(written(each, language, self._notes, keeps_next=not is_last))
        if self._layout is Layout.SEQUENTIAL:
            self._later.append(lines)

    def finish(self) -> None:
        """Append what waits: in the sequential layout, the other language, on a new page."""
        waiting = (each for lines in self._later for each in lines)
        for number, each in enumerate(waiting):
            self._body.add(written(each, self._languages[-1], self._notes, new_page=not number))

    @property
    def _now(self) -> tuple[Language, ...]:
        return self._languages[:1] if self._layout is Layout.SEQUENTIAL else self._languages

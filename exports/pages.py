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
            self._write(lines, language, keeps_next=language is not self._now[-1])
        if self._layout is Layout.SEQUENTIAL:
            self._later.append(lines)

    def finish(self) -> None:
        """Append what waits: in the sequential layout, the other language, on a new page."""
        for number, lines in enumerate(self._later):
            self._write(lines, self._languages[-1], new_page=not number)

    def _write(
        self, lines: tuple[Line, ...], language: Language, *, keeps_next: bool = False, new_page: bool = False
    ) -> None:
        """Append `lines` in `language`, each on the page of the next; the last too if `keeps_next`."""
        for number, each in enumerate(lines, start=1):
            self._body.add(
                written(
                    each,
                    language,
                    self._notes,
                    keeps_next=keeps_next or number < len(lines),
                    new_page=new_page and number == 1,
                )
            )

    @property
    def _now(self) -> tuple[Language, ...]:
        return self._languages[:1] if self._layout is Layout.SEQUENTIAL else self._languages

"""Where a text is in dispute: the points of all sides gathered into places, each one bracket in both languages.

Source: the rules of the negotiation, 7 and 15.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workflow.domain.bilingual import Language
from workflow.domain.brackets import Side
from workflow.domain.points import Point

Group: TypeAlias = frozenset[Side]
"""Sides that read one and the same text."""
Stretch: TypeAlias = tuple[int, int]
"""From where to where in a text, by characters."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One point, and who asks for it."""

    by: Group
    point: Point

    def reach(self, language: Language) -> Stretch | None:
        """Return from its first change in `language` to its last; ``None`` where it changes nothing."""
        found = self.point[language]
        return (found[0].start, found[-1].end) if found else None


@dataclass(frozen=True, slots=True)
class Place:
    """Points that change the same words in one language or the other."""

    asked: tuple[Asked, ...]

    def reach(self, language: Language) -> Stretch | None:
        """Return the stretch of `language` in dispute."""
        found = [one for asked in self.asked if (one := asked.reach(language)) is not None]
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def points_of(self, group: Group) -> tuple[Point, ...]:
        """Return what `group` asks for here."""
        return tuple(one.point for one in self.asked if one.by == group)


def places(asked: Iterable[Asked]) -> list[Place]:
    """Return the places in dispute, in the order of the text.

    Changes that overlap or touch are one place: what stands between two brackets must tell
    them apart, and the order of two insertions would be ours to invent. A place is one in
    both languages, so what is joined in one is joined in the other.
    """
    every = tuple(asked)
    gathered: dict[int, list[Asked]] = {}
    for index, root in enumerate(_Joining(every).joined()):
        gathered.setdefault(root, []).append(every[index])
    return sorted((Place(tuple(one)) for one in gathered.values()), key=_in_order)


def _in_order(place: Place) -> Stretch:
    en, zh = place.reach(Language.EN), place.reach(Language.ZH)
    return (en or zh or (0, 0))[0], (zh or en or (0, 0))[0]


class _Joining:
    """Joins what overlaps or touches in either language; what it reaches then may touch more.

    In each language the points stand in a line, by where they begin. A place knows its first
    in the line and how far it reaches; whatever begins within that reach is joined to it. Each
    stretch of the line is walked once, each place that has grown looks once more, so the cost
    is that of putting the points in order.
    """

    def __init__(self, asked: Sequence[Asked]) -> None:
        self._place = list(range(len(asked)))
        self._lines = [_Line(asked, language) for language in Language]

    def joined(self) -> list[int]:
        """Return for each point the number of one that stands for its place."""
        grown = deque(self._place)
        while grown:
            self._join_what_begins_within(self._of(grown.popleft()), grown)
        return [self._of(index) for index in range(len(self._place))]

    def _join_what_begins_within(self, place: int, grown: deque[int]) -> None:
        for line in self._lines:
            while (other := line.next_within_reach_of(place)) is not None:
                found = self._of(other)
                if found != place:
                    self._place[found] = place
                    for each in self._lines:
                        each.join(place, found)
                    grown.append(place)

    def _of(self, index: int) -> int:
        while self._place[index] != index:
            self._place[index] = index = self._place[self._place[index]]
        return index


class _Line:
    """The points that change one language, in the order in which they begin."""

    def __init__(self, asked: Sequence[Asked], language: Language) -> None:
        found = sorted((reach, index) for index, one in enumerate(asked) if (reach := one.reach(language)) is not None)
        self._starts = [low for (low, _), _ in found]
        self._points = [index for _, index in found]
        self._last = list(range(len(found)))
        """For each in the line, one that is known to be of the same place, up to the last of them in a row."""
        self._first_of = {index: at for at, index in enumerate(self._points)}
        self._end_of = {index: high for (_, high), index in found}

    def next_within_reach_of(self, place: int) -> int | None:
        """Return the next point in the line that begins within the reach of `place`; each is returned once."""
        if place not in self._first_of:
            return None
        at = self._last_in_a_row(self._first_of[place])
        if at + 1 == len(self._starts) or self._starts[at + 1] > self._end_of[place]:
            return None
        self._last[at] = at + 1
        return self._points[at + 1]

    def join(self, place: int, other: int) -> None:
        """Let `place` reach as far as `other` does."""
        if other in self._first_of:
            self._first_of[place] = min(self._first_of[other], self._first_of.get(place, len(self._starts)))
            self._end_of[place] = max(self._end_of[other], self._end_of.get(place, 0))

    def _last_in_a_row(self, at: int) -> int:
        while self._last[at] != at:
            self._last[at] = at = self._last[self._last[at]]
        return at

"""One bracketed negotiating text from the current wording and what each side proposes instead.

Whoever reads a negotiating text as one side reads that side's text to the letter; whoever
reads it as nobody reads the text in common.

Source: the rules of the negotiation, 14 to 16 and 30.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Final, TypeAlias

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.brackets import NOBODY, Alternative, Bracket, Part, Side, brackets_in, read
from workflow.domain.disputes import Asked, Group, Place, Stretch, places
from workflow.domain.points import NO_POINTS, Change, Point, joined, replaced

_Wanted: TypeAlias = Mapping[Group, tuple[Point, ...]]
_Compiled: TypeAlias = dict[Language, tuple[Part, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a side asks for instead of the text it amends."""

    points: tuple[Point, ...]
    pending: tuple[Language, ...] = ()
    """The languages it has not been written in yet; there it is shown to stand by what it amends."""
    other_stands: bool = False
    """Whether its author said that where it changes one language only, the other stands."""


NO_PROPOSALS: Final[Mapping[Side, Proposal]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Negotiating:
    """The negotiating text of one paragraph in both languages."""

    en: tuple[Part, ...]
    zh: tuple[Part, ...]
    pending: tuple[tuple[Side, Language], ...] = ()
    """Whose proposal still lacks which language; there it is shown to stand by what it amends."""
    in_one_language: tuple[tuple[Side, Language], ...] = ()
    """Which side asks for a change in which language only, without having said that the other stands: a fault."""

    def __getitem__(self, language: Language) -> tuple[Part, ...]:
        """Return the negotiating text in `language`."""
        return self.en if language is Language.EN else self.zh

    @classmethod
    def of(cls, current: Bilingual, proposals: Mapping[Side, Proposal], *, sides: Sequence[Side]) -> "Negotiating":
        """Return the text compiled from the current wording and each side's live proposal.

        `read` by a side it is that side's proposal exactly, in both languages; by NOBODY,
        `current`. Sides without a proposal stand by `current`. `sides` are in their fixed order.
        """
        silent = frozenset({NOBODY, *sides}).difference(proposals)
        wanted = {silent: NO_POINTS} | {frozenset({side}): one.points for side, one in proposals.items()}
        made = _compiled(current, wanted, sides, count(1))
        return cls(made[Language.EN], made[Language.ZH], _pending(proposals), _in_one_language(proposals))

    @classmethod
    def of_addition(
        cls,
        text: Bilingual,
        *,
        by: Side,
        sides: Sequence[Side],
        accepted_by: Collection[Side] = (),
        amended: Mapping[Side, Proposal] = NO_PROPOSALS,
        given_up: Collection[Side] = (),
    ) -> "Negotiating":
        """Return the text of a paragraph that `by` has tabled and that is not yet in common, in an outer bracket.

        Its author and those who accepted it read it; those who amended it read their own
        text; everybody else, NOBODY among them, reads nothing. Amending does not remove the
        outer bracket.

        Args:
            text: The addition as tabled.
            by: Its author.
            sides: Everybody at the table, in their fixed order.
            accepted_by: Who would take it as it is.
            amended: What others would have it say.
            given_up: Who wants it gone; its author, once others have taken it up (8).

        """
        amending = {side: one for side, one in amended.items() if side not in {by, *given_up}}
        holding = frozenset({by, *accepted_by}).difference(amending, given_up)
        reading = holding.union(amending)
        wanted = {holding: NO_POINTS} | {frozenset({side}): one.points for side, one in amending.items()}
        pending = tuple((by, language) for language in ([] if text.is_empty else text.pending))
        numbers = count(1)
        outer = next(numbers)
        inner = _compiled(text, {group: points for group, points in wanted.items() if group}, sides, numbers)
        nothing = Alternative(frozenset({NOBODY, *sides}) - reading, (), is_base=True)
        made = {
            language: (Bracket((nothing, Alternative(reading, parts)), outer),) if parts and reading else ()
            for language, parts in inner.items()
        }
        return cls(made[Language.EN], made[Language.ZH], (*pending, *_pending(amending)), _in_one_language(amending))

    @property
    def open_brackets(self) -> int:
        """How many brackets are open: the same ones whichever language is read."""
        return len({one.number for language in Language for one in brackets_in(self[language])})

    def read(self, side: Side) -> Bilingual:
        """Return the text as `side` wants it, in both languages."""
        return Bilingual(read(self.en, side), read(self.zh, side))


def _pending(proposals: Mapping[Side, Proposal]) -> tuple[tuple[Side, Language], ...]:
    return tuple((side, language) for side, one in proposals.items() for language in one.pending)


def _in_one_language(proposals: Mapping[Side, Proposal]) -> tuple[tuple[Side, Language], ...]:
    found = (
        (side, point.touches[0])
        for side, one in proposals.items()
        if not one.other_stands and not one.pending
        for point in one.points
        if len(point.touches) == 1
    )
    return tuple(dict.fromkeys(found))


# -- compiling -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Makes the negotiating text of `base` in both languages at once, from the same points."""

    base: Bilingual
    sides: Sequence[Side]
    """In their fixed order: alternatives stand in it, in both languages alike (30)."""
    numbers: Iterator[int]

    def between(self, stretch: Mapping[Language, Stretch], wanted: _Wanted) -> dict[Language, tuple[Part, ...]]:
        """Return the parts of `stretch`, in which `wanted` is what each group asks for."""
        disputed = places(Asked(group, point) for group, points in wanted.items() for point in points)
        brackets = [self._brackets(place, frozenset(wanted)) for place in disputed]
        return {language: self._written(stretch[language], language, disputed, brackets) for language in Language}

    def _written(
        self,
        stretch: Stretch,
        language: Language,
        disputed: Sequence[Place],
        brackets: Sequence[Mapping[Language, Bracket]],
    ) -> tuple[Part, ...]:
        at, end = stretch
        here = sorted(
            (reach, index) for index, place in enumerate(disputed) if (reach := place.reach(language)) is not None
        )
        parts: list[Part] = []
        for (low, high), index in here:
            parts += [plain] if (plain := self.base[language][at:low]) else []
            parts.append(brackets[index][language])
            at = high
        return (*parts, *([plain] if (plain := self.base[language][at:end]) else []))

    def _brackets(self, place: Place, groups: frozenset[Group]) -> dict[Language, Bracket]:
        number = next(self.numbers)
        reach = {language: place.reach(language) or (0, 0) for language in Language}
        asked = {group: place.points_of(group) for group in groups}
        apart = {group: points for group, points in asked.items() if _covers(points, place)}
        within = {group: points for group, points in asked.items() if group not in apart}
        found: list[_Alternative]
        if apart and any(within.values()):  # one side replaces or deletes the whole, others change words inside it
            inner = self.between(reach, within)
            found = [_Alternative(frozenset().union(*within), inner, is_base=True)]
        else:  # nothing nests: write each reading out
            apart, found = asked, []
        for points in dict.fromkeys(apart.values()):
            holding = frozenset[Side]().union(*(group for group, theirs in apart.items() if theirs == points))
            found.append(_Alternative(holding, self._read(reach, points), is_base=not points))
        found = sorted(_together(found), key=lambda one: (not one.is_base, self._first_holding(one.held_by)))
        return {
            language: Bracket(
                tuple(Alternative(one.held_by, one.parts[language], is_base=one.is_base) for one in found), number
            )
            for language in Language
        }

    def _first_holding(self, held_by: frozenset[Side]) -> int:
        """Return where the first side that holds an alternative stands; whoever is not at the table stands last."""
        return next((at for at, side in enumerate(self.sides) if side in held_by), len(self.sides))

    def _read(self, reach: Mapping[Language, Stretch], points: Iterable[Point]) -> dict[Language, tuple[Part, ...]]:
        everything = joined(points)
        found: dict[Language, tuple[Part, ...]] = {}
        for language in Language:
            low, high = reach[language]
            here = (Change(one.start - low, one.end - low, one.words) for one in everything[language])
            text = replaced(self.base[language][low:high], here)
            found[language] = (text,) if text else ()
        return found


@dataclass(frozen=True, slots=True)
class _Alternative:
    """An alternative in both languages."""

    held_by: frozenset[Side]
    parts: Mapping[Language, tuple[Part, ...]]
    is_base: bool


def _together(found: Sequence[_Alternative]) -> Iterator[_Alternative]:
    """Make one of the alternatives that say the same in both languages, however they came to it."""
    for one in found:
        same = [other for other in found if other.parts == one.parts]
        if same[0] is one:
            holding = frozenset[Side]().union(*(other.held_by for other in same))
            yield _Alternative(holding, one.parts, is_base=any(other.is_base for other in same))


def _covers(points: Sequence[Point], place: Place) -> bool:
    """Whether `points` are one stroke over all that is in dispute at `place`, in each language concerned."""
    everything = joined(points)
    return bool(points) and all(
        [(one.start, one.end) for one in everything[language]] == ([reach] if reach else [])
        for language in Language
        if (reach := place.reach(language)) is not None or everything[language]
    )


def _compiled(base: Bilingual, wanted: _Wanted, sides: Sequence[Side], numbers: Iterator[int]) -> _Compiled:
    alike: dict[tuple[Point, ...], Group] = {}
    for group, points in wanted.items():
        alike[points] = alike.get(points, frozenset()) | group
    whole = {language: (0, len(base[language])) for language in Language}
    return _Compiler(base, sides, numbers).between(whole, {group: points for points, group in alike.items()})

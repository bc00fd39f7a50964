"""One bracketed negotiating text from the current wording and what each side proposes instead.

Whoever reads a negotiating text as one side reads that side's text to the letter; whoever
reads it as nobody reads the text in common. Brackets are computed, never typed: a bracket
a person types is a *placeholder* and belongs to no side.

Source: the rules of the negotiation, 14 to 17.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from typing import Final, TypeAlias

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.points import NO_POINTS, Change, Point, joined, replaced

Side: TypeAlias = str
NOBODY: Final[Side] = ""
"""Reads the text in common: the current wording, and nothing where there is none yet."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A wording in brackets, and who reads the text that way; `NOBODY` among them marks the current wording."""

    held_by: frozenset[Side]
    parts: "tuple[Part, ...]"
    is_base: bool = False
    """Whether this is what the other alternatives were proposed against: the current wording, or
    the author's own inside an addition."""

    @property
    def is_current(self) -> bool:
        """Whether this is the text in common, or its absence."""
        return NOBODY in self.held_by

    @property
    def attributed_to(self) -> frozenset[Side]:
        """The sides to name beside it: none beside the text in common, which needs no proposer."""
        return frozenset() if self.is_current else self.held_by


@dataclass(frozen=True, slots=True)
class Bracket:
    """Competing wordings of one place, the base first. Every side that reads this far holds exactly one of them."""

    alternatives: tuple[Alternative, ...]
    number: int = 0
    """Names it within its paragraph: the same bracket has the same number in both languages."""

    @property
    def proposed_by(self) -> frozenset[Side]:
        """The sides that ask for something else than the base."""
        return frozenset().union(*(one.held_by for one in self.alternatives if not one.is_base))

    @property
    def deleted_by(self) -> frozenset[Side]:
        """The sides for which what the base says here goes, and nothing comes in its place."""
        return frozenset().union(*(one.held_by for one in self.alternatives if not one.parts and not one.is_base))


Part: TypeAlias = "str | Bracket"


# -- compiling -------------------------------------------------------------------------

_Group: TypeAlias = frozenset[Side]
"""Sides that read one and the same text."""
_Wanted: TypeAlias = Mapping[_Group, tuple[Point, ...]]
_Stretch: TypeAlias = tuple[int, int]
"""From where to where in a text, by characters."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One point, and who asks for it."""

    by: _Group
    point: Point

    def reach(self, language: Language) -> _Stretch | None:
        """Return from its first change in `language` to its last; ``None`` where it changes nothing."""
        found = self.point[language]
        return (found[0].start, found[-1].end) if found else None


@dataclass(frozen=True, slots=True)
class _Place:
    """Points that change the same words in one language or the other: one bracket in both."""

    asked: tuple[_Asked, ...]

    def reach(self, language: Language) -> _Stretch | None:
        """Return the stretch of `language` in dispute."""
        found = [one for asked in self.asked if (one := asked.reach(language)) is not None]
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None

    def points_of(self, group: _Group) -> tuple[Point, ...]:
        """Return what `group` asks for here."""
        return tuple(one.point for one in self.asked if one.by == group)


def _places(asked: Iterable[_Asked]) -> list[_Place]:
    """Return the places in dispute, in the order of the text.

    Changes that overlap or touch are one place: what stands between two brackets must tell
    them apart, and the order of two insertions would be ours to invent. A place is one in
    both languages, so what is joined in one is joined in the other.
    """
    places = [_Place((one,)) for one in asked]
    count = 0
    while count != len(places):  # a place made of two may reach over a third
        count = len(places)
        for language in Language:
            places = _joined(places, language)
    return sorted(places, key=_in_order)


def _in_order(place: _Place) -> tuple[int, int]:
    en, zh = place.reach(Language.EN), place.reach(Language.ZH)
    return (en or zh or (0, 0))[0], (zh or en or (0, 0))[0]


def _joined(places: Sequence[_Place], language: Language) -> list[_Place]:
    reaching = sorted((reach, index) for index, one in enumerate(places) if (reach := one.reach(language)) is not None)
    found = [one for one in places if one.reach(language) is None]
    open_until = -1
    gathered: list[_Asked] = []
    for (low, high), index in reaching:
        if low > open_until:
            found += [_Place(tuple(gathered))] if gathered else []
            gathered = []
        gathered += places[index].asked
        open_until = max(open_until, high)
    return [*found, _Place(tuple(gathered))] if gathered else found


@dataclass(frozen=True, slots=True)
class _Compiler:
    """Makes the negotiating text of `base` in both languages at once, from the same points."""

    base: Bilingual
    numbers: Iterator[int]

    def between(self, stretch: Mapping[Language, _Stretch], wanted: _Wanted) -> dict[Language, tuple[Part, ...]]:
        """Return the parts of `stretch`, in which `wanted` is what each group asks for."""
        places = _places(_Asked(group, point) for group, points in wanted.items() for point in points)
        brackets = [self._brackets(place, frozenset(wanted)) for place in places]
        return {language: self._written(stretch[language], language, places, brackets) for language in Language}

    def _written(
        self,
        stretch: _Stretch,
        language: Language,
        places: Sequence[_Place],
        brackets: Sequence[Mapping[Language, Bracket]],
    ) -> tuple[Part, ...]:
        at, end = stretch
        here = sorted(
            (reach, index) for index, place in enumerate(places) if (reach := place.reach(language)) is not None
        )
        parts: list[Part] = []
        for (low, high), index in here:
            parts += [plain] if (plain := self.base[language][at:low]) else []
            parts.append(brackets[index][language])
            at = high
        return (*parts, *([plain] if (plain := self.base[language][at:end]) else []))

    def _brackets(self, place: _Place, groups: frozenset[_Group]) -> dict[Language, Bracket]:
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
        found = sorted(_together(found), key=lambda one: (not one.is_base, sorted(one.held_by)))
        return {
            language: Bracket(
                tuple(Alternative(one.held_by, one.parts[language], is_base=one.is_base) for one in found), number
            )
            for language in Language
        }

    def _read(self, reach: Mapping[Language, _Stretch], points: Iterable[Point]) -> dict[Language, tuple[Part, ...]]:
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


def _covers(points: Sequence[Point], place: _Place) -> bool:
    """Whether `points` are one stroke over all that is in dispute at `place`, in each language concerned."""
    everything = joined(points)
    return bool(points) and all(
        [(one.start, one.end) for one in everything[language]] == ([reach] if reach else [])
        for language in Language
        if (reach := place.reach(language)) is not None or everything[language]
    )


def _compiled(base: Bilingual, wanted: Mapping[_Group, tuple[Point, ...]], numbers: Iterator[int]) -> "_Compiled":
    alike: dict[tuple[Point, ...], _Group] = {}
    for group, points in wanted.items():
        alike[points] = alike.get(points, frozenset()) | group
    whole = {language: (0, len(base[language])) for language in Language}
    return _Compiler(base, numbers).between(whole, {group: points for points, group in alike.items()})


_Compiled: TypeAlias = dict[Language, tuple[Part, ...]]


# -- reading ---------------------------------------------------------------------------


def read(parts: Sequence[Part], side: Side) -> str:
    """Return the text as `side` wants it; a side that proposes nothing reads as NOBODY does."""
    return "".join(part if isinstance(part, str) else read(_of(part, side).parts, side) for part in parts)


def _of(bracket: Bracket, side: Side) -> Alternative:
    """The alternative `side` holds; the base stands first, and is what is read by whoever holds none."""
    return next((one for one in bracket.alternatives if side in one.held_by), bracket.alternatives[0])


def brackets_in(parts: Sequence[Part]) -> Iterator[Bracket]:
    """Yield every bracket of `parts`, those within brackets after the one they stand in."""
    for part in parts:
        if not isinstance(part, str):
            yield part
            for one in part.alternatives:
                yield from brackets_in(one.parts)


def placeholders(text: str) -> tuple[str, ...]:
    """Return what people have typed in square brackets, outermost first to last: blanks still to be filled.

    A bracket that never closes, or never opened, is one too: no text may go out with it.
    """
    found: list[str] = []
    opened: list[int] = []
    for at, sign in enumerate(text):
        if sign in "[［":
            opened.append(at)
        elif sign in "]］":
            start = opened.pop() if opened else at
            if not opened:
                found.append(text[start : at + 1])
    return (*found, *(text[at] for at in opened))


# -- both languages --------------------------------------------------------------------


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
    def of(cls, current: Bilingual, proposals: Mapping[Side, Proposal], *, sides: Collection[Side]) -> "Negotiating":
        """Return the text compiled from the current wording and each side's live proposal.

        `read` by a side it is that side's proposal exactly, in both languages; by NOBODY,
        `current`. Sides without a proposal stand by `current`.
        """
        silent = frozenset({NOBODY, *sides}).difference(proposals)
        wanted = {silent: NO_POINTS} | {frozenset({side}): one.points for side, one in proposals.items()}
        made = _compiled(current, wanted, count(1))
        return cls(made[Language.EN], made[Language.ZH], _pending(proposals), _in_one_language(proposals))

    @classmethod
    def of_addition(
        cls,
        text: Bilingual,
        *,
        by: Side,
        sides: Collection[Side],
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
            sides: Everybody at the table.
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
        inner = _compiled(text, {group: points for group, points in wanted.items() if group}, numbers)
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

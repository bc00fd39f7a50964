"""What changed in a whole text between two readings of it, and what a side agreed to last.

The record keeps listings (Rev.n), wordings and positions; what lies between two of them is
worked out here, paragraph by paragraph: what came, what went, what reads otherwise, what
stands elsewhere.

Source: RULES 2, 4, 12, 18, 19 and 23.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from workflow.domain.bilingual import Bilingual
from workflow.domain.positions import PositionTaken, Stance, in_force

KeyT = TypeVar("KeyT", bound=Hashable)
OtherT = TypeVar("OtherT", bound=Hashable)

#: What a side gives with its final word, and what it gives short of it (18).
FINAL: Final = frozenset({Stance.AGREE, Stance.AGREE_WITH_STATEMENT})
AGREEMENT: Final = FINAL | {Stance.AD_REFERENDUM}


class Change(StrEnum):
    """What became of one paragraph from one reading of the text to the other."""

    ADDED = "added"
    GONE = "gone"
    REWORDED = "reworded"
    MOVED = "moved"
    BECAME_COMMON = "became_common"
    """What was tabled by one side stands in the text now, in the same words."""
    RENUMBERED = "renumbered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed(Generic[KeyT]):
    """One paragraph in one reading of a whole text."""

    key: KeyT
    text: Bilingual
    number: str = ""
    """Its working number then; empty for headings and the title."""
    depth: int = 0
    is_common: bool = True
    """Whether it was common text, rather than the addition one side had tabled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared(Generic[KeyT]):
    """One paragraph in both readings. At least one of them has it."""

    key: KeyT
    before: Listed[KeyT] | None
    after: Listed[KeyT] | None
    has_moved: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """What became of it; nothing where it reads and stands as it did."""
        if self.before is None:
            return (Change.ADDED,)
        if self.after is None:
            return (Change.GONE,)
        applies = {
            Change.REWORDED: self.before.text != self.after.text,
            Change.MOVED: self.has_moved,
            Change.BECAME_COMMON: self.after.is_common and not self.before.is_common,
            Change.RENUMBERED: self.before.number != self.after.number,
        }
        return tuple(change for change, has in applies.items() if has)

    @property
    def last(self) -> Listed[KeyT]:
        """It as the later reading has it, else as the earlier had it.

        Raises:
            LookupError: If neither has it; no comparison gives such a one.

        """
        there = self.after or self.before
        if there is None:
            raise LookupError(f"{self.key} is in neither reading")
        return there

    @property
    def reads_otherwise(self) -> bool:
        """Whether there is more to it than a new number, which says nothing of the text."""
        return set(self.changes) - {Change.RENUMBERED} != set()


def compare(before: Sequence[Listed[KeyT]], after: Sequence[Listed[KeyT]]) -> tuple[Compared[KeyT], ...]:
    """Return every paragraph of both readings: in the order of `after`, what is gone where it stood.

    As few paragraphs as possible count as moved: those that cannot stay in place while the
    others keep their order, and those that stand at another depth.
    """
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    stayed = _in_order([one.key for one in before if one.key in new], [one.key for one in after if one.key in old])
    gone_after: dict[KeyT | None, list[Listed[KeyT]]] = {}
    last: KeyT | None = None
    for one in before:
        if one.key in new:
            last = one.key
        else:
            gone_after.setdefault(last, []).append(one)
    found = [_gone(one) for one in gone_after.get(None, [])]
    for one in after:
        was = old.get(one.key)
        has_moved = was is not None and (one.key not in stayed or one.depth != was.depth)
        found.append(Compared(key=one.key, before=was, after=one, has_moved=has_moved))
        found += [_gone(other) for other in gone_after.get(one.key, [])]
    return tuple(found)


def in_both_places(before: Sequence[Listed[KeyT]], after: Sequence[Listed[KeyT]]) -> tuple[Compared[KeyT], ...]:
    """Return what `compare` does, but what moved twice: gone from where it stood, and added where it stands.

    To leave out what was added gives `before` in its order, to leave out what is gone `after`.
    """
    moved = {one.key for one in compare(before, after) if one.has_moved}
    old = [_under(one, (one.key, one.key in moved)) for one in before]
    new = [_under(one, (one.key, False)) for one in after]
    return tuple(
        Compared(
            key=one.key[0],
            before=_under(one.before, one.key[0]) if one.before else None,
            after=_under(one.after, one.key[0]) if one.after else None,
            has_moved=one.key[0] in moved,
        )
        for one in compare(old, new)
    )


def counts(compared: Iterable[Compared[KeyT]]) -> Mapping[Change, int]:
    """Return how many paragraphs each change befell, in the order of the changes; those that befell none left out."""
    found = Counter(change for one in compared for change in one.changes)
    return {change: found[change] for change in Change if found[change]}


def _under(one: Listed[Any], key: OtherT) -> Listed[OtherT]:
    """Return `one` under another key."""
    return Listed(key=key, text=one.text, number=one.number, depth=one.depth, is_common=one.is_common)


def _gone(one: Listed[KeyT]) -> Compared[KeyT]:
    return Compared(key=one.key, before=one, after=None)


def _in_order(before: Sequence[KeyT], after: Sequence[KeyT]) -> frozenset[KeyT]:
    """Return the most keys that follow each other in both orders (the longest increasing subsequence)."""
    place = {key: number for number, key in enumerate(before)}
    tails: list[int] = []
    ends: list[KeyT] = []
    previous: dict[KeyT, KeyT | None] = {}
    for key in after:
        at = bisect_left(tails, place[key])
        tails[at : at + 1] = [place[key]]
        ends[at : at + 1] = [key]
        previous[key] = ends[at - 1] if at else None
    kept: set[KeyT] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = previous[last]
    return frozenset(kept)


# -- what a side agreed to -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreed:
    """The exact text a side agreed to."""

    wording: int
    content_hash: str


def last_agreed(
    said: Sequence[tuple[int, PositionTaken]], *, by: str, stances: frozenset[Stance] = FINAL
) -> Agreed | None:
    """Return the last text to which delegation `by` said one of `stances` and did not take it back; ``None`` if none.

    What a drafter recorded for the head counts as *ad referendum*, as ever (19).

    Args:
        said: The number of the wording each position was taken on, and the position, in the order in
            which they were taken.
        by: The delegation asked about.
        stances: `FINAL` for the head's own word, `AGREEMENT` for anything short of it too.

    """
    own = [(number, taken.content_hash) for number, taken in said if taken.by == by]
    for number, content_hash in dict.fromkeys(reversed(own)):  # each text once, what was spoken of last first
        on_it = [taken for at, taken in said if at == number]
        position = in_force(on_it, by=by, on=content_hash)
        if position is not None and position.stance in stances:
            return Agreed(number, content_hash)
    return None

"""Merging two texts that were both written from a third: what each changed, place by place, for a person to choose.

Nothing is merged by itself. Where both wrote the same, or neither wrote anything, there is
nothing to choose; everywhere else a person says whose words stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from workflow.domain.points import Change, changes, replaced
from workflow.domain.words import Words


class Whose(StrEnum):
    """Whose words a person chose."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Same:
    """A piece of text that both have."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A place where the two differ."""

    base: str
    """What stood there before either wrote."""
    mine: str
    theirs: str

    @property
    def changed_by(self) -> Whose | None:
        """Who alone changed anything here; ``None`` where both did."""
        if self.theirs == self.base:
            return Whose.MINE
        return Whose.THEIRS if self.mine == self.base else None

    def of(self, whose: Whose) -> str:
        """Return what stands here in the words of `whose`."""
        return self.mine if whose is Whose.MINE else self.theirs


Piece: TypeAlias = Same | Fork


def merge(base: str, mine: str, theirs: str, words: Words) -> tuple[Piece, ...]:
    """Return `mine` and `theirs`, both written from `base`, piece by piece.

    *Shape*: with every fork resolved one way, the pieces joined are that text to the last blank.
    """
    own, other = changes(base, mine, words), changes(base, theirs, words)
    pieces: list[Piece] = []
    at = 0
    for start, end in _regions((*own, *other)):
        if at < start:
            pieces.append(Same(base[at:start]))
        left, right = (_within(base, found, start, end) for found in (own, other))
        pieces.append(Same(left) if left == right else Fork(base=base[start:end], mine=left, theirs=right))
        at = end
    if at < len(base):
        pieces.append(Same(base[at:]))
    return tuple(piece for piece in pieces if piece != Same(""))


def resolved(pieces: Sequence[Piece], choices: Sequence[Whose]) -> str:
    """Return the text in which the n-th fork stands in the words of the n-th of `choices`.

    Raises:
        ValueError: If there are not as many choices as forks.

    """
    forks = [piece for piece in pieces if isinstance(piece, Fork)]
    chosen = iter([fork.of(whose) for fork, whose in zip(forks, choices, strict=True)])
    return "".join(piece.text if isinstance(piece, Same) else next(chosen) for piece in pieces)


def forks(pieces: Sequence[Piece]) -> tuple[Fork, ...]:
    """Return the places where a person has to choose."""
    return tuple(piece for piece in pieces if isinstance(piece, Fork))


def _regions(found: Sequence[Change]) -> list[tuple[int, int]]:
    """Return the stretches of the base that changes cover; those that touch or overlap are one."""
    regions: list[tuple[int, int]] = []
    for change in sorted(found):
        if regions and change.start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(regions[-1][1], change.end))
        else:
            regions.append((change.start, change.end))
    return regions


def _within(base: str, found: Sequence[Change], start: int, end: int) -> str:
    """Return what ``base[start:end]`` reads with those of the changes `found` that lie in it."""
    inside = [
        Change(one.start - start, one.end - start, one.words) for one in found if start <= one.start and one.end <= end
    ]
    return replaced(base[start:end], inside)

"""Square brackets: competing wordings of one place, who holds which, and how a side reads them.

Brackets are computed, never typed (:mod:`workflow.domain.negotiating`): a bracket a person
types is a *placeholder* and belongs to no side.

Source: the rules of the negotiation, 14 to 17.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Side: TypeAlias = str
NOBODY: Final[Side] = ""
"""Reads the text in common: the current wording, and nothing where there is none yet."""
_SIGNS: Final = frozenset("[［]］")


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
    if _SIGNS.isdisjoint(text):
        return ()
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

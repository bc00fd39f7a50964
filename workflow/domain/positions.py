"""A delegation's position on a text, worked out from everything its members have said of it.

Source: RULES 18 to 22.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Stance(StrEnum):
    """What a delegation says of an exact text."""

    AGREE = "agree"
    AGREE_WITH_STATEMENT = "agree_with_statement"
    AD_REFERENDUM = "ad_referendum"
    RESERVE = "reserve"
    WITHDRAWN = "withdrawn"
    """The delegation has taken back what it said: it has no position."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionTaken:
    """One act of one member on one exact text."""

    by: str
    """The delegation."""
    member: UUID
    as_head: bool
    """Whether the member held the head's word when speaking."""
    for_head: bool = False
    """Whether it was recorded for the head by somebody else."""
    stance: Stance
    content_hash: str
    """Of the text it was given to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionInForce:
    """What a delegation's position on the present text is."""

    stance: Stance
    by_head: bool
    """Whether the head gave it: nobody else of the delegation can then change it."""
    awaits_head: bool = False
    """Whether it was recorded for the head, who has yet to confirm it."""


def in_force(taken: Sequence[PositionTaken], *, by: str, on: str | None) -> PositionInForce | None:
    """Return the position of delegation `by` on the text whose hash is `on`; ``None`` if it has none.

    A head's word stands over everybody else's. With two heads, either may agree and
    either's reservation blocks. What a drafter recorded for the head counts as *ad
    referendum* until the head confirms it.

    Args:
        taken: In the order in which it happened.
        by: The delegation asked about.
        on: The content hash of the present text; positions on any other have lapsed.

    """
    relevant = [one for one in taken if one.by == by and one.content_hash == on]
    final = _of_heads(one for one in relevant if one.as_head)
    if final is not None:
        return PositionInForce(stance=final, by_head=True)
    since_head = max((index for index, one in enumerate(relevant) if one.as_head), default=-1) + 1
    if not relevant[since_head:] or relevant[-1].stance is Stance.WITHDRAWN:
        return None
    last = relevant[-1]
    # Only a head's word is final: what anybody else says goes *ad referendum* at the most (19).
    stance = last.stance if last.stance is Stance.RESERVE else Stance.AD_REFERENDUM
    return PositionInForce(stance=stance, by_head=False, awaits_head=last.for_head)


def _of_heads(taken: Iterable[PositionTaken]) -> Stance | None:
    """Return what the heads of a side say together; ``None`` if none of them has a word standing."""
    last: dict[UUID, Stance] = {}
    for one in taken:
        last.pop(one.member, None)  # whoever spoke last stands last
        last[one.member] = one.stance
    spoken = [stance for stance in last.values() if stance is not Stance.WITHDRAWN]
    if Stance.RESERVE in spoken:
        return Stance.RESERVE
    return spoken[-1] if spoken else None

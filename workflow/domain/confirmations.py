"""What a side can confirm in one reading, and why it stands on the list.

A head confirms what the delegation holds *ad referendum*, what was recorded for the head,
and what the delegation had agreed to before the text changed; a drafter reaffirms the last
of these, *ad referendum*. Nothing else is on the list: what a side never agreed to is
decided on its own page.

Source: RULES 12, 19, 20 and 23.
"""

from enum import StrEnum

from workflow.domain.negotiation import SETTLED_OUTSIDE, DelegationCode, ParagraphState, Stage
from workflow.domain.positions import Stance


class Ground(StrEnum):
    """Why a text is on a side's list."""

    AD_REFERENDUM = "ad_referendum"
    """The side holds it subject to the head's confirmation."""
    FOR_THE_HEAD = "for_the_head"
    """The head's agreement was recorded by somebody else."""
    AGREED_EARLIER = "agreed_earlier"
    """The side agreed to an earlier text of it, and has no position on this one."""


def ground(paragraph: ParagraphState, *, by: DelegationCode, as_head: bool, agreed_earlier: bool) -> Ground | None:
    """Say why `paragraph` is up for confirmation by the side `by`; ``None`` where it is not.

    Args:
        paragraph: As the rules see it.
        by: Whose list.
        as_head: Whether a head reads the list, who alone confirms what is *ad referendum*.
        agreed_earlier: Whether the side agreed to an earlier text of it and did not take that back.

    """
    if paragraph.stage is not Stage.NEGOTIATION or paragraph.standing in SETTLED_OUTSIDE or paragraph.current is None:
        return None
    position = paragraph.positions.get(by)
    if position is None:
        return Ground.AGREED_EARLIER if agreed_earlier else None
    if not as_head:
        return None
    if position.awaits_head:
        return Ground.FOR_THE_HEAD
    return Ground.AD_REFERENDUM if position.stance is Stance.AD_REFERENDUM else None

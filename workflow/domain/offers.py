"""What a page offers: an act that has an object is shown, with all that keeps it from being done; others are not.

Whoever has no right to an act is not shown it at all: that is for the policy to say.

Source: the rules of the negotiation, 10, 22 and 26.
"""

from dataclasses import replace
from typing import Final

from workflow.domain.negotiation import Move, ParagraphState, Refusal

#: These say that there is nothing to do the act to: no position to withdraw, no deferral to take back.
WITHOUT_OBJECT: Final = frozenset({Refusal.NO_POSITION_TO_WITHDRAW, Refusal.NO_DEFERRAL_TO_REVOKE})


def is_offered(reasons: tuple[Refusal, ...]) -> bool:
    """Whether a page shows an act that `reasons` keep from being done."""
    return not WITHOUT_OBJECT.intersection(reasons)


def choosing(paragraph: ParagraphState, move: Move) -> Move:
    """Return `move`, an acceptance in part, with some choice of points that does not repeat what was taken already.

    What is refused then is refused whichever points are chosen.
    """
    named = paragraph.amendment(move.amendment) if move.amendment else None
    taken = named.taken_by.get(move.by) if named else None
    return replace(move, chosen=frozenset({2}) if taken == frozenset({1}) else frozenset({1}))

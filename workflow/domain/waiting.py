"""What a text waits for, side by side and capacity by capacity: the desk's first question.

Source: RULES 4, 5, 9, 13, 18 to 20, 24 to 26 and 29: each names an act that somebody still owes.
"""

from collections.abc import Iterator
from enum import StrEnum

from workflow.domain.motions import MotionState
from workflow.domain.negotiation import SETTLED_OUTSIDE, AmendmentKind, DelegationCode, ParagraphState, Stage
from workflow.domain.positions import Stance


class Wait(StrEnum):
    """An act that a delegation still owes a paragraph."""

    ANSWER_AMENDMENT = "answer_amendment"
    COMPLETE_COUNTERPART = "complete_counterpart"
    CONFIRM_AGAINST_NEW_TEXT = "confirm_against_new_text"
    ANSWER_DEFERRAL = "answer_deferral"
    TAKE_POSITION = "take_position"
    CONFIRM_AD_REFERENDUM = "confirm_ad_referendum"
    CERTIFY = "certify"


def waits(paragraph: ParagraphState, side: DelegationCode) -> tuple[Wait, ...]:
    """Return what `paragraph` waits for from `side`, most pressing first; empty when it waits for nothing."""
    if paragraph.stage is not Stage.NEGOTIATION or paragraph.standing in SETTLED_OUTSIDE:
        return ()
    return tuple(_waits(paragraph, side))


def waits_for_answer(motion: MotionState, side: DelegationCode, *, on: str) -> bool:
    """Whether `motion` waits for the word of `side`; one on a text that is gone waits for nobody.

    Args:
        motion: What is put to all sides.
        side: Who may still have to speak.
        on: The hash of what the motion is about, as it stands now.

    """
    return motion.is_open and motion.stands_on == on and side not in motion.says


def _waits(paragraph: ParagraphState, side: DelegationCode) -> Iterator[Wait]:
    unanswered = [one for one in paragraph.live if one.by != side and side not in one.answered_by]
    if any(one.against in {None, paragraph.base} for one in unanswered):  # others wait for their author (11)
        yield Wait.ANSWER_AMENDMENT
    own = paragraph.amendment_of(side)
    if own and not own.is_complete:
        yield Wait.COMPLETE_COUNTERPART
    if own and own.kind is not AmendmentKind.ADD and own.against != paragraph.base:
        yield Wait.CONFIRM_AGAINST_NEW_TEXT
    if paragraph.deferred_by and side not in paragraph.deferred_by:
        yield Wait.ANSWER_DEFERRAL
    if paragraph.current is None or not (paragraph.is_deleted or paragraph.current.is_complete):
        return
    position = paragraph.positions.get(side)
    if position is None:
        yield Wait.TAKE_POSITION
    elif position.stance is Stance.AD_REFERENDUM or position.awaits_head:
        yield Wait.CONFIRM_AD_REFERENDUM
    if side not in paragraph.certified_by and not paragraph.is_deleted:
        yield Wait.CERTIFY

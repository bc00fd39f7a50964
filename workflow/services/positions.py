"""Positions: what a delegation says of an exact text."""

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import ACT_OF, Move
from workflow.domain.positions import PositionTaken, Stance
from workflow.models import Membership, Paragraph, Position
from workflow.services.acts import approach, record_position, seat


def take(
    session: orm.Session,
    *,
    paragraph: Paragraph,
    by: Membership,
    stance: Stance,
    face: str,
    reason: str = "",
    statement: Bilingual = NOTHING,
    for_head: bool = False,
) -> Position:
    """Record the position of `by`'s delegation on the text whose content hash is `face`; return it, flushed.

    Args:
        session: Writing.
        paragraph: Whose text.
        by: Who speaks; a head's word stands over a drafter's.
        stance: What is said.
        face: The text that was on the page of the decision.
        reason: Why, for a reservation or for taking a position back; both sides read it.
        statement: For the record, with `Stance.AGREE_WITH_STATEMENT`.
        for_head: Whether `by` records what the head decided, for the head to confirm.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=ACT_OF[stance], by=seat(by).code, as_head=by.actor.is_head, member=by.id, face=face)
    approach(session, paragraph, move)
    taken = said(by, stance=stance, face=face, for_head=for_head)
    return record_position(session, taken, paragraph=paragraph, by=by, reason=reason, statement=statement)


def said(by: Membership, *, stance: Stance, face: str, for_head: bool = False) -> PositionTaken:
    """Return what `by` says of the text whose content hash is `face`, as the rules take it."""
    as_head = by.actor.is_head
    return PositionTaken(
        by=seat(by).code,
        member=by.id,
        as_head=as_head,
        for_head=for_head and not as_head,
        stance=stance,
        content_hash=face,
    )

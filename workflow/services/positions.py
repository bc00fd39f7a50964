"""Positions: what a delegation says of an exact text."""

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import ACT_OF, Move
from workflow.domain.positions import Stance
from workflow.models import Entered, Membership, Paragraph, Position
from workflow.services.acts import approach, seat
from workflow.services.clock import now
from workflow.services.journal import enter


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
    as_head = by.actor.is_head
    _, state = approach(
        session, paragraph, Move(act=ACT_OF[stance], by=seat(by).code, as_head=as_head, member=by.id, face=face)
    )
    wording = paragraph.current_wording
    position = Position(
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        number=len(paragraph.positions) + 1,
        stance=stance,
        as_head=as_head,
        for_head=for_head and not as_head,
        reason=reason,
        statement=statement,
        content_hash=state.face,
        wording_number=wording.number if wording else 0,
        at=now(session),
    )
    session.add(position)
    session.flush()
    enter(
        session,
        Entered.POSITION_TAKEN,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        stance=stance,
        hash=state.face,
        wording=str(position.wording_number),
        for_head="yes" if position.for_head else "no",
    )
    return position

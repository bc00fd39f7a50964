"""Participant lists: each head confirms the own side's."""

from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Entered, ListConfirmation, Membership, ParticipantList
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import closed_by


def confirm(session: orm.Session, *, participant_list: ParticipantList, by: Membership, seen: str) -> None:
    """Record that the head `by` confirms the own list as it stood with the hash `seen`.

    Raises:
        OutOfOrder: If it is another side's list, has changed since, is confirmed already, or
            is of a session whose text is closed.

    """
    closed = closed_by(session, participant_list.session)
    reasons = [] if closed is None else [closed]
    if participant_list.delegation.code != seat(by).code:
        reasons.append(Refusal.NOT_YOUR_LIST)
    if participant_list.content_hash != seen:
        reasons.append(Refusal.TEXT_HAS_CHANGED)
    if participant_list.is_confirmed:
        reasons.append(Refusal.LIST_ALREADY_CONFIRMED)
    if reasons:
        raise OutOfOrder(tuple(reasons))
    session.add(
        ListConfirmation(participant_list=participant_list, membership_id=by.id, content_hash=seen, at=now(session))
    )
    session.flush()
    enter(
        session,
        Entered.LIST_CONFIRMED,
        by=by,
        dialogue=participant_list.session.dialogue,
        hash=seen,
        list=participant_list.delegation.code,
    )

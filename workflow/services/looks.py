"""Saying "I have looked at this text": an act, never a read, from which on changes are shown."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Agreement, Look, Membership
from workflow.permissions import Actor
from workflow.services.clock import now
from workflow.services.visible import visible


def look(session: orm.Session, *, agreement: Agreement, by: Membership, seen: str) -> Look:
    """Record that `by` has looked at the text as it stands; return it, flushed.

    It is nobody else's: no journal, no page of others and no count tells of it.

    Args:
        session: Writing.
        agreement: Which text.
        by: Who looked.
        seen: What named the text on the page (:attr:`Agreement.issuable`): what came after was not looked at.

    Raises:
        OutOfOrder: If the text is another by now. Nothing is written.

    """
    if seen != agreement.issuable:
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    looked = Look(agreement=agreement, membership=by, at=now(session))
    session.add(looked)
    session.flush()
    return looked


def last_look(session: orm.Session, agreement_id: UUID, actor: Actor) -> datetime | None:
    """Return when `actor` said last to have looked at the agreement `agreement_id`; ``None`` if never."""
    last = session.scalars(visible(actor).looks().where(Look.agreement_id == agreement_id).limit(1)).first()
    return last.at if last else None

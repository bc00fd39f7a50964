"""The agenda of the next session, and what becomes of what the last one carried over."""

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import AgendaItem, DialogueSession, Disposal, Disposition, Entered, Membership, Paragraph
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import carried_items, closed_by


def put_on(
    session: orm.Session, *, paragraph: Paragraph, by: Membership | None, is_deferred_text: bool = False
) -> AgendaItem:
    """Put `paragraph` on the agenda of the session after its own; return the item, flushed.

    Keeping it on the provisional agenda needs one side; printing it in the agreement
    needs both, by the paragraph's own way to common text (27).
    """
    meeting = paragraph.agreement.session
    last = session.scalar(sa.select(sa.func.max(AgendaItem.number)).where(AgendaItem.session_id == meeting.id))
    item = AgendaItem(
        session=meeting,
        paragraph=paragraph,
        delegation=by.delegation if by and not is_deferred_text else None,  # what is deferred, all sides put there
        number=(last or 0) + 1,
        is_deferred_text=is_deferred_text,
        at=now(session),
    )
    session.add(item)
    session.flush()
    enter(
        session,
        Entered.AGENDA_ITEM_PROPOSED,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        item=str(item.id),
    )
    return item


def dispose(
    session: orm.Session, *, item: AgendaItem, meeting: DialogueSession, by: Membership, disposition: Disposition
) -> Disposal:
    """Record what `meeting` did with `item`, which it had on its agenda; return it, flushed.

    Raises:
        OutOfOrder: If `item` is not on that agenda, the own side said the same of it last, or the
            session's text is closed: what was adopted says what became of it.

    """
    if item.id not in {one.id for one in carried_items(session, meeting)}:
        raise OutOfOrder((Refusal.NOT_ON_THIS_AGENDA,))
    closed = closed_by(session, meeting)
    if closed is not None:
        raise OutOfOrder((closed,))
    own = [
        one
        for one in item.disposals_at(meeting.id)
        if one.membership and one.membership.delegation_id == by.delegation_id
    ]
    if own and own[-1].disposition is disposition:
        raise OutOfOrder((Refusal.ALREADY_DISPOSED,))
    disposal = Disposal(
        agenda_item=item,
        session_id=meeting.id,
        membership_id=by.id,
        disposition=disposition,
        at=now(session),
    )
    session.add(disposal)
    session.flush()
    enter(
        session,
        Entered.AGENDA_ITEM_DISPOSED,
        by=by,
        dialogue=meeting.dialogue,
        paragraph=item.paragraph,
        item=str(item.id),
        disposition=disposition,
    )
    return disposal

"""Deferral: carrying text that is not agreed to the next session, its text and origin kept."""

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.negotiation import Act, Move
from workflow.models import AgendaItem, DeferralVoice, Entered, Membership, Paragraph
from workflow.services import agenda
from workflow.services.acts import approach, seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import keep_numbers


def consent(session: orm.Session, *, paragraph: Paragraph, by: Membership, face: str) -> bool:
    """Record that `by`'s delegation wants `paragraph` carried over; return whether it now is.

    The first to say so proposes it; it takes effect when the last side has said so, and
    the paragraph then stands on the agenda of the next session.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    approach(session, paragraph, Move(act=Act.DEFER, by=seat(by).code, as_head=by.actor.is_head, face=face))
    _speak(session, paragraph, by, consents=True)
    _enter(session, Entered.DEFERRAL_CONSENTED, paragraph, by)
    if not paragraph.is_deferred_by_all:
        return False
    _enter(session, Entered.DEFERRED, paragraph, by)
    known = sa.select(AgendaItem.id).where(
        AgendaItem.session_id == paragraph.agreement.session_id, AgendaItem.paragraph_id == paragraph.id
    )
    if session.scalar(known) is None:
        agenda.put_on(session, paragraph=paragraph, by=by, is_deferred_text=True)
    return True


def revoke(session: orm.Session, *, paragraph: Paragraph, by: Membership) -> None:
    """Take back the consent of `by`'s delegation; once a deferral has taken effect only a head can.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.REVOKE_DEFERRAL, by=seat(by).code, as_head=by.actor.is_head)
    approach(session, paragraph, move)
    _speak(session, paragraph, by, consents=False)
    keep_numbers(session, paragraph.agreement)
    _enter(session, Entered.DEFERRAL_REVOKED, paragraph, by)


def _speak(session: orm.Session, paragraph: Paragraph, by: Membership, *, consents: bool) -> None:
    session.add(
        DeferralVoice(
            paragraph=paragraph,
            delegation=seat(by),
            membership_id=by.id,
            number=len(paragraph.deferral_voices) + 1,
            wording_number=len(paragraph.wordings),
            consents=consents,
            as_head=by.actor.is_head,
            at=now(session),
        )
    )
    session.flush()


def _enter(session: orm.Session, act: Entered, paragraph: Paragraph, by: Membership) -> None:
    enter(
        session,
        act,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        wording=str(len(paragraph.wordings)),
        as_head="yes" if by.actor.is_head else "no",
    )

"""Hand-overs: a colleague of the own delegation is asked to go on with a draft, by a moment if one is named."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.due import Due, due
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Draft, Entered, HandOver, HandOverEnding, HandOverOutcome, Membership
from workflow.permissions import Actor, Permission, permits
from workflow.services import drafts
from workflow.services.clock import now
from workflow.services.journal import chain_of, enter
from workflow.services.time_zones import in_each_zone
from workflow.services.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverShown:
    """A hand-over as a member of the delegation reads it."""

    hand_over: HandOver
    due: Due
    moments: tuple[datetime, ...]
    """When it is due, in the time zone of each side and in UTC; none where no moment was named."""
    is_for_reader: bool
    is_by_reader: bool


def ask(
    session: orm.Session,
    *,
    draft: Draft,
    by: Membership,
    colleague: Membership,
    request: str,
    due_at: datetime | None = None,
) -> HandOver:
    """Ask `colleague` to go on with `draft`, which is shared in the delegation with that; return it, flushed.

    Raises:
        OutOfOrder: If the draft is closed, `colleague` cannot write in it, or the moment is past.

    """
    if not draft.is_open:
        raise OutOfOrder((Refusal.DRAFT_IS_CLOSED,))
    if colleague.id not in {one.id for one in colleagues(session, by)}:
        raise OutOfOrder((Refusal.NOT_A_COLLEAGUE,))
    if due_at is not None and due_at <= now(session):
        raise OutOfOrder((Refusal.MOMENT_IS_PAST,))
    drafts.share(session, draft=draft, by=by)
    made = HandOver(draft=draft, membership=by, colleague=colleague, request=request, due_at=due_at, at=now(session))
    session.add(made)
    session.flush()
    _enter(session, Entered.HANDED_OVER, made, by)
    return made


def complete(session: orm.Session, *, hand_over: HandOver, by: Membership) -> None:
    """Record that what was asked for is done; whoever can write in the draft may say so.

    Raises:
        OutOfOrder: If nobody is asked any more.

    """
    _end(session, hand_over, by, HandOverOutcome.DONE)
    _enter(session, Entered.HAND_OVER_DONE, hand_over, by)


def take_back(session: orm.Session, *, hand_over: HandOver, by: Membership) -> None:
    """Record that it is not asked for any more.

    Raises:
        OutOfOrder: If nobody is asked any more.

    """
    _end(session, hand_over, by, HandOverOutcome.TAKEN_BACK)
    _enter(session, Entered.HAND_OVER_TAKEN_BACK, hand_over, by)


def colleagues(session: orm.Session, member: Membership) -> tuple[Membership, ...]:
    """Return who else of the delegation of `member` can write in drafts now, by name."""
    there = session.scalars(visible(member.actor).colleagues().where(Membership.id != member.id))
    return tuple(one for one in there if permits(one.actor, Permission.DRAFT, member.dialogue))


def of_draft(session: orm.Session, draft: Draft, actor: Actor) -> tuple[HandOverShown, ...]:
    """Return what is asked for over `draft`, the most pressing first."""
    return _shown(session, visible(actor).hand_overs().where(HandOver.draft_id == draft.id), actor)


def for_member(session: orm.Session, actor: Actor) -> tuple[HandOverShown, ...]:
    """Return what colleagues ask of `actor`, the most pressing first."""
    return _shown(session, visible(actor).hand_overs().where(HandOver.colleague_id == actor.membership), actor)


def _shown(session: orm.Session, query: sa.Select[HandOver], actor: Actor) -> tuple[HandOverShown, ...]:
    found = session.scalars(query).all()
    if not found:
        return ()
    at = now(session)
    return tuple(
        HandOverShown(
            hand_over=one,
            due=due(one.due_at, at),
            moments=in_each_zone(one.draft.agreement.session, one.due_at) if one.due_at else (),
            is_for_reader=one.colleague_id == actor.membership,
            is_by_reader=one.membership_id == actor.membership,
        )
        for one in found
    )


def _end(session: orm.Session, hand_over: HandOver, by: Membership, outcome: HandOverOutcome) -> None:
    if hand_over.ending is not None:
        raise OutOfOrder((Refusal.HAND_OVER_IS_CLOSED,))
    session.add(HandOverEnding(hand_over=hand_over, membership_id=by.id, outcome=outcome, at=now(session)))
    session.flush()


def _enter(session: orm.Session, act: Entered, hand_over: HandOver, by: Membership) -> None:
    draft = hand_over.draft
    enter(
        session,
        act,
        by=by,
        dialogue=draft.agreement.dialogue,
        agreement=draft.agreement,
        paragraph=draft.paragraph,
        chain=chain_of(by),
        draft=str(draft.id),
        hand_over=str(hand_over.id),
    )

"""Who has a draft open: shown to the own side only, and forgotten a minute after the page was last heard of."""

from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.models import Draft, DraftPresence, Membership
from workflow.permissions import Actor
from workflow.services import draft_states
from workflow.services.clock import now
from workflow.services.visible import visible

LASTS: Final = timedelta(minutes=1)
"""How long a page that says nothing more still counts as open."""


def note(session: orm.Session, *, draft: Draft, by: Membership, opened_on: int = 0) -> None:
    """Note that `by` has the form of `draft` open.

    Where it was opened just now, `opened_on` is the version it showed: that is kept, for it may be
    written on from there.
    """
    if opened_on:
        draft_states.keep_shown(session, draft, opened_on)
    at = now(session)
    here = session.scalar(
        sa.select(DraftPresence).where(DraftPresence.draft_id == draft.id, DraftPresence.membership_id == by.id)
    )
    if here is None:
        here = DraftPresence(draft=draft, membership=by, opened_at=at, seen_at=at)
        session.add(here)
    elif at - here.seen_at >= LASTS:
        here.opened_at = at
    here.seen_at = at
    session.flush()


def others(session: orm.Session, draft: Draft, actor: Actor) -> tuple[DraftPresence, ...]:
    """Return the colleagues of `actor` who have `draft` open now, longest first."""
    found = session.scalars(
        visible(actor)
        .draft_presences()
        .where(DraftPresence.draft_id == draft.id, DraftPresence.membership_id != actor.membership)
    ).all()
    if not found:
        return ()
    since = now(session) - LASTS
    return tuple(one for one in found if one.seen_at > since)

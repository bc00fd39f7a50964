"""The states a draft was saved in: kept by every save, seen by whoever may, told to nobody else."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.counterparts import Saved, stale
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import Draft, DraftState, Membership
from workflow.permissions import Actor
from workflow.services.clock import now
from workflow.services.terms import words_of
from workflow.services.visible import visible

#: What a page saves by itself is kept once in so long for each author; what a person saves, always.
THINNED_TO: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StateShown:
    """A state of a draft, beside what the draft says now."""

    state: DraftState
    redline: Redline
    """From the state to the present."""
    is_present: bool
    """Whether the draft says the same now."""


def keep(session: orm.Session, draft: Draft, *, by_hand: bool, other_stands: bool = False) -> DraftState | None:
    """Append what `draft` says now to its states; return the state, flushed, or ``None`` where the last says the same.

    That the other language stands is said of a state, so a state that says so is kept whatever it says.
    """
    last = draft.states[-1] if draft.states else None
    same = last is not None and (last.text, last.rationale) == (draft.text, draft.rationale)
    if last is not None and (last.version == draft.version or (same and not other_stands)):
        session.flush()
        return None
    state = DraftState(
        draft=draft,
        version=draft.version,
        membership_id=draft.saved_by_id or draft.membership_id,
        text=draft.text,
        rationale=draft.rationale,
        is_by_hand=by_hand,
        other_stands=other_stands,
        at=draft.saved_at,
    )
    session.add(state)
    session.flush()
    return state


def is_thinned(session: orm.Session, draft: Draft, by: Membership) -> bool:
    """Whether what the page of `by` saves by itself now is too soon after the last of its kind to be kept."""
    last = draft.states[-1] if draft.states else None
    if last is None or last.is_by_hand or last.membership_id != by.id:
        return False
    return now(session) - last.at < THINNED_TO


def base_of(session: orm.Session, draft: Draft, version: int, actor: Actor) -> DraftState | None:
    """Return what a page that showed `version` was written from: that state, else the nearest one before it.

    Whatever somebody else saved over, and whatever a page said it was opened on, is kept; only
    what one person's page saved twice within a minute, and no other page said so of, may be
    missing. ``None`` where `actor` may read no such state.
    """
    wanted = (
        visible(actor)
        .draft_states()
        .where(DraftState.draft_id == draft.id, DraftState.version <= version)
        .order_by(DraftState.version.desc())
        .limit(1)
    )
    return session.scalars(wanted).first()


def history(session: orm.Session, draft: Draft, actor: Actor) -> tuple[StateShown, ...]:
    """Return the states of `draft` that `actor` may read, newest first."""
    words = words_of(draft.agreement)
    found = session.scalars(
        visible(actor).draft_states().where(DraftState.draft_id == draft.id).order_by(DraftState.version.desc())
    )
    return tuple(
        StateShown(
            state=one,
            redline=bilingual_redline(one.text, draft.text, words),
            is_present=(one.text, one.rationale) == (draft.text, draft.rationale),
        )
        for one in found
    )


def find(session: orm.Session, draft: Draft, version: int, actor: Actor) -> DraftState | None:
    """Return the state of `draft` at `version`, if `actor` may read it."""
    wanted = visible(actor).draft_states().where(DraftState.draft_id == draft.id, DraftState.version == version)
    return session.scalars(wanted).first()


def left_behind(draft: Draft, text: Bilingual | None = None) -> Language | None:
    """Return the language of `draft` that was not written on when the other was; ``None`` where both stand together.

    With a `text` that is being typed, as if that were saved.
    """
    start: tuple[Saved, ...] = () if draft.against_text == NOTHING else (Saved(text=draft.against_text),)
    saved = (Saved(text=one.text, other_stands=one.other_stands) for one in draft.states)
    return stale((*start, *saved, Saved(text=draft.text if text is None else text)))


def said_to_stand(session: orm.Session, draft: Draft, actor: Actor) -> DraftState | None:
    """Return the state in which it was last said that the other language stands, as far as `actor` may read it."""
    wanted = (
        visible(actor)
        .draft_states()
        .where(DraftState.draft_id == draft.id, DraftState.other_stands)
        .order_by(DraftState.version.desc())
        .limit(1)
    )
    return session.scalars(wanted).first()


def count(session: orm.Session, draft: Draft, actor: Actor) -> int:
    """Return how many states of `draft` the reader may read."""
    states = visible(actor).draft_states().where(DraftState.draft_id == draft.id).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(states)) or 0

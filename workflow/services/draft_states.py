"""The states a draft was saved in: kept by every save, seen by whoever may, told to nobody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

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
    number: int
    """Among the states of its kind, from 1, whatever was passed over between them."""
    is_before_sharing: bool
    """Whether it is of the time when only the author read the draft; such states are counted for themselves."""
    redline: Redline
    """From the state to the present."""
    is_present: bool
    """Whether the draft says the same now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a draft said at one of its versions."""

    version: int
    text: Bilingual
    rationale: str
    by: UUID
    at: datetime


def said_now(draft: Draft) -> Said:
    """Return what `draft` says, for whoever makes a page of it."""
    return Said(
        version=draft.version,
        text=draft.text,
        rationale=draft.rationale,
        by=draft.saved_by_id or draft.membership_id,
        at=draft.saved_at,
    )


def keep(
    session: orm.Session,
    draft: Draft,
    *,
    by_hand: bool,
    other_stands: bool = False,
    goes_on: Membership | None = None,
) -> None:
    """Append what `draft` says now to its states, unless this version of it is among them, and flush.

    What was passed over is appended before it, unless the page that passed over it is the one
    that `goes_on`: it has heard of its last save. A version that says nothing new is kept too:
    somebody may have written on from it. The list that people read passes over it.
    """
    if draft.passed_over is not None and (goes_on is None or draft.saved_by_id != goes_on.id):
        _append(session, draft, _restored(draft.passed_over), by_hand=False)
    draft.passed_over = None
    last = _last(draft)
    if last is None or last.version != draft.version:
        _append(session, draft, said_now(draft), by_hand=by_hand, other_stands=other_stands)
    session.flush()


def keep_shown(session: orm.Session, draft: Draft, version: int) -> None:
    """Make sure that what a page has shown of `draft`, at `version`, is among its states: somebody may save from there.

    The draft may have gone on by one save while the page was on its way.
    """
    if version == draft.version:
        keep(session, draft, by_hand=False)
    elif draft.passed_over is not None and draft.passed_over["version"] == version:
        _append(session, draft, _restored(draft.passed_over), by_hand=False)
        draft.passed_over = None
        session.flush()
        session.expire(draft, ["states"])  # it belongs among them, not after them


def pass_over(draft: Draft) -> None:
    """Keep what `draft` says until its page is heard of again, not as a state: that page saves by itself once more."""
    last = _last(draft)
    if last is None or last.version != draft.version:
        draft.passed_over = _stored(said_now(draft))


def is_thinned(session: orm.Session, draft: Draft, by: Membership) -> bool:
    """Whether what the page of `by` saves by itself now is too soon after the last of its kind to be kept."""
    last = _last(draft)
    if last is None or last.is_by_hand or last.membership_id != by.id:
        return False
    return now(session) - last.at < THINNED_TO


def base_of(session: orm.Session, draft: Draft, version: int, actor: Actor) -> Said | None:
    """Return what `draft` said at `version`, from which a page of `actor` was written.

    Whatever was saved over, and whatever a page said it was opened on, is kept. ``None`` where it
    is missing all the same (of what one page saved by itself within a minute, only what others
    were shown is kept), or where `actor` may not read it: nothing else is put in its place.
    """
    if draft.passed_over is not None and draft.passed_over["version"] == version:
        is_theirs = draft.membership_id == actor.membership or version >= (draft.shared_from or 1)
        return _restored(draft.passed_over) if is_theirs else None
    found = find(session, draft, version, actor)
    return None if found is None else _said(found)


def history(session: orm.Session, draft: Draft, actor: Actor) -> tuple[StateShown, ...]:
    """Return the states of `draft` that `actor` may read, newest first."""
    words = words_of(draft.agreement)
    since = (draft.shared_from or 1) if draft.is_shared else 1
    listed = _listed(session, draft, actor)
    before = sum(one.version < since for one in listed)
    return tuple(
        StateShown(
            state=one,
            number=at if one.version < since else at - before,
            is_before_sharing=one.version < since,
            redline=bilingual_redline(one.text, draft.text, words),
            is_present=(one.text, one.rationale) == (draft.text, draft.rationale),
        )
        for at, one in reversed([*enumerate(listed, 1)])
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
    """Return how many states of `draft` the reader is shown."""
    return len(_listed(session, draft, actor))


def _listed(session: orm.Session, draft: Draft, actor: Actor) -> list[DraftState]:
    """Return the states of `draft` that `actor` may read, oldest first, without those that say nothing new."""
    listed: list[DraftState] = []
    for one in session.scalars(
        visible(actor).draft_states().where(DraftState.draft_id == draft.id).order_by(DraftState.version)
    ):
        if not listed or one.other_stands or not _says_the_same(listed[-1], one):
            listed.append(one)
    return listed


def _last(draft: Draft) -> DraftState | None:
    return draft.states[-1] if draft.states else None


def _says_the_same(state: DraftState, other: Draft | DraftState) -> bool:
    return (state.text, state.rationale) == (other.text, other.rationale)


def _append(session: orm.Session, draft: Draft, said: Said, *, by_hand: bool, other_stands: bool = False) -> None:
    state = DraftState(
        draft=draft,
        version=said.version,
        membership_id=said.by,
        text=said.text,
        rationale=said.rationale,
        is_by_hand=by_hand,
        other_stands=other_stands,
        at=said.at,
    )
    session.add(state)


def _said(state: DraftState) -> Said:
    return Said(version=state.version, text=state.text, rationale=state.rationale, by=state.membership_id, at=state.at)


def _stored(said: Said) -> dict[str, Any]:
    return {
        "version": said.version,
        "en": said.text.en,
        "zh": said.text.zh,
        "rationale": said.rationale,
        "by": str(said.by),
        "at": said.at.isoformat(),
    }


def _restored(stored: dict[str, Any]) -> Said:
    return Said(
        version=stored["version"],
        text=Bilingual(en=stored["en"], zh=stored["zh"]),
        rationale=stored["rationale"],
        by=UUID(stored["by"]),
        at=datetime.fromisoformat(stored["at"]),
    )

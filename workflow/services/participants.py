"""Participant lists: each side writes its own, and its head confirms it as it stands."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import (
    Dialogue,
    DialogueSession,
    Entered,
    ListConfirmation,
    Membership,
    ParticipantList,
    Participation,
    Person,
)
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import closed_by

_LONGEST_KEY: Final = 56
"""Letters of the key that names somebody in files, with room for a number behind."""


def confirm(session: orm.Session, *, participant_list: ParticipantList, by: Membership, seen: str) -> None:
    """Record that the head `by` confirms the own list as its page showed it, with the hash `seen`.

    Raises:
        OutOfOrder: If it is another side's list, has changed since, is confirmed already, or
            is of a session whose text is closed.

    """
    closed = closed_by(session, participant_list.session)
    reasons = [] if closed is None else [closed]
    if participant_list.delegation.code != seat(by).code:
        reasons.append(Refusal.NOT_YOUR_LIST)
    if participant_list.confirmable_hash != seen:
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
        meeting=str(participant_list.session_id),
        list=participant_list.delegation.code,
    )


class StaleList(Exception):  # noqa: N818 -- what happened, in the drafters' words
    """Somebody changed the list after the page was opened. Nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person as a list is to have them."""

    person: UUID | None
    """Somebody the dialogue knows; ``None`` for somebody new."""
    display: Bilingual
    separator: str
    title: Bilingual
    is_leader: bool = False


def change(
    session: orm.Session,
    *,
    participant_list: ParticipantList,
    by: Membership,
    heading: Bilingual,
    people: Sequence[Listed],
    seen: str,
) -> None:
    """Let the list name exactly `people` in their order, who leads first; a head's word on another lapses by itself.

    Raises:
        StaleList: If the list is not the one with the hash `seen` any more.
        OutOfOrder: If the session's text is closed, or nothing changes.

    """
    ensure_open(session, participant_list)
    if participant_list.shown_hash != seen:
        raise StaleList
    ordered = sorted(people, key=lambda one: not one.is_leader)  # stable: the others stay as they were listed
    dialogue = participant_list.session.dialogue
    known = {one.id: one for one in dialogue.persons}
    for before in participant_list.participations:
        session.delete(before)
    participant_list.participations.clear()
    session.flush()  # before the new rows, which take the same places
    participant_list.heading = heading
    for position, one in enumerate(ordered, start=1):
        again = known.get(one.person) if one.person else None
        person = _introduced(session, dialogue, one) if again is None else again
        participant_list.participations.append(
            Participation(
                person=person,
                position=position,
                display=one.display,
                separator=one.separator,
                title=one.title,
                is_leader=one.is_leader,
            )
        )
    session.flush()
    if participant_list.shown_hash == seen:
        raise OutOfOrder((Refusal.NOTHING_CHANGES,))
    enter(
        session,
        Entered.LIST_CHANGED,
        by=by,
        dialogue=dialogue,
        list=participant_list.delegation.code,
        meeting=str(participant_list.session_id),
        hash=participant_list.content_hash,
    )


def ensure_open(session: orm.Session, participant_list: ParticipantList) -> None:
    """Return if the list can be changed.

    Raises:
        OutOfOrder: If the text of its session is adopted, or recorded as published.

    """
    closed = closed_by(session, participant_list.session)
    if closed is not None:
        raise OutOfOrder((closed,))


def known_to(session: orm.Session, participant_list: ParticipantList) -> tuple[Participation, ...]:
    """Return who was on a list of the same delegation, each as listed last, by name: whoever comes again."""
    lists = (
        sa.select(Participation)
        .join(ParticipantList, Participation.participant_list_id == ParticipantList.id)
        .join(ParticipantList.session)
        .where(ParticipantList.delegation_id == participant_list.delegation_id)
        .options(orm.joinedload(Participation.person))
        .order_by(DialogueSession.ordinal)
    )
    last = {one.person_id: one for one in session.scalars(lists)}
    return tuple(sorted(last.values(), key=lambda one: (one.person.sort_key, one.display.en)))


def _introduced(session: orm.Session, dialogue: Dialogue, listed: Listed) -> Person:
    """Return somebody new to the dialogue, with a key of their own; flushed."""
    plain = unicodedata.normalize("NFKD", listed.display.en).encode("ascii", "ignore").decode().lower()
    wanted = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_KEY].strip("-") or "person"
    taken = {one.key for one in dialogue.persons}
    key = (
        wanted
        if wanted not in taken
        else next(one for number in range(2, len(taken) + 3) if (one := f"{wanted}-{number}") not in taken)
    )
    person = Person(
        dialogue=dialogue,
        key=key,
        name=listed.display,
        sort_key=listed.display.en.lower(),
        position=1 + max((one.position for one in dialogue.persons), default=0),
    )
    session.add(person)
    session.flush()
    return person

"""Sessions: opening one, and correcting what is said of it until an agreement of it is adopted."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import (
    Delegation,
    Dialogue,
    DialogueSession,
    Entered,
    Host,
    Membership,
    ParticipantList,
    Place,
    SessionDates,
)
from workflow.services import alterations
from workflow.services.journal import enter
from workflow.services.reading import closed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """First and last day, as one side's calendar has them."""

    side: str | None
    """A delegation's code, or ``None`` for all."""
    first: dt.date
    last: dt.date
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """Who hosts."""

    name: Bilingual
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is said of a session, but for its participant lists."""

    ordinal: int
    name: Bilingual
    is_exercise: bool = False
    off_the_record: Bilingual = NOTHING
    note: Bilingual = NOTHING
    places: Sequence[Bilingual] = ()
    dates: Sequence[Days] = ()
    hosts: Sequence[Hosting] = ()


def open_session(session: orm.Session, *, dialogue: Dialogue, by: Membership, details: Details) -> DialogueSession:
    """Open a session, with an empty participant list for each side; return it, flushed.

    Raises:
        OutOfOrder: If the dialogue has a session of that number.

    """
    _check_ordinal(dialogue, details.ordinal, None)
    meeting = DialogueSession(
        dialogue=dialogue,
        ordinal=details.ordinal,
        name=details.name,
        is_exercise=details.is_exercise,
        off_the_record=details.off_the_record,
        note=details.note,
    )
    session.add(meeting)
    _say(meeting, details)
    session.flush()
    _list_sides(session, meeting)
    _enter(session, Entered.SESSION_OPENED, meeting, by)
    return meeting


def change(session: orm.Session, *, meeting: DialogueSession, by: Membership, details: Details, seen: str) -> None:
    """Let `details` be what is said of `meeting`.

    Raises:
        OutOfOrder: If an agreement of it is closed, it was changed since the page with the hash `seen`, the
            number is another session's, or nothing changes.

    """
    ensure_open(session, meeting)
    if meeting.details_hash != seen:
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    _check_ordinal(meeting.dialogue, details.ordinal, meeting)
    altered = alterations.between(_described(said_of(meeting)), _described(details))
    meeting.ordinal, meeting.name, meeting.is_exercise = details.ordinal, details.name, details.is_exercise
    meeting.off_the_record, meeting.note = details.off_the_record, details.note
    for one in (*meeting.places, *meeting.dates, *meeting.hosts):
        session.delete(one)
    _say(meeting, details)
    session.flush()
    if meeting.details_hash == seen:
        raise OutOfOrder((Refusal.NOTHING_CHANGES,))
    _list_sides(session, meeting)
    _enter(session, Entered.SESSION_CHANGED, meeting, by, alterations.as_details(altered))


def ensure_open(session: orm.Session, meeting: DialogueSession) -> None:
    """Return if what is said of `meeting` can be changed.

    Raises:
        OutOfOrder: If its agreement is recorded as published, or adopted.

    """
    closed = closed_by(session, meeting)
    if closed is not None:
        raise OutOfOrder((closed,))


def said_of(meeting: DialogueSession) -> Details:
    """Return what is said of `meeting` now."""
    return Details(
        ordinal=meeting.ordinal,
        name=meeting.name,
        is_exercise=meeting.is_exercise,
        off_the_record=meeting.off_the_record,
        note=meeting.note,
        places=tuple(one.name for one in meeting.places),
        dates=tuple(
            Days(side=one.side, first=one.first_day, last=one.last_day, time_zone=one.time_zone)
            for one in meeting.dates
        ),
        hosts=tuple(Hosting(name=one.name, side=one.side) for one in meeting.hosts),
    )


def _check_ordinal(dialogue: Dialogue, ordinal: int, mine: DialogueSession | None) -> None:
    if any(one.ordinal == ordinal for one in dialogue.sessions if one is not mine):
        raise OutOfOrder((Refusal.ORDINAL_IS_TAKEN,))


def _say(meeting: DialogueSession, details: Details) -> None:
    meeting.places = [Place(position=at, name=name) for at, name in enumerate(details.places, start=1)]
    meeting.dates = [
        SessionDates(position=at, side=one.side, first_day=one.first, last_day=one.last, time_zone=one.time_zone)
        for at, one in enumerate(details.dates, start=1)
    ]
    meeting.hosts = [Host(position=at, name=one.name, side=one.side) for at, one in enumerate(details.hosts, start=1)]


def _list_sides(session: orm.Session, meeting: DialogueSession) -> None:
    """Give each side that has none a list with nobody on it."""
    listed = {one.delegation_id for one in meeting.participant_lists}
    for side in meeting.dialogue.delegations:
        if side.id not in listed:
            position = len(meeting.participant_lists) + 1
            session.add(ParticipantList(session=meeting, delegation=side, position=position, heading=_heading(side)))
    session.flush()


def _heading(side: Delegation) -> Bilingual:
    """Return the usual heading of a list, which its side can change."""
    return Bilingual(en=f"{side.adjective.en} participants", zh=f"{side.adjective.zh}与会人员")


def _described(details: Details) -> Mapping[str, str]:
    """Return what `details` say, field by field, as the journal keeps what was altered."""
    return {
        "number": str(details.ordinal),
        "name.en": details.name.en,
        "name.zh": details.name.zh,
        "exercise": "yes" if details.is_exercise else "no",
        "off_the_record.en": details.off_the_record.en,
        "off_the_record.zh": details.off_the_record.zh,
        "note.en": details.note.en,
        "note.zh": details.note.zh,
        "places": "\n".join(f"{one.en} | {one.zh}" for one in details.places),
        "dates": "\n".join(
            " ".join(filter(None, (one.side, f"{one.first.isoformat()}/{one.last.isoformat()}", one.time_zone)))
            for one in details.dates
        ),
        "hosts": "\n".join(
            f"{one.name.en} | {one.name.zh}{f' ({one.side})' if one.side else ''}" for one in details.hosts
        ),
    }


def _enter(
    session: orm.Session,
    act: Entered,
    meeting: DialogueSession,
    by: Membership,
    altered: Mapping[str, str] = MappingProxyType({}),
) -> None:
    enter(
        session,
        act,
        by=by,
        dialogue=meeting.dialogue,
        agreement=None,
        paragraph=None,
        meeting=str(meeting.id),
        number=str(meeting.ordinal),
        hash=meeting.details_hash,
        **altered,
    )

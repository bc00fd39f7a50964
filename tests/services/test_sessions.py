"""Sessions: opened with their lists, corrected by who saw them, until their agreement is adopted."""

import datetime as dt
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_participant_list
from tests.services.moves import refusals
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, DialogueSession, Entered, JournalEntry
from workflow.services import journal, sessions
from workflow.services.sessions import Days, Details, Hosting

DETAILS = Details(
    ordinal=3,
    name=Bilingual("Exercise session", "演练会议"),
    is_exercise=True,
    off_the_record=Bilingual("Off the record", "不公开"),
    note=Bilingual("Held in two places.", "在两地举行。"),
    places=(Bilingual("Sanya", "三亚"), Bilingual("Washington, DC", "华盛顿")),
    dates=(
        Days(side="US", first=dt.date(2026, 1, 12), last=dt.date(2026, 1, 13), time_zone="America/New_York"),
        Days(side="CN", first=dt.date(2026, 1, 13), last=dt.date(2026, 1, 14), time_zone="Asia/Shanghai"),
    ),
    hosts=(Hosting(name=Bilingual("Exercise institute", "演练研究所"), side="CN"),),
)


@pytest.fixture
def meeting(session: orm.Session, cast: Cast) -> DialogueSession:
    """A session the secretariat opened."""
    return sessions.open_session(session, dialogue=cast.dialogue, by=cast.secretariat, details=DETAILS)


def test_a_session_says_what_was_written_of_it(session: orm.Session, meeting: DialogueSession) -> None:
    session.expire_all()

    assert sessions.said_of(meeting) == DETAILS
    assert [one.heading.en for one in meeting.participant_lists] == ["U.S. participants", "Chinese participants"]
    [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.SESSION_OPENED))
    assert (entry.chain, entry.said["number"]) == ("", "3")
    assert journal.verify(session) == ()


def test_a_number_is_given_once(session: orm.Session, cast: Cast, meeting: DialogueSession) -> None:
    again = {"dialogue": cast.dialogue, "by": cast.secretariat, "details": DETAILS}

    assert refusals(lambda: sessions.open_session(session, **again)) == (Refusal.ORDINAL_IS_TAKEN,)  # type: ignore[arg-type]  # as named


def test_a_correction_takes_the_place_of_what_was_said(
    session: orm.Session, cast: Cast, meeting: DialogueSession
) -> None:
    said = replace(DETAILS, ordinal=4, places=DETAILS.places[1:], dates=(), hosts=())
    before = meeting.details_hash

    sessions.change(session, meeting=meeting, by=cast.secretariat, details=said, seen=before)

    session.expire_all()
    assert sessions.said_of(meeting) == said
    assert meeting.details_hash != before
    assert len(meeting.participant_lists) == 2


def test_a_session_read_from_a_file_gets_the_lists_it_lacks(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    meeting = agreement.session
    a_participant_list(session, meeting, cast.cn)
    session.expire_all()
    said = replace(sessions.said_of(meeting), places=())

    sessions.change(session, meeting=meeting, by=cast.secretariat, details=said, seen=meeting.details_hash)

    assert {one.delegation for one in meeting.participant_lists} == {cast.us, cast.cn}


def test_what_one_did_not_see_or_change_is_not_saved(
    session: orm.Session, cast: Cast, meeting: DialogueSession
) -> None:
    about = {"meeting": meeting, "by": cast.secretariat, "details": DETAILS}

    unseen = refusals(lambda: sessions.change(session, **about, seen="another"))  # type: ignore[arg-type]  # as named
    unchanged = refusals(lambda: sessions.change(session, **about, seen=meeting.details_hash))  # type: ignore[arg-type]  # as named

    assert (unseen, unchanged) == ((Refusal.TEXT_HAS_CHANGED,), (Refusal.NOTHING_CHANGES,))


def test_a_session_whose_text_is_recorded_stays_as_it_is(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    meeting = published.session
    about = {"meeting": meeting, "by": cast.secretariat, "details": DETAILS, "seen": meeting.details_hash}

    assert refusals(lambda: sessions.change(session, **about)) == (Refusal.RECORDED_AS_PUBLISHED,)  # type: ignore[arg-type]  # as named

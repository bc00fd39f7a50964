"""What is opened from nothing: a dialogue, whose opener is its secretariat and nothing elsewhere; an agreement."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Begin
from tests.factories import Cast, a_cast, a_session, an_account
from tests.services.moves import refusals
from tests.services.test_at_one_instant import at_once
from tests.services.test_sessions import DETAILS
from workflow import dialogue_file
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Refusal, Stage
from workflow.domain.text import AgreementKind
from workflow.models import Account, Agreement, Dialogue, DialogueSession, JournalEntry, Membership
from workflow.permissions import Role
from workflow.services import dialogues, journal, openings, participants, sessions
from workflow.services.locks import lock_dialogue_of
from workflow.services.openings import NameIsTaken, Side
from workflow.services.participants import Listed
from workflow.services.reading import read

NAME = Bilingual("New dialogue", "新对话")
SIDES = (
    Side(
        code="US",
        name=Bilingual("United States", "美方"),
        adjective=Bilingual("U.S.", "美方"),
        colour=1,
        named_first=Bilingual("U.S.-China", "美中"),
    ),
    Side(code="CN", name=Bilingual("China", "中方"), adjective=Bilingual("Chinese", "中方"), colour=2),
)


def opened(session: orm.Session, by: Account, short_name: str = "new") -> Membership:
    return openings.open_dialogue(session, by=by, short_name=short_name, name=NAME, sides=SIDES)


@pytest.fixture
def account(session: orm.Session) -> Account:
    """Somebody who takes part in nothing."""
    return an_account(session, email="office@example.org", name="Secretariat")


def test_who_opens_a_dialogue_is_its_secretariat(session: orm.Session, account: Account) -> None:
    member = opened(session, account)

    assert (member.role, member.delegation) == (Role.SECRETARIAT, None)
    session.expire_all()
    assert member.dialogue.sides == ("US", "CN")
    assert member.dialogue.delegations[0].named_first == SIDES[0].named_first
    assert [(one.chain, one.act) for one in session.scalars(sa.select(JournalEntry).order_by(JournalEntry.chain))] == [
        ("", "dialogue_opened"),
        ("-secretariat", "member_joined"),
    ]
    assert journal.verify(session) == ()


def test_who_opens_one_gets_no_part_in_another(session: orm.Session, cast: Cast) -> None:
    member = opened(session, cast.us_adviser.account)

    assert member.dialogue is not cast.dialogue
    assert {(one.dialogue.short_name, one.role) for one in cast.us_adviser.account.memberships} == {
        ("exercise-dialogue", Role.ADVISER),
        ("new", Role.SECRETARIAT),
    }


def test_a_short_name_is_of_all_dialogues(session: orm.Session, cast: Cast, account: Account) -> None:
    with pytest.raises(NameIsTaken):
        opened(session, account, cast.dialogue.short_name)

    assert account.memberships == []


def test_an_agreement_is_opened_empty_and_under_negotiation(session: orm.Session, cast: Cast) -> None:
    meeting = a_session(session, cast.dialogue)

    agreement = openings.open_agreement(
        session, meeting=meeting, by=cast.us_head, short_name="first", name=Bilingual("First", "第一")
    )

    assert (agreement.kind, read(session, agreement.id).stage) == (AgreementKind.NEGOTIATED, Stage.NEGOTIATION)
    about = {"meeting": meeting, "by": cast.us_head, "short_name": "second", "name": NAME}
    assert refusals(lambda: openings.open_agreement(session, **about)) == (Refusal.SESSION_HAS_ITS_AGREEMENT,)  # type: ignore[arg-type]  # as named


def test_a_short_name_of_an_agreement_is_of_all_dialogues(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    there = a_cast(session, short_name="there")

    with pytest.raises(NameIsTaken):
        openings.open_agreement(
            session,
            meeting=a_session(session, there.dialogue),
            by=there.us_head,
            short_name=agreement.short_name,
            name=NAME,
        )


def test_what_was_set_on_pages_can_be_written_as_a_file_and_read_again(session: orm.Session, account: Account) -> None:
    member = opened(session, account)
    meeting = sessions.open_session(session, dialogue=member.dialogue, by=member, details=DETAILS)
    listed = meeting.participant_lists[0]
    person = Listed(
        person=None,
        display=Bilingual("Exercise Participant", ""),
        separator="\u00a0",
        title=Bilingual("Researcher", "研究员"),
        is_leader=True,
    )
    participants.change(
        session,
        participant_list=listed,
        by=member,
        heading=listed.heading,
        people=[person],
        seen=listed.shown_hash,
    )
    openings.open_agreement(session, meeting=meeting, by=member, short_name="first", name=NAME)
    session.expire_all()

    file = dialogues.dump(member.dialogue)

    assert dialogue_file.read(dialogue_file.write(file).encode(), name="the dump") == file


@pytest.mark.parametrize("what", ["dialogue", "agreement"])
def test_one_short_name_taken_at_one_instant_is_given_once(writing: Begin, what: str) -> None:
    with writing() as session:
        casts = [a_cast(session, short_name=name) for name in ("here", "there")]
        meetings = [[a_session(session, cast.dialogue).id for _ in range(10)] for cast in casts]

    def takes(at: int, number: int) -> Callable[[], bool]:
        def act() -> bool:
            with writing() as session:
                lock_dialogue_of(session, Dialogue, casts[at].dialogue.id)
                by = session.get_one(Membership, casts[at].us_head.id)
                try:
                    if what == "dialogue":
                        opened(session, by.account, f"name-{number}")
                    else:
                        meeting = session.get_one(DialogueSession, meetings[at][number])
                        openings.open_agreement(session, meeting=meeting, by=by, short_name=f"name-{number}", name=NAME)
                except NameIsTaken:
                    session.rollback()
                    return False
                return True

        return act

    for number in range(10):
        assert sorted(at_once(takes(0, number), takes(1, number))) == [False, True]

"""Participant lists: each head confirms the own, as it stands."""

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph, a_participant_list, a_session
from tests.services.moves import adopted, closed, refusals
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Entered, JournalEntry, ListConfirmation, Membership, ParticipantList
from workflow.services import participants
from workflow.services.participants import Listed, StaleList


@pytest.fixture
def listed(session: orm.Session, cast: Cast, agreement: Agreement) -> ParticipantList:
    """The list of the United States."""
    return a_participant_list(session, agreement.session, cast.us)


def confirm(session: orm.Session, listed: ParticipantList, by: Membership, seen: str | None = None) -> None:
    participants.confirm(
        session, participant_list=listed, by=by, seen=listed.confirmable_hash if seen is None else seen
    )


def test_a_changed_list_is_to_be_confirmed_again(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    confirm(session, listed, cast.us_head)
    assert listed.is_confirmed

    listed.participations[0].title = Bilingual("Adviser", "顾问")

    assert not listed.is_confirmed


def test_a_head_confirms_a_list_once(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    confirm(session, listed, cast.us_head)

    assert refusals(lambda: confirm(session, listed, cast.us_head)) == (Refusal.LIST_ALREADY_CONFIRMED,)


def test_nobody_confirms_another_sides_list_or_one_not_seen(
    session: orm.Session, cast: Cast, listed: ParticipantList
) -> None:
    assert refusals(lambda: confirm(session, listed, cast.cn_head, "another")) == (
        Refusal.NOT_YOUR_LIST,
        Refusal.TEXT_HAS_CHANGED,
    )


def test_nobody_confirms_today_a_list_that_was_published(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    listed = a_participant_list(session, published.session, cast.us)

    assert refusals(lambda: confirm(session, listed, cast.us_head)) == (Refusal.RECORDED_AS_PUBLISHED,)


TITLE = Bilingual("Exercise delegate", "演练代表")


def as_it_stands(listed: ParticipantList) -> list[Listed]:
    return [
        Listed(
            person=one.person_id,
            display=one.display,
            separator=one.separator,
            title=one.title,
            is_leader=one.is_leader,
        )
        for one in listed.participations
    ]


def change(
    session: orm.Session,
    listed: ParticipantList,
    by: Membership,
    people: list[Listed],
    *,
    heading: Bilingual | None = None,
    seen: str | None = None,
) -> None:
    participants.change(
        session,
        participant_list=listed,
        by=by,
        heading=heading or listed.heading,
        people=people,
        seen=listed.shown_hash if seen is None else seen,
    )


def test_a_list_says_what_was_written_to_the_character(
    session: orm.Session, cast: Cast, listed: ParticipantList
) -> None:
    [leader, other] = as_it_stands(listed)
    new = Listed(person=None, display=Bilingual("Lü  Participant", "与会者"), separator="\u00a0 ", title=TITLE)

    change(session, listed, cast.us_drafter, [new, other, leader], heading=Bilingual("U.S. SIDE", "美方"))

    session.expire_all()
    assert as_it_stands(listed)[0].person == leader.person, "who leads comes first"
    found = listed.participations[1]
    assert (found.display, found.separator, found.title) == (new.display, "\u00a0 ", TITLE)
    assert (found.person.key, found.person.sort_key) == ("lu-participant", "lü  participant")
    assert listed.heading == Bilingual("U.S. SIDE", "美方")
    [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.act == Entered.LIST_CHANGED))
    assert (entry.chain, entry.said["hash"]) == ("", listed.content_hash)


def test_people_of_one_name_are_two_people_and_everybody_has_a_key(
    session: orm.Session, cast: Cast, listed: ParticipantList
) -> None:
    names = ["Participant", "Participant", "与会者"]
    new = [Listed(person=None, display=Bilingual(name, ""), separator=" ", title=TITLE) for name in names]

    change(session, listed, cast.us_drafter, new)

    assert [one.person.key for one in listed.participations] == ["participant", "participant-2", "person"]


def test_who_was_listed_before_is_offered_as_listed_last(
    session: orm.Session, cast: Cast, agreement: Agreement, listed: ParticipantList
) -> None:
    following = a_participant_list(session, a_session(session, cast.dialogue), cast.us, people=0)
    a_participant_list(session, agreement.session, cast.cn)

    [leader, _other] = known = participants.known_to(session, following)
    change(
        session,
        following,
        cast.us_head,
        [Listed(person=leader.person_id, display=leader.display, separator=", ", title=NOTHING)],
    )

    assert {one.person_id for one in known} == {one.person_id for one in listed.participations}
    assert participants.known_to(session, following)[0].title == NOTHING


def test_a_change_makes_the_heads_word_lapse(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    confirm(session, listed, cast.us_head)

    change(session, listed, cast.us_drafter, as_it_stands(listed)[:1])

    assert not listed.is_confirmed


def test_what_one_did_not_see_is_not_written_over(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    seen = listed.shown_hash
    [leader, other] = as_it_stands(listed)
    change(session, listed, cast.us_head, [leader], seen=seen)

    with pytest.raises(StaleList):
        change(session, listed, cast.us_drafter, [leader, other], seen=seen)
    assert len(listed.participations) == 1


def test_who_leads_counts_though_it_does_not_print(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    seen, printed = listed.shown_hash, listed.content_hash
    [leader, other] = as_it_stands(listed)
    nobody_leads = Listed(person=leader.person, display=leader.display, separator=leader.separator, title=leader.title)

    change(session, listed, cast.us_head, [nobody_leads, other])

    assert listed.content_hash == printed
    assert listed.shown_hash != seen


def test_a_heads_word_covers_who_leads(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    confirm(session, listed, cast.us_head)
    [leader, other] = as_it_stands(listed)
    nobody_leads = Listed(person=leader.person, display=leader.display, separator=leader.separator, title=leader.title)

    change(session, listed, cast.us_head, [nobody_leads, other])
    session.expire_all()

    assert not listed.is_confirmed


def test_a_word_given_before_it_covered_who_leads_holds_for_what_it_named(
    session: orm.Session, cast: Cast, listed: ParticipantList
) -> None:
    printed, head = listed.content_hash, cast.us_head
    session.add(
        ListConfirmation(participant_list=listed, content_hash=printed, membership_id=head.id, at=head.began_at)
    )
    session.flush()
    assert listed.is_confirmed

    change(session, listed, cast.us_head, as_it_stands(listed)[:1])
    session.expire_all()
    assert not listed.is_confirmed


def test_what_says_the_same_is_no_change(session: orm.Session, cast: Cast, listed: ParticipantList) -> None:
    assert refusals(lambda: change(session, listed, cast.us_head, as_it_stands(listed))) == (Refusal.NOTHING_CHANGES,)


def test_the_list_of_an_adopted_text_is_left_as_it_is(
    session: orm.Session, cast: Cast, agreement: Agreement, listed: ParticipantList
) -> None:
    other = a_participant_list(session, agreement.session, cast.cn)
    session.expire_all()
    confirm(session, listed, cast.us_head)
    participants.confirm(session, participant_list=other, by=cast.cn_head, seen=other.confirmable_hash)
    closed(session, a_paragraph(session, agreement), cast)
    adopted(session, agreement, cast.us_head)
    assert adopted(session, agreement, cast.cn_head)

    assert refusals(lambda: change(session, listed, cast.us_head, [])) == (Refusal.TEXT_IS_ADOPTED,)

"""Participant lists: each head confirms the own, as it stands."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_participant_list
from tests.services.moves import refusals
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Membership, ParticipantList
from workflow.services import participants


@pytest.fixture
def listed(session: orm.Session, cast: Cast, agreement: Agreement) -> ParticipantList:
    """The list of the United States."""
    return a_participant_list(session, agreement.session, cast.us)


def confirm(session: orm.Session, listed: ParticipantList, by: Membership, seen: str | None = None) -> None:
    participants.confirm(session, participant_list=listed, by=by, seen=listed.content_hash if seen is None else seen)


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

"""Hand-overs: a colleague is asked, reminded, and told when nothing is asked any more."""

from datetime import timedelta

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import drafted, refusals
from workflow.domain.due import Due
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Draft, Entered, HandOver
from workflow.services import amendments, desk, drafting, drafts, hand_overs
from workflow.services.clock import now
from workflow.services.visible import visible


@pytest.fixture
def draft(session: orm.Session, cast: Cast, agreement: Agreement) -> Draft:
    """A private draft of the U.S. drafter."""
    return drafted(session, agreement, cast.us_drafter)


def asked(session: orm.Session, draft: Draft, cast: Cast, hours: int | None = None) -> HandOver:
    due_at = None if hours is None else now(session) + timedelta(hours=hours)
    return hand_overs.ask(
        session,
        draft=draft,
        by=cast.us_drafter,
        colleague=cast.us_translator,
        request="Please add the Chinese.",
        due_at=due_at,
    )


def test_it_shares_the_draft_and_stands_on_the_colleagues_desk_alone(
    session: orm.Session, cast: Cast, draft: Draft
) -> None:
    made = asked(session, draft, cast, hours=3)

    assert draft.is_shared
    [shown] = desk.desk(session, cast.us_translator).handed_over
    assert (shown.hand_over, shown.due, shown.is_for_reader, shown.is_by_reader) == (made, Due.SOON, True, False)
    assert str(shown.moments[-1].tzinfo) == "UTC"
    for other in (cast.us_drafter, cast.us_head, cast.cn_translator, cast.secretariat, cast.observer):
        assert desk.desk(session, other).handed_over == ()
    [seen] = drafting.page(session, draft, cast.us_adviser.actor).handed_over
    assert not seen.is_for_reader
    assert list(session.scalars(visible(cast.cn_head.actor).hand_overs())) == []


@pytest.mark.parametrize("outcome", ["done", "taken_back"])
def test_once_it_is_done_or_taken_back_nobody_is_reminded(
    session: orm.Session, cast: Cast, draft: Draft, outcome: str
) -> None:
    made = asked(session, draft, cast)
    assert desk.desk(session, cast.us_translator).handed_over[0].due is Due.WHENEVER
    end = hand_overs.complete if outcome == "done" else hand_overs.take_back

    end(session, hand_over=made, by=cast.us_translator)

    assert desk.desk(session, cast.us_translator).handed_over == ()
    assert made.ending is not None
    assert made.ending.outcome.value == outcome
    assert refusals(lambda: end(session, hand_over=made, by=cast.us_drafter)) == (Refusal.HAND_OVER_IS_CLOSED,)


def test_a_tabled_draft_reminds_nobody(session: orm.Session, cast: Cast, draft: Draft) -> None:
    asked(session, draft, cast)
    amendments.table(session, draft=draft, by=cast.us_drafter, version=draft.version)

    assert desk.desk(session, cast.us_translator).handed_over == ()


def test_only_colleagues_who_can_write_are_asked(session: orm.Session, cast: Cast, draft: Draft) -> None:
    named = {one.id for one in hand_overs.colleagues(session, cast.us_drafter)}
    assert named == {cast.us_head.id, cast.us_translator.id}

    for person in (cast.us_adviser, cast.us_drafter, cast.cn_translator, cast.secretariat):
        act = lambda person=person: hand_overs.ask(  # noqa: E731 -- one act, by each in turn
            session, draft=draft, by=cast.us_drafter, colleague=person, request="Please."
        )
        assert refusals(act) == (Refusal.NOT_A_COLLEAGUE,)
    assert not draft.is_shared


def test_who_has_left_is_asked_for_nothing(session: orm.Session, cast: Cast, draft: Draft) -> None:
    cast.us_translator.ended_at = now(session)
    session.flush()

    assert refusals(lambda: asked(session, draft, cast)) == (Refusal.NOT_A_COLLEAGUE,)


def test_no_moment_that_is_past_and_no_draft_that_is_closed(session: orm.Session, cast: Cast, draft: Draft) -> None:
    assert refusals(lambda: asked(session, draft, cast, hours=-1)) == (Refusal.MOMENT_IS_PAST,)
    drafts.discard(session, draft=draft, by=cast.us_drafter)
    assert refusals(lambda: asked(session, draft, cast)) == (Refusal.DRAFT_IS_CLOSED,)


def test_its_acts_stand_in_the_own_chain_alone(session: orm.Session, cast: Cast, draft: Draft) -> None:
    hand_overs.complete(session, hand_over=asked(session, draft, cast), by=cast.us_translator)

    acts = {Entered.HANDED_OVER, Entered.HAND_OVER_DONE}
    read = {
        member.role: {one.act for one in session.scalars(visible(member.actor).journal()) if one.act in acts}
        for member in (cast.us_adviser, cast.cn_head, cast.secretariat, cast.observer)
    }
    assert read == {
        cast.us_adviser.role: acts,
        cast.cn_head.role: set(),
        cast.secretariat.role: set(),
        cast.observer.role: set(),
    }

"""Handing a draft over: asked on one page, reminded on the colleague's desk, ended on the draft's page."""

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Draft, HandOver

SENTENCE = "Please add the Chinese by Thursday 18:00."


@pytest.fixture
def private(writing: Begin, table: Table) -> Draft:
    """A private draft of the U.S. drafter."""
    with writing() as session:
        return factories.a_draft(session, session.merge(table.agreement), session.merge(table.cast.us_drafter))


def test_a_colleague_is_asked_reminded_and_says_that_it_is_done(sign_in: SignIn, table: Table, private: Draft) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{private.id}").follows("Hand over…")
    assert "This shares the draft in your delegation" in drafter.text
    drafter.presses(
        "Hand over",
        colleague=str(table.cast.us_translator.id),
        request=SENTENCE,
        due="2126-11-26T18:00",
        zone="Asia/Shanghai",
    )
    assert SENTENCE in drafter.text
    assert "Nov 26, 2126, 18:00 China (Shanghai) Time" in drafter.text
    assert "Nov 26, 2126, 10:00 UTC" in drafter.text

    translator = sign_in(table.cast.us_translator).opens("/")
    assert SENTENCE in translator.text
    assert "Handed to you" in translator.text
    for other in ("us_head", "cn_translator", "secretariat"):
        assert SENTENCE not in sign_in(table.who(other)).opens("/").text

    translator.opens(f"/drafts/{private.id}")
    assert not translator.sees_button("Take back")
    translator.presses("Done")
    assert SENTENCE not in translator.text
    assert "Handed to you" not in translator.opens("/").text


def test_it_can_be_taken_back(sign_in: SignIn, table: Table, private: Draft) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{private.id}/hand-over")
    drafter.presses("Hand over", colleague=str(table.cast.us_head.id), request=SENTENCE).presses("Take back")

    assert SENTENCE not in drafter.text


@pytest.mark.parametrize(
    "wrong", [{"request": " "}, {"colleague": "nobody"}, {"due": "Thursday"}, {"request": "x" * 1001}]
)
def test_what_cannot_be_understood_is_shown_again(
    sign_in: SignIn, table: Table, private: Draft, wrong: dict[str, str]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{private.id}/hand-over")
    drafter.presses("Hand over", **({"request": SENTENCE} | wrong))

    assert drafter.status == 422
    assert "This has not been saved yet" in drafter.text


def test_a_moment_that_is_past_is_refused_and_nothing_typed_is_lost(
    sign_in: SignIn, table: Table, private: Draft
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{private.id}/hand-over")
    drafter.presses("Hand over", request=SENTENCE, due="2020-01-01T00:00")

    assert drafter.status == 409
    assert SENTENCE in drafter.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_adviser", 403), ("cn_head", 404), ("observer", 404), ("secretariat", 404), ("outsider", 404)],
)
def test_nobody_else_hands_over_or_ends_it(
    sign_in: SignIn, writing: Begin, table: Table, who: str, status: int
) -> None:
    with writing() as session:
        agreement, drafter = session.merge(table.agreement), session.merge(table.cast.us_drafter)
        draft = factories.a_draft(session, agreement, drafter, is_shared=True)
        asked: HandOver = factories.a_hand_over(session, draft, drafter, session.merge(table.cast.us_head))
    person = sign_in(table.who(who)).opens("/")

    assert person.opens(f"/drafts/{draft.id}/hand-over").status == status
    for path in (f"/drafts/{draft.id}/hand-over", f"/hand-overs/{asked.id}/done", f"/hand-overs/{asked.id}/take-back"):
        assert sends(person.opens("/"), path).status == status

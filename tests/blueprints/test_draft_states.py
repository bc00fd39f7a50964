"""The saved states of a draft: seen by whoever may, restored by a new save."""

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Draft


@pytest.fixture
def draft(sign_in: SignIn, writing: Begin, table: Table) -> Draft:
    """A draft of the U.S. drafter: saved twice alone, then shared and saved by the head."""
    with writing() as session:
        made = factories.a_draft(session, session.merge(table.agreement), session.merge(table.cast.us_drafter))
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{made.id}")
    drafter.presses("Save", en="Second words.").presses("Share in my delegation")
    sign_in(table.cast.us_head).opens(f"/drafts/{made.id}").presses("Save", en="Third words.")
    return made


def test_its_author_sees_all_states_and_restores_one(sign_in: SignIn, table: Table, draft: Draft) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{draft.id}").follows("Saved states (3)")
    assert "This is what the draft says now." in drafter.text

    drafter.presses("Restore state 1")

    assert drafter.typed("en") == "Second words."
    assert "says again what it said then" in drafter.text
    assert "Third words." in drafter.follows("Saved states (4)").text


@pytest.mark.parametrize(
    ("who", "status", "sees", "restores"),
    [
        ("us_head", 200, True, True),
        ("us_translator", 200, True, True),
        ("us_adviser", 200, True, False),
        ("cn_head", 404, False, False),
        ("observer", 404, False, False),
        ("secretariat", 404, False, False),
        ("outsider", 404, False, False),
    ],
)
def test_colleagues_see_what_was_saved_since_it_was_shared(
    sign_in: SignIn, table: Table, draft: Draft, who: str, status: int, *, sees: bool, restores: bool
) -> None:
    person = sign_in(table.who(who)).opens(f"/drafts/{draft.id}/states")

    assert person.status == status
    assert ("Second words." in person.text) == sees
    assert "Before sharing" not in person.text
    assert person.can_press("Restore state 1") == restores
    expected = 403 if status == 200 else 404
    if not restores:
        action = f"/drafts/{draft.id}/states/2/restore"
        assert sends(person.opens("/"), action, version="3").status == expected
    else:
        assert sends(person, f"/drafts/{draft.id}/states/1/restore", version="3").status == 404


def test_a_restoring_that_a_colleague_outran_writes_nothing(sign_in: SignIn, table: Table, draft: Draft) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{draft.id}/states")
    sign_in(table.cast.us_head).opens(f"/drafts/{draft.id}").presses("Save", en="Fourth words.")

    drafter.presses("Restore state 1")

    assert drafter.status == 409
    assert "Nothing was restored" in drafter.text
    assert "Fourth words." in drafter.text

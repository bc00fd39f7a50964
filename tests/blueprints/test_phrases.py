"""The page of published phrases: for whoever takes part, with or without a script, and nothing but what is closed."""

import pytest

from tests.blueprints.tables import Table
from tests.web import SignIn


@pytest.mark.parametrize(
    ("who", "status"), [("us_adviser", 200), ("observer", 200), ("secretariat", 200), ("outsider", 404)]
)
def test_whoever_takes_part_may_look(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    assert sign_in(table.who(who)).opens(f"/agreements/{table.agreement.id}/phrases?q=subsidies").status == status


def test_a_phrase_is_looked_up_through_the_page(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/phrases")
    assert "Type the words to look for" in drafter.text

    drafter.presses("Look up", q="subsidies")

    assert "Subsidies should be published." in drafter.text
    assert "补贴应予公布。" in drafter.text
    assert [mark.text for mark in drafter.page.iter("mark")] == ["Subsidies"]
    assert drafter.typed("q") == "subsidies"


def test_what_nobody_published_is_said_to_be_nowhere(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/phrases?q=<b>RULES")

    assert "says “<b>RULES”" in drafter.text


def test_a_script_is_given_what_was_found_and_no_page_around_it(sign_in: SignIn, table: Table) -> None:
    path = f"/agreements/{table.agreement.id}/phrases?q=补贴"
    answer = sign_in(table.cast.us_drafter).client.get(path, headers={"X-Part": "phrases"})

    assert "<html" not in answer.text
    assert '<mark class="phrases__phrase">补贴</mark>应予公布。' in answer.text

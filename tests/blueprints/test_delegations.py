"""Who tables for a delegation: its heads decide, and nobody else reads of it."""

import pytest

from tests.blueprints.tables import Table, sends
from tests.web import SignIn


def test_a_head_decides(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(f"/delegations/{table.cast.us.id}/tabling")

    head.presses("Decide", who="heads")

    assert "Decided. It holds from now on." in head.text
    chosen = next(one for one in head.page.iter("input") if one.get("value") == "heads")
    assert "checked" in chosen.attrib
    assert head.presses("Decide", who="everybody").status == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_drafter", 403), ("cn_head", 403), ("observer", 403), ("secretariat", 403), ("outsider", 404)],
)
def test_nobody_else_does(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    page = f"/delegations/{table.cast.us.id}/tabling"
    person = sign_in(table.who(who))

    assert person.opens(page).status == status
    assert sends(person.opens("/"), page, who="heads").status == status

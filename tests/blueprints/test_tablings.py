"""Tabling several drafts from one page; who may is the delegation's own decision."""

import pytest

from tests.blueprints.tables import Table, sends
from tests.participants import Participant
from tests.web import SignIn


def drafts_something(person: Participant, table: Table, **fields: str) -> str:
    """Begin a private draft of a new paragraph; return its address."""
    path = f"/agreements/{table.agreement.id}/drafts/new"
    return person.opens(path).presses("Save as my private draft", **fields).path


def ticks(person: Participant) -> list[str]:
    """Return what the boxes of the page would send."""
    return [str(box.get("value")) for box in person.page.iter("input") if box.get("name") == "draft"]


def tables(person: Participant, table: Table, *chosen: str) -> Participant:
    token = next(one.get("value") for one in person.page.iter("input") if one.get("name") == "csrf_token")
    sent = [("csrf_token", str(token)), *(("draft", one) for one in chosen)]
    return person.sends(f"/agreements/{table.agreement.id}/tabling", sent)


def test_what_is_ticked_is_tabled_in_one_act(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    drafts_something(drafter, table, en="HEADING ONE", zh="标题一", kind="heading", rationale="Because.")
    drafts_something(drafter, table, en="Under it.", zh="其下。")
    page = f"/agreements/{table.agreement.id}/tabling"
    other = sign_in(table.cast.cn_drafter)
    assert "HEADING ONE" not in other.opens(page).text

    drafter.opens(page)
    assert "Because." in drafter.text
    assert "Each draft stands here exactly as the other side will see it." in drafter.text
    assert tables(drafter, table, *ticks(drafter)).status == 200

    assert "2 drafts are tabled" in drafter.text
    text = other.opens(f"/agreements/{table.agreement.id}").text
    assert text.index("HEADING ONE") < text.index("Under it.")
    assert "There is no draft that you could table." in drafter.opens(page).text


def test_one_saved_meanwhile_keeps_back_all(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    first = drafts_something(drafter, table, en="One.", zh="一。")
    drafts_something(drafter, table, en="Two.", zh="二。")
    chosen = ticks(drafter.opens(f"/agreements/{table.agreement.id}/tabling"))
    drafter.opens(first).presses("Save", en="One, again.")

    tables(drafter.opens(f"/agreements/{table.agreement.id}/tabling"), table, *chosen)

    assert drafter.status == 409
    assert "Nothing was tabled." in drafter.text
    assert "One, again." in drafter.text
    for nothing in ((), ("nonsense",)):
        assert tables(drafter, table, *nothing).status == 422
        assert "Tick the drafts that are to be tabled." in drafter.text


def test_a_head_may_leave_it_to_heads(sign_in: SignIn, table: Table) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    draft = drafts_something(drafter, table, en="One.", zh="一。")
    drafter.presses("Share in my delegation")
    head.opens(f"/agreements/{table.agreement.id}/tabling").follows("Who tables for us")
    head.presses("Decide", who="heads")

    assert not drafter.opens(draft).can_press("Table this text")
    assert "leaves tabling to its heads" in drafter.text
    assert sends(drafter, f"{draft}/table", version="1").status == 403
    drafter.opens(f"/agreements/{table.agreement.id}/tabling")
    assert "leaves tabling to its heads" in drafter.text
    assert ticks(drafter) == []
    assert head.opens(draft).can_press("Table this text")


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_translator", 403), ("us_adviser", 403), ("observer", 403), ("secretariat", 403), ("outsider", 404)],
)
def test_only_heads_and_drafters_come_here(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    page = f"/agreements/{table.agreement.id}/tabling"
    person = sign_in(table.who(who))

    assert person.opens(page).status == status
    assert sends(person.opens("/"), page).status == status


def test_a_heading_is_named_by_its_words(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    drafts_something(drafter, table, en="HARBOURS", zh="港口", kind="heading")

    assert "Table this: HARBOURS" in drafter.opens(f"/agreements/{table.agreement.id}/tabling").text

"""Arranging: own drafts move at once; for a tabled paragraph a motion is put, and that is said before."""

import pytest

from tests.blueprints.tables import Table, sends
from tests.web import SignIn


def test_a_draft_moves_by_buttons_and_by_list_and_only_the_own_side_sees_it(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    page = f"/agreements/{table.agreement.id}/outline"
    other = sign_in(table.cast.cn_drafter)
    before = other.opens(page).text
    for words in ("First draft.", "Second draft."):
        drafter.opens(f"/agreements/{table.agreement.id}/drafts/new")
        drafter.presses("Save as my private draft", en=words, zh="草稿。")

    drafter.opens(page)
    assert drafter.text.index("First draft.") < drafter.text.index("Second draft.")
    forms = [one for one in drafter.page.iter("form") if str(one.get("action")).endswith("/place")]
    places = [str(one.get("action")) for one in forms]
    seen = next(str(one.get("value")) for one in forms[0].iter("input") if one.get("name") == "seen")
    sends(drafter, places[-1], step="up", seen=seen)

    assert drafter.status == 200
    assert drafter.text.index("Second draft.") < drafter.text.index("First draft.")
    drafter.presses("Put it there", place="first")
    assert "Put there. Only your side sees it." in drafter.text
    assert other.opens(page).text == before
    assert sends(drafter.opens(page), places[-1], step="up", seen="an order of yesterday").status == 409
    assert sends(drafter.opens(page), places[-1], place="nowhere").status == 409


def test_a_tabled_paragraph_is_moved_by_a_motion(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/outline")
    assert "The other drafters read this motion at once" in drafter.text

    drafter.presses_one("Put to all sides", 1, place=f"before:{table.heading.id}")

    assert "Put to all sides." in drafter.text
    other = sign_in(table.cast.cn_drafter).opens(f"/paragraphs/{table.paragraph.id}/motions")
    assert "Consent to" in other.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_translator", 200), ("us_adviser", 403), ("observer", 403), ("secretariat", 403), ("outsider", 404)],
)
def test_who_arranges(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    person = sign_in(table.who(who)).opens(f"/agreements/{table.agreement.id}/outline")

    assert person.status == status
    assert not person.sees_button("Put to all sides")


def test_a_draft_can_be_begun_under_another(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/drafts/new")
    heading = drafter.presses("Save as my private draft", en="NEW HEADING", zh="新标题", kind="heading").path
    key = heading.rpartition("/")[2]

    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new")
    drafter.presses("Save as my private draft", en="Below.", zh="其下。", place=f"under-draft:{key}")

    assert not drafter.can_press("Table this text")
    assert "It stands under a draft that is not tabled." in drafter.text

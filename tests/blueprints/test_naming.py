"""Names across: the heads of all sides let persons be named, and any of them ends it."""

import pytest

from tests.blueprints.tables import Table, sends
from tests.web import SignIn


def test_both_heads_let_names_show_and_one_ends_it(sign_in: SignIn, table: Table) -> None:
    page, paragraph = f"/dialogues/{table.cast.dialogue.id}/naming", f"/paragraphs/{table.paragraph.id}"
    us, cn, observer = (sign_in(table.who(who)) for who in ("us_head", "cn_head", "observer"))
    adviser = sign_in(table.cast.us_adviser)
    adviser.opens(paragraph).presses("Comment to both sides", comment="Said before.")

    us.opens(page).presses("Consent")
    assert "Nobody is named before every other side does." in us.text
    assert not us.can_press("Consent")
    assert "You are the last." in cn.opens(page).text
    cn.presses("Consent")
    assert "Persons are named to all sides" in cn.text
    assert "Names show across" in adviser.opens(paragraph).text
    assert "US adviser" not in observer.opens(paragraph).text

    adviser.presses("Comment to both sides", comment="Said since.")
    for other in (cn, observer):
        assert "US adviser" in other.opens(paragraph).text

    us.opens(page).presses("Take our consent back")
    assert "From now on shared pages name delegations only." in us.text
    for other in (cn, observer):
        assert "US adviser" not in other.opens(paragraph).text
    assert "Names show across" not in adviser.opens(paragraph).text
    assert "Takes back its consent that persons are named to all sides" in observer.opens(page).text


@pytest.mark.parametrize(
    ("who", "reads", "acts"),
    [
        ("us_head", 200, 200),
        ("us_drafter", 200, 403),
        ("observer", 200, 403),
        ("secretariat", 200, 403),
        ("outsider", 404, 404),
    ],
)
def test_heads_decide_and_who_takes_part_reads(sign_in: SignIn, table: Table, who: str, reads: int, acts: int) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}/naming"
    person = sign_in(table.who(who))

    assert person.opens(page).status == reads
    assert sends(person.opens("/"), f"{page}/consent").status == acts
    assert sends(person.opens("/"), f"{page}/take-back").status == acts


def test_what_is_said_already_is_refused(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens("/")

    assert sends(head, f"/dialogues/{table.cast.dialogue.id}/naming/take-back").status == 409

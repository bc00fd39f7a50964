"""The table view: what the secretariat puts before the room, and nothing else, whoever opens it."""

from uuid import uuid4

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual

MEMBERS = ("us_head", "us_drafter", "cn_translator", "observer", "secretariat")


@pytest.fixture
def page(table: Table) -> str:
    """The address of the text on the table."""
    return f"/agreements/{table.agreement.id}"


def test_the_secretariat_puts_a_paragraph_there_from_the_text_and_takes_it_off(
    sign_in: SignIn, table: Table, page: str
) -> None:
    room, secretariat = sign_in(table.cast.observer), sign_in(table.cast.secretariat)
    assert "Nothing is on the table yet." in room.opens(f"{page}/table").text
    assert "What the secretariat puts on the table" in room.text

    secretariat.opens(page).presses("Put on the table")
    assert "It is on the table." in secretariat.text
    assert "RULES" in room.opens(f"{page}/table").text, "a heading is negotiated too"

    secretariat.presses("Put on the table")
    assert "On the table" in secretariat.text
    shown = room.opens(f"{page}/table").text
    assert factories.PROSE.en in shown
    assert factories.PROSE.zh in shown
    assert "No position yet" in shown

    secretariat.presses("Take off the table")
    assert "Nothing is on the table yet." in room.opens(f"{page}/table").text


def test_it_does_so_from_the_paragraph_too(sign_in: SignIn, table: Table, page: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(f"/paragraphs/{table.heading.id}").presses("Put on the table")
    assert secretariat.can_press("Take off the table")

    assert "RULES" in sign_in(table.cast.us_head).opens(f"{page}/table").text
    secretariat.presses("Take off the table")
    assert secretariat.can_press("Put on the table")


@pytest.mark.parametrize("who", ["us_head", "cn_drafter", "us_translator", "cn_adviser", "observer"])
def test_nobody_else_does(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    person = sign_in(table.who(who)).opens(page)

    assert not person.sees_button("Put on the table")
    assert not person.opens(f"/paragraphs/{table.paragraph.id}").sees_button("Put on the table")
    assert sends(person, f"{page}/table", paragraph=str(table.paragraph.id)).status == 403


def test_what_is_of_no_text_or_of_another_is_refused(sign_in: SignIn, table: Table, page: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(page)

    for key in (table.published_paragraph.id, uuid4()):
        assert sends(secretariat.opens(page), f"{page}/table", paragraph=str(key)).status == 409


def test_it_is_the_same_to_the_byte_whoever_opens_it_and_whatever_a_side_does_by_itself(
    sign_in: SignIn, table: Table, page: str, writing: Begin
) -> None:
    with writing() as session:
        factories.an_amendment(session, session.merge(table.paragraph), session.merge(table.cast.cn_drafter))
    paragraph = f"/paragraphs/{table.paragraph.id}"
    sign_in(table.cast.secretariat).opens(paragraph).presses("Put on the table")
    before = {who: sign_in(table.who(who)).opens(f"{page}/table").body for who in MEMBERS}

    drafter = sign_in(table.cast.us_drafter).opens(f"{paragraph}/drafts/new")
    drafter.presses("Save as my private draft", en="Ours.", zh="我方。").presses("Share in my delegation")
    drafter.opens(paragraph).presses("Note for our delegation", comment="Ours.")

    assert len(set(before.values())) == 1
    assert {who: sign_in(table.who(who)).opens(f"{page}/table").body for who in MEMBERS} == before


def test_it_has_no_way_about_nothing_to_press_and_no_word_to_its_reader(
    sign_in: SignIn, table: Table, page: str
) -> None:
    head = sign_in(table.cast.us_head)
    sign_in(table.cast.secretariat).opens(page).presses("Put on the table")
    shown = head.opens(f"{page}/table")

    assert not list(shown.page.iter("form", "button", "nav", "input"))
    assert "take a position" in head.opens(page).text
    assert "take a position" not in shown.opens(f"{page}/table").text
    assert shown.page.xpath("//noscript/meta[@http-equiv='refresh']"), "without scripts it loads itself anew"
    assert [a.get("href") for a in shown.page.iter("a")] == ["#main", page]


def test_what_a_page_had_to_say_to_the_secretariat_is_not_said_to_the_room(
    sign_in: SignIn, table: Table, page: str
) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(page)
    token = str(secretariat.page.xpath("//input[@name='csrf_token']/@value")[0])
    sent = {"csrf_token": token, "paragraph": str(table.paragraph.id)}
    secretariat.client.post(f"{page}/table", data=sent, headers={"Origin": "http://localhost"})

    assert "It is on the table." not in secretariat.opens(f"{page}/table").text
    assert "It is on the table." in secretariat.opens(page).text


def test_it_is_asked_for_anew_only_when_something_was_done(sign_in: SignIn, table: Table, page: str) -> None:
    room = sign_in(table.cast.observer).opens(f"{page}/table")
    [seen] = room.page.xpath("//@data-seen")
    assert room.client.get(f"{page}/table?seen={seen}").status_code == 204

    sign_in(table.cast.secretariat).opens(page).presses("Put on the table")

    assert room.client.get(f"{page}/table?seen={seen}").status_code == 200


def test_brackets_close_and_what_leaves_the_text_says_so(
    sign_in: SignIn, table: Table, page: str, writing: Begin
) -> None:
    with writing() as session:
        paragraph = session.merge(table.paragraph)
        factories.an_amendment(session, paragraph, session.merge(table.cast.cn_drafter), Bilingual("All.", "全部。"))
    room = sign_in(table.cast.observer)
    sign_in(table.cast.secretariat).opens(f"/paragraphs/{table.paragraph.id}").presses("Put on the table")
    assert "In brackets" in room.opens(f"{page}/table").text
    assert room.page.xpath("//*[@class='bracket']")

    sign_in(table.cast.us_drafter).opens(f"/paragraphs/{table.paragraph.id}").presses("Accept amendment 1")

    assert "All." in room.opens(f"{page}/table").text
    assert not room.page.xpath("//*[@class='bracket']")
    for who in ("us_drafter", "cn_drafter"):
        drafter = sign_in(table.who(who)).opens(f"/paragraphs/{table.paragraph.id}")
        drafter.presses("Propose to defer" if who == "us_drafter" else "Consent to defer")
    assert "It is no longer in the text." in room.opens(f"{page}/table").text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(f"{page}/table").status == 404
    assert "Sign in" in sign_in(None).opens(f"{page}/table").text

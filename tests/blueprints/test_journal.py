"""The history: what both sides did in each other's sight, and what the own side did by itself."""

from uuid import uuid4

import pytest

from tests.blueprints.tables import Table
from tests.web import SignIn


@pytest.fixture
def page(table: Table) -> str:
    """The history of the text on the table."""
    return f"/agreements/{table.agreement.id}/history"


@pytest.mark.parametrize("who", ["us_head", "cn_adviser", "observer", "secretariat"])
def test_everybody_who_takes_part_reads_it(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    assert "Wording 1 stands" in sign_in(table.who(who)).opens(page).text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(page).status == 404
    assert sign_in(None).opens(page).title == "Sign in"
    assert sign_in(table.cast.us_head).opens(f"/agreements/{uuid4()}/history").status == 404


def test_what_one_side_does_by_itself_only_it_reads(sign_in: SignIn, table: Table, page: str) -> None:
    text = f"/paragraphs/{table.paragraph.id}"
    drafter = sign_in(table.cast.us_drafter).opens(text)
    drafter.presses("Note for our delegation", comment="Inside.").presses("Comment to both sides", comment="Open.")

    assert "A comment for your delegation only" in drafter.opens(page).text
    assert "A comment for your delegation only" in sign_in(table.cast.us_adviser).opens(page).text
    for who in ("cn_head", "cn_drafter", "observer", "secretariat"):
        other = sign_in(table.who(who)).opens(page)
        assert "A comment for both sides" in other.text
        assert "A comment for your delegation only" not in other.text


def test_what_a_person_drafts_alone_colleagues_do_not_read(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/drafts/new")
    drafter.presses("Save as my private draft", en="Mine alone.", place="end")

    assert "You began a draft" in drafter.opens(page).text
    assert "You began a draft" not in sign_in(table.cast.us_head).opens(page).text


def test_the_shared_history_names_sides_and_not_persons_of_the_other(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.us_head).opens(f"/paragraphs/{table.paragraph.id}").presses("Agree")

    other = sign_in(table.cast.cn_head).opens(page)

    assert "On wording 1: Agrees" in other.text
    assert "US head" not in other.text


def test_each_entry_says_which_paragraph_it_is_about(sign_in: SignIn, table: Table, page: str) -> None:
    assert "Wording 1 stands Working title" in sign_in(table.cast.observer).opens(page).text
    assert "第1版案文成立 暂用标题" in sign_in(table.cast.observer, locale="zh_Hans").opens(page).text


def test_each_entry_leads_to_what_it_is_about(sign_in: SignIn, table: Table, page: str) -> None:
    paragraph = f"/paragraphs/{table.paragraph.id}"
    drafter, office = sign_in(table.cast.us_drafter), sign_in(table.cast.secretariat)
    drafter.opens(f"{paragraph}/drafts/new").presses("Save as my private draft", en="Others.", zh="其他。")
    drafter.presses("Table this text")
    drafter.opens(paragraph).presses("Comment to both sides", comment="Open.")
    sign_in(table.cast.us_head).opens(f"/sessions/{table.meeting.id}").presses("Confirm our list")
    office.opens(f"/agreements/{table.agreement.id}/closing").presses("Issue Rev.1")

    office.opens(page)
    leads = {" ".join(one.text_content().split()): str(one.get("href")) for one in office.page.iter("a")}

    assert leads["Amendment 1 was tabled"] == f"{paragraph}#amendment-1"
    assert leads["A comment for both sides"].startswith("/threads/")
    assert leads["Rev.1 was issued"] == f"/agreements/{table.agreement.id}/closing"
    assert leads["The participant list was confirmed"] == f"/sessions/{table.meeting.id}#list-US"
    for address in leads.values():
        assert office.opens(address.partition("#")[0]).status == 200, address


def test_a_paragraph_without_a_working_title_is_named_by_its_words(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/drafts/new")
    drafter.presses("Save as my private draft", en="HARBOURS", zh="港口", kind="heading", place="end")
    drafter.presses("Table this text")

    assert "A new paragraph was tabled HARBOURS" in drafter.opens(page).text

"""Writing the own participant list: what the other side reads, and the head confirms."""

import pytest

from tests.blueprints.tables import Table, sends
from tests.factories import CN, US
from tests.web import SignIn


@pytest.fixture
def page(table: Table) -> str:
    """The address of the list of the United States."""
    return f"/participant-lists/{table.lists[US].id}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("us_head", 200),
        ("us_drafter", 200),
        ("us_translator", 403),
        ("us_adviser", 403),
        ("cn_head", 403),
        ("cn_drafter", 403),
        ("observer", 403),
        ("secretariat", 403),
        ("outsider", 404),
    ],
)
def test_a_list_is_written_by_its_own_head_and_drafters(
    sign_in: SignIn, table: Table, page: str, who: str, status: int
) -> None:
    person = sign_in(table.who(who))

    assert person.opens(f"{page}/edit").status == status
    if status != 200:
        assert sends(person.opens("/"), page).status == status


def test_strangers_write_no_list(sign_in: SignIn, page: str) -> None:
    assert sends(sign_in(None).opens("/sign-in"), page).status == 401


def test_what_is_written_is_read_by_the_other_side_and_confirmed_anew(sign_in: SignIn, table: Table, page: str) -> None:
    session = f"/sessions/{table.meeting.id}"
    head = sign_in(table.cast.us_head).opens(session).presses("Confirm our list")
    drafter = sign_in(table.cast.us_drafter).opens(session).follows("Write our list")

    drafter.presses("Down").presses("Save the list", **{"people-0-display_zh": "与会者", "people-0-title_en": "Chair"})

    other = sign_in(table.cast.cn_adviser).opens(session)
    assert "US participant 2 与会者 Chair" in other.text
    assert "US participant 1 leads the delegation" in other.text
    assert head.opens(session).can_press("Confirm our list"), "the word on the earlier list lapsed"
    assert "The participant list was written anew" in other.opens(f"/agreements/{table.agreement.id}/history").text


def test_who_was_listed_before_is_added_as_listed_last(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"{page}/edit")
    again = next(
        str(one.get("value"))
        for one in drafter.page.iter("option")
        if one.text == "US participant 1" and one.get("value")
    )

    drafter.presses("Add a person", whom=again)

    assert drafter.typed("people-2-title_en") == "Exercise delegate"
    assert "US participant 1" in drafter.presses("Save the list").text


def test_a_separator_comes_through_to_the_character(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"{page}/edit")

    drafter.presses("Save the list", **{"people-0-separator": "0020", "people-0-title_en": "Chair"})

    drafter.opens(f"{page}/edit")
    chosen = [
        option.get("value")
        for select in drafter.page.iter("select")
        for option in select
        if str(select.get("name")).endswith("separator") and "selected" in option.attrib
    ]
    assert chosen == ["0020", "002C-0020"]
    drafter.presses("Save the list", **{"people-0-separator": "0041"})
    assert drafter.status == 422


def test_a_collision_shows_both_and_loses_nothing(sign_in: SignIn, table: Table, page: str) -> None:
    one = sign_in(table.cast.us_head).opens(f"{page}/edit")
    other = sign_in(table.cast.us_drafter).opens(f"{page}/edit")
    one.presses("Save the list", **{"people-0-title_en": "Chair of the head"})

    other.presses("Save the list", **{"people-0-title_en": "Chair of the drafter"})

    assert other.status == 409
    assert "A colleague saved the list after you opened the page." in other.text
    assert "Chair of the head" in other.text
    assert other.typed("people-0-title_en") == "Chair of the drafter"
    assert "Chair of the drafter" in other.presses("Save the list").text


def test_what_is_missing_is_said_and_comes_back_as_typed(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"{page}/edit")

    drafter.presses("Save the list", **{"people-0-display_en": "", "people-0-display_zh": "与会者"})

    assert drafter.status == 422
    assert "People 1: Name, in Latin letters – Something must be written here." in drafter.text
    assert drafter.typed("people-0-display_zh") == "与会者"
    in_chinese = sign_in(table.cast.us_drafter, locale="zh_Hans").opens(f"{page}/edit")
    in_chinese.presses("保存名单", **{"people-0-display_en": ""})
    assert "人员1，姓名（拉丁字母）：" in in_chinese.text


def test_a_row_taken_out_is_no_longer_listed_and_an_empty_one_is_no_row(
    sign_in: SignIn, table: Table, page: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"{page}/edit").presses("Add a person").presses("Take out")

    drafter.presses("Save the list")

    assert "US participant 1" not in drafter.text
    assert "US participant 2" in drafter.text


@pytest.mark.parametrize("who", ["us_head", "us_drafter"])
def test_a_published_list_is_left_as_it_is(sign_in: SignIn, table: Table, who: str) -> None:
    person = sign_in(table.who(who)).opens(f"/sessions/{table.before.id}")

    assert "Write our list" not in person.text
    assert person.opens(f"/participant-lists/{table.published_list.id}/edit").status == 409


def test_each_side_is_offered_its_own_list(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.cn_head).opens(f"/sessions/{table.meeting.id}").follows("Write our list")

    assert head.path == f"/participant-lists/{table.lists[CN].id}/edit"

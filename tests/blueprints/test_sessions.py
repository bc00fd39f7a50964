"""The page of a session: who was there, and each head's word on the own list."""

from uuid import uuid4

import pytest

from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.factories import CN, US
from tests.web import SignIn
from workflow.models import ParticipantList


@pytest.mark.parametrize("who", ["us_head", "cn_adviser", "observer", "secretariat"])
def test_everybody_who_takes_part_reads_it(sign_in: SignIn, table: Table, who: str) -> None:
    person = sign_in(table.who(who)).opens(f"/sessions/{table.meeting.id}")

    assert "US participant 1" in person.text
    assert "CN participant 2" in person.text
    assert "China (Shanghai) Time" in person.text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table) -> None:
    page = f"/sessions/{table.meeting.id}"

    assert sign_in(table.outsider).opens(page).status == 404
    assert sign_in(None).opens(page).title == "Sign in"
    assert sign_in(table.cast.us_head).opens(f"/sessions/{uuid4()}").status == 404


@pytest.mark.parametrize("who", ["us_drafter", "us_translator", "us_adviser", "observer", "secretariat"])
def test_a_list_is_confirmed_by_heads_only(sign_in: SignIn, table: Table, who: str) -> None:
    person = sign_in(table.who(who)).opens(f"/sessions/{table.meeting.id}")

    assert not person.sees_button("Confirm our list")
    action = f"/participant-lists/{table.lists[US].id}/confirmations"
    assert sends(person, action, seen=table.lists[US].confirmable_hash).status == 403


def test_a_list_of_another_dialogue_does_not_exist(sign_in: SignIn, table: Table) -> None:
    action = f"/participant-lists/{table.lists[US].id}/confirmations"

    assert sends(sign_in(table.outsider).opens("/"), action).status == 404
    assert sends(sign_in(None).opens("/sign-in"), action).status == 401


def test_a_head_confirms_the_own_list_once(sign_in: SignIn, table: Table) -> None:
    page = f"/sessions/{table.meeting.id}"
    head, again = sign_in(table.cast.us_head).opens(page), sign_in(table.cast.us_head).opens(page)

    head.presses("Confirm our list")

    assert "The list is confirmed as it stands." in head.text
    assert not head.can_press("Confirm our list")
    assert "Confirmed by the head" in sign_in(table.cast.cn_head).opens(page).text
    assert again.presses("Confirm our list").status == 409


def test_a_head_confirms_no_list_of_the_other_side(sign_in: SignIn, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(f"/sessions/{table.meeting.id}")
    listed = table.lists[CN]

    sends(head, f"/participant-lists/{listed.id}/confirmations", seen=listed.confirmable_hash)

    assert head.status == 409
    assert "Its own head confirms it." in head.text


def test_a_list_that_changed_meanwhile_is_not_confirmed(sign_in: SignIn, writing: Begin, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(f"/sessions/{table.meeting.id}")
    with writing() as session:
        session.delete(session.get_one(ParticipantList, table.lists[US].id).participations[-1])

    head.presses("Confirm our list")

    assert head.status == 409
    with writing() as session:
        assert not session.get_one(ParticipantList, table.lists[US].id).is_confirmed


def test_nobodys_word_is_invented_for_a_published_list(sign_in: SignIn, reading: Begin, table: Table) -> None:
    head = sign_in(table.cast.us_head).opens(f"/sessions/{table.before.id}")
    listed = table.published_list
    assert not head.sees_button("Confirm our list")

    sends(head, f"/participant-lists/{listed.id}/confirmations", seen=listed.confirmable_hash)

    assert head.status == 409
    assert "recorded as it was published" in head.text
    with reading() as session:
        assert not session.get_one(ParticipantList, listed.id).is_confirmed


DETAILS = {
    "name_en": "Following session",
    "name_zh": "下次会议",
    "places-0-en": "Sanya",
    "places-0-zh": "三亚",
    "dates-0-first": "2026-12-09",
    "dates-0-last": "2026-12-10",
    "dates-0-time_zone": "Asia/Shanghai",
}


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretariat", 200), ("us_head", 403), ("cn_drafter", 403), ("observer", 403), ("outsider", 404)],
)
def test_the_secretariat_opens_and_corrects_sessions(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    new, create = f"/dialogues/{table.cast.dialogue.id}/sessions/new", f"/dialogues/{table.cast.dialogue.id}/sessions"
    edit, update = f"/sessions/{table.meeting.id}/edit", f"/sessions/{table.meeting.id}"
    person = sign_in(table.who(who))

    assert person.opens(new).status == status
    assert person.opens(edit).status == status
    if status != 200:
        assert sends(person.opens("/"), create, **DETAILS).status == status
        assert sends(person.opens("/"), update, **DETAILS).status == status


def test_strangers_open_and_correct_nothing(sign_in: SignIn, table: Table) -> None:
    stranger = sign_in(None).opens("/sign-in")

    assert sends(stranger, f"/dialogues/{table.cast.dialogue.id}/sessions").status == 401
    assert sends(stranger.opens("/sign-in"), f"/sessions/{table.meeting.id}").status == 401


def test_a_session_is_opened_with_a_list_for_each_side(sign_in: SignIn, table: Table) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/dialogues/{table.cast.dialogue.id}").follows("Open a session")
    assert office.typed("ordinal") == "3"

    office.presses("Open the session", **DETAILS)

    assert "U.S. participants" in office.text
    assert "Nobody is listed." in office.text
    assert "Dec 9 – 10, 2026 China (Shanghai) Time" in office.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ordinal": "2"}, "Another session has this number."),
        ({"ordinal": "many"}, "Not a valid integer value."),
        ({"dates-0-last": "2026-12-08"}, "The last day lies before the first."),
        ({"dates-0-last": "soon"}, "Not a valid date value."),
        ({"dates-0-time_zone": "Peking time"}, "Write the time zone as Asia/Shanghai or America/New_York are written."),
        ({"places-0-zh": ""}, "Places 1: In Chinese"),
        ({"label_en": "Off the record"}, "Write it in both languages, or in neither."),
        ({"note_zh": "注"}, "Write it in both languages, or in neither."),
    ],
)
def test_what_cannot_be_said_of_a_session_comes_back_as_typed(
    sign_in: SignIn, table: Table, wrong: dict[str, str], sentence: str
) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/dialogues/{table.cast.dialogue.id}/sessions/new")

    office.presses("Open the session", **DETAILS | wrong)

    assert office.status == 422
    assert sentence in office.text
    for name, value in wrong.items():
        assert office.typed(name) == value


def test_dates_are_of_all_sides_or_of_each_once(sign_in: SignIn, table: Table) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/dialogues/{table.cast.dialogue.id}/sessions/new")
    office.presses("Add dates", **DETAILS)
    second = {name.replace("dates-0", "dates-1"): one for name, one in DETAILS.items() if name.startswith("dates")}

    assert "Dates are of all sides, or of each side once." in office.presses("Open the session", **second).text


def test_a_correction_is_saved_and_a_collision_shows_both(sign_in: SignIn, table: Table) -> None:
    page = f"/sessions/{table.meeting.id}"
    office, other = (sign_in(table.cast.secretariat).opens(f"{page}/edit") for _ in range(2))
    assert office.typed("places-0-en") == "Exercise room"
    assert "Washington" in office.presses("Save", **{"places-0-en": "Washington, DC"}).text

    other.presses("Save", **{"places-0-en": "New York"})

    assert other.status == 409
    assert "Somebody saved this session after you opened the page." in other.text
    assert "Washington, DC" in other.text
    assert other.typed("places-0-en") == "New York"
    assert "New York" in other.presses("Save").text
    history = sign_in(table.cast.cn_head).opens(f"/agreements/{table.agreement.id}/history")
    assert "What is said of session 2 was corrected" in history.text
    shown = history.follows("What is said of session 2 was corrected").text
    assert history.path == page
    assert "What was changed since it was opened" in shown
    assert "Places Exercise room | 演练室 Washington, DC | 演练室" in shown


def test_rows_are_added_with_nothing_lost_and_saved_only_by_the_forms_own_button(sign_in: SignIn, table: Table) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/sessions/{table.meeting.id}/edit")

    office.presses("Add a host", **{"hosts-0-en": "Another host", "dates-0-first": "not yet"})

    assert office.status == 200
    assert (office.typed("hosts-0-en"), office.typed("dates-0-first"), office.typed("hosts-1-en")) == (
        "Another host",
        "not yet",
        "",
    )
    assert "Another host" not in sign_in(table.cast.us_head).opens(f"/sessions/{table.meeting.id}").text


def test_a_session_whose_text_is_recorded_is_not_corrected(sign_in: SignIn, table: Table) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/sessions/{table.before.id}")

    assert "Correct the session" not in office.text
    assert office.opens(f"/sessions/{table.before.id}/edit").status == 409

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
    assert "Asia/Shanghai" in person.text


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
    assert sends(person, action, seen=table.lists[US].content_hash).status == 403


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

    sends(head, f"/participant-lists/{listed.id}/confirmations", seen=listed.content_hash)

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

    sends(head, f"/participant-lists/{listed.id}/confirmations", seen=listed.content_hash)

    assert head.status == 409
    assert "recorded as it was published" in head.text
    with reading() as session:
        assert not session.get_one(ParticipantList, listed.id).is_confirmed

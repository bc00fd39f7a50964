"""The agenda: what was carried over, what becomes of it, and what goes to the next session."""

from uuid import uuid4

import pytest

from tests import factories
from tests.blueprints.tables import OVERRIDE, Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import AgendaItem, Disposition, Draft


@pytest.fixture
def page(table: Table) -> str:
    """The agenda of the meeting."""
    return f"/sessions/{table.meeting.id}/agenda"


@pytest.fixture
def new(table: Table) -> str:
    """The form for a new item."""
    return f"/agreements/{table.agreement.id}/agenda/new"


@pytest.mark.parametrize("who", ["us_head", "us_adviser", "cn_translator", "observer", "secretariat"])
def test_everybody_who_takes_part_reads_it(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    person = sign_in(table.who(who)).opens("/agenda")
    assert person.status == 200

    person.opens(page)

    assert "Subsidies should be published." in person.text
    assert "补贴应予公布。" in person.text
    assert "Nothing is recorded yet of what became of it" in person.text


def test_what_is_deferred_goes_along_with_what_stands_against_it(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        paragraph = session.merge(table.paragraph)
        factories.an_amendment(session, paragraph, session.merge(table.cast.us_drafter))
        for member in (table.cast.us_drafter, table.cast.cn_drafter):
            factories.a_deferral_voice(session, paragraph, session.merge(member))
        factories.an_agenda_item(session, paragraph)

    person = sign_in(table.cast.cn_drafter).opens(page)

    assert "1 amendment stands against it" in person.text
    person.follows("1 amendment stands against it")
    assert person.path.startswith(f"/paragraphs/{table.paragraph.id}")


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str, new: str) -> None:
    for path in (page, new):
        assert sign_in(table.outsider).opens(path).status == 404
        assert sign_in(None).opens(path).title == "Sign in"
    assert sign_in(table.cast.us_head).opens(f"/sessions/{uuid4()}/agenda").status == 404
    assert "Exercise session" not in sign_in(table.outsider).opens("/agenda").text


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_head", 200), ("us_drafter", 200), ("us_translator", 403), ("us_adviser", 403), ("observer", 403)],
)
def test_an_item_is_proposed_by_heads_and_drafters(
    sign_in: SignIn, table: Table, page: str, new: str, who: str, status: int
) -> None:
    person = sign_in(table.who(who)).opens(page)
    assert ("Propose an item" in person.text) == (status == 200)

    action = new.removesuffix("/new")
    assert sends(person, action, title_en="T", title_zh="题", en="E", zh="中").status == status
    assert person.opens(new).status == status


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("us_head", True),
        ("cn_drafter", True),
        ("secretariat", True),
        ("us_translator", False),
        ("us_adviser", False),
        ("observer", False),
    ],
)
def test_what_became_of_an_item_is_recorded_by(
    sign_in: SignIn, table: Table, page: str, who: str, *, offered: bool
) -> None:
    person = sign_in(table.who(who)).opens(page)
    assert person.can_press("Record what became of item 1") == offered

    if offered:
        person.presses("Record what became of item 1", disposition="kept")
        assert "Recorded." in person.text
        assert "Kept from the last agenda" in person.text
    else:
        action = f"/agenda/{table.item.id}/dispositions"
        assert sends(person, action, meeting=str(table.meeting.id), disposition="kept").status == 403


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"disposition": "burnt"}, id="no such disposition"),
        pytest.param({"meeting": ""}, id="no meeting"),
        pytest.param({"meeting": "x"}, id="no key"),
        pytest.param({"meeting": str(uuid4())}, id="an unknown meeting"),
    ],
)
def test_a_form_tampered_with_records_nothing(
    sign_in: SignIn, reading: Begin, table: Table, page: str, fields: dict[str, str]
) -> None:
    head = sign_in(table.cast.us_head).opens(page).presses("Record what became of item 1", **fields)

    assert head.status in {400, 422}
    with reading() as session:
        assert session.get_one(AgendaItem, table.item.id).disposals == []


def test_a_meeting_that_does_not_have_it_on_its_agenda_disposes_of_nothing(
    sign_in: SignIn, table: Table, page: str
) -> None:
    head = sign_in(table.cast.us_head).opens(page)

    head.presses("Record what became of item 1", meeting=str(table.before.id))

    assert head.status == 409
    assert "not on the agenda of this session" in head.text


def test_one_side_that_keeps_an_item_keeps_it_whatever_the_other_says(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.cn_drafter).opens(page).presses("Record what became of item 1", disposition="kept")

    us_drafter = sign_in(table.cast.us_drafter).opens(page)
    us_drafter.presses("Record what became of item 1", disposition="dropped")

    assert us_drafter.status == 200
    assert "Kept from the last agenda" in us_drafter.opens(page).text


def test_the_same_disposition_twice_by_one_side_is_refused(sign_in: SignIn, table: Table, page: str) -> None:
    first, second = sign_in(table.cast.us_head).opens(page), sign_in(table.cast.us_drafter).opens(page)
    first.presses("Record what became of item 1")

    second.presses("Record what became of item 1")

    assert second.status == 409
    assert "has dealt with this agenda item already" in second.text


def test_after_adoption_nothing_more_becomes_of_an_item(sign_in: SignIn, reading: Begin, ready: Table) -> None:
    closing, page = f"/agreements/{ready.agreement.id}/closing", f"/sessions/{ready.meeting.id}/agenda"
    late = sign_in(ready.cast.us_drafter).opens(page)
    for head in (ready.cast.us_head, ready.cast.cn_head):
        sign_in(head).opens(closing).presses("Adopt this text")

    late.presses("Record what became of item 1", disposition="dropped")

    assert late.status == 409
    assert "This agreement is adopted." in late.text
    with reading() as session:
        (kept,) = session.get_one(AgendaItem, ready.item.id).disposals
        assert kept.disposition is Disposition.SETTLED


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"title_en": " "}, "Something must be written here.", id="no subject"),
        pytest.param({"title_zh": "\u200b"}, "Something must be written here.", id="an unseen subject"),
        pytest.param({"title_en": "x" * 301}, "This has 301 characters; at most 300 are possible.", id="long subject"),
        pytest.param({"en": "x" * 20_001}, "This has 20,001 characters; at most 20,000 are possible.", id="long text"),
        pytest.param({"zh": OVERRIDE}, "Character 1 (U+202E)", id="reads backwards"),
    ],
)
def test_what_cannot_be_taken_is_said_at_the_field_and_all_is_kept(
    sign_in: SignIn, reading: Begin, table: Table, new: str, typed: dict[str, str], said: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(new)
    whole = {"title_en": "Subject", "title_zh": "议题", "en": "Text.", "zh": "案文。", "rationale": "Why."} | typed

    drafter.presses("Save as my private draft", **whole)

    assert drafter.status == 422
    assert said in drafter.text
    assert {name: drafter.typed(name) for name in whole} == whole
    with reading() as session:
        assert session.query(Draft).count() == 0


def test_an_item_without_a_word_of_text_cannot_be_tabled(sign_in: SignIn, table: Table, new: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(new)

    drafter.presses("Save as my private draft", title_en="Subject", title_zh="议题")

    assert not drafter.can_press("Table this text")
    assert "Nothing is written in either language." in drafter.text


def test_an_adopted_text_takes_no_further_item_and_keeps_what_was_typed(sign_in: SignIn, ready: Table) -> None:
    late = sign_in(ready.cast.us_drafter).opens(f"/agreements/{ready.agreement.id}/agenda/new")
    for head in (ready.cast.us_head, ready.cast.cn_head):
        sign_in(head).opens(f"/agreements/{ready.agreement.id}/closing").presses("Adopt this text")

    late.presses("Save as my private draft", title_en="Late", title_zh="迟", en="Too late.")

    assert late.status == 409
    assert "Too late." in late.text
    late.opens(f"/sessions/{ready.meeting.id}/agenda")
    assert "Propose an item" not in late.text

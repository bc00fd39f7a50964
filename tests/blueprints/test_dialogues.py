"""Opening a dialogue, changing what is said of it, and finding one's way about those one takes part in."""

from collections.abc import Callable
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.models import Account

FIELDS = {
    "name_en": "Another exercise",
    "name_zh": "另一演练",
    "short_name": "another-exercise",
    "sides-0-code": "US",
    "sides-0-name_en": "United States",
    "sides-0-name_zh": "美方",
    "sides-0-adjective_en": "U.S.",
    "sides-0-adjective_zh": "美方",
    "sides-1-code": "CN",
    "sides-1-name_en": "China",
    "sides-1-name_zh": "中方",
    "sides-1-adjective_en": "Chinese",
    "sides-1-adjective_zh": "中方",
}


@pytest.fixture
def opener(writing: Begin, sign_in: SignIn) -> Participant:
    """Somebody the operator lets open dialogues, who takes part in none."""
    with writing() as session:
        account = factories.an_account(session, email="office@example.org", name="The office")
        account.opens_dialogues = True
    return sign_in(account)


def test_the_first_page_of_who_takes_part_in_nothing_says_what_to_do(opener: Participant) -> None:
    opener.opens("/")

    assert "Open one, and invite the heads of its delegations." in opener.text
    assert "The office" in opener.text
    assert opener.can_press("Sign out")
    assert opener.follows("Open a dialogue").title == "Open a dialogue"


def test_who_opens_it_is_its_secretariat(opener: Participant) -> None:
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS)

    assert opener.title == "Another exercise 另一演练"
    assert "Invite a head for each delegation" in opener.text
    assert opener.text.count("has no head yet: invite one") == 2
    assert "Secretariat" in opener.opens("/dialogues").text


def test_nobody_else_finds_the_page(sign_in: SignIn, table: Table) -> None:
    for who in ("us_head", "cn_drafter", "observer", "secretariat", "outsider"):
        person = sign_in(table.who(who)).opens("/dialogues")
        assert "Open a dialogue" not in person.text
        assert sends(person, "/dialogues", **FIELDS).status == 404
        assert person.opens("/dialogues/new").status == 404
    assert sends(sign_in(None).opens("/sign-in"), "/dialogues", **FIELDS).status == 401


def test_a_grant_taken_back_meanwhile_opens_nothing(opener: Participant, writing: Begin) -> None:
    opener.opens("/dialogues/new")
    with writing() as session:
        session.scalars(sa.select(Account)).one().opens_dialogues = False

    assert opener.presses("Open the dialogue", **FIELDS).status == 404


def test_a_short_name_that_is_taken_is_said_at_the_field_and_nothing_is_lost(opener: Participant, table: Table) -> None:
    opener.opens("/dialogues/new").presses(
        "Open the dialogue", **FIELDS | {"short_name": table.cast.dialogue.short_name}
    )

    assert opener.status == 422
    assert "There is a dialogue of this short name already. Choose another." in opener.text
    assert opener.typed("sides-1-adjective_en") == "Chinese"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sides-1-code": "US"}, "Two delegations have the same letters."),
        ({"sides-1-colour": "1"}, "Two delegations have the same colour."),
        ({"sides-1-code": "cn"}, "Delegation 2"),
        ({"short_name": "Two Words"}, "Small letters, digits and hyphens"),
        ({"sides-0-first_en": "U.S.-China"}, "Write it in both languages, or in neither."),
        ({name: "" for name in FIELDS if name.startswith("sides-1")}, "A dialogue has two delegations at least."),
    ],
)
def test_what_cannot_be_is_said_and_comes_back_as_typed(
    opener: Participant, wrong: dict[str, str], sentence: str
) -> None:
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS | wrong)

    assert opener.status == 422
    assert sentence in opener.text
    assert opener.typed("name_zh") == "另一演练"


def test_all_that_is_wrong_is_said_at_once(opener: Participant) -> None:
    wrong = {"name_en": "", "sides-0-code": "us", "sides-1-code": "us", "sides-1-name_zh": ""}
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS | wrong)

    [told] = opener.page.xpath("//*[@role='alert']")
    said = [" ".join(str(one.text_content()).split()) for one in told.iter("li")]
    begins = ["Delegations 1: Letters", "Delegations 2: Letters", "Delegations 2: Name", "Name in English", "Two "]
    assert [one[: len(first)] for one, first in zip(said, begins, strict=True)] == begins
    opener.opens("/dialogues/new").presses("Open the dialogue", short_name="fine")
    assert "A dialogue has two delegations at least." in opener.text
    assert opener.text.count("Something must be written here.") == 4


def test_delegations_are_added_and_put_in_order_with_nothing_lost(opener: Participant) -> None:
    opener.opens("/dialogues/new").presses("Add a delegation", **FIELDS)
    assert opener.status == 200
    opener.presses("Down", **{"sides-2-code": "FR"})

    assert [opener.typed(f"sides-{at}-code") for at in range(3)] == ["CN", "US", "FR"]
    assert not opener.sees_button("Add a delegation")


@pytest.mark.parametrize("who", ["us_head", "cn_adviser", "observer", "secretariat"])
def test_who_takes_part_reads_of_sessions_and_what_comes_next(sign_in: SignIn, table: Table, who: str) -> None:
    person = sign_in(table.who(who)).opens("/dialogues").follows("Open")

    assert "Exercise session 2" in person.text
    assert "Exercise agreement" in person.text
    assert ("Open a session" in person.text) == (who == "secretariat")


def test_to_others_a_dialogue_does_not_exist(sign_in: SignIn, table: Table) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}"

    assert sign_in(table.outsider).opens(page).status == 404
    assert sign_in(table.outsider).opens(f"/dialogues/{uuid4()}").status == 404
    assert sign_in(None).opens(page).title == "Sign in"


def test_the_secretariat_sees_exactly_what_would_change_and_all_sides_read_what_did(
    sign_in: SignIn, table: Table, findings: Callable[[], object]
) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}"
    office = sign_in(table.cast.secretariat).opens(page).follows("Change the dialogue")

    office.presses(
        "See what changes", name_en="Harbour dialogue", cover_en="{dialogue}\n{dates}", cover_zh="{dialogue}\n{dates}"
    )
    assert office.title == "Is this what is to change?"
    assert "Its name English Exercise dialogue Harbour dialogue" in office.text
    assert "Exercise dialogue" in sign_in(table.cast.us_head).opens(page).title, "nothing is changed yet"

    office.presses("Go on editing")
    assert office.typed("cover_zh") == "{dialogue}\n{dates}"
    office.presses("See what changes").presses("Change it")

    assert office.title == "Harbour dialogue 演练对话"
    other = sign_in(table.cast.cn_adviser).opens(page)
    assert "What was changed since it was opened" in other.text
    assert "Exercise dialogue Harbour dialogue" in other.text
    in_chinese = sign_in(table.cast.cn_adviser, locale="zh_Hans").opens(page).text
    assert "名称 英文 Exercise dialogue Harbour dialogue" in in_chinese, "姓名 is a person's"
    assert "What is said of the dialogue was changed" in other.opens(f"/agreements/{table.agreement.id}/history").text
    assert findings() == ()


def test_before_there_is_text_delegations_are_renamed_and_put_in_another_order(opener: Participant) -> None:
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS)
    page = opener.path

    opener.follows("Change the dialogue").presses("Down", **{"sides-0-name_en": "United States of America"})
    assert [opener.typed(f"sides-{at}-code") for at in range(2)] == ["CN", "US"]
    opener.presses("See what changes", short_name="renamed")
    assert "Order of the delegations US, CN CN, US" in opener.text
    opener.presses("Change it")

    assert opener.path == page
    assert opener.text.index("China") < opener.text.index("United States of America")


def test_once_there_is_text_the_page_says_what_stands(sign_in: SignIn, table: Table) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/dialogues/{table.cast.dialogue.id}/edit")

    assert "what the delegations are called, their order and the short name stand" in office.text
    assert office.presses("See what changes", **{"name_en": "A", "sides-0-name_en": "Other"}).status == 409


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({}, "Nothing is changed yet."),
        ({"name_zh": " "}, "Something must be written here."),
        ({"cover_en": "{place}", "cover_zh": "{place}"}, "There is no field “place”."),
        ({"cover_en": "One line"}, "Each line stands in both languages, and none is empty."),
        ({"cover_en": "A\n\nB", "cover_zh": "甲\n\n乙"}, "Each line stands in both languages, and none is empty."),
        ({"file_name": "{who}"}, "There is no field “who”."),
        ({"file_name": "a/b"}, "Letters, digits, hyphens and fields in braces only."),
    ],
)
def test_what_a_dialogue_cannot_say_comes_back_as_typed(
    sign_in: SignIn, table: Table, wrong: dict[str, str], sentence: str
) -> None:
    office = sign_in(table.cast.secretariat).opens(f"/dialogues/{table.cast.dialogue.id}/edit")

    assert office.presses("See what changes", **wrong).status == 422
    assert sentence in office.text
    for name, typed in wrong.items():
        assert office.typed(name) == typed


def test_a_short_name_of_another_dialogue_is_said_at_the_field(opener: Participant) -> None:
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS)
    page = opener.path
    opener.opens("/dialogues/new").presses("Open the dialogue", **FIELDS | {"short_name": "second"})

    opener.opens(f"{page}/edit").presses("See what changes", short_name="second")

    assert opener.status == 422
    assert "There is a dialogue of this short name already. Choose another." in opener.text


def test_what_was_saved_meanwhile_is_said_and_nothing_typed_is_lost(sign_in: SignIn, table: Table) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}/edit"
    first, second = (sign_in(table.cast.secretariat).opens(page) for _ in range(2))
    first.presses("See what changes", name_en="First").presses("Change it")

    second.presses("See what changes", name_en="Second")
    assert second.status == 409
    assert "Somebody changed this dialogue after you opened the page." in second.text

    second.presses("See what changes")
    assert "First Second" in second.text
    assert second.presses("Change it").title.startswith("Second")


@pytest.mark.parametrize("who", ["us_head", "observer", "outsider"])
def test_nobody_but_the_secretariat_changes_it(sign_in: SignIn, table: Table, who: str) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}"
    person = sign_in(table.who(who))
    status = 404 if who == "outsider" else 403

    assert person.opens(f"{page}/edit").status == status
    assert sends(person.opens("/"), page, name_en="Other").status == status

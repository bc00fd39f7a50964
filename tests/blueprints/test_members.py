"""Who is on one's own side, and how a membership ends."""

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Dialogue
from workflow.permissions import Role


@pytest.fixture
def page(table: Table) -> str:
    """The address of the members of one's side."""
    return f"/dialogues/{table.cast.dialogue.id}/members"


@pytest.mark.parametrize(
    ("who", "reads", "not_of"),
    [
        ("us_adviser", ("US head", "US drafter", "US translator", "US adviser"), ("CN ", "secretariat@", "observer@")),
        ("cn_head", ("CN head", "CN drafter"), ("US ", "secretariat@", "observer@")),
        ("secretariat", ("secretariat@", "observer@"), ("US ", "CN ")),
        ("observer", ("observer@",), ("US ", "CN ", "secretariat@")),
    ],
)
def test_each_side_reads_of_its_own(
    sign_in: SignIn, table: Table, page: str, who: str, reads: tuple[str, ...], not_of: tuple[str, ...]
) -> None:
    person = sign_in(table.who(who)).opens(page)
    main = " ".join(str(next(person.page.iter("main")).xpath("string()")).split())

    assert [one for one in reads if one not in main] == []
    assert [one for one in not_of if one in main] == []


def test_to_others_the_page_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(page).status == 404
    assert sign_in(None).opens(page).title == "Sign in"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("us_head", 200),
        ("us_adviser", 200),  # the own
        ("us_drafter", 403),
        ("cn_head", 404),
        ("observer", 404),
        ("secretariat", 404),
        ("outsider", 404),
    ],
)
def test_a_membership_is_ended_by_a_head_or_by_oneself(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    person = sign_in(table.who(who)).opens("/")
    action = f"/members/{table.cast.us_adviser.id}/end"

    assert person.opens(action).status == status
    if status != 200:
        assert sends(person.opens("/"), action).status == status


def test_strangers_end_nothing(sign_in: SignIn, table: Table) -> None:
    assert sends(sign_in(None).opens("/sign-in"), f"/members/{table.cast.us_adviser.id}/end").status == 401


def test_whose_membership_ended_finds_nothing_at_once(sign_in: SignIn, table: Table, page: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}")
    head = sign_in(table.cast.us_head).opens(page).follows("End…")
    assert "US drafter" in head.text

    head.presses("End it now")

    assert "The membership has ended." in head.text
    assert drafter.opens(f"/agreements/{table.agreement.id}").status == 404
    assert "You take part in no dialogue." in drafter.opens("/").text
    assert drafter.opens(page).status == 404
    assert "US drafter" in head.opens(page).text, "the record stays"
    assert head.opens(f"/members/{table.cast.us_drafter.id}/end").presses("End it now").status == 409


def test_one_leaves_by_oneself(sign_in: SignIn, table: Table, page: str) -> None:
    adviser = sign_in(table.cast.cn_adviser).opens(page).follows("Leave…").presses("Leave now")

    assert "You no longer take part in this dialogue." in adviser.text
    assert adviser.opens(page).status == 404


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("us_head", "The delegation is left without a head."),
        ("secretariat", "The dialogue is left without a secretariat."),
    ],
)
def test_the_last_of_a_kind_is_told_what_leaving_leaves(
    sign_in: SignIn, table: Table, page: str, who: str, told: str
) -> None:
    person = sign_in(table.who(who)).opens(page).follows("Leave…")

    assert told in person.text
    assert "You no longer take part" in person.presses("Leave now").text


def test_who_became_the_last_head_meanwhile_is_told_first(
    sign_in: SignIn, writing: Begin, table: Table, page: str
) -> None:
    with writing() as session:
        second = factories.a_member(
            session,
            session.get_one(Dialogue, table.cast.dialogue.id),
            Role.HEAD,
            session.merge(table.cast.us),
            account=factories.an_account(session, email="second@example.org", name="Second head"),
        )
    one, other = sign_in(table.cast.us_head).opens(page), sign_in(second).opens(page)
    one.follows("Leave…")
    other.follows("Leave…").presses("Leave now")

    assert one.presses("Leave now").status == 409
    assert "This would leave the delegation without a head." in one.text
    assert "left without a head" in one.opens(page).follows("Leave…").text

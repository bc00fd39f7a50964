"""Inviting somebody, and taking an invitation up: by a link that works once, for one address, for a while."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from itsdangerous import URLSafeSerializer

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.databases import Clock
from tests.participants import Participant
from tests.web import SECRET, SignIn
from workflow import passwords
from workflow.links import invitation_link
from workflow.models import Account, Membership

PASSWORD = "four words in a row"
EMAIL = "invited@example.org"
NEW = {"name": "Somebody", "new_password": PASSWORD, "new_password_confirm": PASSWORD}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash at once: how long that takes is measured elsewhere."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)


@pytest.fixture
def link(writing: Begin, clock: Clock, app: Flask, table: Table) -> Callable[..., str]:
    """Return a function that makes an invitation of the U.S. head, and gives the path of its link."""

    def made(email: str = EMAIL, ago: timedelta = timedelta(0)) -> str:
        clock.time = datetime.now(UTC) - ago  # the page's time is the database's own
        with writing() as session:
            key = factories.an_invitation(session, session.merge(table.cast.us_head), email=email).id
        with app.test_request_context():
            return invitation_link(key).removeprefix("http://localhost:8000")

    return made


def current(writing: Begin, email: str = EMAIL) -> list[Membership]:
    with writing() as session:
        found = sa.select(Membership).join(Membership.account).where(Account.email == email)
        return list(session.scalars(found))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("us_head", 200),
        ("secretariat", 200),
        ("us_drafter", 403),
        ("us_adviser", 403),
        ("observer", 403),
        ("outsider", 404),
    ],
)
def test_heads_and_the_secretariat_invite(sign_in: SignIn, table: Table, who: str, status: int) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}/invitations"
    person = sign_in(table.who(who)).opens(f"{page}/new")

    assert person.status == status
    if status != 200:
        assert sends(person.opens("/"), page, email=EMAIL, seat="observer:").status == status


def test_strangers_invite_nobody(sign_in: SignIn, table: Table) -> None:
    page = f"/dialogues/{table.cast.dialogue.id}/invitations"

    assert sends(sign_in(None).opens("/sign-in"), page, email=EMAIL).status == 401


@pytest.mark.parametrize(
    ("who", "seat"), [("us_head", "adviser:CN"), ("us_head", "observer:"), ("secretariat", "head:US"), ("us_head", "")]
)
def test_nobody_invites_to_a_seat_that_is_not_offered(sign_in: SignIn, table: Table, who: str, seat: str) -> None:
    person = sign_in(table.who(who)).opens(f"/dialogues/{table.cast.dialogue.id}/invitations/new")

    assert sends(person, f"/dialogues/{table.cast.dialogue.id}/invitations", email=EMAIL, seat=seat).status == 422


def test_the_link_is_shown_once_from_the_base_address(sign_in: SignIn, table: Table) -> None:
    members = f"/dialogues/{table.cast.dialogue.id}/members"
    head = sign_in(table.cast.us_head).opens(members).follows("Invite somebody")

    head.presses("Invite", email=" Invited@Example.org ", seat="translator:US")

    page, shown = head.path, shown_link(head)
    assert head.status == 200
    assert shown.startswith("http://localhost:8000/invitation?token=")
    assert "This program sends no mail" in head.text
    assert shown_link(head.opens(page)) == shown
    assert shown_link(head.presses("中文")) == shown
    with head.client.session_transaction() as cookie:
        assert shown.partition("token=")[2] not in str(dict(cookie))
    assert shown_link(head.presses("English")) == shown
    assert sign_in(table.cast.us_head).opens(page).title == "Members of our side"
    head.opens(members)
    assert EMAIL in head.text
    assert "invitation?token=" not in str(head.client.get(members).text)
    assert head.opens(page).path == members
    assert "The link was shown once" in head.text
    assert head.follows("Invite somebody").presses("Invite", email=EMAIL, seat="head:US").status == 409


def shown_link(person: Participant) -> str:
    """The link on the page, to be copied."""
    return next(str(one.text) for one in person.page.iter("textarea")).strip()


@pytest.mark.parametrize("email", ["", "nobody", "a@b@c.org"])
def test_what_is_no_address_is_refused(sign_in: SignIn, table: Table, email: str) -> None:
    head = sign_in(table.cast.us_head).opens(f"/dialogues/{table.cast.dialogue.id}/invitations/new")

    assert head.presses("Invite", email=email, seat="head:US").status == 422


def test_the_token_leaves_the_address_when_the_link_is_opened(sign_in: SignIn, link: Callable[..., str]) -> None:
    """So that signing in leads back without it, and no page shows it where it could be read off or logged."""
    path = link()
    token = path.partition("token=")[2]
    stranger = sign_in(None).opens(path)

    assert stranger.path == "/invitation"
    addresses = [one for name in ("href", "action", "src") for one in stranger.page.xpath(f"//@{name}")]
    backs = [str(one.get("value")) for one in stranger.page.iter("input") if one.get("name") == "next"]
    assert [one for one in (*addresses, *backs) if token in str(one)] == []
    assert any(str(one).endswith("/sign-in?next=/invitation") for one in addresses)
    assert sign_in(None).opens("/invitation").title == "This link leads nowhere"


def test_looking_takes_nothing_up(sign_in: SignIn, writing: Begin, link: Callable[..., str]) -> None:
    stranger = sign_in(None).opens(link())

    for said in ("Exercise dialogue", "Adviser, United States", "US head", EMAIL, "I am new here"):
        assert said in stranger.text
    assert current(writing) == []


def test_somebody_new_opens_an_account_and_takes_part(
    sign_in: SignIn, writing: Begin, table: Table, link: Callable[..., str]
) -> None:
    stranger = sign_in(None).opens(path := link()).presses("Open my account, and take part", **NEW)
    assert stranger.title == "Sign in"
    stranger.presses("Sign in", email=EMAIL, password=PASSWORD)

    assert "Exercise dialogue" in stranger.title
    [member] = current(writing)
    assert member.role == "adviser"
    assert stranger.opens(path).title == "This link leads nowhere"


def test_who_has_an_account_signs_in_and_accepts(
    sign_in: SignIn, writing: Begin, table: Table, link: Callable[..., str]
) -> None:
    with writing() as session:
        factories.an_account(session, email=EMAIL, name="Known", password=passwords.hashed(PASSWORD))
    person = sign_in(None).opens(link()).follows("Sign in to accept")
    person.presses("Sign in", email=EMAIL, password=PASSWORD)
    assert "You are signed in as Known." in person.text

    person.presses("Accept, and take part")

    assert "You take part now, as: Adviser, United States." in person.text
    assert len(current(writing)) == 1


@pytest.mark.parametrize("known", [True, False])
def test_the_page_looks_the_same_whether_the_address_has_an_account(
    sign_in: SignIn, writing: Begin, link: Callable[..., str], *, known: bool
) -> None:
    if known:
        with writing() as session:
            factories.an_account(session, email=EMAIL, name="Known")

    stranger = sign_in(None).opens(link())

    assert stranger.can_press("Open my account, and take part")
    assert "Sign in to accept" in stranger.text
    stranger.presses("Open my account, and take part", **NEW)
    assert (stranger.status == 422) == known
    assert ("If you have one here, sign in with it first." in stranger.text) == known


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"new_password": "short", "new_password_confirm": "short"}, "A password has at least 12 characters"),
        ({"new_password_confirm": "another entirely"}, "The two passwords differ."),
        ({"name": " "}, "Write your name."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_taken_up(
    sign_in: SignIn, writing: Begin, link: Callable[..., str], wrong: dict[str, str], sentence: str
) -> None:
    stranger = sign_in(None).opens(link()).presses("Open my account, and take part", **NEW | wrong)

    assert stranger.status == 422
    assert sentence in stranger.text
    assert current(writing) == []


def test_another_account_cannot_accept(sign_in: SignIn, writing: Begin, table: Table, link: Callable[..., str]) -> None:
    path = link()
    for who in (table.outsider, table.cast.cn_head, table.cast.us_head):
        person = sign_in(who).opens(path)
        assert "This invitation is for another address." in person.text
        assert not person.sees_button("Accept, and take part")
        token = path.partition("=")[2]
        assert sends(person, "/invitation/membership", token=token).status == 403
        assert sends(person.opens(path), "/invitation/account", token=token, **NEW).status == 403
    assert current(writing) == []
    stranger = sign_in(None).opens(path)
    assert sends(stranger, "/invitation/membership", token=path.partition("=")[2]).status == 403


def test_who_takes_part_already_is_told_so(sign_in: SignIn, table: Table, link: Callable[..., str]) -> None:
    adviser = sign_in(table.cast.cn_adviser).opens(link(table.cast.cn_adviser.account.email))

    assert adviser.presses("Accept, and take part").status == 409
    assert "takes part in this dialogue already" in adviser.text


def forged(app: Flask, path: str) -> str:
    return path[:-1] + ("A" if path[-1] != "A" else "B")


def of_nothing(app: Flask, path: str) -> str:
    with app.test_request_context():
        return invitation_link(uuid4()).removeprefix("http://localhost:8000")


def without_token(app: Flask, path: str) -> str:
    return "/invitation"


def signed_for_something_else(app: Flask, path: str) -> str:
    return f"/invitation?token={URLSafeSerializer(SECRET, salt='session').dumps(uuid4().hex)}"


def of_no_key(app: Flask, path: str) -> str:
    return f"/invitation?token={URLSafeSerializer(SECRET, salt='invitation').dumps(['no', 'key'])}"


@pytest.mark.parametrize(
    "spoil", [forged, of_nothing, without_token, signed_for_something_else, of_no_key, "expired", "used", "withdrawn"]
)
def test_every_link_that_leads_nowhere_leads_to_one_page(
    app: Flask,
    sign_in: SignIn,
    table: Table,
    link: Callable[..., str],
    spoil: Callable[[Flask, str], str] | str,
) -> None:
    path = link(ago=timedelta(days=14) if spoil == "expired" else timedelta(0))
    if spoil == "used":
        sign_in(None).opens(path).presses("Open my account, and take part", **NEW)
    elif spoil == "withdrawn":
        sign_in(table.cast.us_head).opens(f"/dialogues/{table.cast.dialogue.id}/members").presses("Withdraw")
    elif not isinstance(spoil, str):
        path = spoil(app, path)

    stranger = sign_in(None).opens(path)
    blank = sign_in(None).opens("/invitation?token=nothing")

    assert (stranger.status, stranger.text) == (404, blank.text)
    token = path.partition("token=")[2]
    assert sends(sign_in(None).opens("/sign-in"), "/invitation/account", token=token, **NEW).status == 404
    assert sends(sign_in(table.cast.us_head).opens("/"), "/invitation/membership", token=token).status == 404


def test_an_invitation_is_withdrawn_by_a_head_of_its_side(
    sign_in: SignIn, table: Table, link: Callable[..., str]
) -> None:
    link()
    members = f"/dialogues/{table.cast.dialogue.id}/members"
    head = sign_in(table.cast.us_head).opens(members)
    action = next(str(form.get("action")) for form in head.page.iter("form") if "withdrawal" in str(form.get("action")))

    drafter = sign_in(table.cast.us_drafter).opens(members)
    assert EMAIL in drafter.text
    assert not drafter.sees_button("Withdraw")
    assert sends(drafter, action).status == 403
    for who in ("cn_head", "secretariat", "observer", "outsider"):
        person = sign_in(table.who(who))
        assert EMAIL not in person.opens(members).text
        assert sends(person.opens("/"), action).status == 404
    assert sends(sign_in(None).opens("/sign-in"), action).status == 401
    again = sign_in(table.cast.us_head).opens(members)
    assert "The invitation is withdrawn." in head.presses("Withdraw").text
    assert again.presses("Withdraw").status == 409


@pytest.mark.parametrize("known", [True, False])
def test_sent_twice_at_one_instant_it_makes_one_member(
    app: Flask, sign_in: SignIn, writing: Begin, link: Callable[..., str], *, known: bool
) -> None:
    account = None
    if known:
        with writing() as session:
            account = factories.an_account(session, email=EMAIL, name="Known")
    path = link()
    people: list[Participant] = [sign_in(account).opens(path) for _ in range(4)]
    label, fields = ("Accept, and take part", {}) if known else ("Open my account, and take part", NEW)

    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda person: person.presses(label, **fields), people))

    assert sorted(person.status for person in people) == [200, 404, 404, 404]
    assert len(current(writing)) == 1

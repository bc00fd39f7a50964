"""Signing in, signing out, changing one's password: through the pages, as people do it."""

from collections.abc import Callable
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from flask import Flask

from tests import factories
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow import passwords, throttle
from workflow.access import signed_in
from workflow.accounts import PasswordForm, SignedIn
from workflow.models import Account

PASSWORD = "correct horse battery staple"
EMAIL = "us-drafter@exercise.example.org"


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.fixture(scope="session")
def argon2() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def cast(writing: Begin, argon2: str) -> factories.Cast:
    with writing() as session:
        cast = factories.a_cast(session)
        cast.us_drafter.account.email = EMAIL
        cast.us_drafter.account.password = argon2
        return cast


@pytest.fixture
def account(cast: factories.Cast, reading: Begin) -> Callable[[], Account]:
    """Return the account as the database has it."""

    def told() -> Account:
        with reading() as session:
            return session.get_one(Account, cast.us_drafter.account_id)

    return told


def signs_in(who: Participant, email: str = EMAIL, password: str = PASSWORD) -> Participant:
    return who.opens("/sign-in").presses("Sign in", email=email, password=password)


def is_signed_in(who: Participant) -> bool:
    return who.opens("/password").title == "Change your password"


def test_who_has_an_account_signs_in(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = sign_in(None)

    signs_in(someone)

    assert is_signed_in(someone)
    assert "US" in someone.text
    assert "Drafter" in someone.text


def test_the_address_is_read_without_regard_to_case_and_blanks(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = sign_in(None)

    signs_in(someone, email=f" {EMAIL.upper()} ")

    assert is_signed_in(someone)


@pytest.mark.parametrize("form", ["é", "e\u0301"])
def test_a_password_is_the_same_however_the_keyboard_spells_it(
    sign_in: SignIn, cast: factories.Cast, writing: Begin, form: str
) -> None:
    with writing() as session:
        session.get_one(Account, cast.us_drafter.account_id).password = passwords.hashed("une clé sans serrure")
    someone = sign_in(None)

    signs_in(someone, password=f"une cl{form} sans serrure")

    assert is_signed_in(someone)


def test_after_signing_in_one_is_where_one_wanted_to_be(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = sign_in(None).opens("/password")
    assert someone.title == "Sign in"

    someone.presses("Sign in", email=EMAIL, password=PASSWORD)

    assert someone.title == "Change your password"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://example.org/", "//example.org/", "/\\example.org", "http://localhost.example.org", "/\t/x.org"],
)
@pytest.mark.parametrize("way", ["address", "form"])
def test_signing_in_never_leads_elsewhere(sign_in: SignIn, cast: factories.Cast, elsewhere: str, way: str) -> None:
    someone = sign_in(None).opens("/sign-in")
    form = {"email": EMAIL, "password": PASSWORD, "csrf_token": someone.typed("csrf_token")}
    if way == "form":
        form["next"] = elsewhere

    query = {"next": elsewhere} if way == "address" else {}
    answer = someone.client.post("/sign-in", data=form, query_string=query)

    assert (answer.status_code, answer.location) == (303, "/")


def focused(someone: Participant) -> str:
    """What the list says to which the focus goes when a form comes back."""
    [told] = someone.page.xpath("//*[@role='alert'][@autofocus]")
    return " ".join(str(told.text_content()).split())


WRONG = "This e-mail address and this password do not belong together."


def test_known_and_unknown_accounts_get_the_same_answer(sign_in: SignIn, cast: factories.Cast, writing: Begin) -> None:
    with writing() as session:
        factories.an_account(
            session, email="closed@example.org", name="x", password=passwords.hashed(PASSWORD)
        ).active = False
        factories.an_account(session, email="new@example.org", name="x")
    answers = {}
    for email, password in {
        EMAIL: "a wrong password",
        "nobody@example.org": PASSWORD,
        "new@example.org": PASSWORD,
        "closed@example.org": PASSWORD,
    }.items():
        someone = signs_in(sign_in(None), email=email, password=password)
        assert WRONG in focused(someone)
        assert not is_signed_in(someone)
        signs_in(someone, email=email, password=password)
        answers[email] = (someone.status, someone.text)

    assert len(set(answers.values())) == 1
    assert {status for status, _text in answers.values()} == {422}


@pytest.mark.parametrize("email", [EMAIL, "nobody@example.org"])
def test_known_and_unknown_accounts_cost_the_same_work(
    app: Flask, sign_in: SignIn, cast: factories.Cast, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    done: list[str] = []
    context = app.extensions["security"].pwd_context
    for work in ("hash", "verify"):
        really = getattr(context, work)

        def counted(*given: object, work: str = work, really: Callable[..., object] = really, **more: object) -> object:
            done.append(work)
            return really(*given, **more)

        monkeypatch.setattr(context, work, counted)

    signs_in(sign_in(None), email=email, password="a wrong password")

    assert len(done) == 1


def test_what_was_typed_stays_but_for_the_password(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = signs_in(sign_in(None), password="a wrong password")

    assert someone.typed("email") == EMAIL
    assert someone.typed("password") == ""


@pytest.mark.parametrize(
    ("email", "password", "says"),
    [
        ("", PASSWORD, "Type your e-mail address."),
        (EMAIL, "", "Type your password."),
        ("a\x00b@example.org", PASSWORD, "cannot be shown"),
        (EMAIL, "x" * 129, "at most 128"),
        ("x" * 250 + "@example.org", PASSWORD, "at most 254"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    sign_in: SignIn, cast: factories.Cast, email: str, password: str, says: str
) -> None:
    someone = signs_in(sign_in(None), email=email, password=password)

    assert someone.status == 422
    assert says in someone.text


def test_after_many_failures_one_waits(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = sign_in(None)
    for _ in range(throttle.MOST_FAILURES):
        signs_in(someone, password="a wrong password")

    signs_in(someone)

    assert (someone.status, someone.title) == (429, "Too many attempts")
    assert "Please wait 15 minutes" in someone.text
    assert 0 < int(someone.headers["Retry-After"]) <= throttle.WINDOW
    assert not is_signed_in(someone)


def test_somebody_elses_failures_lock_nobody_out(sign_in: SignIn, cast: factories.Cast) -> None:
    stranger = sign_in(None)
    stranger.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    for _ in range(throttle.MOST_FAILURES + 1):
        signs_in(stranger, password="a wrong password")
    assert stranger.status == 429

    owner = signs_in(sign_in(None))

    assert is_signed_in(owner)


def test_signing_out_ends_it(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = signs_in(sign_in(None)).opens("/password")

    someone.presses("Sign out")

    assert not is_signed_in(someone)


def test_nobody_is_signed_out_by_a_link_or_by_another_site(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = signs_in(sign_in(None))

    assert someone.client.get("/sign-out").status_code == 405
    assert someone.client.post("/sign-out").status_code == 400
    assert is_signed_in(someone)


def test_nobody_is_signed_in_by_another_site(sign_in: SignIn, cast: factories.Cast) -> None:
    client = sign_in(None).client

    assert client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 400


def test_a_new_password_holds_and_the_old_one_does_not(
    sign_in: SignIn, cast: factories.Cast, account: Callable[[], Account]
) -> None:
    before = account()
    someone = signs_in(sign_in(None)).opens("/password")

    new = "another horse entirely"
    someone.presses("Change it", password=PASSWORD, new_password=new, new_password_confirm=new)

    assert "Your password is changed." in someone.text
    assert account().password != before.password
    assert account().fs_uniquifier != before.fs_uniquifier
    assert is_signed_in(someone), "who changed it stays"
    assert not is_signed_in(signs_in(sign_in(None)))
    assert is_signed_in(signs_in(sign_in(None), password=new))


def test_a_new_password_ends_every_other_session(sign_in: SignIn, cast: factories.Cast) -> None:
    here, elsewhere = signs_in(sign_in(None)), signs_in(sign_in(None))

    new = "another horse entirely"
    here.opens("/password").presses("Change it", password=PASSWORD, new_password=new, new_password_confirm=new)

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "wrong"}, "This is not your present password."),
        ({"password": ""}, "Type your present password."),
        ({"new_password": ""}, "Type the new password."),
        ({"new_password_confirm": "something else now"}, "The two new passwords differ."),
        ({"new_password": "too short", "new_password_confirm": "too short"}, "at least 12 characters"),
        ({"new_password": "x" * 129, "new_password_confirm": "x" * 129}, "at most 128"),
        ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "The new password is the present one."),
    ],
)
def test_a_new_password_that_cannot_be_changes_nothing(
    sign_in: SignIn, cast: factories.Cast, account: Callable[[], Account], typed: dict[str, str], says: str
) -> None:
    before = account().password
    good = {
        "password": PASSWORD,
        "new_password": "another horse entirely",
        "new_password_confirm": "another horse entirely",
    }

    someone = sign_in(cast.us_drafter).opens("/password").presses("Change it", **(good | typed))

    assert someone.status == 422
    assert says in focused(someone)
    assert account().password == before


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"password": "wrong"}, "现用密码不正确。"),
        ({"password": ""}, "请输入现用密码。"),
        ({"new_password_confirm": "something else now"}, "两次输入的新密码不一致。"),
        ({"new_password": "too short", "new_password_confirm": "too short"}, "密码至少12个字符"),
        ({"new_password": PASSWORD, "new_password_confirm": PASSWORD}, "新密码与现用密码相同。"),
    ],
)
def test_all_of_it_is_said_in_chinese_too(
    sign_in: SignIn, cast: factories.Cast, typed: dict[str, str], says: str
) -> None:
    good = {
        "password": PASSWORD,
        "new_password": "another horse entirely",
        "new_password_confirm": "another horse entirely",
    }

    someone = sign_in(cast.us_drafter, locale="zh_Hans").opens("/password").presses("修改", **(good | typed))

    assert says in someone.text
    someone.opens("/password").presses("修改", **good)
    assert "密码已修改。" in someone.text


def test_two_changes_at_once_do_not_both_happen(
    sign_in: SignIn,
    cast: factories.Cast,
    account: Callable[[], Account],
    writing: Begin,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the reading of the account and its writing, somebody else changed it."""
    someone = sign_in(cast.us_drafter).opens("/password")
    really = passwords.hashed

    def meanwhile(_form: object, **_more: object) -> bool:
        with writing() as session:
            row = session.get_one(Account, cast.us_drafter.account_id)
            row.password, row.fs_uniquifier = really("set by the secretariat"), uuid4().hex
        return True

    monkeypatch.setattr(PasswordForm, "validate", meanwhile)
    new = "another horse entirely"
    someone.presses("Change it", password=PASSWORD, new_password=new, new_password_confirm=new)

    assert (someone.status, someone.title) == (409, "Somebody else was quicker")
    monkeypatch.undo()
    assert not is_signed_in(someone), "the cookie of the refused change signs nobody in"
    assert is_signed_in(signs_in(sign_in(None), password="set by the secretariat"))


def test_a_hash_made_outside_the_web_needs_no_second_making(app: Flask, argon2: str) -> None:
    context = app.extensions["security"].pwd_context

    assert context.identify(argon2) == "argon2"
    assert not context.needs_update(argon2)


def test_the_session_cookie_is_for_this_site_and_no_script(sign_in: SignIn, cast: factories.Cast) -> None:
    someone = sign_in(None).opens("/sign-in")
    form = {"email": EMAIL, "password": PASSWORD, "csrf_token": someone.typed("csrf_token")}

    answer = someone.client.post("/sign-in", data=form)

    [cookie] = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"


def test_nobody_signs_in_by_a_token(app: Flask, cast: factories.Cast, account: Callable[[], Account]) -> None:
    app.add_url_rule("/trial", view_func=signed_in(lambda: "reached"))
    with app.test_request_context("/"):
        token = SignedIn(account()).get_auth_token()

    assert app.test_client().get("/trial", query_string={"auth_token": token}).status_code == 303
    assert app.test_client().get("/trial", headers={"Authentication-Token": str(token)}).status_code == 303


def test_nothing_else_of_flask_security_is_there(app: Flask) -> None:
    theirs = {name for name in app.view_functions if name.startswith("security.")}

    assert theirs == {"security.login", "security.logout", "security.change_password"}

"""The language of the interface: what is asked for, what is chosen, what is kept."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests import factories
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Account


@pytest.fixture
def cast(writing: Begin) -> factories.Cast:
    with writing() as session:
        return factories.a_cast(session)


@pytest.fixture
def kept(cast: factories.Cast, reading: Begin) -> Callable[[], str | None]:
    """Return the language kept with the account."""

    def told() -> str | None:
        with reading() as session:
            return session.get_one(Account, cast.us_drafter.account_id).locale

    return told


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("zh-Hant-HK,en;q=0.1", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("fr,zh-SG;q=0.5", "zh-Hans"),
        ("en-US,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.5,zh;q=0.9", "zh-Hans"),
        ("zh;q=0,en", "en"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        ("zhx", "en"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_asks_for(app: Flask, asked: str, spoken: str) -> None:
    page = app.test_client().get("/sign-in", headers={"Accept-Language": asked}).text

    assert f'<html lang="{spoken}">' in page


def test_a_choice_is_kept_and_leads_back(app: Flask, sign_in: SignIn) -> None:
    somebody = sign_in(None).opens("/sign-in?next=/password")

    somebody.presses("中文")

    assert somebody.title == "登录"
    assert somebody.path == "/sign-in?next=/password"
    assert somebody.opens("/sign-in").title == "登录"
    assert somebody.presses("English").title == "Sign in"


def test_the_choice_of_who_is_signed_in_follows_to_other_browsers(
    sign_in: SignIn, cast: factories.Cast, kept: Callable[[], str | None]
) -> None:
    sign_in(cast.us_drafter).opens("/password").presses("中文")

    assert kept() == "zh_Hans"
    assert sign_in(cast.us_drafter, locale="en").opens("/password").title == "修改密码"
    assert sign_in(cast.us_head, locale="en").opens("/password").title == "Change your password"


@pytest.mark.parametrize("locale", ["", "fr", "zh", "../en"])
def test_a_language_that_is_not_spoken_is_refused(
    sign_in: SignIn, cast: factories.Cast, kept: Callable[[], str | None], locale: str
) -> None:
    somebody = sign_in(cast.us_drafter).opens("/password")

    somebody.sends("/language", [("csrf_token", somebody.typed("csrf_token")), ("locale", locale)])

    assert somebody.status == 400
    assert kept() is None


@pytest.mark.parametrize("elsewhere", ["https://example.org", "//example.org", "/\\example.org"])
def test_the_way_back_never_leads_elsewhere(app: Flask, sign_in: SignIn, elsewhere: str) -> None:
    somebody = sign_in(None).opens("/sign-in")
    token = somebody.typed("csrf_token")

    answer = somebody.client.post("/language", data={"csrf_token": token, "locale": "en", "next": elsewhere})

    assert (answer.status_code, answer.location) == (303, "/")


def test_another_site_cannot_choose(app: Flask) -> None:
    answer = app.test_client().post("/language", data={"locale": "zh_Hans"})

    assert answer.status_code == 400
    assert "locale" not in answer.headers.get("Set-Cookie", "")

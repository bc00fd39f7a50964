"""What every answer tells the browser, and whom the application believes."""

from pathlib import Path

import pytest
from flask import Flask, request
from werkzeug.test import Client

from tests import factories
from tests.conftest import Begin
from tests.web import SECRET, SignIn
from workflow import create_app
from workflow.config import Environment, Settings
from workflow.headers import ON_EVERYTHING
from workflow.serving import with_static_files


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.mark.parametrize("path", ["/sign-in", "/password", "/livez", "/no/such/page", "/static/css/tokens.css"])
def test_every_answer_has_every_header(app: Flask, sign_in: SignIn, writing: Begin, path: str) -> None:
    with writing() as session:
        cast = factories.a_cast(session)

    with sign_in(cast.us_head).client.get(path) as answer:
        assert {name: answer.headers.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING


def test_a_page_may_load_nothing_from_elsewhere_and_nothing_inline() -> None:
    policy = dict(part.split(" ", 1) for part in ON_EVERYTHING["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert set(policy.values()) <= {"'none'", "'self'"}


def test_nobody_keeps_what_was_answered_but_style_and_script(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert client.get("/livez").headers["Cache-Control"] == "no-store"
    with client.get("/static/css/tokens.css") as answer:
        assert answer.headers["Cache-Control"] != "no-store"


@pytest.fixture
def public(tmp_path: Path) -> Settings:
    """An installation behind HTTPS and one proxy."""
    return Settings(
        env=Environment.PRODUCTION,
        secret_key=SECRET,
        database_url=f"sqlite:///{tmp_path / 'none.sqlite'}",
        base_url="https://alternat.example.org",
        trusted_hosts=("alternat.example.org",),
        proxies=1,
    )


FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "alternat.example.org",
    "X-Forwarded-For": "192.0.2.9",
}


def test_over_https_cookies_are_bound_to_the_host_and_browsers_stay(public: Settings) -> None:
    answer = create_app(public).test_client().get("/sign-in", headers=FORWARDED)

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-alternat=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_proxy_is_believed_as_often_as_there_are_proxies(public: Settings) -> None:
    app = create_app(public)
    seen: list[tuple[str | None, str]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.scheme)))

    app.test_client().get("/livez", headers=FORWARDED | {"X-Forwarded-For": "203.0.113.5, 192.0.2.9"})

    assert seen == [("192.0.2.9", "https")]


def test_without_a_proxy_nobody_may_claim_another_address(app: Flask) -> None:
    seen: list[tuple[str | None, str]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.host)))

    app.test_client().get("/livez", headers=FORWARDED)

    assert seen == [("127.0.0.1", "localhost")]


def test_static_files_are_served_without_waking_the_application(app: Flask) -> None:
    def asleep(*_: object) -> list[bytes]:
        pytest.fail("woken for a static file")

    app.wsgi_app = asleep  # type: ignore[method-assign, assignment]  # Flask's own way
    with Client(with_static_files(app)).get("/static/css/tokens.css") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == "text/css"
        assert "max-age=" in answer.headers["Cache-Control"]
        assert {name: answer.headers.get(name) for name in ON_EVERYTHING} == ON_EVERYTHING
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/static/../config.py", "/static/%2e%2e/config.py", "/static/css"])
def test_nothing_but_static_files_is_served_as_one(app: Flask, path: str) -> None:
    assert Client(with_static_files(app)).get(path).status_code == 404

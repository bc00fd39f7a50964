"""One line for each request, and nothing in it that anybody typed."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
import structlog
from flask import Flask
from structlog.testing import capture_logs

from tests import factories
from tests.conftest import Begin
from tests.web import SECRET, SignIn
from workflow import create_app, logs
from workflow.config import Settings


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written to stderr by a process that logs as the server does."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    root = logging.getLogger()
    before, level, settings = root.handlers, root.level, structlog.get_config()
    logs.configure()
    yield stream
    root.handlers = before
    root.setLevel(level)
    structlog.configure(**settings)


def test_a_request_leaves_a_line_with_what_it_took_and_who_it_was(app: Flask, sign_in: SignIn, writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)

    with capture_logs() as lines:
        somebody = sign_in(cast.us_drafter).opens("/password?secret=zebra")

    [line] = [line for line in lines if line["event"] == "answered"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/password", 200)
    assert line["endpoint"] == "security.change_password"
    assert line["account"] == str(cast.us_drafter.account_id)
    assert line["milliseconds"] >= 0
    assert "zebra" not in str(line)
    assert somebody.headers["X-Request-ID"]


def test_that_an_open_page_asked_and_there_was_nothing_new_leaves_no_line(sign_in: SignIn, writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        meeting = factories.a_session(session, cast.dialogue)
        agreement = factories.an_agreement(session, meeting)
    head = sign_in(cast.us_head).opens(f"/agreements/{agreement.id}")
    [asks] = head.page.xpath("//@data-news")

    with capture_logs() as lines:
        assert head.client.get(str(asks)).status_code == 204
        assert head.client.get(f"{asks}&seen=another").status_code == 200

    assert [line["status"] for line in lines if line["event"] == "answered"] == [200]


def test_nothing_that_was_typed_is_written(app: Flask, sign_in: SignIn, written: io.StringIO) -> None:
    somebody = sign_in(None).opens("/sign-in")

    somebody.presses("Sign in", email="somebody@example.org", password="correct horse battery")

    assert [json.loads(line)["event"] for line in written.getvalue().splitlines()] == ["answered", "answered"]
    assert "somebody" not in written.getvalue()
    assert "horse" not in written.getvalue()


def test_a_fault_is_written_with_its_cause_under_the_number_on_the_page(
    app: Flask, sign_in: SignIn, written: io.StringIO
) -> None:
    def fails() -> str:
        raise RuntimeError("cause")

    app.add_url_rule("/fails", view_func=fails)

    page = sign_in(None).opens("/fails")

    fault = next(line for line in map(json.loads, written.getvalue().splitlines()) if line["level"] == "error")
    assert "RuntimeError: cause" in fault["exception"]
    assert fault["request"] == page.headers["X-Request-ID"]
    assert fault["request"] in page.text


def test_a_database_fault_does_not_quote_what_was_to_be_stored(app: Flask, engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as caught:
        connection.execute(sa.text("SELECT * FROM nowhere WHERE text = :text"), {"text": "the text of a draft"})

    assert "the text of a draft" not in str(caught.value)


def test_two_requests_have_two_numbers_whatever_a_browser_says(app: Flask) -> None:
    first, second = (app.test_client().get("/livez", headers={"X-Request-ID": "a-number-of-mine"}) for _ in range(2))

    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]
    assert "a-number-of-mine" not in {first.headers["X-Request-ID"], second.headers["X-Request-ID"]}


@pytest.mark.parametrize(("given", "taken"), [("0123-abcdef", 1), ("short", 0), ("with blanks", 0), ("x" * 65, 0)])
def test_a_proxy_may_number_requests(given: str, taken: int) -> None:
    app = create_app(Settings(secret_key=SECRET, database_url="sqlite://", proxies=1))

    answer = app.test_client().get("/livez", headers={"X-Request-ID": given})

    assert (answer.headers["X-Request-ID"] == given) == bool(taken)

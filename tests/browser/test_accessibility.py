"""axe-core finds nothing where strangers and faults are met either; every other page: test_pages.py."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, abort
from flask.testing import FlaskClient
from flask.typing import ResponseReturnValue
from playwright.sync_api import Route
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from tests.browser.axe import found_by_axe
from tests.browser.conftest import Visit
from tests.web import SECRET
from workflow import create_app
from workflow.access import public
from workflow.config import Settings
from workflow.domain.negotiation import OutOfOrder, Refusal

pytestmark = [
    pytest.mark.browser,
    pytest.mark.own_screen("axe looks at no widths here, and at each page in one language after the other"),
]

LOCALES = ("en", "zh_Hans")

bp = Blueprint("trial", __name__, url_prefix="/trial")


@bp.route("/<what>", methods=["GET", "POST"])
@public
def goes_wrong(what: str) -> ResponseReturnValue:
    if what == "out-of-order":
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED, Refusal.COUNTERPART_PENDING))
    if what == "changed-meanwhile":
        raise StaleDataError
    if what == "503":
        raise OperationalError("SELECT", {}, Exception("gone"))
    abort(int(what))


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A browser in front of an application in which everything goes wrong: what it answers is shown on the site."""
    folder = tmp_path_factory.mktemp("wrong")
    app = create_app(Settings(secret_key=SECRET, database_url=f"sqlite:///{folder / 'none.sqlite'}", var=folder))
    app.register_blueprint(bp)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app.test_client()
    app.extensions["database"].dispose()


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_where_a_stranger_signs_in(visit: Visit, locale: str) -> None:
    stranger = visit(locale=locale).opens("/sign-in")
    at_first = found_by_axe(stranger.page)
    stranger.writes(email="nobody@demo.example", password="not a password at all")
    stranger.presses("Sign in")

    assert at_first == []
    assert found_by_axe(stranger.page) == []
    stranger.complaints = [one for one in stranger.complaints if "422" not in one]


@pytest.mark.parametrize("locale", LOCALES)
def test_axe_finds_nothing_where_something_went_wrong(visit: Visit, wrong: FlaskClient, locale: str) -> None:
    visitor = visit(locale=locale)
    wrong.set_cookie("locale", locale)
    found = {}

    def answer(route: Route) -> None:
        what = route.request.url.rpartition("/")[2]
        said = wrong.post(
            f"/trial/{what}", data={"en": "What was typed, 案文"}, headers={"Referer": "http://localhost/"}
        )
        route.fulfill(status=said.status_code, body=said.get_data(), headers=dict(said.headers))

    visitor.context.route("**/trial/*", answer)
    for what in ("400", "401", "403", "404", "405", "changed-meanwhile", "out-of-order", "413", "429", "500", "503"):
        visitor.opens(f"/trial/{what}")
        if wrongs := found_by_axe(visitor.page):
            found[what] = wrongs

    assert found == {}
    visitor.complaints.clear()  # each of these answers is one that a browser complains of


def test_axe_finds_what_is_wrong(visit: Visit) -> None:
    visitor = visit().opens("/sign-in")
    visitor.page.evaluate("() => document.querySelector('main form label').remove()")
    assert [one for one in found_by_axe(visitor.page) if one.startswith("label:")]
    visitor.page.evaluate("() => document.documentElement.style.setProperty('--muted', '#777777')")
    assert [one for one in found_by_axe(visitor.page) if one.startswith("by night: color-contrast:")]

"""The web application in tests: on a clean database, with people who are signed in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from tests.databases import engine_on, let_go
from tests.kept import untold
from tests.participants import Participant
from tools.catalogues import compile_catalogues
from workflow import create_app
from workflow.config import Settings
from workflow.models import Account, Membership

SECRET = "a secret that only tests know: 0123456789 abcdefghij"


@pytest.fixture(scope="session")
def _catalogues() -> None:
    """The catalogues, compiled as `make` compiles them."""
    compile_catalogues(Path(__file__).resolve().parent.parent)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """What the application of a test is set to."""
    return Settings(secret_key=SECRET, database_url=database_url, var=tmp_path)


class _Compiled(BytecodeCache):
    """Templates as compiled once a run, for the tests that have an application of their own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give back what was compiled of the same source, if anything was."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled; Jinja compares the source before it uses it."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


@pytest.fixture
def own_app(settings: Settings, _catalogues: None) -> Iterator[Flask]:
    """An application of the test's own, for who adds routes to it or sets it otherwise."""
    made = _made(settings)
    yield made
    let_go(made.extensions["database"])


_APPS: Final[dict[str, Flask]] = {}


@pytest.fixture
def app(settings: Settings, _catalogues: None) -> Iterator[Flask]:
    """The application, as it is served: one for all tests on a database, which leave it as they found it."""
    if settings.database_url not in _APPS:
        _APPS[settings.database_url] = _made(settings)
    made = _APPS[settings.database_url]
    made.extensions["settings"] = settings
    before = _setting(made)
    with untold(made.extensions["database"]) as silently:
        yield made
    let_go(made.extensions["database"])
    assert silently == [], "a reading kept by the last act would still show what it was before"
    if _setting(made) != before:
        del _APPS[settings.database_url]
        pytest.fail("the test has changed the application that others use too: have it use `own_app`")


def _made(settings: Settings) -> Flask:
    made = create_app(settings)
    made.jinja_env.bytecode_cache = _COMPILED
    made.extensions["database"] = engine_on(settings.database_url)
    return made


def _setting(app: Flask) -> tuple[object, ...]:
    """Return what a test could change of `app`, to be compared."""
    hooks = [len(found) for found in app.before_request_funcs.values()]
    hooks += [len(found) for found in app.after_request_funcs.values()]
    return dict(app.config), hooks, len(list(app.url_map.iter_rules())), dict(app.view_functions), app.wsgi_app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser of somebody who is not signed in."""
    return app.test_client()


class SignIn:
    """Sign people in: ``drafter = sign_in(cast.us_drafter)``."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def __call__(self, who: Membership | Account | None, *, locale: str = "en") -> Participant:
        """Return `who`, signed in, in front of an empty page in a browser set to `locale`; nobody for ``None``."""
        client = self._app.test_client()
        client.set_cookie("locale", locale)
        account = who.account if isinstance(who, Membership) else who
        if account is not None:
            with client.session_transaction() as cookie:
                cookie["_user_id"], cookie["_fresh"] = account.fs_uniquifier, True
        return Participant(client)


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """Return a function that signs somebody in."""
    return SignIn(app)

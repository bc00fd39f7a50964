"""The web application in tests: on a clean database, with people who are signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

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
    """Templates as compiled once a run: each test has an application of its own, and half its time went there."""

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
def app(settings: Settings, _catalogues: None) -> Iterator[Flask]:
    """The application, as it is served."""
    made = create_app(settings)
    made.jinja_env.bytecode_cache = _COMPILED
    yield made
    made.extensions["database"].dispose()


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

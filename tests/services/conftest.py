"""What every test of the services starts from: a transaction, a member for every role, a text under negotiation."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Begin
from tests.factories import Cast, a_cast, a_session, an_agreement
from workflow import db, migrating
from workflow.domain.text import AgreementKind
from workflow.models import Agreement
from workflow.services import demonstration


@pytest.fixture
def session(writing: Begin) -> Iterator[orm.Session]:
    """One transaction that writes."""
    with writing() as session:
        yield session


@pytest.fixture
def cast(session: orm.Session) -> Cast:
    """A dialogue of two delegations with a member for every role."""
    return a_cast(session)


@pytest.fixture
def agreement(session: orm.Session, cast: Cast) -> Agreement:
    """A text under negotiation, with nothing in it yet."""
    return an_agreement(session, a_session(session, cast.dialogue))


@pytest.fixture
def published(session: orm.Session, cast: Cast) -> Agreement:
    """A text recorded as published, with nothing in it yet."""
    meeting = a_session(session, cast.dialogue)
    return an_agreement(session, meeting, short_name="published", kind=AgreementKind.RECORDED)


@pytest.fixture(scope="session")
def demonstration_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """An engine on the demonstration; on SQLite alone, for tests of what is made of what was read."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demonstration') / 'database.sqlite'}"
    migrating.upgrade(url)
    engine = db.make_engine(url)
    with db.writing(engine) as session:
        demonstration.load(session, password="hash")
    yield engine
    engine.dispose()


@pytest.fixture
def shown(demonstration_engine: sa.Engine) -> Iterator[orm.Session]:
    """A look at the demonstration."""
    with db.reading(demonstration_engine) as session:
        yield session

"""What the tests of pages may ask for."""

from collections.abc import Callable

import pytest

from tests.blueprints.tables import Table, agree_on_everything, lay
from tests.conftest import Begin
from workflow.services import journal


@pytest.fixture
def table(writing: Begin) -> Table:
    """A published agreement, and a text on the table that nobody has spoken on."""
    with writing() as session:
        return lay(session)


@pytest.fixture
def ready(writing: Begin) -> Table:
    """The same, when nothing is in the way of adoption but the heads' own word."""
    with writing() as session:
        table = lay(session)
        agree_on_everything(session, table)
        return table


@pytest.fixture
def findings(reading: Begin) -> Callable[[], object]:
    """Return what does not fit in the record: nothing, as long as every act went through the services."""

    def found() -> object:
        with reading() as session:
            return journal.verify(session)

    return found

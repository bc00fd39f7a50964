"""The journal: chains of hashes that tell of every change, on both engines."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.databases import Transactions
from tests.factories import Cast, a_cast, a_session, an_agreement
from tests.services.moves import accepted, amended, closed, common, drafted
from workflow.db import WRITE
from workflow.models import SHARED, Agreement, Entered
from workflow.services import journal
from workflow.services.journal import Fault
from workflow.services.reading import read

Forge = Callable[[str], set[Fault]]


@pytest.fixture
def forge(engine: sa.Engine, transactions: Transactions) -> Iterator[Forge]:
    """Change a record behind the program's back, its triggers taken away; return what is found of it."""
    with transactions.writing() as session:
        cast = a_cast(session)
        agreement = an_agreement(session, a_session(session, cast.dialogue))
        paragraph = common(session, agreement, cast)
        accepted(session, amended(session, paragraph, cast.us_drafter), cast.cn_drafter)
        closed(session, paragraph, cast)
        drafted(session, agreement, cast.us_drafter)
    with transactions.reading() as session:
        assert journal.verify(session) == ()

    def forged(statement: str) -> set[Fault]:
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            _disarm(connection)
            assert connection.exec_driver_sql(statement).rowcount, "nothing was forged"
        with transactions.reading() as session:
            found = journal.verify(session)
            assert {one.dialogue for one in found} <= {"exercise-dialogue"}
            return {one.fault for one in found}

    yield forged
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(**WRITE) as connection, connection.begin():
            for table in ("journal_entry", "wording"):
                connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _disarm(connection: sa.Connection) -> None:
    """Take the guards away: on SQLite in this test's own file, on PostgreSQL until the test is over."""
    for table in ("journal_entry", "wording"):
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            for event in ("update", "delete", "insert"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_refuses_{event}")


#: How a record could be forged, and what is found of it.
FORGERIES: Final = {
    "another act": (
        "UPDATE journal_entry SET act = 'commented' WHERE act = 'position_taken'",
        {Fault.ENTRY_CHANGED},
    ),
    "another time": ("UPDATE journal_entry SET at = '2020-01-01 00:00:00' WHERE number = 2", {Fault.ENTRY_CHANGED}),
    "other words about it": (
        "UPDATE journal_entry SET details = '{}' WHERE act = 'position_taken'",
        {Fault.ENTRY_CHANGED},
    ),
    "an entry gone": ("DELETE FROM journal_entry WHERE chain = '' AND number = 2", {Fault.ENTRY_MISSING}),
    "the first entry gone": ("DELETE FROM journal_entry WHERE chain = '' AND number = 1", {Fault.ENTRY_MISSING}),
    "another hash, too": (
        "UPDATE journal_entry SET entry_hash = previous_hash WHERE chain = '' AND number = 2",
        {Fault.ENTRY_CHANGED, Fault.CHAIN_BROKEN},
    ),
    "a delegation's own chain": (
        "UPDATE journal_entry SET act = 'draft_saved' WHERE chain = 'US'",
        {Fault.ENTRY_CHANGED},
    ),
    "another text": ("UPDATE wording SET text_en = 'Something else.' WHERE number = 2", {Fault.WORDING_CHANGED}),
    "another Chinese text": ("UPDATE wording SET text_zh = '别的。' WHERE number = 1", {Fault.WORDING_CHANGED}),
    "another speaker": ("UPDATE wording SET speaker = 'US' WHERE number = 1", {Fault.WORDING_CHANGED}),
    "the entry of a wording changed with it": (
        "UPDATE journal_entry SET details = '' WHERE act = 'wording_made'",
        {Fault.ENTRY_CHANGED, Fault.WORDING_UNKNOWN},
    ),
}


@pytest.mark.parametrize(("statement", "found"), FORGERIES.values(), ids=FORGERIES)
def test_a_forged_record_is_found(forge: Forge, statement: str, found: set[Fault]) -> None:
    assert forge(statement) == found


def test_each_chain_counts_for_itself(transactions: Transactions) -> None:
    with transactions.writing() as session:
        cast = a_cast(session)
        numbers = [
            journal.enter(session, Entered.COMMENTED, by=cast.us_head, dialogue=cast.dialogue, chain=chain).number
            for chain in (SHARED, "US", "US", SHARED, "CN")
        ]

    assert numbers == [1, 1, 2, 2, 1]


def test_what_is_entered_hashes_the_same_whatever_the_order_it_was_said_in(transactions: Transactions) -> None:
    with transactions.writing() as session:
        cast = a_cast(session)
        entry = journal.enter(session, Entered.ISSUED, by=None, dialogue=cast.dialogue, rev="1", hash="中文")

    assert entry.details == '{"hash":"中文","rev":"1"}'
    assert entry.said == {"hash": "中文", "rev": "1"}


def test_chains_are_of_a_delegation_or_of_an_office(transactions: Transactions) -> None:
    with transactions.writing() as session:
        cast = a_cast(session)

        assert journal.chain_of(cast.us_head) == "US"
        assert journal.chain_of(cast.secretariat) == "-secretariat"


def test_the_shared_chain_tells_again_how_the_texts_stand(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    change = amended(session, paragraph, cast.us_drafter)
    session.expire_all()

    told = journal.replayed(session, agreement.dialogue)[agreement.id].paragraphs[paragraph.id]
    state = read(session, agreement.id).state_of(paragraph)
    assert (told.positions(state.sides), told.certified_by) == (state.positions, state.certified_by)
    assert told.live.keys() == {change.id}

"""What is a fact stays as it was written, whoever tries: the database refuses by itself."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.databases import Begin
from tests.schema.facts import FACTS, MAY_CHANGE
from workflow.db import WRITE, Base


@pytest.fixture
def forger(engine: sa.Engine, writing: Begin) -> Iterator[sa.Connection]:
    """Give a connection that may write, to a database with a row in every table."""
    with writing() as session:
        factories.one_of_everything(session)
    with engine.connect().execution_options(**WRITE) as connection:
        yield connection


def rows(connection: sa.Connection, table: str) -> Sequence[Any]:
    return connection.execute(sa.text(f"SELECT * FROM {table} ORDER BY id")).all()  # noqa: S608 -- our own names


def is_refused(connection: sa.Connection, table: str, forgery: str) -> bool:
    """Try `forgery` on `table`; return whether the guard refused it and nothing has changed."""
    before = rows(connection, table)
    assert before, f"nothing to forge in {table}"
    refused = False
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(forgery)
    except sa.exc.IntegrityError as error:
        refused = str(error.orig).startswith(f"{table} is append-only")
    return refused and rows(connection, table) == before


def columns(table: str, *, apart_from: tuple[str, ...] = ()) -> str:
    return ", ".join(
        f'"{column.name}"' for column in Base.metadata.tables[table].columns if column.name not in apart_from
    )


def unique_keys(connection: sa.Connection, table: str) -> list[list[str]]:
    """Return the columns of every unique key but the id, as the database has them."""
    inspector = sa.inspect(connection)
    assert not [
        index for index in inspector.get_indexes(table) if index["unique"] and not index.get("duplicates_constraint")
    ]
    return [one["column_names"] for one in inspector.get_unique_constraints(table)]


def test_every_table_is_said_to_be_a_fact_or_to_change() -> None:
    assert FACTS | MAY_CHANGE.keys() == Base.metadata.tables.keys()
    assert not FACTS & MAY_CHANGE.keys()


def test_no_fact_is_changed(forger: sa.Connection) -> None:
    assert [table for table in FACTS if not is_refused(forger, table, f"UPDATE {table} SET id = id")] == []  # noqa: S608 -- our own names


def test_no_fact_is_deleted(forger: sa.Connection) -> None:
    assert [table for table in FACTS if not is_refused(forger, table, f"DELETE FROM {table}")] == []  # noqa: S608 -- our own names


def test_no_table_of_facts_is_emptied_at_a_stroke(forger: sa.Connection) -> None:
    if forger.dialect.name == "postgresql":
        assert [table for table in FACTS if not is_refused(forger, table, f"TRUNCATE {table} CASCADE")] == []
    else:  # SQLite's own short cut for DELETE without WHERE
        assert [table for table in FACTS if not is_refused(forger, table, f"DELETE FROM {table}")] == []  # noqa: S608 -- our own names


def test_no_fact_is_replaced_by_another_with_its_id(forger: sa.Connection) -> None:
    if forger.dialect.name == "postgresql":
        forgery = "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id"
    else:
        forgery = "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    assert [table for table in FACTS if not is_refused(forger, table, forgery.format(table=table))] == []


def test_no_fact_is_replaced_by_another_in_its_place(forger: sa.Connection) -> None:
    """By each unique key, under another id."""
    seen = []
    for table in sorted(FACTS):
        for key in unique_keys(forger, table):
            rest = columns(table, apart_from=("id",))
            if forger.dialect.name == "postgresql":
                verb, end = "INSERT", f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET id = EXCLUDED.id"
            else:
                verb, end = "INSERT OR REPLACE", ""
            forgery = f"{verb} INTO {table} (id, {rest}) SELECT '{uuid4().hex}', {rest} FROM {table} LIMIT 1 {end}"  # noqa: S608 -- our own names
            assert is_refused(forger, table, forgery), (table, key)
            seen.append(table)
    assert {"journal_entry", "wording", "position"} <= set(seen)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_no_fact_is_replaced_by_its_hidden_row_number(forger: sa.Connection) -> None:
    for table in FACTS:
        rest = columns(table, apart_from=("id",))
        # Elsewhere by every other key, so that the row number alone betrays it.
        shifted = rest.replace('"number"', '"number" + 1000').replace('"position"', '"position" + 1000')
        shifted = shifted.replace('"amendment_id"', "NULL") if table == "amendment_ending" else shifted
        forgery = (
            f"INSERT OR REPLACE INTO {table} (rowid, id, {rest}) "  # noqa: S608 -- our own names
            f"SELECT rowid, '{uuid4().hex}', {shifted} FROM {table} LIMIT 1"
        )
        assert is_refused(forger, table, forgery), table


def test_further_facts_are_still_taken(forger: sa.Connection, writing: Begin) -> None:
    forger.rollback()
    with writing() as session:
        factories.a_cast(session, short_name="another-dialogue")
        paragraph = session.scalars(sa.select(factories.Paragraph)).first()
        assert paragraph is not None
        number = len(paragraph.wordings)
        factories.a_wording(session, paragraph)
        factories.a_wording(session, paragraph, factories.PROSE)
    with writing() as session:
        again = session.get_one(factories.Paragraph, paragraph.id)
        assert [one.number for one in again.wordings] == list(range(1, number + 3))


def test_drafts_may_change(forger: sa.Connection) -> None:
    for change in ("UPDATE draft SET text_en = 'x'", "DELETE FROM draft_presence"):
        assert forger.exec_driver_sql(change).rowcount

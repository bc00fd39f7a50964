"""Comments that were there before threads are their first comments afterwards, and the other way round."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from workflow import migrating
from workflow.db import WRITE, make_engine

BEFORE, NOW = "9a3c51e7d204", "7c3e5a90b1d4"
D, A, S, G, P, M, US, C1, C2, E = (f"{n:032x}" for n in range(1, 11))
AT = "2026-11-02 14:00:00"
BILINGUAL: dict[str, object] = {"name_en": "", "name_zh": ""}
PLAIN: dict[str, object] = {"drafted_in": "en", "working_title_en": "", "working_title_zh": ""}
ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    ("dialogue", {"id": D, "short_name": "exercise", **BILINGUAL}),
    ("account", {"id": A, "email": "a@x.example", "name": "a", "active": True, "fs_uniquifier": "u", "version": 1}),
    (
        "delegation",
        {"id": US, "dialogue_id": D, "code": "US", "adjective_en": "", "adjective_zh": "", "colour": 1, "position": 1}
        | BILINGUAL,
    ),
    (
        "membership",
        {"id": M, "account_id": A, "dialogue_id": D, "delegation_id": US, "role": "adviser", "began_at": AT},
    ),
    (
        "dialogue_session",
        {"id": S, "dialogue_id": D, "ordinal": 1, "is_exercise": True, "note_en": "", "note_zh": ""}
        | {"off_the_record_en": "", "off_the_record_zh": "", **BILINGUAL},
    ),
    (
        "agreement",
        {"id": G, "session_id": S, "short_name": "text", "kind": "negotiated", "unofficial": "", "authentic": "en zh"}
        | {"source_en": "", "source_zh": "", **BILINGUAL},
    ),
    (
        "paragraph",
        {"id": P, "agreement_id": G, "position": 1, "kind": "narrative", "tags": "", "label_style": "none"} | PLAIN,
    ),
    ("comment", {"id": C1, "scope": "delegation", "text": "Among us. 只限我方。", "wording_number": 1}),
    ("comment", {"id": C2, "scope": "shared", "text": "", "wording_number": None}),
)
OF_A_COMMENT = {"paragraph_id": P, "delegation_id": US, "membership_id": M, "at": AT}


def insert(connection: sa.Connection, table: str, row: dict[str, object]) -> None:
    connection.execute(sa.table(table, *map(sa.column, row)).insert().values(row))


@pytest.fixture
def filled(blank_url: str) -> Iterator[sa.Engine]:
    """An engine on a database that has comments and no threads."""
    migrating.upgrade(blank_url, BEFORE)
    engine = make_engine(blank_url)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        for table, row in ROWS:
            insert(connection, table, row | (OF_A_COMMENT if table == "comment" else {}))
    yield engine
    engine.dispose()


def told(engine: sa.Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(str(one).replace("-", "") if one is not None else None for one in row)
                for row in connection.exec_driver_sql(query)]  # fmt: skip


def test_each_comment_becomes_a_thread_of_its_own_with_its_words_as_the_first_version(
    filled: sa.Engine, blank_url: str
) -> None:
    migrating.upgrade(blank_url, NOW)

    threads = told(
        filled, "SELECT id, paragraph_id, delegation_id, scope, wording_number, quoted FROM thread ORDER BY id"
    )
    said = told(
        filled,
        "SELECT c.thread_id, c.number, v.number, v.text FROM comment c "
        "JOIN comment_version v ON v.comment_id = c.id ORDER BY c.id",
    )

    assert threads == [(C1, P, US, "delegation", "1", ""), (C2, P, US, "shared", None, "")]
    assert said == [(C1, "1", "1", "Among us. 只限我方。"), (C2, "1", "1", "")]


def test_going_back_keeps_what_was_said_last_and_leaves_out_what_was_withdrawn(
    filled: sa.Engine, blank_url: str
) -> None:
    migrating.upgrade(blank_url, NOW)
    with filled.connect().execution_options(**WRITE) as connection, connection.begin():
        version = {"number": 2, "at": AT}
        insert(
            connection, "comment_version", {"id": E, "comment_id": C1, "text": "Edited.", "withdraws": False} | version
        )
        insert(connection, "comment_version", {"id": D, "comment_id": C2, "text": "", "withdraws": True} | version)

    migrating.downgrade(blank_url, BEFORE)

    assert told(filled, "SELECT id, paragraph_id, scope, text, wording_number FROM comment") == [
        (C1, P, "delegation", "Edited.", "1")
    ]
    migrating.upgrade(blank_url, NOW)
    assert told(filled, "SELECT id, scope FROM thread") == [(C1, "delegation")]

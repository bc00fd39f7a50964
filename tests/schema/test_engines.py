"""Both engines: reading cannot write, writing loses nothing, what was written comes back as it was."""

import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests import factories
from tests.databases import Begin, Transactions
from workflow import db
from workflow.db import Base
from workflow.domain.bilingual import Bilingual
from workflow.models import Account, Delegation, Dialogue, JournalEntry, Membership, Paragraph
from workflow.permissions import Role
from workflow.services import journal
from workflow.services.locks import lock_dialogue_of

only_sqlite = pytest.mark.parametrize("server", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize(
    "server", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


def dialogues(reading: Begin) -> int:
    with reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Dialogue)) or 0


def test_every_table_can_be_filled(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        factories.one_of_everything(session)
    with reading() as session:
        empty = [
            table.name
            for table in Base.metadata.sorted_tables
            if not session.scalar(sa.select(sa.func.count()).select_from(table))
        ]
    assert empty == []


def test_what_the_builders_enter_in_the_journal_holds(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        factories.one_of_everything(session)
    with reading() as session:
        assert journal.verify(session) == ()


# Reading and writing


def test_who_only_reads_cannot_write(reading: Begin) -> None:
    with reading() as session, pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        factories.a_dialogue(session)
    assert dialogues(reading) == 0


def test_a_connection_that_wrote_can_only_read_afterwards(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        factories.a_dialogue(session)
    with reading() as session, pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        factories.a_dialogue(session, short_name="another")
    assert dialogues(reading) == 1


def test_after_its_commit_a_writing_session_can_only_read(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        factories.a_dialogue(session)
        session.commit()
        with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
            factories.a_dialogue(session, short_name="another")
        session.rollback()
    assert dialogues(reading) == 1


def test_what_raises_leaves_nothing_behind(writing: Begin, reading: Begin) -> None:
    def fail() -> None:
        with writing() as session:
            factories.a_dialogue(session)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert dialogues(reading) == 0


def test_readers_go_on_while_somebody_writes_and_see_nothing_of_it(writing: Begin, reading: Begin) -> None:
    with writing() as session:
        factories.a_dialogue(session)
        assert dialogues(reading) == 0
    assert dialogues(reading) == 1


@only_sqlite
def test_a_second_writer_waits_for_the_first(transactions: Transactions) -> None:
    begun, order = threading.Event(), list[str]()

    def second() -> None:
        begun.wait()
        with transactions.writing():
            order.append("second")

    with ThreadPoolExecutor() as pool:
        with transactions.writing():
            waiting = pool.submit(second)
            begun.set()
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.3)
            order.append("first")
        waiting.result(timeout=10)
    assert order == ["first", "second"]


# Two at once


ACTS = 12

ACTING = """
import sys
from uuid import UUID
from workflow.db import make_engine, writing
from workflow.models import Dialogue, Entered
from workflow.services import journal
from workflow.services.locks import lock_dialogue_of

url, key, times = sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3])
engine = make_engine(url)
for _ in range(times):
    with writing(engine) as session:
        lock_dialogue_of(session, Dialogue, key)
        journal.enter(session, Entered.COMMENTED, by=None, dialogue=session.get_one(Dialogue, key))
"""


def is_whole(reading: Begin, expected: int) -> bool:
    """Whether the shared chain has all of its entries, numbered without a gap, each on the one before."""
    with reading() as session:
        numbers = list(session.scalars(sa.select(JournalEntry.number).order_by(JournalEntry.number)))
        return numbers == list(range(1, expected + 1)) and journal.verify(session) == ()


def test_acts_of_several_threads_lose_nothing(transactions: Transactions) -> None:
    with transactions.writing() as session:
        key = factories.a_dialogue(session).id

    def act(_: int) -> None:
        with transactions.writing() as session:
            lock_dialogue_of(session, Dialogue, key)
            factories.an_entry(session, session.get_one(Dialogue, key))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, range(4 * ACTS)))
    assert is_whole(transactions.reading, 4 * ACTS)


def test_acts_of_several_processes_lose_nothing(transactions: Transactions, database_url: str, tmp_path: Path) -> None:
    with transactions.writing() as session:
        key = factories.a_dialogue(session).id
    command = [sys.executable, "-c", ACTING, database_url, str(key), str(ACTS)]
    started = [subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert is_whole(transactions.reading, 3 * ACTS)


def test_a_read_before_the_lock_would_lose_acts(transactions: Transactions) -> None:
    """Shows that the tests above can fail: read first, then write what was worked out from it."""
    with transactions.writing() as session:
        key = factories.a_dialogue(session).id
    seen = threading.Barrier(2)

    def act(_: int) -> bool:
        with transactions.reading() as session:
            number = len(list(session.scalars(sa.select(JournalEntry))))
        seen.wait(timeout=10)
        try:
            with transactions.writing() as session:
                entry = factories.an_entry(session, session.get_one(Dialogue, key))
                return entry.number == number + 1
        except sa.exc.IntegrityError:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(act, range(2))).count(True) == 1


# What the database itself refuses


def test_a_reference_to_nothing_is_refused(writing: Begin) -> None:
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"), writing() as session:
        factories.an_entry(session, Dialogue(short_name="never added", name=Bilingual("", "")))


def test_what_is_referred_to_is_not_deleted(writing: Begin) -> None:
    with writing() as session:
        factories.a_cast(session)
    with pytest.raises(sa.exc.IntegrityError, match=r"(?i)foreign key"), writing() as session:
        session.execute(sa.delete(Dialogue))


def test_a_word_outside_its_vocabulary_is_refused_by_the_database(writing: Begin) -> None:
    with writing() as session:
        factories.one_of_everything(session)
    with pytest.raises(sa.exc.IntegrityError, match="ck_paragraph_paragraphkind"), writing() as session:
        session.execute(sa.text("UPDATE paragraph SET kind = 'annex'"))


@pytest.mark.parametrize("role", list(Role))
def test_a_member_belongs_to_a_delegation_exactly_if_the_role_does(writing: Begin, role: Role) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        member = factories.a_member(
            session, cast.dialogue, role, cast.us, account=factories.an_account(session, email="a@b.example", name="A")
        )
        other = None if member.delegation_id else cast.us.id
        key = member.id
    with pytest.raises(sa.exc.IntegrityError, match="ck_membership_delegation_fits_role"), writing() as session:
        session.execute(sa.update(Membership).where(Membership.id == key).values(delegation_id=other))


def test_nobody_is_two_members_of_one_dialogue_at_a_time(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        account = cast.us_drafter.account
        cast.us_drafter.ended_at = datetime(2026, 2, 1, tzinfo=UTC)
        session.flush()
        factories.a_member(session, cast.dialogue, Role.HEAD, cast.us, account=account)
        key, dialogue = account.id, cast.dialogue.id
    with pytest.raises(sa.exc.IntegrityError), writing() as session:
        factories.a_member(
            session, session.get_one(Dialogue, dialogue), Role.OBSERVER, account=session.get_one(Account, key)
        )


# What was written comes back as it was


def test_a_time_comes_back_in_utc_to_the_microsecond(writing: Begin, reading: Begin) -> None:
    in_beijing = datetime(2026, 1, 5, 17, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with writing() as session:
        cast = factories.a_cast(session)
        cast.observer.ended_at = in_beijing
        key = cast.observer.id
    with reading() as session:
        ended_at = session.get_one(Membership, key).ended_at
    assert ended_at == in_beijing
    assert ended_at.isoformat() == "2026-01-05T09:00:00.123456+00:00"


def test_times_order_and_compare_in_the_database_as_they_do_outside(writing: Begin, reading: Begin) -> None:
    east, west = timezone(timedelta(hours=8)), timezone(timedelta(hours=-5))
    earlier, later = datetime(2026, 1, 6, 1, 0, tzinfo=east), datetime(2026, 1, 5, 13, 0, tzinfo=west)
    with writing() as session:
        cast = factories.a_cast(session)
        cast.us_head.ended_at, cast.cn_head.ended_at = later, earlier
    with reading() as session:
        found = session.scalars(sa.select(Membership.ended_at).where(Membership.ended_at < later))
        assert list(found) == [earlier]


def test_a_time_without_a_zone_is_refused(writing: Begin) -> None:
    with writing() as session:
        cast = factories.a_cast(session)
        cast.observer.ended_at = datetime(2026, 1, 5)  # noqa: DTZ001 -- that is the fault
        with pytest.raises(sa.exc.StatementError, match="without a zone"):
            session.flush()
        session.rollback()


@pytest.mark.parametrize(
    "text",
    [
        "no-break\u00a0space, then one\u00a0 more",
        " blanks before and after ",
        "two\r\nlines\n",
        "“quotes” and 'quotes' -- \\ % _ :bind",
        "中美双方——“数字经济”……《规则》",
        "\U00020000 beyond the first plane, and e\u0301 beside é",
        "x" * 200_000,
        "",
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_text_comes_back_to_the_byte(writing: Begin, reading: Begin, text: str) -> None:
    with writing() as session:
        meeting = factories.a_session(session, factories.a_dialogue(session))
        agreement = factories.an_agreement(session, meeting)
        key = factories.a_paragraph(session, agreement, Bilingual(text, text[::-1]) if text else Bilingual("", " ")).id
    with reading() as session:
        found = session.get_one(Paragraph, key).wordings[0]
        assert found.text == (Bilingual(text, text[::-1]) if text else Bilingual("", " "))
        assert found.recomputed_hash == found.content_hash


def test_tags_are_stored_alike_in_whatever_order_they_were_given(writing: Begin, engine: sa.Engine) -> None:
    with writing() as session:
        agreement = factories.an_agreement(session, factories.a_session(session, factories.a_dialogue(session)))
        for tags in (("recommendation", "agenda_item"), ("agenda_item", "recommendation"), ()):
            paragraph = factories.a_paragraph(session, agreement)
            paragraph.tags = frozenset(tags)
    with engine.connect() as connection:
        stored = list(connection.scalars(sa.text("SELECT tags FROM paragraph ORDER BY tags")))
    assert stored == ["", "agenda_item recommendation", "agenda_item recommendation"]


def test_order_of_text_is_by_code_point(writing: Begin, reading: Begin) -> None:
    """So that lists come out alike on both engines, whatever the machine's locale."""
    codes = ["B", "a", "_", "中", "É", "Z"]
    with writing() as session:
        dialogue = factories.a_dialogue(session)
        for code in codes:
            factories.a_delegation(session, dialogue, code)
    with reading() as session:
        assert list(session.scalars(sa.select(Delegation.code).order_by(Delegation.code))) == sorted(codes)


# Settings


@only_sqlite
def test_sqlite_is_set_up_to_survive_a_power_cut_and_to_check_references(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        said = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }
    assert said == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "trusted_schema": 0,
    }


@only_postgresql
@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_postgresql_address_may_leave_out_the_driver(database_url: str, scheme: str) -> None:
    engine = db.make_engine(sa.make_url(database_url).set(drivername=scheme).render_as_string(hide_password=False))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_a_sqlite_with_the_wal_reset_fault_is_known(version: tuple[int, ...], *, mended: bool) -> None:
    assert db.is_mended(version) is mended


def test_the_systems_sqlite_serves_where_it_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 53, 0))
    assert db.sqlite_module() is sqlite3


def test_a_faulty_sqlite_gives_way_to_the_bundled_one_if_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", None)
    assert db.sqlite_module() is sqlite3
    bundled = type(sys)("pysqlite3.dbapi2")
    package = type(sys)("pysqlite3")
    package.dbapi2 = bundled  # type: ignore[attr-defined]  # a stand-in
    monkeypatch.setitem(sys.modules, "pysqlite3", package)
    monkeypatch.setitem(sys.modules, "pysqlite3.dbapi2", bundled)
    assert db.sqlite_module() is bundled

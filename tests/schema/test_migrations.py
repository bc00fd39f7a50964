"""Migrations: head is what the models say, both directions, whole or not at all."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy import orm

from tests import factories
from tests.schema.facts import FACTS
from tests.schema.reflected import schema_of, triggers_of
from tests.services.moves import OTHER, TEXT, amended, common, deferred
from tools.draft_migration import draft
from workflow import db, migrating
from workflow.db import WRITE, Base, make_engine
from workflow.domain.text import ParagraphKind
from workflow.models import Draft, DraftState, Issue
from workflow.resources import MIGRATIONS
from workflow.services import issues

Change = Callable[[sa.MetaData], object]


@pytest.fixture
def own_url(blank_url: str) -> str:
    """Migrate a database that no other test will meet: what is migrated further must not be wiped and used again."""
    migrating.upgrade(blank_url)
    return blank_url


@pytest.fixture
def own(own_url: str, blank: sa.Engine) -> sa.Engine:
    """Return an engine on it."""
    return blank


@pytest.fixture
def blank(blank_url: str) -> Iterator[sa.Engine]:
    made = make_engine(blank_url)
    yield made
    made.dispose()


def created(engine: sa.Engine, metadata: sa.MetaData) -> sa.Engine:
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        metadata.create_all(connection)
    return engine


@pytest.fixture
def copied_models(monkeypatch: pytest.MonkeyPatch) -> sa.MetaData:
    """Copy the tables, for a test to change them."""
    copy = sa.MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(copy)
    monkeypatch.setattr(Base, "metadata", copy)
    return copy


def test_a_migrated_database_is_what_the_models_say(engine: sa.Engine, blank: sa.Engine) -> None:
    migrated, modelled = schema_of(engine), schema_of(created(blank, Base.metadata))
    assert migrated.keys() == modelled.keys()
    for table in modelled:
        assert migrated[table] == modelled[table], table


def _flip_nullable(copy: sa.MetaData) -> None:
    copy.tables["wording"].c.content_hash.nullable = True


def _change_type(copy: sa.MetaData) -> None:
    copy.tables["wording"].c.number.type = sa.BigInteger()


def _add_column(copy: sa.MetaData) -> None:
    copy.tables["wording"].append_column(sa.Column("note", sa.Text()))


def _drop_first(kind: type[sa.Constraint]) -> Change:
    def change(copy: sa.MetaData) -> None:
        table = copy.tables["wording"]
        table.constraints.discard(next(one for one in table.constraints if isinstance(one, kind)))

    return change


def _widen_vocabulary(copy: sa.MetaData) -> None:
    table = copy.tables["wording"]
    check = next(one for one in table.constraints if str(one.name).endswith("_paragraphkind"))
    table.constraints.discard(check)
    words = ", ".join(f"'{word}'" for word in (*ParagraphKind, "annex"))
    table.append_constraint(sa.CheckConstraint(f"kind IN ({words})", name="paragraphkind"))


def _drop_index(copy: sa.MetaData) -> None:
    copy.tables["comment"].indexes.clear()


def _forget_where(copy: sa.MetaData) -> None:
    table = copy.tables["membership"]
    index = next(one for one in table.indexes if one.unique)
    table.indexes.discard(index)
    sa.Index(index.name, table.c.account_id, table.c.dialogue_id, unique=True)


def _drop_table(copy: sa.MetaData) -> None:
    copy.remove(copy.tables["look"])


@pytest.mark.parametrize(
    "change",
    [
        _flip_nullable,
        _change_type,
        _add_column,
        _drop_first(sa.UniqueConstraint),
        _drop_first(sa.CheckConstraint),
        _drop_first(sa.ForeignKeyConstraint),
        _widen_vocabulary,
        _drop_index,
        _forget_where,
        _drop_table,
    ],
)
def test_a_model_the_migration_does_not_know_of_is_seen(
    engine: sa.Engine, blank: sa.Engine, copied_models: sa.MetaData, change: Change
) -> None:
    change(copied_models)
    assert schema_of(engine) != schema_of(created(blank, copied_models))


def test_facts_are_guarded_by_triggers_and_nothing_else_is(engine: sa.Engine) -> None:
    refused = ("update", "delete", "insert") if engine.dialect.name == "sqlite" else ("update", "truncate")
    assert triggers_of(engine) == {f"{table}_refuses_{event}" for table in FACTS for event in refused}


def test_going_back_to_the_beginning_leaves_nothing(own_url: str, own: sa.Engine) -> None:
    migrating.downgrade(own_url, "base")
    assert migrating.current(own_url) is None
    assert schema_of(own) == {}
    assert triggers_of(own) == set()
    if own.dialect.name == "postgresql":
        with own.connect() as connection:
            assert not list(connection.scalars(sa.text("SELECT proname FROM pg_proc WHERE proname = 'refuse_change'")))
    migrating.upgrade(own_url)
    assert set(schema_of(own)) == set(Base.metadata.tables)


def test_a_database_knows_where_it_stands(blank_url: str) -> None:
    assert migrating.current(blank_url) is None
    assert not migrating.is_at_head(blank_url)
    migrating.upgrade(blank_url)
    assert migrating.current(blank_url) == migrating.head()
    assert migrating.is_at_head(blank_url)


def test_migrating_again_changes_nothing(database_url: str, engine: sa.Engine) -> None:
    before = schema_of(engine), triggers_of(engine)
    migrating.upgrade(database_url)
    assert (schema_of(engine), triggers_of(engine)) == before


def test_looking_at_a_database_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    file = tmp_path / "none.sqlite"
    assert migrating.current(f"sqlite:///{file}") is None
    assert not file.exists()


def test_migrations_started_at_once_from_another_folder_make_one_schema(blank_url: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from workflow.migrating import upgrade; upgrade(sys.argv[1])"]
    started = [
        subprocess.Popen([*command, blank_url], cwd=tmp_path, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    said = [process.communicate(timeout=60)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert migrating.is_at_head(blank_url)


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the migrations to where a test may add one."""
    folder = tmp_path / "100% our migrations"
    shutil.copytree(MIGRATIONS, folder)
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)
    return folder / "versions"


def next_migration(versions: Path, upgrade: str) -> None:
    (versions / "20300101_feed00000000_next.py").write_text(
        f'revision = "feed00000000"\ndown_revision = "{migrating.head()}"\n\nfrom alembic import op\n\n\n'
        f"def upgrade():\n    {upgrade}\n\n\ndef downgrade():\n    pass\n"
    )


def test_a_migration_that_fails_takes_back_those_before_it(blank_url: str, blank: sa.Engine, versions: Path) -> None:
    next_migration(versions, "op.execute('SELECT * FROM no_such_table')")
    with pytest.raises(sa.exc.DBAPIError, match="no_such_table"):
        migrating.upgrade(blank_url)
    assert migrating.current(blank_url) is None
    assert schema_of(blank) == {}


def test_a_migration_that_leaves_a_reference_to_nothing_is_refused(
    own_url: str, own: sa.Engine, versions: Path
) -> None:
    before = migrating.current(own_url)
    next_migration(
        versions,
        'op.execute("INSERT INTO person (id, dialogue_id, key, name_en, name_zh, sort_key, position) VALUES '
        "('00000000000000000000000000000001', '00000000000000000000000000000002', 'k', '', '', '', 1)\")",
    )
    with pytest.raises((RuntimeError, sa.exc.IntegrityError), match=r"dangling references|foreign key constraint"):
        migrating.upgrade(own_url)
    assert migrating.current(own_url) == before
    with own.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM person")) == 0


def test_a_table_can_be_made_anew_without_emptying_those_that_refer_to_it(
    own_url: str, own: sa.Engine, versions: Path
) -> None:
    """What Alembic's batch mode does on SQLite for nearly every change of a column."""
    with own.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO dialogue (id, short_name, name_en, name_zh) "
            "VALUES ('00000000000000000000000000000001', 'exercise', '', '')"
        )
        connection.exec_driver_sql(
            "INSERT INTO person (id, dialogue_id, key, name_en, name_zh, sort_key, position) VALUES "
            "('00000000000000000000000000000003', '00000000000000000000000000000001', 'k', '', '', '', 1)"
        )
    next_migration(
        versions,
        "with op.batch_alter_table('dialogue') as batch:\n        batch.alter_column('short_name', nullable=True)",
    )
    migrating.upgrade(own_url)
    with own.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM person JOIN dialogue ON dialogue.id = dialogue_id")) == 1


def test_a_later_migration_can_lift_the_guard_and_set_it_again(own_url: str, own: sa.Engine, versions: Path) -> None:
    guarded = triggers_of(own)
    next_migration(
        versions,
        "from workflow.append_only import allow_changes, forbid_changes\n"
        "    allow_changes('point')\n"
        "    with op.batch_alter_table('point') as batch:\n"
        "        batch.add_column(__import__('sqlalchemy').Column('note', __import__('sqlalchemy').Text()))\n"
        "    op.execute('DELETE FROM point')\n"
        "    forbid_changes('point', ('amendment_id', 'number'))",
    )
    migrating.upgrade(own_url)
    assert "note" in schema_of(own)["point"]["columns"]
    assert triggers_of(own) == guarded


def test_revs_that_were_issued_get_the_numbers_that_ended_with_them(own_url: str, own: sa.Engine) -> None:
    with db.writing(own) as session:
        cast = factories.a_cast(session)
        agreement = factories.an_agreement(session, factories.a_session(session, cast.dialogue))
        stays, goes = (common(session, agreement, cast, text) for text in (TEXT, OTHER))
        issues.issue(session, agreement=agreement, by=cast.secretariat)
        deferred(session, goes, cast.us_drafter, cast.cn_drafter)
        amended(session, stays, cast.cn_drafter)
        issues.issue(session, agreement=agreement, by=cast.secretariat)
        gone = str(goes.id)

    migrating.downgrade(own_url, "4c3b2132a62d")
    assert "gone" not in schema_of(own)["issue"]["columns"]
    migrating.upgrade(own_url)

    with db.reading(own) as session:
        assert [one.gone for one in session.scalars(sa.select(Issue).order_by(Issue.number))] == [{}, {gone: "2"}]


def test_what_drafts_say_is_kept_when_states_come(own_url: str, own: sa.Engine) -> None:
    with orm.Session(own) as session:
        db.begin_writing(session)
        factories.one_of_everything(session)
        session.commit()
        drafts = session.execute(sa.select(Draft.id, Draft.version, Draft.membership_id, Draft.text)).all()
    migrating.downgrade(own_url, "4c3b2132a62d")
    migrating.upgrade(own_url)

    with orm.Session(own) as session:
        states = session.execute(
            sa.select(DraftState.draft_id, DraftState.version, DraftState.membership_id, DraftState.text)
        ).all()
        assert sorted(map(str, states)) == sorted(map(str, drafts))
        assert [one.shared_from for one in session.scalars(sa.select(Draft))] == [one.version for one in drafts]


def migrations() -> list[Path]:
    return sorted((MIGRATIONS / "versions").glob("*.py"))


def test_migrations_form_one_line() -> None:
    script = ScriptDirectory.from_config(migrating.configuration())
    assert len(script.get_heads()) == len(script.get_bases()) == 1
    assert len(list(script.walk_revisions())) == len(migrations())


@pytest.mark.parametrize("file", migrations(), ids=lambda file: file.stem)
def test_a_migration_says_what_and_why_and_how_to_go_back(file: Path) -> None:
    named = re.fullmatch(r"20\d{6}_([0-9a-f]{12})_([a-z0-9_]+)", file.stem)
    assert named
    text = file.read_text(encoding="utf-8")
    title, why, revision = re.match(r'"""(.+?)\n\n(.+?)\n\nRevision: (\w+)', text, re.DOTALL).groups()  # type: ignore[union-attr]  # no match is a failure
    assert re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") == named[2]
    assert len(why.split()) > 12
    assert revision == named[1]
    assert "import workflow.models" not in text
    assert "from workflow.models" not in text
    assert "raise NotImplementedError" not in text


@pytest.mark.usefixtures("versions")
def test_a_migration_drafted_when_nothing_has_changed_does_nothing() -> None:
    text = draft("Do nothing").read_text(encoding="utf-8")
    assert len(re.findall(r"^    (# .*\n    )*pass", text, re.MULTILINE)) == 2
    assert "op." not in text.partition("def upgrade")[2]


@pytest.mark.usefixtures("versions")
def test_a_migration_is_drafted_from_the_models_in_plain_types(
    copied_models: sa.MetaData, own_url: str, own: sa.Engine
) -> None:
    copied_models.tables["comment"].append_column(sa.Column("withdrawn_at", db.UtcDateTime()))
    copied_models.tables["comment"].append_column(sa.Column("marks", db.Words()))
    drafted = draft("Let comments be withdrawn")
    text = drafted.read_text(encoding="utf-8")
    assert re.fullmatch(r"20\d{6}_[0-9a-f]{12}_let_comments_be_withdrawn\.py", drafted.name)
    assert text.startswith('"""Let comments be withdrawn.\n\nWhy: ')
    assert "sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True)" in text
    assert "sa.Column('marks', sa.Text(), nullable=True)" in text
    migrating.upgrade(own_url)
    assert {"withdrawn_at", "marks"} <= schema_of(own)["comment"]["columns"].keys()
    migrating.downgrade(own_url, "-1")
    assert "withdrawn_at" not in schema_of(own)["comment"]["columns"]

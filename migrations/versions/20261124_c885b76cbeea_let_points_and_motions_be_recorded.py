"""Let points and motions be recorded.

An amendment says in which points its author groups what it changes, whether they can be
taken one by one, and what it answers or continues; an answer says which points it takes.
What takes effect when every side consents (moving a paragraph, finalising, a silence, a
corrigendum) is a motion with voices. A Rev. keeps the number each paragraph had before
it, for the table of old and new; a member's looks are kept so that a page can show what
changed since. What was tabled before this is one point, and says nothing of the other
language: the answers given to it stand.

Revision: c885b76cbeea, after 5b1f0c3e9a27.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from alembic import op

from workflow.append_only import allow_changes, forbid_changes

revision = "c885b76cbeea"
down_revision = "5b1f0c3e9a27"
branch_labels = None
depends_on = None

_Keys: TypeAlias = tuple[tuple[str, ...], ...]

_ENTERED: Final = (
    "dialogue_loaded",
    "member_joined",
    "addition_tabled",
    "amendment_tabled",
    "amendment_accepted",
    "amendment_kept",
    "amendment_withdrawn",
    "wording_made",
    "position_taken",
    "certified",
    "deferral_consented",
    "deferral_revoked",
    "deferred",
    "commented",
    "agenda_item_proposed",
    "agenda_item_disposed",
    "list_confirmed",
    "issued",
    "adopted",
    "frozen",
    "draft_begun",
    "draft_saved",
    "draft_shared",
    "draft_discarded",
    "commented_internally",
    "document_made",
)
_ENTERED_NOW: Final = (
    *_ENTERED,
    "amendment_accepted_in_part",
    "amendment_carried_over",
    "motion_put",
    "motion_consented",
    "motion_objected",
    "motion_taken_back",
    "motion_withdrawn",
    "motion_carried",
    "motion_broken",
)
_OUTCOME: Final = ("accepted", "superseded", "withdrawn", "absorbed")
_OUTCOME_NOW: Final = (*_OUTCOME, "accepted_in_part", "lapsed")

#: The vocabularies that grow: table, its unique keys beside the id, column, name, words before and now.
_VOCABULARIES: Final[tuple[tuple[str, _Keys, str, str, tuple[str, ...], tuple[str, ...]], ...]] = (
    ("journal_entry", (("dialogue_id", "chain", "number"),), "act", "entered", _ENTERED, _ENTERED_NOW),
    ("amendment_ending", (("amendment_id",),), "outcome", "outcome", _OUTCOME, _OUTCOME_NOW),
)

#: What says more now: table, its unique keys beside the id (``None``: no table of facts), and the
#: new columns, each with what holds for the rows there are (``None``: nothing).
_COLUMNS: Final[tuple[tuple[str, _Keys | None, tuple[tuple[str, Any, Any], ...]], ...]] = (
    (
        "amendment",
        (("paragraph_id", "number"),),
        (("other_stands", sa.Boolean(), sa.true()), ("answers", sa.Uuid(), None), ("continues", sa.Uuid(), None)),
    ),
    ("amendment_answer", (), (("points", sa.JSON(), None),)),
    ("issue_entry", (("issue_id", "position"),), (("was", sa.Text(), ""),)),
    (
        "draft",
        None,
        (
            ("is_severable", sa.Boolean(), sa.false()),
            ("other_stands", sa.Boolean(), sa.false()),
            ("answers", sa.Uuid(), None),
            ("points", sa.JSON(), "[]"),
        ),
    ),
)

_MOTION_FACTS: Final[dict[str, _Keys]] = {
    "motion": (("agreement_id", "number"),),
    "motion_voice": (("motion_id", "number"),),
    "motion_ending": (("motion_id",),),
    "look": (),
}


def upgrade() -> None:
    for table, keys, column, name, _, words in _VOCABULARIES:
        _let_speak(table, keys, column, name, words)
    for table, keys_of_facts, columns in _COLUMNS:
        with _rewriting(table, keys_of_facts), op.batch_alter_table(table) as batch:
            for column_name, kind, meanwhile in columns:
                batch.add_column(sa.Column(column_name, kind, nullable=meanwhile is None, server_default=meanwhile))
        with _rewriting(table, keys_of_facts), op.batch_alter_table(table) as batch:
            for column_name, kind, meanwhile in columns:
                if meanwhile is not None:  # it served the rows there were
                    batch.alter_column(column_name, existing_type=kind, existing_nullable=False, server_default=None)
    _create_tables()
    for table, keys in _MOTION_FACTS.items():
        forbid_changes(table, *keys)


def downgrade() -> None:
    for table in ("look", "motion_ending", "motion_voice", "motion"):
        op.drop_table(table)
    for table, keys_of_facts, columns in reversed(_COLUMNS):
        with _rewriting(table, keys_of_facts), op.batch_alter_table(table) as batch:
            for column_name, _, _ in columns:
                batch.drop_column(column_name)
    for table, keys, column_name, name, words, _ in _VOCABULARIES:
        _let_speak(table, keys, column_name, name, words)


@contextmanager
def _rewriting(table: str, keys: _Keys | None) -> Iterator[None]:
    """Let `table` be made anew, and have it append-only again afterwards; ``None``: it may change anyway."""
    if keys is not None:
        allow_changes(table)
    yield
    if keys is not None:
        forbid_changes(table, *keys)


def _let_speak(table: str, keys: _Keys, column: str, name: str, words: tuple[str, ...]) -> None:
    """Let `column` of `table` hold these `words` and no others.

    Raises, going back: a database error, if a row says a word that was unknown before.
    """
    constraint = op.f(f"ck_{table}_{name}")
    known = ", ".join(f"'{word}'" for word in words)
    with _rewriting(table, keys), op.batch_alter_table(table) as batch:
        batch.drop_constraint(constraint, type_="check")
        batch.create_check_constraint(constraint, f"{column} IN ({known})")


def _create_tables() -> None:
    tables = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    for known in ("agreement", "paragraph", "delegation", "membership"):
        sa.Table(known, tables, _key())
    new = [
        sa.Table(
            "motion",
            tables,
            _key(),
            _ref("agreement_id", "agreement"),
            _ref("paragraph_id", "paragraph", nullable=True, index=True),
            _ref("delegation_id", "delegation", nullable=True),
            _ref("membership_id", "membership"),
            sa.Column("number", sa.Integer(), nullable=False),
            _one_of(
                "kind",
                "motionkind",
                "move",
                "compromise_request",
                "compromise",
                "statement",
                "finalising",
                "silence",
                "corrigendum",
            ),
            sa.Column("stands_on", sa.Text(), nullable=False),
            sa.Column("details", sa.JSON(), nullable=False),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.UniqueConstraint("agreement_id", "number"),
        ),
        sa.Table(
            "motion_voice",
            tables,
            _key(),
            _ref("motion_id", "motion"),
            _ref("delegation_id", "delegation"),
            _ref("membership_id", "membership"),
            sa.Column("number", sa.Integer(), nullable=False),
            _one_of("says", "voice", "consents", "objects", "takes_back"),
            sa.Column("reason", sa.Text(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.UniqueConstraint("motion_id", "number"),
        ),
        sa.Table(
            "motion_ending",
            tables,
            _key(),
            _ref("motion_id", "motion"),
            _one_of("outcome", "motionoutcome", "carried", "withdrawn", "broken"),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.UniqueConstraint("motion_id"),
        ),
        sa.Table(
            "look",
            tables,
            _key(),
            _ref("agreement_id", "agreement", index=True),
            _ref("membership_id", "membership", index=True),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        ),
    ]
    tables.create_all(op.get_bind(), tables=new, checkfirst=False)


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _ref(name: str, table: str, *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _one_of(name: str, vocabulary: str, *values: str) -> sa.Column[Any]:
    """Return a column that holds one of `values`, and the check of that, named after its vocabulary."""
    words = sa.Enum(*values, name=vocabulary, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, words, nullable=False)

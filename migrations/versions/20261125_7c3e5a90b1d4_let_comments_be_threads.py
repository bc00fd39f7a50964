"""Let comments be threads.

A remark had a scope and nothing else: no reply, no words it was about, no end. It becomes
the first comment of a thread, which says what it is about, who reads it, and when it was
resolved; what a comment says is kept in versions, so that an edit leaves what was read
before on record; comments name people and delegations, and can be given to a colleague as
a task. Each comment there was becomes a thread of its own, of the same key, scope and
moment. Going back, replies become comments again and what was withdrawn is left out.

Revision: 7c3e5a90b1d4, after 9a3c51e7d204.
"""

from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from alembic import op

from workflow.append_only import allow_changes, forbid_changes, let_journal_say, let_journal_say_no_more

revision = "7c3e5a90b1d4"
down_revision = "9a3c51e7d204"
branch_labels = None
depends_on = None

_Keys: TypeAlias = tuple[tuple[str, ...], ...]

#: What the journal can say from now on.
_ENTERED_BESIDES: Final = (
    "comment_edited",
    "comment_withdrawn",
    "thread_resolved",
    "thread_reopened",
    "task_given",
    "task_done",
    "task_reopened",
    "task_taken_back",
)

#: The new tables of facts, those that are referred to first, with their unique keys beside the id.
_FACTS: Final[dict[str, _Keys]] = {
    "thread": (),
    "thread_event": (("thread_id", "number"),),
    "comment_version": (("comment_id", "number"),),
    "mention": (("comment_id", "number"),),
    "mention_seen": (("mention_id", "membership_id"),),
    "task": (),
    "task_event": (("task_id", "number"),),
}
_OF_A_COMMENT: Final[_Keys] = (("thread_id", "number"),)


def upgrade() -> None:
    """Make the tables, and a thread of every comment."""
    let_journal_say(*_ENTERED_BESIDES)
    _create_tables()
    op.execute(
        "INSERT INTO thread (id, paragraph_id, delegation_id, membership_id, scope, quoted, wording_number, at) "
        "SELECT id, paragraph_id, delegation_id, membership_id, scope, '', wording_number, at FROM comment"
    )
    op.execute(
        "INSERT INTO comment_version (id, comment_id, number, text, withdraws, at) "
        "SELECT id, id, 1, text, false, at FROM comment"
    )
    with op.batch_alter_table("comment") as batch:
        batch.drop_index(op.f("ix_comment_paragraph_id"))
        batch.drop_constraint(op.f("ck_comment_internal_to_a_delegation"), type_="check")
        batch.drop_constraint(op.f("ck_comment_scope"), type_="check")
        batch.drop_constraint(op.f("fk_comment_paragraph_id"), type_="foreignkey")
        batch.add_column(sa.Column("thread_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
    op.execute("UPDATE comment SET thread_id = id")
    with op.batch_alter_table("comment") as batch:
        batch.alter_column("thread_id", existing_type=sa.Uuid(), nullable=False)
        batch.alter_column("number", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        batch.drop_column("paragraph_id")
        batch.drop_column("scope")
        batch.drop_column("text")
        batch.create_foreign_key(op.f("fk_comment_thread_id"), "thread", ["thread_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_comment_thread_id_number"), ["thread_id", "number"])
        batch.create_index(op.f("ix_comment_membership_id"), ["membership_id"])
    for table, keys in (("comment", _OF_A_COMMENT), *_FACTS.items()):
        forbid_changes(table, *keys)


def downgrade() -> None:
    """Make a comment of everything that was said and not withdrawn, and drop the tables.

    Raises: a database error, if the journal says of an act that was unknown before.
    """
    allow_changes("comment")
    with op.batch_alter_table("comment") as batch:
        batch.drop_index(op.f("ix_comment_membership_id"))
        batch.drop_constraint(op.f("uq_comment_thread_id_number"), type_="unique")
        batch.drop_constraint(op.f("fk_comment_thread_id"), type_="foreignkey")
        batch.add_column(sa.Column("paragraph_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("scope", sa.String(40), nullable=True))
        batch.add_column(sa.Column("text", sa.Text(), nullable=True))
    for table in ("task_event", "task", "mention_seen", "mention"):
        op.drop_table(table)
    op.execute(
        "UPDATE comment SET "
        "paragraph_id = (SELECT paragraph_id FROM thread WHERE thread.id = comment.thread_id), "
        "scope = (SELECT scope FROM thread WHERE thread.id = comment.thread_id), "
        "text = (SELECT text FROM comment_version AS said WHERE said.comment_id = comment.id AND NOT said.withdraws "
        "AND said.number = (SELECT max(number) FROM comment_version AS last WHERE last.comment_id = comment.id))"
    )
    op.drop_table("comment_version")
    op.execute("DELETE FROM comment WHERE text IS NULL")
    with op.batch_alter_table("comment") as batch:
        batch.alter_column("paragraph_id", existing_type=sa.Uuid(), nullable=False)
        batch.alter_column("scope", existing_type=sa.String(40), nullable=False)
        batch.alter_column("text", existing_type=sa.Text(), nullable=False)
        batch.drop_column("thread_id")
        batch.drop_column("number")
        batch.create_foreign_key(op.f("fk_comment_paragraph_id"), "paragraph", ["paragraph_id"], ["id"])
        batch.create_check_constraint(op.f("ck_comment_scope"), "scope IN ('delegation', 'shared')")
        batch.create_check_constraint(
            op.f("ck_comment_internal_to_a_delegation"), "scope = 'shared' OR delegation_id IS NOT NULL"
        )
        batch.create_index(op.f("ix_comment_paragraph_id"), ["paragraph_id"])
    for table in ("thread_event", "thread"):
        op.drop_table(table)
    let_journal_say_no_more(*_ENTERED_BESIDES)


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
    for known in ("paragraph", "amendment", "delegation", "membership", "comment"):
        sa.Table(known, tables, _key())
    new = [
        sa.Table(
            "thread",
            tables,
            _key(),
            _ref("paragraph_id", "paragraph", index=True),
            _ref("amendment_id", "amendment", nullable=True),
            _ref("delegation_id", "delegation", nullable=True),
            _ref("membership_id", "membership"),
            _one_of("scope", "scope", "delegation", "shared"),
            _one_of("language", "language", "en", "zh", nullable=True),
            sa.Column("start", sa.Integer()),
            sa.Column("quoted", sa.Text(), nullable=False),
            sa.Column("base", sa.Uuid()),
            sa.Column("wording_number", sa.Integer()),
            _at(),
            sa.CheckConstraint("scope = 'shared' OR delegation_id IS NOT NULL", name="internal_to_a_delegation"),
            sa.CheckConstraint(
                "(language IS NULL) = (start IS NULL) AND (language IS NULL) = (quoted = '')",
                name="quotes_words_or_none",
            ),
            sa.CheckConstraint("amendment_id IS NULL OR language IS NULL", name="about_one_thing"),
        ),
        sa.Table(
            "thread_event",
            tables,
            _key(),
            _ref("thread_id", "thread"),
            _ref("delegation_id", "delegation", nullable=True),
            _ref("membership_id", "membership"),
            sa.Column("number", sa.Integer(), nullable=False),
            _one_of("act", "threadact", "resolved", "reopened"),
            _at(),
            sa.UniqueConstraint("thread_id", "number"),
        ),
        sa.Table(
            "comment_version",
            tables,
            _key(),
            _ref("comment_id", "comment"),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("withdraws", sa.Boolean(), nullable=False),
            _at(),
            sa.UniqueConstraint("comment_id", "number"),
            sa.CheckConstraint("NOT withdraws OR text = ''", name="withdraws_without_words"),
        ),
        sa.Table(
            "mention",
            tables,
            _key(),
            _ref("comment_id", "comment"),
            _ref("membership_id", "membership", nullable=True, index=True),
            _ref("delegation_id", "delegation", nullable=True, index=True),
            sa.Column("number", sa.Integer(), nullable=False),
            _at(),
            sa.UniqueConstraint("comment_id", "number"),
            sa.CheckConstraint("(membership_id IS NULL) <> (delegation_id IS NULL)", name="names_one"),
        ),
        sa.Table(
            "mention_seen",
            tables,
            _key(),
            _ref("mention_id", "mention"),
            _ref("membership_id", "membership"),
            _at(),
            sa.UniqueConstraint("mention_id", "membership_id"),
        ),
        sa.Table(
            "task",
            tables,
            _key(),
            _ref("comment_id", "comment", index=True),
            _ref("delegation_id", "delegation", index=True),
            _ref("giver_id", "membership"),
            _ref("assignee_id", "membership", index=True),
            sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
            _at(),
        ),
        sa.Table(
            "task_event",
            tables,
            _key(),
            _ref("task_id", "task"),
            _ref("membership_id", "membership"),
            sa.Column("number", sa.Integer(), nullable=False),
            _one_of("act", "taskact", "done", "reopened", "taken_back"),
            _at(),
            sa.UniqueConstraint("task_id", "number"),
        ),
    ]
    tables.create_all(op.get_bind(), tables=new, checkfirst=False)


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _at() -> sa.Column[Any]:
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)


def _ref(name: str, table: str, *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _one_of(name: str, vocabulary: str, *values: str, nullable: bool = False) -> sa.Column[Any]:
    """Return a column that holds one of `values`, and the check of that, named after its vocabulary."""
    words = sa.Enum(*values, name=vocabulary, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, words, nullable=nullable)

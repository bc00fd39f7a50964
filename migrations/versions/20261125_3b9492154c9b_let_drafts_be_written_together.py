"""Let drafts be written together.

Several members hold the pen of a shared draft: each state it was saved in is kept, for
good, so that it can be seen and restored; who has it open is known for a minute; a
colleague can be asked to go on with it. Drafts of new paragraphs stand under or after each
other, so that a heading and what belongs under it are prepared together. A delegation may
leave tabling to its heads. What a draft says when this migration comes is its first kept
state, and what colleagues read of a shared one begins there.

Revision: 3b9492154c9b, after 7c3e5a90b1d4.
"""

from typing import Final
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from workflow.append_only import forbid_changes, let_journal_say, let_journal_say_no_more

revision = "3b9492154c9b"
down_revision = "7c3e5a90b1d4"
branch_labels = None
depends_on = None

_ENTERED_BESIDES: Final = (
    "draft_restored",
    "draft_placed",
    "other_language_stands",
    "handed_over",
    "hand_over_done",
    "hand_over_taken_back",
    "tabling_decided",
)

#: Tables of facts that come with this, each with its unique keys beside the id.
_FACTS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "draft_state": (("draft_id", "version"),),
    "hand_over": (),
    "hand_over_ending": (("hand_over_id",),),
}
_DRAFT: Final = sa.table(
    "draft",
    sa.column("id", sa.Uuid()),
    sa.column("version", sa.Integer()),
    sa.column("membership_id", sa.Uuid()),
    sa.column("text_en", sa.Text()),
    sa.column("text_zh", sa.Text()),
    sa.column("rationale", sa.Text()),
    sa.column("saved_at", sa.DateTime(timezone=True)),
    sa.column("is_shared", sa.Boolean()),
    sa.column("shared_from", sa.Integer()),
)
_DRAFT_STATE: Final = sa.table(
    "draft_state",
    sa.column("id", sa.Uuid()),
    sa.column("draft_id", sa.Uuid()),
    sa.column("version", sa.Integer()),
    sa.column("membership_id", sa.Uuid()),
    sa.column("text_en", sa.Text()),
    sa.column("text_zh", sa.Text()),
    sa.column("rationale", sa.Text()),
    sa.column("is_by_hand", sa.Boolean()),
    sa.column("other_stands", sa.Boolean()),
    sa.column("at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    """Make the tables, and keep what every draft says now."""
    let_journal_say(*_ENTERED_BESIDES)
    with op.batch_alter_table("delegation") as batch:
        batch.add_column(sa.Column("drafters_table", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("draft") as batch:
        batch.add_column(sa.Column("shared_from", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("parent_draft_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("after_draft_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("stands_first", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch.add_column(sa.Column("saved_by_id", sa.Uuid(), nullable=True))
        batch.create_foreign_key(op.f("fk_draft_parent_draft_id"), "draft", ["parent_draft_id"], ["id"])
        batch.create_foreign_key(op.f("fk_draft_after_draft_id"), "draft", ["after_draft_id"], ["id"])
        batch.create_foreign_key(op.f("fk_draft_saved_by_id"), "membership", ["saved_by_id"], ["id"])
    _create_tables()
    _keep_what_drafts_say()
    for table, keys in _FACTS.items():
        forbid_changes(table, *keys)


def downgrade() -> None:
    """Forget all but what drafts say now; the journal keeps the words that it has said."""
    for table in ("hand_over_ending", "hand_over", "draft_state", "draft_presence"):
        op.drop_table(table)
    with op.batch_alter_table("draft") as batch:
        for name in ("parent_draft_id", "after_draft_id", "saved_by_id"):
            batch.drop_constraint(op.f(f"fk_draft_{name}"), type_="foreignkey")
        for name in ("shared_from", "parent_draft_id", "after_draft_id", "stands_first", "saved_by_id"):
            batch.drop_column(name)
    with op.batch_alter_table("delegation") as batch:
        batch.drop_column("drafters_table")
    let_journal_say_no_more(*_ENTERED_BESIDES)


def _create_tables() -> None:
    op.create_table(
        "draft_presence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_presence_draft_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_draft_presence_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_presence")),
        sa.UniqueConstraint("draft_id", "membership_id", name=op.f("uq_draft_presence_draft_id_membership_id")),
    )
    op.create_table(
        "draft_state",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_zh", sa.Text(), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("is_by_hand", sa.Boolean(), nullable=False),
        sa.Column("other_stands", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_draft_state_version_positive")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_state_draft_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_draft_state_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_state")),
        sa.UniqueConstraint("draft_id", "version", name=op.f("uq_draft_state_draft_id_version")),
    )
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("colleague_id", sa.Uuid(), nullable=False),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_hand_over_draft_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_hand_over_membership_id")),
        sa.ForeignKeyConstraint(["colleague_id"], ["membership.id"], name=op.f("fk_hand_over_colleague_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_draft_id"), "hand_over", ["draft_id"])
    op.create_index(op.f("ix_hand_over_colleague_id"), "hand_over", ["colleague_id"])
    op.create_table(
        "hand_over_ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hand_over_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'taken_back')", name=op.f("ck_hand_over_ending_handoveroutcome")),
        sa.ForeignKeyConstraint(["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_ending_hand_over_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_hand_over_ending_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_ending")),
        sa.UniqueConstraint("hand_over_id", name=op.f("uq_hand_over_ending_hand_over_id")),
    )


def _keep_what_drafts_say() -> None:
    connection = op.get_bind()
    connection.execute(sa.update(_DRAFT).where(_DRAFT.c.is_shared).values(shared_from=_DRAFT.c.version))
    states = [
        {
            "id": uuid4(),
            "draft_id": row.id,
            "version": row.version,
            "membership_id": row.membership_id,
            "text_en": row.text_en,
            "text_zh": row.text_zh,
            "rationale": row.rationale,
            "is_by_hand": True,
            "other_stands": False,
            "at": row.saved_at,
        }
        for row in connection.execute(sa.select(_DRAFT))
    ]
    if states:
        connection.execute(sa.insert(_DRAFT_STATE), states)

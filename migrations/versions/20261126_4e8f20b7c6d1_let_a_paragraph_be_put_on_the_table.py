"""Let a paragraph be put on the table.

In a room with a projector everybody looks at one paragraph. Which one is said by the
secretariat, and kept as a row for each time it is said, the last of which counts: what the
room had before it, and since when, can be told afterwards. It changes no text and is no act of
a delegation, so the journal learns no word for it.

Revision: 4e8f20b7c6d1, after 7d0c4a91e6b5.
"""

import sqlalchemy as sa
from alembic import op

from workflow.append_only import forbid_changes

revision = "4e8f20b7c6d1"
down_revision = "7d0c4a91e6b5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, to which rows are only added."""
    op.create_table(
        "table_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Uuid(), nullable=True),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_table_view_agreement_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_table_view_membership_id")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_table_view_paragraph_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_view")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_table_view_agreement_id_number")),
    )
    op.create_index(op.f("ix_table_view_paragraph_id"), "table_view", ["paragraph_id"])
    forbid_changes("table_view", ("agreement_id", "number"))


def downgrade() -> None:
    """Forget what was on the table."""
    op.drop_table("table_view")

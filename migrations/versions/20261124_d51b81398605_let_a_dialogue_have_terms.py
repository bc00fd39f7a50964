"""Let a dialogue have terms.

A term whose counterpart in the other language is agreed is kept whole in a Chinese
redline, and a language officer is shown where a paragraph has it in one language only.

Revision: d51b81398605, after c885b76cbeea.
"""

import sqlalchemy as sa
from alembic import op

revision = "d51b81398605"
down_revision = "c885b76cbeea"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of terms; no dialogue has any yet."""
    op.create_table(
        "term",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_term_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    op.create_index(op.f("ix_term_dialogue_id"), "term", ["dialogue_id"])


def downgrade() -> None:
    """Take the terms out again."""
    op.drop_table("term")

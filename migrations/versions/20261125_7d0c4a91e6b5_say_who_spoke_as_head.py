"""Say who spoke as head.

A drafter could answer an amendment, or speak to a motion or a deferral, after the head of the
same side had, since nobody kept that it was the head. Positions and certificates kept the hash
they were given to; a lead-in changed and changed back brought them to life again. What was said
before this counts as nobody's in particular, and for whichever lead-in gives its hash. The
journal says how an amendment ended, so that it can be told from the journal alone. Columns are
added in place: a table of facts made anew would lose what guards it; the journal, whose
vocabulary grows, is guarded again.

Revision: 7d0c4a91e6b5, after 3b9492154c9b.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from workflow.append_only import let_journal_say, let_journal_say_no_more

revision = "7d0c4a91e6b5"
down_revision = "3b9492154c9b"
branch_labels = None
depends_on = None

_VOICES: Final = ("amendment_answer", "deferral_voice", "motion_voice")
_HELD: Final = ("position", "certificate")


def upgrade() -> None:
    """Add the columns, and the word."""
    for table in _VOICES:
        op.add_column(table, sa.Column("as_head", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in _HELD:
        op.add_column(table, sa.Column("governed_by", sa.Text(), nullable=True))
    op.add_column("paragraph", sa.Column("regoverned", sa.Integer(), nullable=False, server_default="0"))
    let_journal_say("amendment_ended")


def downgrade() -> None:
    """Take them away again; where the journal says how an amendment ended, it keeps the word: entries are chained."""
    let_journal_say_no_more("amendment_ended")
    op.drop_column("paragraph", "regoverned")
    for table in reversed(_HELD):
        op.drop_column(table, "governed_by")
    for table in reversed(_VOICES):
        op.drop_column(table, "as_head")

"""Let a dialogue be changed.

What was said of a dialogue when it was opened could be changed nowhere but in the database.
Now its secretariat says it anew, and the journal has what it said before. Delegations can
consent that persons are named to all sides; none has, and nobody is named across until all do.
Columns are added in place.

Revision: e1a5c07b3d92, after 4e8f20b7c6d1.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

from workflow.append_only import let_journal_say, let_journal_say_no_more

revision = "e1a5c07b3d92"
down_revision = "4e8f20b7c6d1"
branch_labels = None
depends_on = None

_ENTERED_BESIDES: Final = ("dialogue_changed", "naming_consented", "naming_taken_back")


def upgrade() -> None:
    """Add the columns, and the words."""
    op.add_column("delegation", sa.Column("names_persons", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("dialogue", sa.Column("names_since", sa.DateTime(timezone=True), nullable=True))
    let_journal_say(*_ENTERED_BESIDES)


def downgrade() -> None:
    """Take them away again; the journal keeps the words that it has said: entries are chained."""
    let_journal_say_no_more(*_ENTERED_BESIDES)
    op.drop_column("dialogue", "names_since")
    op.drop_column("delegation", "names_persons")

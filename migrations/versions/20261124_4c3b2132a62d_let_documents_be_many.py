"""Let documents be many.

What was made says what it holds and in whose style; what was made before held the text, in
the neutral one. A dialogue may say what stands on the cover and what files are called, and
each delegation how the sides are named where its own comes first. Columns are added in
place: a table of facts made anew would lose what guards it.

Revision: 4c3b2132a62d, after d51b81398605.
"""

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "4c3b2132a62d"
down_revision = "d51b81398605"
branch_labels = None
depends_on = None

#: Table, column, and what a row has in it that was there before.
_NEW: Final = (
    ("delegation", "named_first_en", ""),
    ("delegation", "named_first_zh", ""),
    ("dialogue", "cover_en", ""),
    ("dialogue", "cover_zh", ""),
    ("dialogue", "file_name", ""),
    ("document", "kind", "text"),
    ("document", "house", "neutral"),
)


def upgrade() -> None:
    """Add the columns."""
    for table, column, before in _NEW:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=before))


def downgrade() -> None:
    """Take them away again."""
    for table, column, _before in reversed(_NEW):
        op.drop_column(table, column)

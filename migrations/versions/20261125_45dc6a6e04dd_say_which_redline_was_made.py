"""Say which redline was made.

The list of what a delegation has taken home said that a redline was made, and not between
which texts, nor whether a copy was the delegation's own. Columns are added in place: a table
of facts made anew would lose what guards it.

Revision: 45dc6a6e04dd, after 2b2ca006bb91.
"""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision = "45dc6a6e04dd"
down_revision = "2b2ca006bb91"
branch_labels = None
depends_on = None

#: Columns that may be empty: nobody knows any more what was chosen before.
_NEW: Final[tuple[tuple[str, Any], ...]] = (
    ("since", sa.Integer()),
    ("until", sa.Integer()),
    ("about_paragraph", sa.Uuid()),
    ("about_amendment", sa.Uuid()),
)
_FLAGS: Final = ("is_attributed", "is_own")


def upgrade() -> None:
    """Add the columns."""
    for name in _FLAGS:
        op.add_column("document", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    for name, kind in _NEW:
        op.add_column("document", sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    """Take them away again."""
    for name in (*(name for name, _ in reversed(_NEW)), *reversed(_FLAGS)):
        op.drop_column("document", name)

"""Keep what pages were shown.

What a page saved by itself was thinned to one state a minute. A page that never heard of its
last save (the line was lost) went on from a text that nothing kept any more, and a collision
was then told from an older one. A draft now holds what was passed over until its page is heard
of again; states themselves are never taken back.

Revision: 5e21c7a0d9f4, after e1a5c07b3d92.
"""

import sqlalchemy as sa
from alembic import op

revision = "5e21c7a0d9f4"
down_revision = "e1a5c07b3d92"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was passed over before is gone."""
    op.add_column("draft", sa.Column("passed_over", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("draft", "passed_over")

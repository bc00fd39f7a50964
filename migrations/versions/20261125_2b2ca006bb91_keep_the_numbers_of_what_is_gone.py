"""Keep the numbers of what is gone.

The table of old and new numbers was worked out from what two Revs list. A paragraph tabled
after one and withdrawn before the next is in neither, and the number under which people had
spoken of it stood nowhere. Each Rev. now says itself which numbers ended with it; those there
are get what the Revs before them listed.

Revision: 2b2ca006bb91, after 4c3b2132a62d.
"""

import sqlalchemy as sa
from alembic import op

from workflow.append_only import allow_changes, forbid_changes

revision = "2b2ca006bb91"
down_revision = "4c3b2132a62d"
branch_labels = None
depends_on = None

_issue = sa.table(
    "issue",
    sa.column("id", sa.Uuid()),
    sa.column("agreement_id", sa.Uuid()),
    sa.column("number", sa.Integer()),
    sa.column("gone", sa.JSON()),
)
_entry = sa.table(
    "issue_entry",
    sa.column("issue_id", sa.Uuid()),
    sa.column("paragraph_id", sa.Uuid()),
    sa.column("number", sa.Text()),
)


def upgrade() -> None:
    """Add the column in place, and fill it from what each Rev. and the one before it list."""
    op.add_column("issue", sa.Column("gone", sa.JSON(), nullable=False, server_default="{}"))
    connection = op.get_bind()
    listed: dict[object, dict[str, str]] = {}
    for issue, paragraph, number in connection.execute(
        sa.select(_entry.c.issue_id, _entry.c.paragraph_id, _entry.c.number)
    ):
        listed.setdefault(issue, {})[str(paragraph)] = number
    allow_changes("issue")
    before: dict[str, str] = {}
    last = None
    for key, agreement, _number in connection.execute(
        sa.select(_issue.c.id, _issue.c.agreement_id, _issue.c.number).order_by(_issue.c.agreement_id, _issue.c.number)
    ).all():
        here = listed.get(key, {})
        numbered = before if agreement == last else {}
        if gone := {one: number for one, number in numbered.items() if number and one not in here}:
            connection.execute(sa.update(_issue).where(_issue.c.id == key).values(gone=gone))
        before, last = here, agreement
    forbid_changes("issue", ("agreement_id", "number"))


def downgrade() -> None:
    """Take it away again; what two Revs list still tells most of it."""
    op.drop_column("issue", "gone")

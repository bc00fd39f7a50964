"""Let a table be set.

Until now a dialogue, its sessions and its members came from a file and the command line.
Whoever the operator lets open dialogues does so on a page, and members are invited: an
invitation is a fact, and so is how it ended, so that it can be accepted once. The journal
learns the words for what is done then. No account there is may open dialogues.

Revision: 9a3c51e7d204, after 45dc6a6e04dd.
"""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from workflow.append_only import forbid_changes, let_journal_say, let_journal_say_no_more

revision = "9a3c51e7d204"
down_revision = "45dc6a6e04dd"
branch_labels = None
depends_on = None

_ENTERED_BESIDES: Final = (
    "dialogue_opened",
    "session_opened",
    "session_changed",
    "list_changed",
    "agreement_opened",
    "invited",
    "invitation_withdrawn",
    "membership_ended",
)
_ROLES: Final = ("head", "drafter", "translator", "adviser", "observer", "secretariat")


def upgrade() -> None:
    """Make the tables of invitations, let accounts be granted the opening of dialogues, teach the journal its words."""
    op.add_column("account", sa.Column("opens_dialogues", sa.Boolean(), nullable=False, server_default=sa.false()))
    let_journal_say(*_ENTERED_BESIDES)
    _create_tables()
    forbid_changes("invitation")
    forbid_changes("invitation_ending", ("invitation_id",))


def downgrade() -> None:
    """Take all of it out again; the journal keeps the words that it has said."""
    op.drop_table("invitation_ending")
    op.drop_table("invitation")
    let_journal_say_no_more(*_ENTERED_BESIDES)
    op.drop_column("account", "opens_dialogues")


def _create_tables() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("delegation_id", sa.Uuid(), nullable=True),
        _one_of("role", "role", *_ROLES),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(_one_of_check("role", _ROLES), name=op.f("ck_invitation_role")),
        sa.CheckConstraint(
            "(delegation_id IS NULL) = (role IN ('observer', 'secretariat'))",
            name=op.f("ck_invitation_delegation_fits_role"),
        ),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_invitation_dialogue_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_invitation_delegation_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_invitation_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_dialogue_id"), "invitation", ["dialogue_id"])
    op.create_table(
        "invitation_ending",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invitation_id", sa.Uuid(), nullable=False),
        _one_of("outcome", "invitationoutcome", "accepted", "withdrawn"),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            _one_of_check("outcome", ("accepted", "withdrawn")), name=op.f("ck_invitation_ending_invitationoutcome")
        ),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_invitation_ending_invitation_id")),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"], name=op.f("fk_invitation_ending_membership_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_ending")),
        sa.UniqueConstraint("invitation_id", name=op.f("uq_invitation_ending_invitation_id")),
    )


def _one_of(name: str, vocabulary: str, *words: str) -> sa.Column[Any]:
    """Return a column for one of `words`; the table says the check itself."""
    return sa.Column(
        name, sa.Enum(*words, name=vocabulary, native_enum=False, create_constraint=False, length=40), nullable=False
    )


def _one_of_check(column: str, words: tuple[str, ...]) -> str:
    known = ", ".join(f"'{word}'" for word in words)
    return f"{column} IN ({known})"

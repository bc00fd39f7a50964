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

from workflow.append_only import allow_changes, forbid_changes

revision = "7d0c4a91e6b5"
down_revision = "3b9492154c9b"
branch_labels = None
depends_on = None

_VOICES: Final = ("amendment_answer", "deferral_voice", "motion_voice")
_HELD: Final = ("position", "certificate")
_ENTERED: Final = (
    "dialogue_loaded",
    "member_joined",
    "addition_tabled",
    "amendment_tabled",
    "amendment_accepted",
    "amendment_kept",
    "amendment_withdrawn",
    "wording_made",
    "position_taken",
    "certified",
    "deferral_consented",
    "deferral_revoked",
    "deferred",
    "commented",
    "agenda_item_proposed",
    "agenda_item_disposed",
    "list_confirmed",
    "issued",
    "adopted",
    "frozen",
    "draft_begun",
    "draft_saved",
    "draft_shared",
    "draft_discarded",
    "commented_internally",
    "document_made",
    "amendment_accepted_in_part",
    "amendment_carried_over",
    "motion_put",
    "motion_consented",
    "motion_objected",
    "motion_taken_back",
    "motion_withdrawn",
    "motion_carried",
    "motion_broken",
    "dialogue_opened",
    "session_opened",
    "session_changed",
    "list_changed",
    "agreement_opened",
    "invited",
    "invitation_withdrawn",
    "membership_ended",
    "comment_edited",
    "comment_withdrawn",
    "thread_resolved",
    "thread_reopened",
    "task_given",
    "task_done",
    "task_reopened",
    "task_taken_back",
    "draft_restored",
    "draft_placed",
    "other_language_stands",
    "handed_over",
    "hand_over_done",
    "hand_over_taken_back",
    "tabling_decided",
)


def upgrade() -> None:
    """Add the columns, and the word."""
    for table in _VOICES:
        op.add_column(table, sa.Column("as_head", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in _HELD:
        op.add_column(table, sa.Column("governed_by", sa.Text(), nullable=True))
    op.add_column("paragraph", sa.Column("regoverned", sa.Integer(), nullable=False, server_default="0"))
    _let_the_journal_say(*_ENTERED, "amendment_ended")


def downgrade() -> None:
    """Take them away again; where the journal says how an amendment ended, it keeps the word: entries are chained."""
    ended = sa.text("SELECT count(*) FROM journal_entry WHERE act = 'amendment_ended'")
    if not op.get_bind().scalar(ended):
        _let_the_journal_say(*_ENTERED)
    op.drop_column("paragraph", "regoverned")
    for table in reversed(_HELD):
        op.drop_column(table, "governed_by")
    for table in reversed(_VOICES):
        op.drop_column(table, "as_head")


def _let_the_journal_say(*words: str) -> None:
    known = ", ".join(f"'{word}'" for word in words)
    constraint = op.f("ck_journal_entry_entered")
    allow_changes("journal_entry")
    with op.batch_alter_table("journal_entry") as batch:
        batch.drop_constraint(constraint, type_="check")
        batch.create_check_constraint(constraint, f"act IN ({known})")
    forbid_changes("journal_entry", ("dialogue_id", "chain", "number"))

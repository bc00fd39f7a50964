"""Lay the foundation.

Dialogues and who takes part in them; agreements, their paragraphs and wordings; what
delegations table, answer, hold and certify; how a text is issued, adopted and printed; the
journal. What is a fact is append-only from the first day, in the database itself: no later
release has to trust what an earlier one might have overwritten.

Revision: 5b1f0c3e9a27, the first.
"""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

from workflow.append_only import forbid_changes, forget_refusal

revision = "5b1f0c3e9a27"
down_revision = None
branch_labels = None
depends_on = None

_TABLES: Final = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

#: What is written once and never changed, and its unique keys beside the id.
_FACTS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "adoption": (),
    "amendment": (("paragraph_id", "number"),),
    "amendment_answer": (),
    "amendment_ending": (("amendment_id",),),
    "certificate": (),
    "deferral_voice": (("paragraph_id", "number"),),
    "disposal": (),
    "document": (),
    "issue": (("agreement_id", "number"),),
    "issue_entry": (("issue_id", "position"),),
    "journal_entry": (("dialogue_id", "chain", "number"),),
    "list_confirmation": (),
    "point": (("amendment_id", "number"),),
    "position": (("paragraph_id", "number"),),
    "wording": (("paragraph_id", "number"),),
}


def upgrade() -> None:
    _TABLES.create_all(op.get_bind(), checkfirst=False)
    for table, keys in _FACTS.items():
        forbid_changes(table, *keys)


def downgrade() -> None:
    _TABLES.drop_all(op.get_bind(), checkfirst=False)  # and, with the tables, their triggers
    forget_refusal()


def _key() -> sa.Column[Any]:
    return sa.Column("id", sa.Uuid(), primary_key=True)


def _ref(name: str, table: str, *, nullable: bool = False, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.ForeignKey(f"{table}.id"), nullable=nullable, index=index)


def _both(name: str) -> tuple[sa.Column[Any], sa.Column[Any]]:
    """Return the columns of one passage in both languages."""
    return sa.Column(f"{name}_en", sa.Text(), nullable=False), sa.Column(f"{name}_zh", sa.Text(), nullable=False)


def _one_of(name: str, vocabulary: str, *values: str) -> sa.Column[Any]:
    """Return a column that holds one of `values`, and the check of that, named after its vocabulary."""
    words = sa.Enum(*values, name=vocabulary, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, words, nullable=False)


sa.Table(
    "account",
    _TABLES,
    _key(),
    sa.Column("email", sa.Text(), nullable=False, unique=True),
    sa.Column("name", sa.Text(), nullable=False),
    sa.Column("password", sa.Text()),
    sa.Column("active", sa.Boolean(), nullable=False),
    sa.Column("fs_uniquifier", sa.Text(), nullable=False, unique=True),
    sa.Column("locale", sa.Text()),
    sa.Column("version", sa.Integer(), nullable=False),
)
sa.Table(
    "dialogue",
    _TABLES,
    _key(),
    sa.Column("short_name", sa.Text(), nullable=False, unique=True),
    *_both("name"),
)
sa.Table(
    "delegation",
    _TABLES,
    _key(),
    _ref("dialogue_id", "dialogue"),
    sa.Column("code", sa.Text(), nullable=False),
    *_both("name"),
    *_both("adjective"),
    sa.Column("colour", sa.Integer(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("dialogue_id", "code"),
    sa.UniqueConstraint("dialogue_id", "position"),
)
sa.Table(
    "dialogue_session",
    _TABLES,
    _key(),
    _ref("dialogue_id", "dialogue"),
    sa.Column("ordinal", sa.Integer(), nullable=False),
    *_both("name"),
    sa.Column("is_exercise", sa.Boolean(), nullable=False),
    *_both("off_the_record"),
    *_both("note"),
    sa.UniqueConstraint("dialogue_id", "ordinal"),
    sa.CheckConstraint("ordinal >= 1", name="ordinal"),
)
sa.Table(
    "person",
    _TABLES,
    _key(),
    _ref("dialogue_id", "dialogue"),
    sa.Column("key", sa.Text(), nullable=False),
    *_both("name"),
    sa.Column("sort_key", sa.Text(), nullable=False),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.UniqueConstraint("dialogue_id", "key"),
)
sa.Table(
    "agreement",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session", index=True),
    sa.Column("short_name", sa.Text(), nullable=False, unique=True),
    *_both("name"),
    _one_of("kind", "agreementkind", "recorded", "negotiated"),
    sa.Column("unofficial", sa.Text(), nullable=False),
    sa.Column("authentic", sa.Text(), nullable=False),
    *_both("source"),
)
sa.Table(
    "host",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session", index=True),
    sa.Column("position", sa.Integer(), nullable=False),
    *_both("name"),
    sa.Column("side", sa.Text()),
)
sa.Table(
    "membership",
    _TABLES,
    _key(),
    _ref("account_id", "account"),
    _ref("dialogue_id", "dialogue", index=True),
    _ref("delegation_id", "delegation", nullable=True),
    _one_of("role", "role", "head", "drafter", "translator", "adviser", "observer", "secretariat"),
    sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("ended_at", sa.DateTime(timezone=True)),
    sa.CheckConstraint("(delegation_id IS NULL) = (role IN ('observer', 'secretariat'))", name="delegation_fits_role"),
    sa.Index(
        "uq_membership_current",
        "account_id",
        "dialogue_id",
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    ),
)
sa.Table(
    "participant_list",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session"),
    _ref("delegation_id", "delegation"),
    sa.Column("position", sa.Integer(), nullable=False),
    *_both("heading"),
    sa.UniqueConstraint("session_id", "delegation_id"),
)
sa.Table(
    "place",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session", index=True),
    sa.Column("position", sa.Integer(), nullable=False),
    *_both("name"),
)
sa.Table(
    "session_dates",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session", index=True),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("side", sa.Text()),
    sa.Column("first_day", sa.Date(), nullable=False),
    sa.Column("last_day", sa.Date(), nullable=False),
    sa.Column("time_zone", sa.Text(), nullable=False),
    sa.CheckConstraint("first_day <= last_day", name="in_order"),
)
sa.Table(
    "adoption",
    _TABLES,
    _key(),
    _ref("agreement_id", "agreement", index=True),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    sa.Column("listing_hash", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "document",
    _TABLES,
    _key(),
    _ref("agreement_id", "agreement", index=True),
    _ref("delegation_id", "delegation", nullable=True),
    _ref("membership_id", "membership"),
    sa.Column("layout", sa.Text(), nullable=False),
    sa.Column("format", sa.Text(), nullable=False),
    sa.Column("paper", sa.Text(), nullable=False),
    sa.Column("edition", sa.Text(), nullable=False),
    sa.Column("rev", sa.Integer()),
    sa.Column("listing_hash", sa.Text(), nullable=False),
    sa.Column("sha256", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "issue",
    _TABLES,
    _key(),
    _ref("agreement_id", "agreement"),
    _ref("membership_id", "membership"),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("state_hash", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("agreement_id", "number"),
)
sa.Table(
    "list_confirmation",
    _TABLES,
    _key(),
    _ref("participant_list_id", "participant_list", index=True),
    _ref("membership_id", "membership"),
    sa.Column("content_hash", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "paragraph",
    _TABLES,
    _key(),
    _ref("agreement_id", "agreement", index=True),
    _ref("parent_id", "paragraph", nullable=True),
    sa.Column("position", sa.Integer(), nullable=False),
    _one_of("kind", "paragraphkind", "title", "heading", "narrative", "lead_in", "bullet", "numbered_item"),
    sa.Column("tags", sa.Text(), nullable=False),
    sa.Column("speaker", sa.Text()),
    sa.Column("addressee", sa.Text()),
    _one_of("label_style", "labelstyle", "none", "bullet", "parenthesised", "decimal"),
    sa.Column("label", sa.Text()),
    _one_of("drafted_in", "language", "en", "zh"),
    *_both("working_title"),
    sa.Column("key", sa.Text()),
    sa.Column("given_number", sa.Text()),
)
sa.Table(
    "participation",
    _TABLES,
    _key(),
    _ref("participant_list_id", "participant_list"),
    _ref("person_id", "person"),
    sa.Column("position", sa.Integer(), nullable=False),
    *_both("display"),
    sa.Column("separator", sa.Text(), nullable=False),
    *_both("title"),
    sa.Column("is_leader", sa.Boolean(), nullable=False),
    sa.UniqueConstraint("participant_list_id", "position"),
)
sa.Table(
    "agenda_item",
    _TABLES,
    _key(),
    _ref("session_id", "dialogue_session"),
    _ref("paragraph_id", "paragraph", index=True),
    _ref("delegation_id", "delegation", nullable=True),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("is_deferred_text", sa.Boolean(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("session_id", "number"),
    sa.UniqueConstraint("session_id", "paragraph_id"),
)
sa.Table(
    "amendment",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph"),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    sa.Column("number", sa.Integer(), nullable=False),
    _one_of("kind", "amendmentkind", "add", "mod", "editorial", "sup"),
    *_both("text"),
    sa.Column("against", sa.Uuid()),
    *_both("against_text"),
    sa.Column("rationale", sa.Text(), nullable=False),
    sa.Column("is_severable", sa.Boolean(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("paragraph_id", "number"),
)
sa.Table(
    "certificate",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph", index=True),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    sa.Column("content_hash", sa.Text(), nullable=False),
    sa.Column("wording_number", sa.Integer(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "comment",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph", index=True),
    _ref("delegation_id", "delegation", nullable=True),
    _ref("membership_id", "membership"),
    _one_of("scope", "scope", "delegation", "shared"),
    sa.Column("text", sa.Text(), nullable=False),
    sa.Column("wording_number", sa.Integer()),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("scope = 'shared' OR delegation_id IS NOT NULL", name="internal_to_a_delegation"),
)
sa.Table(
    "deferral_voice",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph"),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("wording_number", sa.Integer(), nullable=False),
    sa.Column("consents", sa.Boolean(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("paragraph_id", "number"),
)
sa.Table(
    "journal_entry",
    _TABLES,
    _key(),
    _ref("dialogue_id", "dialogue"),
    sa.Column("chain", sa.Text(), nullable=False),
    sa.Column("number", sa.Integer(), nullable=False),
    _one_of(
        "act",
        "entered",
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
    ),
    _ref("agreement_id", "agreement", nullable=True, index=True),
    _ref("paragraph_id", "paragraph", nullable=True, index=True),
    _ref("delegation_id", "delegation", nullable=True),
    _ref("membership_id", "membership", nullable=True),
    sa.Column("details", sa.Text(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("previous_hash", sa.Text(), nullable=False),
    sa.Column("entry_hash", sa.Text(), nullable=False),
    sa.UniqueConstraint("dialogue_id", "chain", "number"),
)
sa.Table(
    "position",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph"),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    sa.Column("number", sa.Integer(), nullable=False),
    _one_of("stance", "stance", "agree", "agree_with_statement", "ad_referendum", "reserve", "withdrawn"),
    sa.Column("as_head", sa.Boolean(), nullable=False),
    sa.Column("for_head", sa.Boolean(), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    *_both("statement"),
    sa.Column("content_hash", sa.Text(), nullable=False),
    sa.Column("wording_number", sa.Integer(), nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("paragraph_id", "number"),
)
sa.Table(
    "amendment_answer",
    _TABLES,
    _key(),
    _ref("amendment_id", "amendment", index=True),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    _one_of("answer", "answer", "accepts", "keeps_in_brackets"),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "amendment_ending",
    _TABLES,
    _key(),
    _ref("amendment_id", "amendment"),
    _one_of("outcome", "outcome", "accepted", "superseded", "withdrawn", "absorbed"),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("amendment_id"),
)
sa.Table(
    "disposal",
    _TABLES,
    _key(),
    _ref("agenda_item_id", "agenda_item", index=True),
    _ref("session_id", "dialogue_session"),
    _ref("membership_id", "membership", nullable=True),
    _one_of("disposition", "disposition", "discussed_without_result", "settled", "kept", "dropped"),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)
sa.Table(
    "draft",
    _TABLES,
    _key(),
    _ref("agreement_id", "agreement", index=True),
    _ref("paragraph_id", "paragraph", nullable=True, index=True),
    _ref("delegation_id", "delegation"),
    _ref("membership_id", "membership"),
    _one_of("kind", "amendmentkind", "add", "mod", "editorial", "sup"),
    sa.Column("against", sa.Uuid()),
    *_both("against_text"),
    *_both("text"),
    sa.Column("rationale", sa.Text(), nullable=False),
    sa.Column("is_shared", sa.Boolean(), nullable=False),
    _ref("parent_id", "paragraph", nullable=True),
    _ref("after_id", "paragraph", nullable=True),
    _one_of("paragraph_kind", "paragraphkind", "title", "heading", "narrative", "lead_in", "bullet", "numbered_item"),
    _one_of("label_style", "labelstyle", "none", "bullet", "parenthesised", "decimal"),
    sa.Column("tags", sa.Text(), nullable=False),
    sa.Column("speaker", sa.Text()),
    sa.Column("addressee", sa.Text()),
    _one_of("drafted_in", "language", "en", "zh"),
    *_both("working_title"),
    sa.Column("version", sa.Integer(), nullable=False),
    sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    _ref("tabled_as", "amendment", nullable=True),
    sa.Column("discarded_at", sa.DateTime(timezone=True)),
)
sa.Table(
    "point",
    _TABLES,
    _key(),
    _ref("amendment_id", "amendment"),
    sa.Column("number", sa.Integer(), nullable=False),
    sa.Column("edits", sa.JSON(), nullable=False),
    sa.UniqueConstraint("amendment_id", "number"),
)
sa.Table(
    "wording",
    _TABLES,
    _key(),
    _ref("paragraph_id", "paragraph"),
    sa.Column("number", sa.Integer(), nullable=False),
    *_both("text"),
    sa.Column("is_deletion", sa.Boolean(), nullable=False),
    _one_of("kind", "paragraphkind", "title", "heading", "narrative", "lead_in", "bullet", "numbered_item"),
    sa.Column("tags", sa.Text(), nullable=False),
    sa.Column("speaker", sa.Text()),
    sa.Column("governing_hash", sa.Text()),
    sa.Column("content_hash", sa.Text(), nullable=False),
    _ref("amendment_id", "amendment", nullable=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint("paragraph_id", "number"),
    sa.CheckConstraint("number >= 1", name="number_positive"),
)
sa.Table(
    "issue_entry",
    _TABLES,
    _key(),
    _ref("issue_id", "issue"),
    _ref("paragraph_id", "paragraph"),
    _ref("wording_id", "wording", nullable=True),
    sa.Column("position", sa.Integer(), nullable=False),
    sa.Column("depth", sa.Integer(), nullable=False),
    sa.Column("number", sa.Text(), nullable=False),
    sa.UniqueConstraint("issue_id", "position"),
)

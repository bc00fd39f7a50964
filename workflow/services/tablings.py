"""Tabling several drafts at once: all of them in one act, or none."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Agreement, Amendment, Draft, Membership
from workflow.permissions import Actor, Permission, is_left_to_heads, permits
from workflow.services import amendments, drafting, outlines
from workflow.services.drafting import DraftPage
from workflow.services.drafts import StaleDraft
from workflow.services.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Tableable:
    """A draft as the other side would see it."""

    page: DraftPage
    under: Bilingual | None
    """The words under which a new paragraph would stand; ``None``: at the top level, or a change."""
    after: Bilingual | None
    """The words after which it would stand; ``None``: first there, or a change."""

    @property
    def draft(self) -> Draft:
        """The draft itself."""
        return self.page.draft

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What keeps the reader from tabling it, together with what it stands under."""
        return tuple(one for one in self.page.tabling or () if one is not Refusal.STANDS_UNDER_A_DRAFT)


def page(session: orm.Session, agreement: Agreement, actor: Actor) -> tuple[Tableable, ...]:
    """Return the drafts `actor` could table, in the order in which they would be: new paragraphs, then changes."""
    found = outlines.outline(session, agreement.id, actor)
    additions = [draft for draft in _in_order(found) if _is_theirs_to_table(actor, draft)]
    changes = [
        draft
        for draft in session.scalars(visible(actor).drafts().where(Draft.agreement_id == agreement.id))
        if not draft.is_addition and _is_theirs_to_table(actor, draft)
    ]
    standing = {entry.node.id: (over, before) for entry, over, before in _neighbours(found)}
    return tuple(
        Tableable(
            page=drafting.page(session, draft, actor, reading=found.reading),
            under=standing.get(draft.id, (None, None))[0],
            after=standing.get(draft.id, (None, None))[1],
        )
        for draft in (*additions, *changes)
    )


def table_together(
    session: orm.Session, *, agreement: Agreement, by: Membership, chosen: Mapping[UUID, int]
) -> tuple[Amendment, ...]:
    """Put the drafts `chosen`, each exactly as it stood at its version, before the other side; return the amendments.

    Raises:
        StaleDraft: If somebody saved one of them since; nothing is written that the caller keeps.
        OutOfOrder: If nothing is chosen, or the rules refuse any of them.

    """
    if not chosen:
        raise OutOfOrder((Refusal.NOTHING_CHOSEN,))
    there = {
        one.id: one for one in session.scalars(visible(by.actor).drafts().where(Draft.agreement_id == agreement.id))
    }
    if not chosen.keys() <= there.keys():
        raise OutOfOrder((Refusal.DRAFT_IS_CLOSED,))
    wanted = [there[key] for key in chosen]
    if not all(permits(by.actor, Permission.TABLE, draft) for draft in wanted):
        raise OutOfOrder((Refusal.ONLY_HEADS_TABLE,))
    for draft in wanted:
        if draft.version != chosen[draft.id]:
            raise StaleDraft(draft, draft.text)
    changed = [draft.paragraph_id for draft in wanted if draft.paragraph_id]
    if len(set(changed)) < len(changed):
        raise OutOfOrder((Refusal.TWO_FOR_ONE_PARAGRAPH,))
    sequence = outlines.outline(session, agreement.id, by.actor).sequence
    additions = [draft for draft in sequence if draft.id in chosen]
    changes = [draft for draft in wanted if not draft.is_addition]
    return tuple(
        amendments.table(session, draft=draft, by=by, version=draft.version) for draft in (*additions, *changes)
    )


def _is_theirs_to_table(actor: Actor, draft: Draft) -> bool:
    return permits(actor, Permission.TABLE, draft) or is_left_to_heads(actor, draft)


def _in_order(found: outlines.Outline) -> list[Draft]:
    return [entry.node for entry in found.entries if isinstance(entry.node, Draft)]


def _neighbours(
    found: outlines.Outline,
) -> list[tuple[outlines.Entry, Bilingual | None, Bilingual | None]]:
    """Return each entry with the words of what it stands under, and of what it stands after there."""
    result: list[tuple[outlines.Entry, Bilingual | None, Bilingual | None]] = []
    above: list[outlines.Entry] = []
    for entry in found.entries:
        before = above[entry.depth] if len(above) > entry.depth else None
        above = above[: entry.depth]
        result.append((entry, above[-1].words if above else None, before.words if before else None))
        above.append(entry)
    return result

"""Where a draft of a new paragraph stands: under and after what, once drafts that do not count are passed over.

A draft stands under, and right after, a paragraph or another draft of its side. One that was
tabled is its paragraph. One that was put away, or that whoever asks may not read, is passed
over for what it stood after or under itself. What is shared stands under nothing private:
so nobody's outline changes with what a colleague does alone.
"""

from collections.abc import Callable
from typing import Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.models import Amendment, Draft, Paragraph
from workflow.permissions import Actor, Permission, permits

Node: TypeAlias = Paragraph | Draft
Counts: TypeAlias = Callable[[Draft], bool]

#: A draft that can be put nowhere is asked for no more often than this.
_MOST_STEPS: Final = 1000


def stands(
    session: orm.Session, draft: Draft, *, after: Counts, under: Counts
) -> tuple[Node | None, Node | None, bool]:
    """Return under what, right after what, or first, `draft` stands now: tabled drafts are their paragraphs.

    Of open drafts those count for which `after`, or `under`, says so; the others are passed over.
    """
    at, steps = draft, 0
    while steps < _MOST_STEPS:
        steps += 1
        if at.after_draft_id is not None:
            other = session.get_one(Draft, at.after_draft_id)
            if (paragraph := _paragraph_of(session, other)) is not None:
                return None, paragraph, False
            if other.is_open and after(other):
                return None, other, False
            at = other
            continue
        if at.after_id is not None:
            return None, session.get_one(Paragraph, at.after_id), False
        return _parent(session, at, under), None, at.stands_first
    return None, None, False


def stands_when_tabled(session: orm.Session, draft: Draft, actor: Actor) -> tuple[Node | None, Paragraph | None, bool]:
    """Return under what, right after what, or first, `draft` comes to stand when `actor` tables it now.

    What it stands after may never be tabled, and is passed over; what it stands under is waited
    for where `actor` reads it, so that a text is tabled as the outline shows it to whoever tables.
    """
    parent, after, is_first = stands(
        session, draft, after=lambda _: False, under=lambda one: permits(actor, Permission.READ_DRAFT, one)
    )
    return parent, after if isinstance(after, Paragraph) else None, is_first


def stands_under_what_is_private(session: orm.Session, draft: Draft) -> bool:
    """Whether `draft` stands under another that only its author reads."""
    parent, _, _ = stands(session, draft, after=lambda _: False, under=lambda _: True)
    return is_private(parent)


def is_private(node: Node | None) -> bool:
    """Whether `node` is a draft that only its author reads."""
    return isinstance(node, Draft) and not node.is_shared


def _parent(session: orm.Session, draft: Draft, counts: Counts) -> Node | None:
    at = draft
    for _ in range(_MOST_STEPS):
        if at.parent_draft_id is None:
            return session.get(Paragraph, at.parent_id) if at.parent_id else None
        other = session.get_one(Draft, at.parent_draft_id)
        if (paragraph := _paragraph_of(session, other)) is not None:
            return paragraph
        if other.is_open and counts(other):
            return other
        at = other
    return None


def _paragraph_of(session: orm.Session, draft: Draft) -> Paragraph | None:
    """Return the paragraph that `draft` became; ``None`` while it is open, or where it was put away."""
    if draft.tabled_as is None:
        return None
    return session.scalar(sa.select(Paragraph).join(Paragraph.amendments).where(Amendment.id == draft.tabled_as))

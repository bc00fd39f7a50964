"""The one lock of a dialogue, which every act takes before it reads anything that decides.

One lock covers agreement, agenda and the journal's chains: acts of a dialogue happen one
after the other, each seeing what the one before it did, and never wait for each other in
a circle. Without it two last adoptions at one instant each miss the other.
"""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base
from workflow.models import (
    AgendaItem,
    Agreement,
    Amendment,
    Comment,
    Delegation,
    Dialogue,
    DialogueSession,
    Draft,
    HandOver,
    Invitation,
    Issue,
    Membership,
    Mention,
    Motion,
    Paragraph,
    ParticipantList,
    Task,
    Thread,
)

#: Names the lock on short names among PostgreSQL's advisory locks.
_SHORT_NAMES: Final = 0x416C7465
_OF_A_PARAGRAPH: Final = (Paragraph.agreement, Agreement.session, DialogueSession.dialogue)
_OF_A_COMMENT: Final = (Comment.thread, Thread.paragraph, *_OF_A_PARAGRAPH)

#: How a row leads to its dialogue: the relationships to follow, outermost first.
PATHS: Final[Mapping[type[Base], tuple[Any, ...]]] = {
    Dialogue: (),
    Membership: (Membership.dialogue,),
    Invitation: (Invitation.dialogue,),
    DialogueSession: (DialogueSession.dialogue,),
    ParticipantList: (ParticipantList.session, DialogueSession.dialogue),
    Agreement: (Agreement.session, DialogueSession.dialogue),
    Issue: (Issue.agreement, Agreement.session, DialogueSession.dialogue),
    Motion: (Motion.agreement, Agreement.session, DialogueSession.dialogue),
    Delegation: (Delegation.dialogue,),
    Paragraph: _OF_A_PARAGRAPH,
    Amendment: (Amendment.paragraph, *_OF_A_PARAGRAPH),
    Thread: (Thread.paragraph, *_OF_A_PARAGRAPH),
    Comment: _OF_A_COMMENT,
    Mention: (Mention.comment, *_OF_A_COMMENT),
    Task: (Task.comment, *_OF_A_COMMENT),
    Draft: (Draft.agreement, Agreement.session, DialogueSession.dialogue),
    HandOver: (HandOver.draft, Draft.agreement, Agreement.session, DialogueSession.dialogue),
    AgendaItem: (AgendaItem.session, DialogueSession.dialogue),
}


def lock_dialogue_of(session: orm.Session, kind: type[Base], key: UUID) -> UUID | None:
    """Lock the dialogue that the row `key` of `kind` belongs to until the transaction ends.

    Returns:
        The dialogue's key; ``None`` if there is no such row. On SQLite the transaction
        itself, begun for writing, is the lock.

    """
    path = sa.select(Dialogue.id).select_from(kind)
    for step in PATHS[kind]:
        path = path.join(step)
    # `key_share` lets others go on inserting rows that refer to the dialogue.
    locked = path.where(kind.id == key).with_for_update(of=Dialogue, key_share=True)  # type: ignore[attr-defined]  # every model has an id
    return session.scalar(locked)


def lock_short_names(session: orm.Session) -> None:
    """Let nobody else take a short name until the transaction ends: they are of all dialogues, and a lock is of one.

    It is taken after a dialogue's lock, never before, so that nobody waits in a circle.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(_SHORT_NAMES)))

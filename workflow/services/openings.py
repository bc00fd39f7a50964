"""What is opened from nothing: a dialogue with its delegations, and the agreement of a session."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.text import AgreementKind
from workflow.models import Account, Agreement, Delegation, Dialogue, DialogueSession, Entered, Membership
from workflow.permissions import Role
from workflow.services import members
from workflow.services.dialogues import find, find_agreement
from workflow.services.journal import enter
from workflow.services.locks import lock_short_names


class NameIsTaken(Exception):  # noqa: N818 -- what the secretariat would say
    """Another dialogue, or agreement, has this short name. Nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A delegation to be."""

    code: str
    name: Bilingual
    adjective: Bilingual
    colour: int
    named_first: Bilingual = NOTHING


def open_dialogue(
    session: orm.Session, *, by: Account, short_name: str, name: Bilingual, sides: Sequence[Side]
) -> Membership:
    """Open a dialogue between `sides`, in their order; return the membership of `by`, who is its secretariat.

    Raises:
        NameIsTaken: If a dialogue of that short name is there.

    """
    lock_short_names(session)
    if find(session, short_name) is not None:
        raise NameIsTaken
    dialogue = Dialogue(short_name=short_name, name=name)
    session.add(dialogue)
    for position, side in enumerate(sides, start=1):
        session.add(
            Delegation(
                dialogue=dialogue,
                code=side.code,
                name=side.name,
                adjective=side.adjective,
                colour=side.colour,
                named_first=side.named_first,
                position=position,
            )
        )
    session.flush()
    member = members.join(session, account=by, dialogue=dialogue, role=Role.SECRETARIAT)
    enter(session, Entered.DIALOGUE_OPENED, by=member, dialogue=dialogue, short_name=short_name)
    return member


def open_agreement(
    session: orm.Session, *, meeting: DialogueSession, by: Membership, short_name: str, name: Bilingual
) -> Agreement:
    """Open the agreement of `meeting`, with nothing in it; return it, flushed.

    Raises:
        OutOfOrder: If the session has one. Nothing is written.
        NameIsTaken: If there is one of that short name, in whatever dialogue.

    """
    if meeting.agreements:
        raise OutOfOrder((Refusal.SESSION_HAS_ITS_AGREEMENT,))
    lock_short_names(session)
    if find_agreement(session, short_name) is not None:
        raise NameIsTaken
    agreement = Agreement(session=meeting, short_name=short_name, name=name, kind=AgreementKind.NEGOTIATED)
    session.add(agreement)
    session.flush()
    enter(session, Entered.AGREEMENT_OPENED, by=by, dialogue=agreement.dialogue, agreement=agreement)
    return agreement

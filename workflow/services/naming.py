"""Who is named to whom: the own side reads which person acted, the others which delegation.

The delegations can let persons be named to all sides. That takes the consent of the heads of
all of them, and ends with the first that takes its own back. Nobody is named for what was
done before: it was done on the understanding that only the own side would read by whom.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import orm

from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.positions import Stance
from workflow.models import (
    SHARED,
    Amendment,
    Comment,
    Delegation,
    Dialogue,
    Draft,
    Entered,
    JournalEntry,
    Membership,
    Position,
    ThreadEvent,
)
from workflow.permissions import Actor, Permission, permits
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.visible import visible

Said: TypeAlias = Amendment | Comment | Draft | Position | ThreadEvent

_SAID = (Entered.NAMING_CONSENTED, Entered.NAMING_TAKEN_BACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamingPage:
    """Whether persons are named to all sides, and what the reader can do about it."""

    dialogue: Dialogue
    consent: tuple[Refusal, ...] | None
    """What keeps the reader from consenting; ``None`` for whoever cannot at all."""
    take_back: tuple[Refusal, ...] | None
    completes: bool
    """Whether the reader's consent is the last that is missing."""
    said: tuple[JournalEntry, ...]
    """What delegations said to it, newest first."""


def page(session: orm.Session, dialogue: Dialogue, actor: Actor) -> NamingPage:
    """Return what `actor` reads of naming in `dialogue`."""
    consents = {one.code for one in dialogue.delegations if one.names_persons}
    speaks = permits(actor, Permission.CONSENT_TO_NAMING, dialogue)
    said = visible(actor).journal().where(JournalEntry.chain == SHARED, JournalEntry.act.in_(_SAID))
    return NamingPage(
        dialogue=dialogue,
        consent=_unless(actor.delegation not in consents, Refusal.ALREADY_SAID_SO) if speaks else None,
        take_back=_unless(actor.delegation in consents, Refusal.NOTHING_SAID) if speaks else None,
        completes=consents | {actor.delegation} >= set(dialogue.sides),
        said=tuple(session.scalars(said)),
    )


def consent(session: orm.Session, *, dialogue: Dialogue, by: Membership) -> bool:
    """Consent, for the delegation of `by`, that persons are named to all sides; return whether they now are.

    Raises:
        OutOfOrder: If it consents already.

    """
    side = _own(dialogue, by)
    if side.names_persons:
        raise OutOfOrder((Refusal.ALREADY_SAID_SO,))
    side.names_persons = True
    if all(one.names_persons for one in dialogue.delegations):
        dialogue.names_since = now(session)
    session.flush()
    enter(session, Entered.NAMING_CONSENTED, by=by, dialogue=dialogue)
    return dialogue.names_since is not None


def take_back(session: orm.Session, *, dialogue: Dialogue, by: Membership) -> None:
    """Take back the consent of the delegation of `by`: from now on no person is named across.

    Raises:
        OutOfOrder: If it has not consented.

    """
    side = _own(dialogue, by)
    if not side.names_persons:
        raise OutOfOrder((Refusal.NOTHING_SAID,))
    side.names_persons = False
    dialogue.names_since = None
    session.flush()
    enter(session, Entered.NAMING_TAKEN_BACK, by=by, dialogue=dialogue)


def author_of(said: Said, actor: Actor) -> str | None:
    """Return the person behind what was said, where `actor` may read it; everybody reads the delegation."""
    if _is_named_across(said, actor):
        return said.membership.account.name
    return colleague(said.membership, actor)


def colleague(member: Membership, actor: Actor) -> str | None:
    """Return the name of `member` for the own side; ``None`` for everybody else, whatever the delegations let show."""
    of_one_side = actor.delegation is not None and member.actor.delegation == actor.delegation
    return member.account.name if of_one_side or actor.membership == member.id else None


def _is_named_across(said: Said, actor: Actor) -> bool:
    member = said.membership
    since = member.dialogue.names_since
    if since is None or member.delegation is None or member.dialogue_id != actor.dialogue:
        return False
    at = _said_at(said)
    return at is not None and at > since


def _said_at(said: Said) -> dt.datetime | None:
    """Return when the person said it; ``None`` for what no other side reads, or what may follow from an earlier act.

    What a side holds *ad referendum* may follow from an amendment or a consent given long before; so does what is
    left of an amendment, which goes on in its author's name.
    """
    if isinstance(said, Draft):
        return None
    if isinstance(said, Position) and said.stance is Stance.AD_REFERENDUM and not said.as_head:
        return None
    if isinstance(said, Amendment):
        return _first(said).at
    return said.at


def _first(amendment: Amendment) -> Amendment:
    """Return the amendment that `amendment` is what is left of, as far back as it is the same person's."""
    there = {one.id: one for one in amendment.paragraph.amendments}
    before = there.get(amendment.continues) if amendment.continues else None
    while before is not None and before.membership_id == amendment.membership_id:
        amendment = before
        before = there.get(amendment.continues) if amendment.continues else None
    return amendment


def _own(dialogue: Dialogue, by: Membership) -> Delegation:
    return next(one for one in dialogue.delegations if one is seat(by))


def _unless(fits: bool, refusal: Refusal) -> tuple[Refusal, ...]:  # noqa: FBT001 -- the one question it answers
    return () if fits else (refusal,)

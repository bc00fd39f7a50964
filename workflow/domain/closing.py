"""Closing a text: what stands between an agreement and its adoption, issuing it, adopting it.

Source: RULES 24 to 28.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from workflow.domain.negotiation import (
    OUT_OF_THE_TEXT,
    SETTLED_OUTSIDE,
    DelegationCode,
    OutOfOrder,
    ParagraphState,
    Refusal,
    Stage,
    Standing,
)


class Cause(StrEnum):
    """Something that keeps a text from being adopted (28)."""

    NO_TEXT = "no_text"
    COUNTERPART_PENDING = "counterpart_pending"
    OPEN_BRACKET = "open_bracket"
    PLACEHOLDER = "placeholder"
    RESERVATION = "reservation"
    NO_POSITION = "no_position"
    AD_REFERENDUM = "ad_referendum"
    NO_CERTIFICATE = "no_certificate"
    CARRIED_ITEM_NOT_DISPOSED = "carried_item_not_disposed"
    LIST_NOT_CONFIRMED = "list_not_confirmed"
    RUNNING_SILENCE = "running_silence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One cause, and where it lies."""

    cause: Cause
    paragraph: UUID | None = None
    delegations: tuple[DelegationCode, ...] = ()
    """Whose act is missing, where it is some delegation's."""
    agenda_item: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementState:
    """An agreement reduced to what the rules of closing need to know about it."""

    stage: Stage
    sides: tuple[DelegationCode, ...]
    paragraphs: Mapping[UUID, ParagraphState]
    """By their keys, in reading order."""
    listing_hash: str
    """Of the text as it stands (see :func:`workflow.domain.content.listing_hash`)."""
    adopted_by: Mapping[DelegationCode, str] = field(default_factory=dict)
    """The listing each delegation last adopted; only the present one counts. Empty: the text changed since (28)."""
    lists_confirmed_by: frozenset[DelegationCode] = frozenset()
    undisposed: tuple[UUID, ...] = ()
    """Carried agenda items without a disposition."""
    last_issued: str | None = None
    """The hash of the last issued listing, with its tabled amendments."""
    issuable: str = ""
    """The same of the text as it stands now."""
    silence_runs: bool = False
    """Whether a silence procedure runs, which alone can adopt the text meanwhile (20)."""

    @property
    def counted(self) -> Mapping[UUID, ParagraphState]:
        """The paragraphs that are in the text."""
        return {key: one for key, one in self.paragraphs.items() if one.standing not in OUT_OF_THE_TEXT}

    @property
    def lapsed_adoptions(self) -> tuple[DelegationCode, ...]:
        """Who adopted a text that has changed since: to be said loudly (28)."""
        return tuple(side for side in self.sides if self.adopted_by.get(side, self.listing_hash) != self.listing_hash)

    def is_last_to_adopt(self, by: DelegationCode) -> bool:
        """Whether all sides but `by` have adopted the text as it stands."""
        adopted = {side for side, listing in self.adopted_by.items() if listing == self.listing_hash}
        return set(self.sides) - adopted == {by}


_OF_STANDING: Final[Mapping[Standing, Cause]] = {
    Standing.COUNTERPART_PENDING: Cause.COUNTERPART_PENDING,
    Standing.RESERVED: Cause.RESERVATION,
    Standing.NO_POSITION: Cause.NO_POSITION,
    Standing.AD_REFERENDUM: Cause.AD_REFERENDUM,
}


def obstacles(agreement: AgreementState) -> tuple[Obstacle, ...]:
    """Return every cause that keeps `agreement` from being adopted, in reading order; empty when nothing does."""
    return tuple(_obstacles(agreement))


def _obstacles(agreement: AgreementState) -> Iterator[Obstacle]:
    if not any(one.current is not None for one in agreement.counted.values()):
        yield Obstacle(cause=Cause.NO_TEXT)
    for key, paragraph in agreement.paragraphs.items():
        if paragraph.standing not in SETTLED_OUTSIDE:
            yield from _obstacles_in(key, paragraph)
    for item in agreement.undisposed:
        yield Obstacle(cause=Cause.CARRIED_ITEM_NOT_DISPOSED, agenda_item=item)
    if agreement.silence_runs:
        yield Obstacle(cause=Cause.RUNNING_SILENCE)
    if unconfirmed := tuple(side for side in agreement.sides if side not in agreement.lists_confirmed_by):
        yield Obstacle(cause=Cause.LIST_NOT_CONFIRMED, delegations=unconfirmed)


def _obstacles_in(key: UUID, paragraph: ParagraphState) -> Iterator[Obstacle]:
    """Yield what is missing of one paragraph. A deletion is no pair of texts: there is nothing to certify of it."""
    if paragraph.live:
        awaited = {side for one in paragraph.live for side in paragraph.awaited(one)}
        sides = tuple(side for side in paragraph.sides if side in awaited)
        yield Obstacle(cause=Cause.OPEN_BRACKET, paragraph=key, delegations=sides)
    if paragraph.has_placeholder:
        yield Obstacle(cause=Cause.PLACEHOLDER, paragraph=key)
    standing = paragraph.held if paragraph.is_deleted else paragraph.standing
    if cause := _OF_STANDING.get(standing):
        yield Obstacle(cause=cause, paragraph=key, delegations=_missing(paragraph, standing))
    uncertified = tuple(side for side in paragraph.sides if side not in paragraph.certified_by)
    if uncertified and not paragraph.is_deleted:
        yield Obstacle(cause=Cause.NO_CERTIFICATE, paragraph=key, delegations=uncertified)


def _missing(paragraph: ParagraphState, standing: Standing) -> tuple[DelegationCode, ...]:
    """Return the sides whose position makes the standing what it is."""
    stands_in_the_way = {
        Standing.RESERVED: {"reserve"},
        Standing.NO_POSITION: {""},
        Standing.AD_REFERENDUM: {"ad_referendum"},
    }.get(standing, set())
    return tuple(
        side
        for side in paragraph.sides
        if (one.stance if (one := paragraph.positions.get(side)) else "") in stands_in_the_way
    )


def refusals_to_adopt(agreement: AgreementState, *, by: DelegationCode, listing_hash: str) -> tuple[Refusal, ...]:
    """Return every reason why `by` cannot adopt the text it has seen as `listing_hash`."""
    if agreement.stage is Stage.RECORDED:
        return (Refusal.RECORDED_AS_PUBLISHED,)
    if agreement.stage is Stage.ADOPTED:
        return (Refusal.TEXT_IS_ADOPTED,)
    reasons = []
    if listing_hash != agreement.listing_hash:
        reasons.append(Refusal.TEXT_HAS_CHANGED)
    if obstacles(agreement):
        reasons.append(Refusal.NOT_READY_TO_ADOPT)
    if agreement.adopted_by.get(by) == agreement.listing_hash:
        reasons.append(Refusal.ALREADY_ADOPTED_BY_YOU)
    return tuple(reasons)


def check_adoption(agreement: AgreementState, *, by: DelegationCode, listing_hash: str) -> None:
    """Return if `by` may adopt.

    Raises:
        OutOfOrder: With every reason, if not.

    """
    if reasons := refusals_to_adopt(agreement, by=by, listing_hash=listing_hash):
        raise OutOfOrder(reasons)


def refusals_to_issue(agreement: AgreementState) -> tuple[Refusal, ...]:
    """Return every reason why the text cannot be issued as the next Rev."""
    if agreement.stage is Stage.RECORDED:
        return (Refusal.RECORDED_AS_PUBLISHED,)
    if agreement.stage is Stage.ADOPTED:
        return (Refusal.TEXT_IS_ADOPTED,)
    if not agreement.counted or agreement.issuable == agreement.last_issued:
        return (Refusal.NOTHING_TO_ISSUE,)
    return ()


def is_adopted(*, sides: tuple[DelegationCode, ...], adopted_by: Mapping[DelegationCode, str], listing: str) -> bool:
    """Whether every side adopted exactly the listing whose hash is `listing`."""
    return bool(sides) and all(adopted_by.get(side) == listing for side in sides)


def in_effect(
    adopted: Iterable[tuple[DelegationCode, str, datetime]], *, disturbed: Iterable[datetime]
) -> Mapping[DelegationCode, str]:
    """Return the listing that each delegation adopted last; an empty one where anything changed since (28).

    A text that was amended, moved or deferred, reserved on or had a word taken back is another
    matter than the one the head adopted, even where that is undone and the listing reads the same.

    Args:
        adopted: By whom, which listing, and when; in the order in which it happened.
        disturbed: When anything of the text changed.

    """
    last = max(disturbed, default=None)
    return {side: "" if last is not None and last > at else listing for side, listing, at in adopted}

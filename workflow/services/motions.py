"""Motions: put to all sides, answered by each, in effect with the last consent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from sqlalchemy import orm

from workflow.domain.motions import MotionAct, MotionKind, MotionMove, Voice, carries, check
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import (
    Agreement,
    Entered,
    Membership,
    Motion,
    MotionEnding,
    MotionOutcome,
    MotionVoice,
    Paragraph,
)
from workflow.services import compromises, corrigenda, finalising, moves, silences, statements
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import Reading, read

Details: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is particular to one kind of motion."""

    stands_on: Callable[[Reading, Paragraph | None], str]
    """The hash of what such a motion is about, as it stands."""
    refusals: Callable[[Reading, Paragraph | None, Details], tuple[Refusal, ...]]
    """What keeps anybody from putting it."""
    effect: Callable[[orm.Session, Motion, Membership], None]
    """What becomes true when every side consents."""


KINDS: Final[Mapping[MotionKind, Kind]] = {
    MotionKind.MOVE: Kind(stands_on=moves.stands_on, refusals=moves.refusals, effect=moves.effect),
    MotionKind.COMPROMISE_REQUEST: Kind(
        stands_on=compromises.stands_on, refusals=compromises.refusals_to_ask, effect=compromises.nothing_yet
    ),
    MotionKind.COMPROMISE: Kind(
        stands_on=compromises.stands_on, refusals=compromises.refusals, effect=compromises.effect
    ),
    MotionKind.STATEMENT: Kind(
        stands_on=statements.stands_on, refusals=statements.refusals, effect=statements.nothing_more
    ),
    MotionKind.CORRIGENDUM: Kind(
        stands_on=corrigenda.stands_on, refusals=corrigenda.refusals, effect=corrigenda.nothing_more
    ),
    MotionKind.SILENCE: Kind(stands_on=silences.stands_on, refusals=silences.refusals, effect=silences.effect),
    MotionKind.FINALISING: Kind(stands_on=finalising.stands_on, refusals=finalising.refusals, effect=finalising.effect),
}


def put(
    session: orm.Session,
    *,
    kind: MotionKind,
    agreement: Agreement,
    paragraph: Paragraph | None = None,
    by: Membership,
    seen: str,
    details: Details,
    reason: str = "",
) -> Motion:
    """Put a motion to all sides, with the consent of the side that puts it; return it, flushed.

    Args:
        session: Writing.
        kind: What it asks for.
        agreement: In which text.
        paragraph: About which paragraph, if about one.
        by: Who puts it.
        seen: The hash of what it is about, as it stood on the page.
        details: What exactly it asks for, in the shape of its kind.
        reason: Why; all sides read it.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    reading = read(session, agreement.id, timed=kind is MotionKind.SILENCE)
    reasons = KINDS[kind].refusals(reading, paragraph, details)
    if seen != KINDS[kind].stands_on(reading, paragraph):
        reasons = (Refusal.TEXT_HAS_CHANGED, *reasons)
    if any(_is_the_same(one, kind, paragraph, seen, details) for one in agreement.motions):
        reasons = (*reasons, Refusal.MOTION_IS_BEFORE_YOU)
    if reasons:
        raise OutOfOrder(tuple(dict.fromkeys(reasons)))
    motion = Motion(
        agreement=agreement,
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        number=len(agreement.motions) + 1,
        kind=kind,
        stands_on=seen,
        details=dict(details),
        reason=reason,
        at=now(session),
    )
    session.add(motion)
    session.flush()
    _enter(session, Entered.MOTION_PUT, motion, by)
    if by.delegation is not None:
        _speak(session, motion, by, Voice.CONSENTS)
    return motion


def consent(session: orm.Session, *, motion: Motion, by: Membership) -> bool:
    """Consent to `motion` for the delegation of `by`; return whether it took effect with that.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    state = motion.state
    check(state, _move(session, MotionAct.CONSENT, motion, by))
    takes_effect = carries(state, by=seat(by).code, sides=motion.agreement.dialogue.sides)
    _speak(session, motion, by, Voice.CONSENTS)
    _enter(session, Entered.MOTION_CONSENTED, motion, by)
    if takes_effect:
        _end(session, motion, MotionOutcome.CARRIED)
        _enter(session, Entered.MOTION_CARRIED, motion, by)
        KINDS[motion.kind].effect(session, motion, by)
    return takes_effect


def object_to(session: orm.Session, *, motion: Motion, by: Membership, reason: str = "") -> None:
    """Object to `motion` for the delegation of `by`; it stays before the sides until whoever put it withdraws it.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    check(motion.state, _move(session, MotionAct.OBJECT, motion, by))
    _speak(session, motion, by, Voice.OBJECTS, reason)
    _enter(session, Entered.MOTION_OBJECTED, motion, by)


def take_back(session: orm.Session, *, motion: Motion, by: Membership) -> None:
    """Take back what the delegation of `by` said to `motion`.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    check(motion.state, _move(session, MotionAct.TAKE_BACK, motion, by))
    _speak(session, motion, by, Voice.TAKES_BACK)
    _enter(session, Entered.MOTION_TAKEN_BACK, motion, by)


def withdraw(session: orm.Session, *, motion: Motion, by: Membership) -> None:
    """Withdraw `motion`, which the side of `by` put; it stays on record.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    check(motion.state, _move(session, MotionAct.WITHDRAW, motion, by))
    _end(session, motion, MotionOutcome.WITHDRAWN)
    _enter(session, Entered.MOTION_WITHDRAWN, motion, by)


def present(reading: Reading, motion: Motion) -> str:
    """Return the hash of what `motion` is about, as `reading` has it: another than its own, and it is outrun."""
    return KINDS[motion.kind].stands_on(reading, motion.paragraph)


def _move(session: orm.Session, act: MotionAct, motion: Motion, by: Membership) -> MotionMove:
    return MotionMove(
        act=act,
        by=by.delegation.code if by.delegation else None,
        as_head=by.actor.is_head,
        on=present(read(session, motion.agreement_id), motion),
    )


def _is_the_same(one: Motion, kind: MotionKind, paragraph: Paragraph | None, seen: str, details: Details) -> bool:
    about = (kind, paragraph.id if paragraph else None, seen, dict(details))
    return one.is_open and (one.kind, one.paragraph_id, one.stands_on, one.details) == about


def _speak(session: orm.Session, motion: Motion, by: Membership, says: Voice, reason: str = "") -> None:
    voice = MotionVoice(
        motion=motion,
        delegation=seat(by),
        membership=by,
        number=len(motion.voices) + 1,
        says=says,
        as_head=by.actor.is_head,
        reason=reason,
        at=now(session),
    )
    session.add(voice)
    session.flush()


def _end(session: orm.Session, motion: Motion, outcome: MotionOutcome) -> None:
    session.add(MotionEnding(motion=motion, outcome=outcome, at=now(session)))
    session.flush()


def _enter(session: orm.Session, act: Entered, motion: Motion, by: Membership) -> None:
    enter(
        session,
        act,
        by=by,
        dialogue=motion.agreement.dialogue,
        agreement=motion.agreement,
        paragraph=motion.paragraph,
        motion=str(motion.id),
        number=str(motion.number),
        kind=motion.kind,
        stands_on=motion.stands_on,
        as_head="yes" if by.actor.is_head else "no",
        **_asked(motion),
    )


def _asked(motion: Motion) -> dict[str, str]:
    """Return where a move puts its paragraph, as the journal says it; what others ask for shows in what follows."""
    return {name: str(value) for name, value in motion.details.items()} if motion.kind is MotionKind.MOVE else {}

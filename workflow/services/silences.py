"""Silence procedures: opened by the heads of all sides, broken by any of them before the stated moment (RULES 20)."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import orm

from workflow.domain.closing import obstacles
from workflow.domain.motions import Voice
from workflow.domain.negotiation import OutOfOrder, Refusal, Stage
from workflow.domain.silence import STANDS_IN_FOR, SilenceState
from workflow.models import Entered, Membership, Motion, MotionVoice, Paragraph
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.journal import enter
from workflow.services.reading import Reading, read
from workflow.services.time_zones import in_each_zone


def stands_on(reading: Reading, _paragraph: Paragraph | None) -> str:
    """Return the hash of the text that would be adopted."""
    return reading.listing


def asked(expires: datetime) -> dict[str, object]:
    """Return what a motion asks for: adoption at `expires`, unless the silence is broken before."""
    return {"expires_at": expires.astimezone(UTC).isoformat()}


def refusals(reading: Reading, _paragraph: Paragraph | None, details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps a head from proposing it: only positions may still be missing, and the moment lies ahead."""
    if reading.stage is Stage.RECORDED:
        return (Refusal.RECORDED_AS_PUBLISHED,)
    if reading.stage is Stage.ADOPTED:
        return (Refusal.TEXT_IS_ADOPTED,)
    found = []
    if any(one.cause not in STANDS_IN_FOR for one in obstacles(reading.closing)):
        found.append(Refusal.NOT_READY_TO_ADOPT)
    if reading.moment is not None and datetime.fromisoformat(str(details["expires_at"])) <= reading.moment:
        found.append(Refusal.MOMENT_IS_PAST)
    return tuple(found)


def refusals_now(reading: Reading) -> tuple[Refusal, ...]:
    """Return what keeps a head from proposing a silence, whichever moment would be chosen."""
    return refusals(reading, None, asked(datetime.max.replace(tzinfo=UTC)))


def effect(session: orm.Session, motion: Motion, _by: Membership) -> None:
    """Let the silence run from now on.

    Raises:
        OutOfOrder: If more than positions is missing by now, or the moment has passed meanwhile.

    """
    reading = read(session, motion.agreement_id, timed=True)
    missing = {one.cause for one in obstacles(reading.without_silence)}
    late = reading.silence is None or reading.silence.state is not SilenceState.RUNNING
    if missing - STANDS_IN_FOR or late:
        raise OutOfOrder((Refusal.MOMENT_IS_PAST if late else Refusal.NOT_READY_TO_ADOPT,))


def break_silence(session: orm.Session, *, motion: Motion, by: Membership, reason: str) -> None:
    """Object to the silence `motion` opened, for the delegation of `by`, before its moment: it is broken.

    Raises:
        OutOfOrder: If it does not run, or not any more.

    """
    silence = read(session, motion.agreement_id).silence
    if silence is None or silence.motion is not motion or silence.state is not SilenceState.RUNNING:
        raise OutOfOrder((Refusal.NO_SILENCE_RUNS,))
    voice = MotionVoice(
        motion=motion,
        delegation=seat(by),
        membership=by,
        number=len(motion.voices) + 1,
        says=Voice.OBJECTS,
        as_head=by.actor.is_head,
        reason=reason,
        at=now(session),
    )
    session.add(voice)
    session.flush()
    enter(
        session,
        Entered.MOTION_BROKEN,
        by=by,
        dialogue=motion.agreement.dialogue,
        agreement=motion.agreement,
        motion=str(motion.id),
        number=str(motion.number),
        kind=motion.kind,
    )


def asked_for(reading: Reading, details: Mapping[str, object]) -> tuple[datetime, ...]:
    """Return the moment a motion asks for, as `moments` gives it."""
    return moments(reading, datetime.fromisoformat(str(details["expires_at"])))


def moments(reading: Reading, expires: datetime) -> tuple[datetime, ...]:
    """Return `expires` in the time zone of each side, and in UTC."""
    return in_each_zone(reading.agreement.session, expires)

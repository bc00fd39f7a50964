"""Motions as the pages show them: what is before the sides, what each says, what the reader can do."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.corrigenda import Correction
from workflow.domain.motions import MotionAct, MotionKind, MotionMove, Voice, carries, refusals
from workflow.domain.negotiation import Refusal, Stage
from workflow.domain.waiting import waits_for_answer
from workflow.models import Motion, Paragraph, Position
from workflow.permissions import Actor, Permission, permits
from workflow.services import compromises, corrigenda, motions, moves, silences, statements
from workflow.services.corrigenda import Corrigendum
from workflow.services.reading import Reading, open_for, read
from workflow.services.rows import Row, quoted, row


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionShown:
    """A motion with what the reader can do about it."""

    motion: Motion
    is_outrun: bool
    """Whether what it is about has changed since, so that nobody can consent to it any more."""
    says: tuple[tuple[str, Voice], ...]
    """Each delegation that has said something, in the order of sides."""
    consent: tuple[Refusal, ...] | None
    """Obstacles; ``None`` without the right."""
    object_to: tuple[Refusal, ...] | None
    take_back: tuple[Refusal, ...] | None
    withdraw: tuple[Refusal, ...] | None
    takes_effect: bool
    """Whether the reader's consent would be the last one needed."""
    text: Bilingual | None
    """The text it would make the next wording, of a compromise; the statement to be printed."""
    moments: tuple[datetime, ...]
    """When the silence it asks for would end, in the time zones of the sides and UTC."""
    correction: Correction | None
    """What it would correct in an adopted text."""
    place: Bilingual | None
    """Where it would put the paragraph, in the words that stand there; ``None``: the end, or not a move."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionsPage:
    """What is put to all sides about one paragraph."""

    row: Row
    motions: tuple[MotionShown, ...]
    """Those before the sides first, newest first."""
    move: tuple[Refusal, ...] | None
    """What keeps the reader from proposing a move; ``None`` without the right."""
    ask: tuple[Refusal, ...] | None
    """The same for asking the secretariat for a compromise."""
    offer: tuple[Refusal, ...] | None
    """The same for offering one."""
    statements: tuple[Position, ...]
    """The statements in force that the reader can ask to have printed."""
    printed: tuple[Position, ...]
    order: str
    """What a move is about, as it stands."""
    base: str
    """What a compromise is about, as it stands."""
    face: str
    """What a statement is about, as it stands."""
    correct: bool
    """Whether the reader can put a corrigendum to this adopted text."""
    adopted: str
    """What a corrigendum is about, as it stands."""
    corrigenda: tuple[Corrigendum, ...]
    """Those in effect."""
    corrected: Bilingual | None
    """The text with them; ``None`` where there is none."""


def page(session: orm.Session, paragraph: Paragraph, actor: Actor) -> MotionsPage:
    """Return what is put to all sides about `paragraph`, as `actor` reads it."""
    reading = read(session, paragraph.agreement_id)
    closed = open_for(reading, paragraph)
    asked_for = () if compromises.was_asked_for(reading, paragraph) else (Refusal.NOT_ASKED_FOR,)
    printed = statements.printed(reading, paragraph)
    head = permits(actor, Permission.PUT_AS_HEAD, paragraph)
    return MotionsPage(
        row=row(reading, paragraph, actor=actor),
        motions=about(reading, paragraph, actor),
        move=closed if permits(actor, Permission.MOVE, paragraph) else None,
        ask=closed if head else None,
        offer=(*closed, *asked_for) if permits(actor, Permission.OFFER_COMPROMISE, paragraph) else None,
        statements=tuple(one for one in statements.made(reading, paragraph) if one not in printed) if head else (),
        printed=printed,
        order=moves.stands_on(reading, paragraph),
        base=compromises.stands_on(reading, paragraph),
        face=statements.stands_on(reading, paragraph),
        correct=head and reading.stage is Stage.ADOPTED and paragraph.text is not None,
        adopted=corrigenda.stands_on(reading, paragraph),
        corrigenda=(made := corrigenda.by_paragraph(reading).get(paragraph.id, ())),
        corrected=corrigenda.text_of(reading, paragraph) if made else None,
    )


def about(reading: Reading, paragraph: Paragraph | None, actor: Actor) -> tuple[MotionShown, ...]:
    """Return the motions about `paragraph`, or about the whole text, those before the sides first, newest first."""
    key = paragraph.id if paragraph else None
    found = [shown(reading, one, actor) for one in reversed(reading.agreement.motions) if one.paragraph_id == key]
    return tuple(sorted(found, key=lambda one: not one.motion.is_open))


def waiting(reading: Reading, actor: Actor) -> tuple[Motion, ...]:
    """Return the motions that wait for an answer `actor` can give, oldest first."""
    if actor.delegation is None:
        return ()
    return tuple(
        one
        for one in reading.agreement.motions
        if one.is_open
        and permits(actor, Permission.ANSWER_MOTION, one)
        and waits_for_answer(one.state, actor.delegation, on=motions.present(reading, one))
    )


def shown(reading: Reading, motion: Motion, actor: Actor) -> MotionShown:
    """Return `motion` as `actor` sees it."""
    state = motion.state
    on = motions.present(reading, motion)
    sides = reading.agreement.dialogue.sides

    def obstacles(act: MotionAct, right: Permission) -> tuple[Refusal, ...] | None:
        if not motion.is_open or not permits(actor, right, motion):
            return None
        return refusals(state, MotionMove(act=act, by=actor.delegation, as_head=actor.is_head, on=on))

    own = motion.delegation is not None and motion.delegation.code == actor.delegation
    mine = own or (motion.delegation is None and actor.delegation is None)
    return MotionShown(
        motion=motion,
        is_outrun=motion.is_open and on != motion.stands_on,
        says=tuple((side, state.says[side]) for side in sides if side in state.says),
        consent=obstacles(MotionAct.CONSENT, Permission.ANSWER_MOTION),
        object_to=None if own else obstacles(MotionAct.OBJECT, Permission.ANSWER_MOTION),
        take_back=obstacles(MotionAct.TAKE_BACK, Permission.ANSWER_MOTION),
        withdraw=obstacles(MotionAct.WITHDRAW, Permission.WITHDRAW_MOTION) if mine else None,
        takes_effect=actor.delegation is not None and carries(state, by=actor.delegation, sides=sides),
        text=_text(motion),
        moments=silences.asked_for(reading, motion.details) if motion.kind is MotionKind.SILENCE else (),
        correction=corrigenda.correction_of(motion.details) if motion.kind is MotionKind.CORRIGENDUM else None,
        place=_place(reading, motion),
    )


def places(session: orm.Session, paragraph: Paragraph) -> list[tuple[str, Bilingual, str]]:
    """Return where `paragraph` can be moved to, as :func:`workflow.services.moves.places` says."""
    return moves.places(read(session, paragraph.agreement_id), paragraph)


def _text(motion: Motion) -> Bilingual | None:
    if motion.kind is MotionKind.COMPROMISE:
        return compromises.text_of(motion.details)
    if motion.kind is MotionKind.STATEMENT and motion.paragraph is not None:
        given = (one for one in motion.paragraph.positions if str(one.id) == motion.details["position"])
        return next((one.statement for one in given), None)
    return None


def _place(reading: Reading, motion: Motion) -> Bilingual | None:
    key = str(motion.details.get("before") or motion.details.get("parent") or "")
    return next((quoted(one.paragraph.last_text) for one in reading.order if str(one.paragraph.id) == key), None)

"""Motions: what takes effect once every side consents, and until then changes nothing.

Moving a paragraph, finalising, opening a silence procedure, correcting what is adopted,
asking the secretariat for a compromise, printing a statement: one arithmetic for all.

Source: RULES 4, 13, 18, 20, 25, 28 and 29.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from workflow.domain.negotiation import DelegationCode, OutOfOrder, Refusal, head_has_spoken


class MotionKind(StrEnum):
    """What a motion asks all sides for."""

    MOVE = "move"
    """Put a paragraph elsewhere: both drafters (4)."""
    COMPROMISE_REQUEST = "compromise_request"
    """Ask the secretariat for a compromise text: both heads (13)."""
    COMPROMISE = "compromise"
    """The secretariat's compromise text; accepted, it is the next wording, *ad referendum* (13)."""
    STATEMENT = "statement"
    """Print a statement for the record (18)."""
    FINALISING = "finalising"
    """Drop and revert what is not agreed, exactly as listed: both heads (25)."""
    SILENCE = "silence"
    """Adopt at a stated moment unless somebody objects or amends: both heads (20)."""
    CORRIGENDUM = "corrigendum"
    """Correct an adopted text: both heads (29)."""


#: What drafters settle between them; everything else takes the word of a head (4, 13).
SETTLED_BY_DRAFTERS: Final = frozenset({MotionKind.MOVE, MotionKind.COMPROMISE})


class Voice(StrEnum):
    """What a delegation says to a motion."""

    CONSENTS = "consents"
    OBJECTS = "objects"
    TAKES_BACK = "takes_back"
    """It takes back what it said, and has said nothing."""


class MotionAct(StrEnum):
    """What can be done about a motion that is before the sides."""

    CONSENT = "consent"
    OBJECT = "object"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionState:
    """A motion reduced to what the rules need to know about it."""

    kind: MotionKind
    by: DelegationCode | None
    """Who put it; ``None`` for the secretariat."""
    stands_on: str
    """The hash of what it was put on."""
    says: Mapping[DelegationCode, Voice]
    """The last word of each delegation that has said something, what it took back left out."""
    said_by_heads: frozenset[DelegationCode] = frozenset()
    """Of these, the delegations whose word is a head's (19)."""
    is_open: bool = True

    @property
    def consenting(self) -> frozenset[DelegationCode]:
        """The delegations that consent."""
        return frozenset(side for side, voice in self.says.items() if voice is Voice.CONSENTS)


_Guard: TypeAlias = Callable[[MotionState, "MotionMove"], Refusal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionMove:
    """Something a delegation does about a motion."""

    act: MotionAct
    by: DelegationCode | None
    """``None`` for the secretariat."""
    as_head: bool = False
    on: str
    """The hash of what the motion is about, as it stands now."""


def _is_open(motion: MotionState, _move: MotionMove) -> Refusal | None:
    return None if motion.is_open else Refusal.MOTION_IS_CLOSED


def _on_what_stands(motion: MotionState, move: MotionMove) -> Refusal | None:
    """Nobody consents to a motion on a text that is gone."""
    return None if motion.stands_on == move.on else Refusal.TEXT_HAS_CHANGED


def _says_something_new(voice: Voice) -> _Guard:
    def guard(motion: MotionState, move: MotionMove) -> Refusal | None:
        return Refusal.ALREADY_SAID_SO if move.by is not None and motion.says.get(move.by) is voice else None

    return guard


def _said_something(motion: MotionState, move: MotionMove) -> Refusal | None:
    return None if move.by in motion.says else Refusal.NOTHING_SAID


def _own(motion: MotionState, move: MotionMove) -> Refusal | None:
    return None if motion.by == move.by else Refusal.NOT_YOUR_MOTION


def _head_has_not_spoken(motion: MotionState, move: MotionMove) -> Refusal | None:
    return head_has_spoken(move.by, as_head=move.as_head, heads=motion.said_by_heads)


_GUARDS: Final[Mapping[MotionAct, tuple[_Guard, ...]]] = {
    MotionAct.CONSENT: (_is_open, _on_what_stands, _says_something_new(Voice.CONSENTS), _head_has_not_spoken),
    MotionAct.OBJECT: (_is_open, _says_something_new(Voice.OBJECTS), _head_has_not_spoken),
    MotionAct.TAKE_BACK: (_is_open, _said_something, _head_has_not_spoken),
    MotionAct.WITHDRAW: (_is_open, _own, _head_has_not_spoken),
}


def refusals(motion: MotionState, move: MotionMove) -> tuple[Refusal, ...]:
    """Return every reason why `move` is out of order about `motion`; empty when nothing stands in the way."""
    verdicts = (guard(motion, move) for guard in _GUARDS[move.act])
    return tuple(verdict for verdict in verdicts if verdict is not None)


def check(motion: MotionState, move: MotionMove) -> None:
    """Return if `move` is in order.

    Raises:
        OutOfOrder: With every reason, if it is not.

    """
    if reasons := refusals(motion, move):
        raise OutOfOrder(reasons)


def carries(motion: MotionState, *, by: DelegationCode, sides: tuple[DelegationCode, ...]) -> bool:
    """Whether the consent of `by` is the last one needed."""
    return motion.consenting | {by} == frozenset(sides)

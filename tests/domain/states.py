"""Paragraphs and agreements as the rules see them, for tests: agreed by both sides unless a test says otherwise."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import AgreementState
from workflow.domain.negotiation import AmendmentKind, LiveAmendment, ParagraphState, Stage
from workflow.domain.points import Change, Point
from workflow.domain.positions import PositionInForce, Stance

SIDES = ("US", "CN")
TEXT = Bilingual("Both sides should talk.", "双方应开展对话。")
OTHER = Bilingual("Both sides could talk.", "双方可以开展对话。")
ONE = Point((Change(0, 4, "All"),), (Change(0, 2, "各方"),))
TWO = Point((Change(11, 17, "could"),), (Change(2, 3, "可以"),))
BASE = UUID(int=1)
FACE = "face"


def said(stance: Stance = Stance.AGREE, *, by_head: bool = True, awaits_head: bool = False) -> PositionInForce:
    return PositionInForce(stance=stance, by_head=by_head, awaits_head=awaits_head)


def paragraph(**changes: Any) -> ParagraphState:
    """Common text, agreed by both heads and certified by both language officers."""
    usual = ParagraphState(
        stage=Stage.NEGOTIATION,
        sides=SIDES,
        current=TEXT,
        base=BASE,
        face=FACE,
        positions={side: said() for side in SIDES},
        certified_by=frozenset(SIDES),
    )
    return replace(usual, **changes)


def amendment(by: str = "CN", **changes: Any) -> LiveAmendment:
    """A change of the common text by `by`, in both languages."""
    usual = LiveAmendment(key=uuid4(), by=by, kind=AmendmentKind.MOD, text=OTHER, against=BASE)
    return replace(usual, **changes)


def in_points(by: str = "CN", **changes: Any) -> LiveAmendment:
    """A change of the common text by `by`, of two points in both languages."""
    return amendment(by, **({"points": (ONE, TWO)} | changes))


def addition(by: str = "CN", **changes: Any) -> LiveAmendment:
    """A new paragraph tabled by `by`."""
    return amendment(by, **({"kind": AmendmentKind.ADD, "text": TEXT, "against": None} | changes))


def added(one: LiveAmendment, *others: LiveAmendment, **changes: Any) -> ParagraphState:
    """A paragraph that is the tabled addition `one` only, amended by `others`."""
    nothing_common: dict[str, Any] = {
        "current": None,
        "base": one.key,
        "live": (one, *others),
        "positions": {},
        "certified_by": frozenset(),
    }
    return paragraph(**(nothing_common | changes))


def agreement(*paragraphs: ParagraphState, **changes: Any) -> AgreementState:
    """An agreement of `paragraphs`, lists confirmed, nothing carried; of one agreed paragraph if none is named."""
    usual = AgreementState(
        stage=Stage.NEGOTIATION,
        sides=SIDES,
        paragraphs={UUID(int=number): one for number, one in enumerate(paragraphs or (paragraph(),), start=1)},
        listing_hash="listing",
        lists_confirmed_by=frozenset(SIDES),
        issuable="now",
    )
    return replace(usual, **changes)

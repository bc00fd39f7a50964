"""Corrigenda: put by a head, in effect when the heads of all sides consent, numbered then (RULES 29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.corrigenda import Correction, corrected
from workflow.domain.corrigenda import refusals as refusals_of
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal
from workflow.models import Membership, Motion, MotionOutcome, Paragraph
from workflow.services.reading import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrigendum:
    """Corr.n: a correction that is in effect."""

    number: int
    """Among those of its agreement, in the order in which they took effect."""
    motion: Motion
    correction: Correction


def asked(correction: Correction) -> dict[str, object]:
    """Return what a motion for `correction` asks for."""
    return {"language": correction.language.value, "wrong": correction.wrong, "right": correction.right}


def correction_of(details: Mapping[str, object]) -> Correction:
    """Return the correction that `asked` was given."""
    return Correction(
        language=Language(str(details["language"])), wrong=str(details["wrong"]), right=str(details["right"])
    )


def in_effect(reading: Reading) -> tuple[Corrigendum, ...]:
    """Return Corr.1, Corr.2, … of the text."""
    carried = [
        one
        for one in reading.agreement.motions
        if one.kind is MotionKind.CORRIGENDUM and one.ending and one.outcome is MotionOutcome.CARRIED
    ]
    carried.sort(key=lambda one: (one.ending.at, one.number) if one.ending else (one.at, one.number))
    return tuple(
        Corrigendum(number=number, motion=one, correction=correction_of(one.details))
        for number, one in enumerate(carried, 1)
    )


def text_of(reading: Reading, paragraph: Paragraph) -> Bilingual | None:
    """Return the text of `paragraph` with every corrigendum to it; ``None`` where it has none of its own."""
    if paragraph.text is None:
        return None
    made = [one.correction for one in in_effect(reading) if one.motion.paragraph_id == paragraph.id]
    return corrected(paragraph.text, made)


def by_paragraph(reading: Reading) -> Mapping[UUID, tuple[Corrigendum, ...]]:
    """Return the corrigenda of each paragraph that has any."""
    found: dict[UUID, tuple[Corrigendum, ...]] = {}
    for one in in_effect(reading):
        if one.motion.paragraph_id is not None:
            found[one.motion.paragraph_id] = (*found.get(one.motion.paragraph_id, ()), one)
    return found


def stands_on(reading: Reading, paragraph: Paragraph | None) -> str:
    """Return what names the adopted text with its corrigenda so far."""
    return f"{reading.faces[paragraph.id]} Corr.{len(in_effect(reading))}" if paragraph else ""


def refusals(reading: Reading, paragraph: Paragraph | None, details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps a head from putting this corrigendum."""
    text = text_of(reading, paragraph) if paragraph else None
    return refusals_of(correction_of(details), text=text, stage=reading.stage)


def nothing_more(_session: orm.Session, _motion: Motion, _by: Membership) -> None:
    """Leave the adopted wording as it is: what it should have said is worked out from it."""

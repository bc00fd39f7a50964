"""Finalising a text: the list of what happens to what is not agreed, and carrying it out (RULES 25)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import Obstacle
from workflow.domain.finalising import Fate, Planned, plan, plan_hash, unsettled
from workflow.domain.negotiation import Refusal, Stage
from workflow.domain.positions import Stance, in_force
from workflow.domain.redline import Redline, bilingual_redline
from workflow.models import Amendment, Membership, Motion, Outcome, Paragraph
from workflow.services.acts import end_amendment, make_wording
from workflow.services.reading import Reading, keep_numbers, read
from workflow.services.terms import words_of

_FINAL = frozenset({Stance.AGREE, Stance.AGREE_WITH_STATEMENT})


def listed(reading: Reading) -> tuple[Planned, ...]:
    """Return what finalising would do to the text of `reading`, in reading order."""
    if reading.stage is not Stage.NEGOTIATION:
        return ()
    sides = reading.agreement.dialogue.sides
    before = {placed.paragraph.id: _agreed_before(placed.paragraph, sides) for placed in reading.order}
    return plan(reading.closing, {key: text for key, text in before.items() if text is not None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapsing:
    """A change that finalising would let lapse, as its author meant it."""

    amendment: Amendment
    redline: Redline


def lapsing(reading: Reading, planned: Sequence[Planned]) -> Mapping[UUID, tuple[Lapsing, ...]]:
    """Return the changes that lapse with `planned`, by their paragraph; an addition that drops out is shown whole."""
    words = words_of(reading.agreement)
    named = {key for one in planned for key in one.lapsing}
    return {
        placed.paragraph.id: tuple(
            Lapsing(amendment=one, redline=bilingual_redline(one.against_text, one.text, words))
            for one in placed.paragraph.live_amendments
            if one.id in named and not one.is_addition
        )
        for placed in reading.order
    }


def left_open(reading: Reading, planned: Sequence[Planned]) -> tuple[Obstacle, ...]:
    """Return what finalising does not settle: what will still keep the text from being adopted after it."""
    return unsettled(reading.closing, planned) if planned else ()


def stands_on(reading: Reading, _paragraph: Paragraph | None) -> str:
    """Return what names the list exactly as it stands."""
    return plan_hash(listed(reading), listing=reading.agreement.issuable)


def refusals(reading: Reading, _paragraph: Paragraph | None, _details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps a head from proposing to finalise: the text is closed, or nothing in it is in dispute."""
    if reading.stage is Stage.RECORDED:
        return (Refusal.RECORDED_AS_PUBLISHED,)
    if reading.stage is Stage.ADOPTED:
        return (Refusal.TEXT_IS_ADOPTED,)
    return () if listed(reading) else (Refusal.NOTHING_TO_FINALISE,)


def effect(session: orm.Session, motion: Motion, by: Membership) -> None:
    """Carry out the list that every head has consented to; positions taken on a text that reverts have lapsed."""
    reading = read(session, motion.agreement_id)
    paragraphs = {placed.paragraph.id: placed.paragraph for placed in reading.order}
    keep_numbers(session, motion.agreement)
    for one in listed(reading):
        paragraph = paragraphs[one.paragraph]
        for amendment in paragraph.live_amendments:
            end_amendment(session, amendment, Outcome.LAPSED, by=by)
        if one.fate is Fate.REVERTS:
            make_wording(session, paragraph=paragraph, text=one.text, by=by)


def _agreed_before(paragraph: Paragraph, sides: tuple[str, ...]) -> Bilingual | None:
    """Return the last wording before the present one that every side gave its final word to."""
    for wording in reversed(paragraph.wordings[:-1]):
        taken = [one.taken for one in paragraph.positions if one.wording_number == wording.number]
        words = [in_force(taken, by=side, on=wording.content_hash) for side in sides]
        if not wording.is_deletion and all(word is not None and word.stance in _FINAL for word in words):
            return wording.text
    return None

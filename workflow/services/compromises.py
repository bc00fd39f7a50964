"""Compromise texts: the secretariat's, at the request of the heads of all sides and never otherwise (RULES 13).

Such a text never stands in brackets, since the secretariat holds no alternative. Once every
side takes it, it is the next wording, *ad referendum*.
"""

from collections.abc import Mapping

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal
from workflow.models import Membership, Motion, MotionOutcome, Outcome, Paragraph
from workflow.services.acts import end_amendment, hold_ad_referendum, make_wording
from workflow.services.reading import Reading, open_for


def stands_on(_reading: Reading, paragraph: Paragraph | None) -> str:
    """Return what names the text a compromise would take the place of: the wording, or the addition as tabled."""
    return str(paragraph.base) if paragraph and paragraph.base else ""


def asked(text: Bilingual) -> dict[str, object]:
    """Return what a motion for `text` asks for."""
    return {"en": text.en, "zh": text.zh}


def text_of(details: Mapping[str, object]) -> Bilingual:
    """Return the text that `asked` was given."""
    return Bilingual(en=str(details["en"]), zh=str(details["zh"]))


def refusals_to_ask(
    reading: Reading, paragraph: Paragraph | None, _details: Mapping[str, object]
) -> tuple[Refusal, ...]:
    """Return what keeps a head from asking for a compromise: the text is closed, or the paragraph out of it."""
    return open_for(reading, paragraph)


def refusals(reading: Reading, paragraph: Paragraph | None, details: Mapping[str, object]) -> tuple[Refusal, ...]:
    """Return what keeps the secretariat from tabling this compromise."""
    if closed := open_for(reading, paragraph):
        return closed
    assert paragraph is not None  # noqa: S101 -- told above; for the type checker
    found = [] if was_asked_for(reading, paragraph) else [Refusal.NOT_ASKED_FOR]
    text = text_of(details)
    if not text.is_complete:
        found.append(Refusal.COUNTERPART_PENDING)
    if text == paragraph.text:
        found.append(Refusal.NOTHING_CHANGES)
    return tuple(found)


def was_asked_for(reading: Reading, paragraph: Paragraph) -> bool:
    """Whether the heads of all sides asked for a compromise on the text as it stands."""
    return any(
        one.kind is MotionKind.COMPROMISE_REQUEST
        and one.paragraph_id == paragraph.id
        and one.outcome is MotionOutcome.CARRIED
        and one.stands_on == stands_on(reading, paragraph)
        for one in reading.agreement.motions
    )


def nothing_yet(_session: orm.Session, _motion: Motion, _by: Membership) -> None:
    """Leave the text as it is: that both heads asked is what lets the secretariat write."""


def effect(session: orm.Session, motion: Motion, by: Membership) -> None:
    """Make the compromise the next wording; every side holds it *ad referendum*."""
    paragraph = motion.paragraph
    assert paragraph is not None  # noqa: S101 -- such a motion is about one; for the type checker
    if paragraph.addition is not None:
        end_amendment(session, paragraph.addition, Outcome.ABSORBED, by=by)
    wording = make_wording(session, paragraph=paragraph, text=text_of(motion.details), by=by)
    for one in paragraph.live_amendments:
        if one.text == wording.text:
            end_amendment(session, one, Outcome.ABSORBED, by=by)
    members = {voice.delegation.position: voice.membership for voice in motion.voices}
    for _, member in sorted(members.items(), key=lambda one: one[0]):
        hold_ad_referendum(session, paragraph=paragraph, by=member, wording=wording)

"""What changed in a text since a moment: since the reader looked, since the own head agreed, since a Rev."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.changes import Change, Compared, Listed, compare, counts, last_agreed
from workflow.domain.motions import MotionKind
from workflow.models import Amendment, Motion, MotionEnding, MotionOutcome, Paragraph
from workflow.permissions import Actor
from workflow.services.comparisons import Difference, differences, listed_in, listed_now
from workflow.services.looks import last_look
from workflow.services.reading import Reading

LOOKED = "looked"
"""Since the reader said to have looked at the text."""
AGREED = "agreed"
"""Since the reader's head agreed to each paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since a moment."""

    what: str
    """`LOOKED`, `AGREED`, or the number of a Rev."""
    at: datetime | None
    """When that was; ``None`` where it differs by paragraph."""
    differences: tuple[Difference, ...]
    """Those paragraphs only of which there is something to tell."""
    unchanged: int

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many paragraphs each change befell."""
        return counts(one.compared for one in self.differences)


def since(session: orm.Session, reading: Reading, actor: Actor, what: str) -> Since | None:
    """Return what changed in the text since `what`, as `actor` may see it.

    Args:
        session: Reading.
        reading: The text as it stands.
        actor: Whose look, whose side's agreement.
        what: `LOOKED`, `AGREED`, or the number of a Rev.

    Returns:
        ``None`` if the actor never said to have looked, acts for no side that could have agreed, or
        there is no such Rev.

    """
    if what == LOOKED:
        return _since_look(session, reading, actor)
    if what == AGREED:
        return _since_agreed(session, reading, actor)
    issue = next((one for one in reading.agreement.issues if str(one.number) == what), None)
    if issue is None:
        return None
    moments = _everywhere(reading, issue.at)
    compared = compare(listed_in(session, issue), listed_now(reading))
    return _told(what, issue.at, differences(reading, compared, moments))


def _since_look(session: orm.Session, reading: Reading, actor: Actor) -> Since | None:
    at = last_look(session, reading.agreement.id, actor)
    if at is None:
        return None
    moments = _everywhere(reading, at)
    then = {placed.paragraph.id: _text_at(placed.paragraph, at) for placed in reading.order}
    before = {key: text for key, text in then.items() if text is not None}
    compared = _moved(session, reading, compare(_kept(reading, before), listed_now(reading)), moments)
    return _told(LOOKED, at, differences(reading, compared, moments))


def _since_agreed(session: orm.Session, reading: Reading, actor: Actor) -> Since | None:
    if actor.delegation is None:
        return None
    before: dict[UUID, tuple[Bilingual, bool]] = {}
    moments: dict[UUID, datetime] = {}
    for placed in reading.order:
        paragraph = placed.paragraph
        said = [(one.wording_number, one.taken) for one in paragraph.positions]
        if agreed := last_agreed(said, by=actor.delegation):
            before[paragraph.id] = (paragraph.wordings[agreed.wording - 1].text, True)
            moments[paragraph.id] = max(
                one.at
                for one in paragraph.positions
                if one.wording_number == agreed.wording and one.delegation.code == actor.delegation
            )
    compared = _moved(session, reading, compare(_kept(reading, before), listed_now(reading)), moments)
    return _told(AGREED, None, differences(reading, compared, moments))


def _told(what: str, at: datetime | None, differences: Sequence[Difference]) -> Since:
    worth = tuple(one for one in differences if one.is_one)
    return Since(what=what, at=at, differences=worth, unchanged=len(differences) - len(worth))


def _everywhere(reading: Reading, at: datetime) -> dict[UUID, datetime]:
    return {placed.paragraph.id: at for placed in reading.order}


def _kept(reading: Reading, before: Mapping[UUID, tuple[Bilingual, bool]]) -> tuple[Listed[UUID], ...]:
    """Return the earlier texts in the present order: nothing but a Rev. keeps another."""
    return tuple(
        Listed(
            key=placed.paragraph.id,
            text=before[placed.paragraph.id][0],
            is_common=before[placed.paragraph.id][1],
            number=reading.numbers.get(placed.paragraph.id, ""),
            depth=placed.depth,
        )
        for placed in reading.order
        if placed.paragraph.id in before
    )


def _text_at(paragraph: Paragraph, at: datetime) -> tuple[Bilingual, bool] | None:
    """Return what `paragraph` said at the moment `at`, and whether it was common text; ``None`` if not in the text."""
    wordings = [one for one in paragraph.wordings if one.at <= at]
    voices = [one for one in paragraph.deferral_voices if one.at <= at and one.wording_number == len(wordings)]
    last = {one.delegation.code: one.consents for one in voices}
    if all(last.get(side) for side in paragraph.agreement.dialogue.sides):
        return None
    if wordings:
        return None if wordings[-1].is_deletion else (wordings[-1].text, True)
    standing = (one for one in paragraph.amendments if one.is_addition and one.at <= at and _was_live(one, at))
    addition = next(standing, None)
    return (addition.text, False) if addition else None


def _was_live(amendment: Amendment, at: datetime) -> bool:
    return amendment.ending is None or amendment.ending.at > at


def _moved(
    session: orm.Session,
    reading: Reading,
    compared: Iterable[Compared[UUID]],
    moments: Mapping[UUID, datetime],
) -> tuple[Compared[UUID], ...]:
    """Return `compared` with what was moved since marked: the sides' agreed moves say so where no listing does."""
    carried = session.scalars(
        sa.select(Motion)
        .join(Motion.ending)
        .where(
            Motion.agreement_id == reading.agreement.id,
            Motion.kind == MotionKind.MOVE,
            MotionEnding.outcome == MotionOutcome.CARRIED,
        )
        .options(orm.contains_eager(Motion.ending))
    )
    ends = [(one.paragraph_id, one.ending.at) for one in carried if one.paragraph_id and one.ending]
    moved = {key for key, at in ends if key in moments and at > moments[key]}
    return tuple(replace(one, has_moved=one.before is not None and one.key in moved) for one in compared)

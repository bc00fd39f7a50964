"""The one door through which a delegation acts on a text: read it whole, ask the rules, then write.

Every function here expects the dialogue to be locked (:mod:`workflow.services.locks`)
and the session to be writing.
"""

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import Move, ParagraphState, check
from workflow.domain.positions import PositionTaken, Stance
from workflow.models import (
    Amendment,
    AmendmentEnding,
    Delegation,
    Entered,
    Membership,
    Outcome,
    Paragraph,
    Position,
    Wording,
)
from workflow.services.clock import now
from workflow.services.journal import enter, enter_wording
from workflow.services.reading import Reading, read


def seat(by: Membership) -> Delegation:
    """Return the delegation `by` acts for.

    Raises:
        ValueError: If `by` belongs to none. The policy lets no such member come here.

    """
    if by.delegation is None:
        message = f"{by.role} acts for no delegation"
        raise ValueError(message)
    return by.delegation


def approach(session: orm.Session, paragraph: Paragraph, move: Move) -> tuple[Reading, ParagraphState]:
    """Return the agreement of `paragraph`, and its state, once `move` is found in order.

    Raises:
        OutOfOrder: With every reason, if it is not. Nothing is written.

    """
    reading = read(session, paragraph.agreement_id)
    state = reading.state_of(paragraph)
    check(state, move)
    return reading, state


def make_wording(
    session: orm.Session,
    *,
    paragraph: Paragraph,
    text: Bilingual,
    is_deletion: bool = False,
    amendment: Amendment | None = None,
    by: Membership | None,
) -> Wording:
    """Append the next wording of `paragraph` and enter it in the journal; return it, flushed."""
    governing = _governing_hash(paragraph)
    wording = Wording(
        paragraph=paragraph,
        number=len(paragraph.wordings) + 1,
        text=text,
        is_deletion=is_deletion,
        kind=paragraph.kind,
        tags=paragraph.tags,
        speaker=paragraph.speaker,
        governing_hash=governing,
        content_hash=paragraph.hash_of(text, governing),
        amendment_id=amendment.id if amendment else None,
        at=now(session),
    )
    session.add(wording)
    session.flush()
    enter_wording(session, wording, by=by, agreement=paragraph.agreement)
    return wording


def end_amendment(session: orm.Session, amendment: Amendment, outcome: Outcome, *, by: Membership) -> None:
    """Record that `amendment` is no longer live, and how it ended with what `by` did."""
    session.add(AmendmentEnding(amendment=amendment, outcome=outcome, at=now(session)))
    session.flush()
    paragraph = amendment.paragraph
    enter(
        session,
        Entered.AMENDMENT_ENDED,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        amendment=str(amendment.id),
        number=str(amendment.number),
        author=amendment.delegation.code,
        outcome=outcome,
    )


def hold_ad_referendum(session: orm.Session, *, paragraph: Paragraph, by: Membership, wording: Wording) -> None:
    """Record that the delegation of `by` holds `wording` *ad referendum*: accepting text is never final (9)."""
    taken = PositionTaken(
        by=seat(by).code,
        member=by.id,
        as_head=False,
        stance=Stance.AD_REFERENDUM,
        content_hash=wording.content_hash,
    )
    record_position(session, taken, paragraph=paragraph, by=by)


def record_position(
    session: orm.Session,
    taken: PositionTaken,
    *,
    paragraph: Paragraph,
    by: Membership,
    reason: str = "",
    statement: Bilingual = NOTHING,
) -> Position:
    """Append what `by` says on `paragraph`, and enter it in the journal; return it, flushed.

    The entry says all that :func:`workflow.domain.positions.in_force` asks, so that the
    positions in force can be told from the journal alone.
    """
    wording = paragraph.current_wording
    position = Position(
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        number=len(paragraph.positions) + 1,
        stance=taken.stance,
        as_head=taken.as_head,
        for_head=taken.for_head,
        reason=reason,
        statement=statement,
        content_hash=taken.content_hash,
        wording_number=wording.number if wording else 0,
        governed_by=paragraph.agreement.governors[paragraph.id],
        at=now(session),
    )
    session.add(position)
    session.flush()
    enter(
        session,
        Entered.POSITION_TAKEN,
        by=by,
        dialogue=paragraph.agreement.dialogue,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        stance=taken.stance,
        hash=taken.content_hash,
        wording=str(position.wording_number),
        governed_by=position.governed_by or "",
        as_head="yes" if taken.as_head else "no",
        for_head="yes" if taken.for_head else "no",
    )
    return position


def _governing_hash(paragraph: Paragraph) -> str | None:
    """Return the content hash of the lead-in `paragraph` stands under; ``None`` if it stands under none."""
    agreement = paragraph.agreement
    for placed in agreement.reading_order:
        if placed.paragraph.id == paragraph.id:
            return agreement.governing_hash(placed)
    return None

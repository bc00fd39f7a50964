"""Amendments: putting a draft before the other side, and what the others answer."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING
from workflow.domain.negotiation import (
    Act,
    AmendmentKind,
    Move,
    OutOfOrder,
    ParagraphState,
    Refusal,
    check,
    completes,
)
from workflow.domain.text import Tag
from workflow.models import (
    Agreement,
    Amendment,
    AmendmentAnswer,
    AmendmentEnding,
    Answer,
    Draft,
    Entered,
    Membership,
    Outcome,
    Paragraph,
    Point,
    Wording,
)
from workflow.services import agenda
from workflow.services.acts import approach, hold_ad_referendum, make_wording, seat
from workflow.services.clock import now
from workflow.services.drafts import StaleDraft
from workflow.services.journal import enter
from workflow.services.reading import Reading, keep_numbers, read


def table(session: orm.Session, *, draft: Draft, by: Membership, version: int) -> Amendment:
    """Put `draft` before the other side, exactly as it stood at `version`; return the amendment, flushed.

    A draft of a new paragraph makes that paragraph, in its place. What the same
    delegation had tabled to the paragraph before is superseded, and stays on record.

    Raises:
        StaleDraft: If somebody saved the draft since `version`: what would be tabled was not what was shown.
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    if not draft.is_open:
        raise OutOfOrder((Refusal.DRAFT_IS_CLOSED,))
    if draft.version != version:
        raise StaleDraft(draft, draft.text)
    amendment = _table_addition(session, draft, by) if draft.paragraph is None else _table_change(session, draft, by)
    draft.tabled_as = amendment.id
    session.flush()
    act = Entered.ADDITION_TABLED if amendment.number == 1 and amendment.is_addition else Entered.AMENDMENT_TABLED
    _enter(session, act, amendment, by)
    return amendment


def _table_addition(session: orm.Session, draft: Draft, by: Membership) -> Amendment:
    reading = read(session, draft.agreement_id)
    nothing_yet = ParagraphState(
        stage=reading.stage, sides=draft.agreement.dialogue.sides, current=None, base=None, face=""
    )
    check(nothing_yet, Move(act=Act.TABLE_ADDITION, by=seat(by).code, wanted=draft.text))
    paragraph = Paragraph(
        agreement=draft.agreement,
        parent_id=_parent(reading, draft),
        position=_make_room(reading, draft),
        kind=draft.paragraph_kind,
        tags=draft.tags,
        speaker=draft.speaker,
        addressee=draft.addressee,
        label_style=draft.label_style,
        drafted_in=draft.drafted_in,
        working_title=draft.working_title,
    )
    session.add(paragraph)
    session.flush()
    amendment = _amendment(session, draft, by, paragraph=paragraph, kind=AmendmentKind.ADD)
    keep_numbers(session, draft.agreement)
    if Tag.AGENDA_ITEM in draft.tags:
        agenda.put_on(session, paragraph=paragraph, by=by)
    return amendment


def _table_change(session: orm.Session, draft: Draft, by: Membership) -> Amendment:
    paragraph = draft.paragraph
    assert paragraph is not None  # noqa: S101 -- told apart by the caller; for the type checker
    side = seat(by).code
    deletes = draft.kind is AmendmentKind.SUP
    move = Move(
        act=Act.TABLE_AMENDMENT,
        by=side,
        base=draft.against,
        wanted=None if deletes else draft.text,
        deletes=deletes,
    )
    _, state = approach(session, paragraph, move)
    own_addition = state.addition is not None and state.addition.by == side
    kind = AmendmentKind.ADD if own_addition else draft.kind
    _supersede(session, paragraph, side)
    return _amendment(session, draft, by, paragraph=paragraph, kind=kind)


def _amendment(
    session: orm.Session, draft: Draft, by: Membership, *, paragraph: Paragraph, kind: AmendmentKind
) -> Amendment:
    is_addition = kind is AmendmentKind.ADD
    amendment = Amendment(
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        number=len(paragraph.amendments) + 1,
        kind=kind,
        text=draft.text,
        against=None if is_addition else draft.against,
        against_text=NOTHING if is_addition else draft.against_text,
        rationale=draft.rationale,
        at=now(session),
        points=[Point(number=1)],  # one by default: everything or nothing (7)
    )
    session.add(amendment)
    session.flush()
    return amendment


def _parent(reading: Reading, draft: Draft) -> UUID | None:
    """Return under which paragraph the new one goes: where its neighbour is, or where it was asked to."""
    after = _neighbour(reading, draft)
    return after.parent_id if after else draft.parent_id


def _make_room(reading: Reading, draft: Draft) -> int:
    """Return the position of the new paragraph, its later siblings moved one on."""
    parent = _parent(reading, draft)
    siblings = [placed.paragraph for placed in reading.order if placed.paragraph.parent_id == parent]
    after = _neighbour(reading, draft)
    if after is None:
        return max((one.position for one in siblings), default=0) + 1
    for sibling in siblings:
        if sibling.position > after.position:
            sibling.position += 1
    return after.position + 1


def _neighbour(reading: Reading, draft: Draft) -> Paragraph | None:
    return next((placed.paragraph for placed in reading.order if placed.paragraph.id == draft.after_id), None)


def _supersede(session: orm.Session, paragraph: Paragraph, side: str) -> None:
    """End what `side` had tabled to `paragraph` (8)."""
    for amendment in paragraph.live_amendments:
        if amendment.delegation.code == side:
            _end(session, amendment, Outcome.SUPERSEDED)


def accept(session: orm.Session, *, amendment: Amendment, by: Membership) -> Wording | None:
    """Accept `amendment` whole for the delegation of `by`.

    Returns:
        The wording it makes, once it was the last acceptance needed; ``None`` before
        that. Author and acceptors then hold it *ad referendum* (9).

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.ACCEPT, by=seat(by).code, as_head=by.actor.is_head, amendment=amendment.id)
    paragraph = amendment.paragraph
    _, state = approach(session, paragraph, move)
    makes_wording = completes(state, move)
    _answer(session, amendment, by, Answer.ACCEPTS)
    _enter(session, Entered.AMENDMENT_ACCEPTED, amendment, by)
    if not makes_wording:
        return None
    answers = {one.delegation.code: one for one in amendment.answers}
    accepting = [one.membership_id for one in answers.values() if one.answer is Answer.ACCEPTS]
    absorbed = paragraph.addition
    _end(session, amendment, Outcome.ACCEPTED)
    if absorbed is not None and absorbed is not amendment:
        _end(session, absorbed, Outcome.ABSORBED)
    deletes = amendment.kind is AmendmentKind.SUP
    wording = make_wording(
        session, paragraph=paragraph, text=amendment.text, is_deletion=deletes, amendment=amendment, by=by
    )
    if not deletes:
        holders = session.scalars(sa.select(Membership).where(Membership.id.in_(accepting))).all()
        for member in (amendment.membership, *sorted(holders, key=lambda one: seat(one).position)):
            hold_ad_referendum(session, paragraph=paragraph, by=member, wording=wording)
    return wording


def keep_in_brackets(session: orm.Session, *, amendment: Amendment, by: Membership) -> None:
    """Record that the delegation of `by` has read `amendment` and leaves it in brackets.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.KEEP_IN_BRACKETS, by=seat(by).code, amendment=amendment.id)
    approach(session, amendment.paragraph, move)
    _answer(session, amendment, by, Answer.KEEPS_IN_BRACKETS)
    _enter(session, Entered.AMENDMENT_KEPT, amendment, by)


def withdraw(session: orm.Session, *, amendment: Amendment, by: Membership) -> None:
    """Withdraw `amendment`, which `by`'s delegation tabled; an addition takes its paragraph with it (8).

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.WITHDRAW_AMENDMENT, by=seat(by).code, amendment=amendment.id)
    approach(session, amendment.paragraph, move)
    _end(session, amendment, Outcome.WITHDRAWN)
    _enter(session, Entered.AMENDMENT_WITHDRAWN, amendment, by)


def _answer(session: orm.Session, amendment: Amendment, by: Membership, answer: Answer) -> None:
    session.add(
        AmendmentAnswer(amendment=amendment, delegation=seat(by), membership_id=by.id, answer=answer, at=now(session))
    )
    session.flush()


def _end(session: orm.Session, amendment: Amendment, outcome: Outcome) -> None:
    session.add(AmendmentEnding(amendment=amendment, outcome=outcome, at=now(session)))
    session.flush()


def _enter(session: orm.Session, act: Entered, amendment: Amendment, by: Membership) -> None:
    agreement: Agreement = amendment.paragraph.agreement
    enter(
        session,
        act,
        by=by,
        dialogue=agreement.dialogue,
        agreement=agreement,
        paragraph=amendment.paragraph,
        amendment=str(amendment.id),
        number=str(amendment.number),
        kind=amendment.kind,
        hash=amendment.paragraph.hash_of(amendment.text, None),
    )

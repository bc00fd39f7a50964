"""Amendments: putting a draft before the other side, and what the others answer."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import (
    Act,
    AmendmentKind,
    Move,
    OutOfOrder,
    ParagraphState,
    Refusal,
    check,
    takes_effect,
)
from workflow.domain.points import Carried, applied, carried, rest_of, stored, whole
from workflow.domain.points import Point as Asked
from workflow.domain.text import Tag
from workflow.models import (
    Agreement,
    Amendment,
    AmendmentAnswer,
    Answer,
    Draft,
    Entered,
    Membership,
    Outcome,
    Paragraph,
    Point,
    Wording,
)
from workflow.services import agenda, outlines
from workflow.services.acts import approach, end_amendment, hold_ad_referendum, make_wording, seat
from workflow.services.clock import now
from workflow.services.drafts import StaleDraft, other_stands, points_of
from workflow.services.journal import enter
from workflow.services.reading import Reading, keep_numbers, read
from workflow.services.terms import words_of


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
    _enter(session, act, amendment, by, details=_place(draft))
    return amendment


def _place(draft: Draft) -> dict[str, str]:
    """Return where an addition goes, as the journal says it; nothing for what stands somewhere already."""
    if draft.paragraph_id is not None:
        return {}
    return {
        "parent": str(draft.parent_id or ""),
        "after": str(draft.after_id or ""),
        "paragraph_kind": draft.paragraph_kind,
    }


def _table_addition(session: orm.Session, draft: Draft, by: Membership) -> Amendment:
    reading = read(session, draft.agreement_id)
    nothing_yet = ParagraphState(
        stage=reading.stage, sides=draft.agreement.dialogue.sides, current=None, base=None, face=""
    )
    check(nothing_yet, Move(act=Act.TABLE_ADDITION, by=seat(by).code, wanted=draft.text))
    parent, position = _make_room(reading, *outlines.stands_at(session, draft, by.actor))
    paragraph = Paragraph(
        agreement=draft.agreement,
        parent_id=parent,
        position=position,
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
        points=points_of(draft),
        is_severable=draft.is_severable,
        other_stands=other_stands(draft),
    )
    _, state = approach(session, paragraph, move)
    own_addition = state.addition is not None and state.addition.by == side
    kind = AmendmentKind.ADD if own_addition and not deletes else draft.kind
    _supersede(session, paragraph, by, keep_addition=deletes)
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
        is_severable=draft.is_severable and not is_addition,
        other_stands=other_stands(draft),
        answers=draft.answers,
        at=now(session),
        points=_rows(() if is_addition else points_of(draft)),
    )
    session.add(amendment)
    session.flush()
    return amendment


def _rows(points: Sequence[Asked]) -> list[Point]:
    """Return `points` as rows; what has none is one point, everything or nothing (7)."""
    return [Point(number=number, edits=stored(one)) for number, one in enumerate(points, 1)] or [Point(number=1)]


def _make_room(
    reading: Reading,
    parent: UUID | None,
    after: UUID | None,
    is_first: bool,  # noqa: FBT001 -- as `stands_at` says it
) -> tuple[UUID | None, int]:
    """Return under what the new paragraph goes and its position there, its later siblings moved one on."""
    neighbour = next((placed.paragraph for placed in reading.order if placed.paragraph.id == after), None)
    over = neighbour.parent_id if neighbour else parent
    siblings = [placed.paragraph for placed in reading.order if placed.paragraph.parent_id == over]
    if neighbour is None and not is_first:
        return over, max((one.position for one in siblings), default=0) + 1
    before = neighbour.position if neighbour else min((one.position for one in siblings), default=1) - 1
    for sibling in siblings:
        if sibling.position > before:
            sibling.position += 1
    return over, before + 1


def _supersede(session: orm.Session, paragraph: Paragraph, by: Membership, *, keep_addition: bool = False) -> None:
    """End what the side of `by` had tabled (8); an addition stays while the others are asked to let it go."""
    for amendment in paragraph.live_amendments:
        if amendment.delegation is seat(by) and not (keep_addition and amendment.is_addition):
            end_amendment(session, amendment, Outcome.SUPERSEDED, by=by)


def accept(session: orm.Session, *, amendment: Amendment, by: Membership) -> Wording | None:
    """Accept `amendment` whole for the delegation of `by`.

    Returns:
        The wording it makes, once it was the last acceptance needed; ``None`` before
        that, and where what was asked for is that an addition goes. Author and acceptors
        then hold it *ad referendum* (9).

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.ACCEPT, by=seat(by).code, as_head=by.actor.is_head, amendment=amendment.id)
    _, state = approach(session, amendment.paragraph, move)
    taken = takes_effect(state, move)
    _answer(session, amendment, by, Answer.ACCEPTS)
    _enter(session, Entered.AMENDMENT_ACCEPTED, amendment, by, details=_as_head(by))
    return None if taken is None else _take_up(session, amendment, by, taken)


def accept_in_part(
    session: orm.Session, *, amendment: Amendment, by: Membership, points: frozenset[int]
) -> Wording | Amendment | None:
    """Accept those of the `points` of `amendment`, by number, and not the others (10).

    Returns:
        Where they were tabled as severable, the wording they make, or ``None`` while
        another side has yet to answer. Where they were not, the counter-proposal that says
        so, which the author must confirm.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(
        act=Act.ACCEPT_IN_PART, by=seat(by).code, as_head=by.actor.is_head, amendment=amendment.id, chosen=points
    )
    _, state = approach(session, amendment.paragraph, move)
    if not amendment.is_severable:
        return _counter_proposal(session, amendment, by, points)
    taken = takes_effect(state, move)
    _answer(session, amendment, by, Answer.ACCEPTS, points=points)
    _enter(session, Entered.AMENDMENT_ACCEPTED_IN_PART, amendment, by, points=points, details=_as_head(by))
    return None if taken is None else _take_up(session, amendment, by, taken)


def carry_over(session: orm.Session, *, amendment: Amendment, by: Membership, base: UUID | None) -> Amendment:
    """Set `amendment`, made against an earlier text, against the one that was on the page as `base` (11).

    Its author confirms what the page suggested; the amendment that says so is returned, flushed.

    Raises:
        OutOfOrder: If the rules refuse: the text has moved on, or the same words were changed meanwhile.

    """
    paragraph = amendment.paragraph
    suggested = suggestion(amendment)
    fits = suggested is not None and not suggested.colliding
    deletes = amendment.kind is AmendmentKind.SUP
    text = applied(paragraph.text or NOTHING, suggested.points) if suggested and fits else None
    move = Move(act=Act.CARRY_OVER, by=seat(by).code, base=base, amendment=amendment.id, wanted=text, deletes=deletes)
    approach(session, paragraph, move)
    end_amendment(session, amendment, Outcome.SUPERSEDED, by=by)
    points = suggested.points if suggested else ()
    made = _continued(session, amendment, text=text or NOTHING, points=points, by=by)
    _enter(session, Entered.AMENDMENT_CARRIED_OVER, made, by)
    return made


def suggestion(amendment: Amendment) -> Carried | None:
    """Return how `amendment` would read against the text as it stands; ``None`` for a deletion, or where none does."""
    text = amendment.paragraph.text
    if amendment.kind is AmendmentKind.SUP or text is None:
        return None
    words = words_of(amendment.paragraph.agreement)
    asked = amendment.asked or whole(amendment.against_text, amendment.text, words)
    return carried(asked, base=amendment.against_text, current=text, words=words)


def _counter_proposal(session: orm.Session, amendment: Amendment, by: Membership, chosen: frozenset[int]) -> Amendment:
    """Table, for the delegation of `by`, those points of `amendment` it takes: its author is to confirm (10)."""
    points = _numbered(amendment, chosen)
    paragraph = amendment.paragraph
    text = applied(amendment.against_text, points)
    side = seat(by).code
    move = Move(
        act=Act.TABLE_AMENDMENT,
        by=side,
        base=amendment.against,
        wanted=text,
        points=points,
        other_stands=amendment.other_stands,
    )
    _, state = approach(session, paragraph, move)
    is_addition = state.addition is not None and state.addition.by == side  # which then says what it takes
    _supersede(session, paragraph, by)
    counter = Amendment(
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        number=len(paragraph.amendments) + 1,
        kind=AmendmentKind.ADD if is_addition else amendment.kind,
        text=text,
        against=None if is_addition else amendment.against,
        against_text=NOTHING if is_addition else amendment.against_text,
        other_stands=amendment.other_stands,
        answers=amendment.id,
        at=now(session),
        points=_rows(() if is_addition else points),
    )
    session.add(counter)
    session.flush()
    _enter(session, Entered.AMENDMENT_TABLED, counter, by)
    return counter


def _take_up(session: orm.Session, amendment: Amendment, by: Membership, taken: frozenset[int]) -> Wording | None:
    """Make `taken` of `amendment` common text, and set what else is live where that leaves it (9, 10)."""
    paragraph = amendment.paragraph
    before = paragraph.text or NOTHING
    was_deleted = paragraph.current_wording is not None and paragraph.current_wording.is_deletion
    accepting = {one.membership_id for one in amendment.last_words.values() if one.answer is Answer.ACCEPTS}
    if amendment.kind is AmendmentKind.SUP and paragraph.current_wording is None:
        _let_go(session, amendment, by)
        return None
    points = _numbered(amendment, taken) if taken else amendment.asked
    text = applied(before, points) if taken else amendment.text
    addition = paragraph.addition
    end_amendment(session, amendment, Outcome.ACCEPTED_IN_PART if taken else Outcome.ACCEPTED, by=by)
    if addition is not None and addition is not amendment:
        end_amendment(session, addition, Outcome.ABSORBED, by=by)
    deletes = amendment.kind is AmendmentKind.SUP
    wording = make_wording(session, paragraph=paragraph, text=text, is_deletion=deletes, amendment=amendment, by=by)
    if was_deleted:
        keep_numbers(session, paragraph.agreement)
    holders = session.scalars(sa.select(Membership).where(Membership.id.in_(accepting))).all()
    author = () if _wants_it_gone(amendment) else (amendment.membership,)
    for member in (*author, *sorted(holders, key=lambda one: seat(one).position)):
        hold_ad_referendum(session, paragraph=paragraph, by=member, wording=wording)
    others = paragraph.live_amendments
    if taken:
        _go_on(session, amendment, points, by)
    for other in () if deletes else others:
        _settle(session, other, amendment, points, by)
    return wording


def _wants_it_gone(amendment: Amendment) -> bool:
    """Whether the author of this addition asks the others to let it go, and so does not hold it any more (8)."""
    live = amendment.paragraph.live_amendments
    return any(one.kind is AmendmentKind.SUP and one.delegation is amendment.delegation for one in live)


def _let_go(session: orm.Session, amendment: Amendment, by: Membership) -> None:
    """Take an addition out of the text, with all that was proposed to it: its author asked, the others agreed (8)."""
    for one in amendment.paragraph.live_amendments:
        outcome = Outcome.ACCEPTED if one is amendment else Outcome.WITHDRAWN if one.is_addition else Outcome.LAPSED
        end_amendment(session, one, outcome, by=by)


def _settle(
    session: orm.Session, other: Amendment, accepted: Amendment, points: Sequence[Asked], by: Membership
) -> None:
    """Say what becomes of `other`, live when `accepted` became common text; most wait for their author (11)."""
    found = suggestion(other)
    if found is None:
        return
    if other.text == other.paragraph.text or not (found.points or found.colliding):
        end_amendment(session, other, Outcome.ABSORBED, by=by)
    elif accepted.answers == other.id and (taken := _taken_of(other, accepted, points, found)):
        end_amendment(session, other, Outcome.ACCEPTED_IN_PART, by=by)  # its author has just accepted that answer
        _go_on(session, other, taken, by)


def _taken_of(other: Amendment, accepted: Amendment, points: Sequence[Asked], found: Carried) -> tuple[Asked, ...]:
    """Return the points of `other` that its answer `accepted` took up; none where that says anything else besides."""
    if accepted.against == other.against and set(points) <= set(other.asked):
        return tuple(points)
    says_no_more = applied(other.against_text, found.taken_up) == other.paragraph.text
    return found.taken_up if says_no_more else ()  # an addition, tabled again with what its author takes


def _go_on(session: orm.Session, amendment: Amendment, taken: Sequence[Asked], by: Membership) -> None:
    """Leave what is left of `amendment`, once `taken` is common text, live against the new wording (10)."""
    rest = rest_of(amendment.asked, taken)
    text = applied(amendment.paragraph.text or NOTHING, rest)
    if text != amendment.paragraph.text:
        made = _continued(session, amendment, text=text, points=rest, by=amendment.membership)
        _enter(session, Entered.AMENDMENT_CARRIED_OVER, made, by)


def _continued(
    session: orm.Session, amendment: Amendment, *, text: Bilingual, points: Sequence[Asked], by: Membership
) -> Amendment:
    """Return what `amendment` is against the text as it stands, live and flushed; it goes on in its author's words."""
    paragraph = amendment.paragraph
    made = Amendment(
        paragraph=paragraph,
        delegation=amendment.delegation,
        membership=by,
        number=len(paragraph.amendments) + 1,
        kind=amendment.kind,
        text=text,
        against=paragraph.base,
        against_text=paragraph.text or NOTHING,
        rationale=amendment.rationale,
        is_severable=amendment.is_severable,
        other_stands=amendment.other_stands,
        continues=amendment.id,
        at=now(session),
        points=_rows(points),
    )
    session.add(made)
    session.flush()
    return made


def _numbered(amendment: Amendment, chosen: frozenset[int]) -> tuple[Asked, ...]:
    return tuple(point for number, point in enumerate(amendment.asked, 1) if number in chosen)


def keep_in_brackets(session: orm.Session, *, amendment: Amendment, by: Membership) -> None:
    """Record that the delegation of `by` has read `amendment` and leaves it in brackets.

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.KEEP_IN_BRACKETS, by=seat(by).code, as_head=by.actor.is_head, amendment=amendment.id)
    approach(session, amendment.paragraph, move)
    _answer(session, amendment, by, Answer.KEEPS_IN_BRACKETS)
    _enter(session, Entered.AMENDMENT_KEPT, amendment, by, details=_as_head(by))


def withdraw(session: orm.Session, *, amendment: Amendment, by: Membership) -> None:
    """Withdraw `amendment`, which `by`'s delegation tabled; an addition takes its paragraph with it (8).

    Raises:
        OutOfOrder: If the rules refuse. Nothing is written.

    """
    move = Move(act=Act.WITHDRAW_AMENDMENT, by=seat(by).code, amendment=amendment.id)
    approach(session, amendment.paragraph, move)
    for one in (amendment, *(amendment.paragraph.live_amendments if amendment.is_addition else ())):
        if one.outcome is None:  # with an addition goes what asked the others to let it go
            end_amendment(session, one, Outcome.WITHDRAWN, by=by)
    _enter(session, Entered.AMENDMENT_WITHDRAWN, amendment, by)


def _answer(
    session: orm.Session,
    amendment: Amendment,
    by: Membership,
    answer: Answer,
    *,
    points: frozenset[int] | None = None,
) -> None:
    session.add(
        AmendmentAnswer(
            amendment=amendment,
            delegation=seat(by),
            membership_id=by.id,
            answer=answer,
            points=None if points is None else sorted(points),
            as_head=by.actor.is_head,
            at=now(session),
        )
    )
    session.flush()


def _as_head(by: Membership) -> dict[str, str]:
    return {"as_head": "yes" if by.actor.is_head else "no"}


def _enter(
    session: orm.Session,
    act: Entered,
    amendment: Amendment,
    by: Membership,
    *,
    points: frozenset[int] = frozenset(),
    details: Mapping[str, str] = MappingProxyType({}),
) -> None:
    agreement: Agreement = amendment.paragraph.agreement
    chosen = {"points": " ".join(str(number) for number in sorted(points))} if points else {}
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
        author=amendment.delegation.code,
        hash=amendment.paragraph.hash_of(amendment.text, None),
        **chosen,
        **details,
    )

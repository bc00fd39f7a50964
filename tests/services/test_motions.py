"""Motions: what is put to all sides takes effect with the last consent, in the same transaction, and not before."""

from collections.abc import Mapping
from functools import partial

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    TEXT,
    adopted,
    again,
    amended,
    closed,
    common,
    face,
    refusals,
    standing,
    takes,
)
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.corrigenda import Correction
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import OutOfOrder, Refusal, Stage, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement, Membership, Motion, MotionOutcome, Outcome, Paragraph, Position
from workflow.services import compromises, corrigenda, journal, motions, moves, positions, statements
from workflow.services.drafts import Place
from workflow.services.reading import read


def put(
    session: orm.Session, paragraph: Paragraph, by: Membership, kind: MotionKind, details: Mapping[str, object]
) -> Motion:
    seen = motions.KINDS[kind].stands_on(read(session, paragraph.agreement_id), paragraph)
    return motions.put(
        session, kind=kind, agreement=paragraph.agreement, paragraph=paragraph, by=by, seen=seen, details=details
    )


def order(session: orm.Session, agreement: Agreement) -> list[Paragraph]:
    session.expire_all()
    return [placed.paragraph for placed in read(session, agreement.id).order]


@pytest.fixture
def two(session: orm.Session, agreement: Agreement, cast: Cast) -> tuple[Paragraph, Paragraph]:
    """Two paragraphs of common text, the first before the second."""
    return common(session, agreement, cast), common(session, agreement, cast, OTHER)


def test_both_drafters_move_a_paragraph_and_positions_on_it_survive(
    session: orm.Session, cast: Cast, agreement: Agreement, two: tuple[Paragraph, Paragraph]
) -> None:
    first, second = two
    for paragraph in two:
        closed(session, paragraph, cast)
    listing = read(session, agreement.id).listing

    motion = put(session, second, cast.us_drafter, MotionKind.MOVE, moves.asked(parent=None, before=first.id))
    assert order(session, agreement) == [first, second]
    assert motions.consent(session, motion=motion, by=cast.cn_drafter)

    assert order(session, agreement) == [second, first]
    assert motion.outcome is MotionOutcome.CARRIED
    assert {standing(session, paragraph) for paragraph in two} == {Standing.AGREED}
    assert read(session, agreement.id).listing != listing
    assert journal.verify(session) == ()


def test_a_paragraph_moves_under_a_heading_and_back_to_the_end(
    session: orm.Session, cast: Cast, agreement: Agreement, two: tuple[Paragraph, Paragraph]
) -> None:
    first, second = two
    heading = common(session, agreement, cast, CHANGED, Place(kind=ParagraphKind.HEADING))

    under = put(session, first, cast.us_drafter, MotionKind.MOVE, moves.asked(parent=heading.id, before=None))
    motions.consent(session, motion=under, by=cast.cn_drafter)
    assert order(session, agreement) == [second, heading, first]

    end = put(session, second, cast.cn_drafter, MotionKind.MOVE, moves.asked(parent=None, before=None))
    motions.consent(session, motion=end, by=cast.us_head)
    assert order(session, agreement) == [heading, first, second]


def test_a_paragraph_stands_neither_under_itself_nor_where_it_stands_nor_nowhere(
    session: orm.Session, cast: Cast, agreement: Agreement, two: tuple[Paragraph, Paragraph]
) -> None:
    first, second = two
    heading = common(session, agreement, cast, CHANGED, Place(kind=ParagraphKind.HEADING))
    to = {
        "itself": (heading, moves.asked(parent=heading.id, before=None), Refusal.NO_SUCH_PLACE),
        "a paragraph": (first, moves.asked(parent=second.id, before=None), Refusal.NO_SUCH_PLACE),
        "elsewhere": (first, moves.asked(parent=agreement.id, before=None), Refusal.NO_SUCH_PLACE),
        "where it is": (first, moves.asked(parent=None, before=second.id), Refusal.STANDS_THERE_ALREADY),
        "before itself": (first, moves.asked(parent=None, before=first.id), Refusal.STANDS_THERE_ALREADY),
    }

    for paragraph, details, refusal in to.values():
        with pytest.raises(OutOfOrder) as refused:
            put(session, paragraph, cast.us_drafter, MotionKind.MOVE, details)
        assert refused.value.refusals == (refusal,)


def test_a_motion_on_an_order_that_is_gone_is_not_consented_to(
    session: orm.Session, cast: Cast, agreement: Agreement, two: tuple[Paragraph, Paragraph]
) -> None:
    first, second = two
    motion = put(session, second, cast.us_drafter, MotionKind.MOVE, moves.asked(parent=None, before=first.id))
    assert refusals(
        lambda: put(session, second, cast.cn_drafter, MotionKind.MOVE, moves.asked(parent=None, before=first.id))
    ) == (Refusal.MOTION_IS_BEFORE_YOU,)
    common(session, agreement, cast, CHANGED)

    assert refusals(lambda: motions.consent(session, motion=motion, by=cast.cn_drafter)) == (Refusal.TEXT_HAS_CHANGED,)
    motions.object_to(session, motion=motion, by=cast.cn_drafter)
    motions.take_back(session, motion=motion, by=cast.cn_drafter)
    assert set(motion.state.says) == {"US"}
    motions.withdraw(session, motion=motion, by=cast.us_drafter)
    assert motion.outcome is MotionOutcome.WITHDRAWN
    assert refusals(lambda: motions.consent(session, motion=motion, by=cast.cn_drafter))[0] is Refusal.MOTION_IS_CLOSED


def test_the_secretariat_offers_a_compromise_at_the_request_of_all_heads_only(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    live = amended(session, paragraph, cast.us_drafter)
    same = amended(session, paragraph, cast.cn_drafter, OTHER)
    details = compromises.asked(OTHER)
    assert refusals(lambda: put(session, paragraph, cast.secretariat, MotionKind.COMPROMISE, details)) == (
        Refusal.NOT_ASKED_FOR,
    )
    request = put(session, paragraph, cast.us_head, MotionKind.COMPROMISE_REQUEST, {})
    motions.consent(session, motion=request, by=cast.cn_head)
    assert refusals(
        lambda: put(session, paragraph, cast.secretariat, MotionKind.COMPROMISE, compromises.asked(Bilingual("x", "")))
    ) == (Refusal.COUNTERPART_PENDING,)
    assert refusals(
        lambda: put(session, paragraph, cast.secretariat, MotionKind.COMPROMISE, compromises.asked(TEXT))
    ) == (Refusal.NOTHING_CHANGES,)

    offer = put(session, paragraph, cast.secretariat, MotionKind.COMPROMISE, details)
    assert not motions.consent(session, motion=offer, by=cast.us_drafter)
    assert len(paragraph.wordings) == 1
    assert motions.consent(session, motion=offer, by=cast.cn_head)

    assert paragraph.text == OTHER
    assert {one.stance for one in paragraph.positions if one.wording_number == 2} == {Stance.AD_REFERENDUM}
    assert same.outcome is Outcome.ABSORBED
    assert live.outcome is None  # its author carries it over, or withdraws it
    assert not compromises.was_asked_for(read(session, agreement.id), paragraph)


def stated(session: orm.Session, paragraph: Paragraph, by: Membership) -> Position:
    return positions.take(
        session,
        paragraph=paragraph,
        by=by,
        stance=Stance.AGREE_WITH_STATEMENT,
        face=face(session, paragraph),
        statement=Bilingual("We understand “rules” to include standards.", "我方理解，“规则”包括标准。"),
    )


def test_a_statement_prints_once_all_heads_consent_and_while_it_is_in_force(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    said = stated(session, paragraph, cast.us_head)
    motion = put(session, paragraph, cast.us_head, MotionKind.STATEMENT, statements.asked(said))
    assert statements.printed(read(session, agreement.id), paragraph) == ()

    motions.consent(session, motion=motion, by=cast.cn_head)
    session.expire_all()
    assert statements.printed(read(session, agreement.id), paragraph) == (said,)

    takes(session, paragraph, cast.us_head, Stance.AGREE)
    session.expire_all()
    assert statements.printed(read(session, agreement.id), paragraph) == ()
    assert refusals(lambda: put(session, paragraph, cast.us_head, MotionKind.STATEMENT, statements.asked(said))) == (
        Refusal.NO_STATEMENT_IN_FORCE,
    )


def test_an_adopted_text_is_corrected_by_all_heads_and_stays_on_record_as_it_was(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast, TEXT)
    details = corrigenda.asked(Correction(language=Language.EN, wrong="publish", right="issue"))
    assert refusals(lambda: put(session, paragraph, cast.us_head, MotionKind.CORRIGENDUM, details)) == (
        Refusal.NOT_ADOPTED_YET,
    )
    closed(session, paragraph, cast)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)
    frozen = read(session, agreement.id).listing

    for wrong in ("nowhere", "o", ""):
        asked = corrigenda.asked(Correction(language=Language.EN, wrong=wrong, right="x"))
        with pytest.raises(OutOfOrder) as refused:
            put(session, paragraph, cast.us_head, MotionKind.CORRIGENDUM, asked)
        assert refused.value.refusals == (Refusal.NOT_ONE_SUCH_PLACE,)
    same = corrigenda.asked(Correction(language=Language.ZH, wrong="公布", right="公布"))
    assert refusals(lambda: put(session, paragraph, cast.us_head, MotionKind.CORRIGENDUM, same)) == (
        Refusal.NOTHING_CHANGES,
    )
    motion = put(session, paragraph, cast.us_head, MotionKind.CORRIGENDUM, details)
    assert corrigenda.in_effect(read(session, agreement.id)) == ()
    assert motions.consent(session, motion=motion, by=cast.cn_head)
    chinese = corrigenda.asked(Correction(language=Language.ZH, wrong="公布", right="发布"))
    session.expire_all()
    second = put(session, paragraph, cast.cn_head, MotionKind.CORRIGENDUM, chinese)
    motions.consent(session, motion=second, by=cast.us_head)
    session.expire_all()

    reading = read(session, agreement.id)
    assert corrigenda.text_of(reading, paragraph) == Bilingual(
        TEXT.en.replace("publish", "issue"), TEXT.zh.replace("公布", "发布")
    )
    assert [one.number for one in corrigenda.by_paragraph(reading)[paragraph.id]] == [1, 2]
    assert paragraph.text == TEXT
    assert reading.listing == frozen
    assert reading.stage is Stage.ADOPTED


def test_a_drafter_takes_back_nothing_that_the_head_said_to_a_motion(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    first, second = common(session, agreement, cast), common(session, agreement, cast, OTHER)
    seen = moves.stands_on(again(session, first), first)
    motion = motions.put(session, kind=MotionKind.MOVE, agreement=agreement, paragraph=second, by=cast.us_drafter,
                         seen=seen, details=moves.asked(parent=None, before=first.id))  # fmt: skip
    motions.object_to(session, motion=motion, by=cast.cn_head)

    for act in (motions.consent, motions.take_back):
        assert refusals(partial(act, session, motion=motion, by=cast.cn_drafter)) == (Refusal.HEAD_HAS_SPOKEN,)
    assert motions.consent(session, motion=motion, by=cast.cn_head)

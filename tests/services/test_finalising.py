"""Finalising: carried out when the heads of all sides consent to exactly the list they were shown."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import (
    CHANGED,
    OTHER,
    TEXT,
    accepted,
    amended,
    common,
    deferred,
    refusals,
    standing,
    tabled,
    takes,
)
from workflow.domain.finalising import Fate
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal, Standing
from workflow.domain.positions import Stance
from workflow.models import Agreement, Membership, Motion, Outcome
from workflow.services import finalising, journal, motions
from workflow.services.reading import read


def propose(session: orm.Session, agreement: Agreement, by: Membership) -> Motion:
    session.expire_all()
    seen = finalising.stands_on(read(session, agreement.id), None)
    return motions.put(session, kind=MotionKind.FINALISING, agreement=agreement, by=by, seen=seen, details={})


def test_what_is_listed_is_what_happens(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    addition = tabled(session, agreement, cast.us_drafter, OTHER)
    parked = tabled(session, agreement, cast.us_drafter, CHANGED)
    deferred(session, parked, cast.us_drafter, cast.cn_drafter)
    disputed = common(session, agreement, cast)
    change = amended(session, disputed, cast.cn_drafter)
    reserved = common(session, agreement, cast)
    for head in (cast.us_head, cast.cn_head):
        takes(session, reserved, head)
    accepted(session, amended(session, reserved, cast.us_drafter, OTHER), cast.cn_drafter)
    takes(session, reserved, cast.cn_head, Stance.RESERVE, reason="Not without our ministry.")
    untouched = common(session, agreement, cast, CHANGED)

    motion = propose(session, agreement, cast.us_head)
    listed = {one.paragraph: one.fate for one in finalising.listed(read(session, agreement.id))}
    assert listed == {addition.id: Fate.DROPS, disputed.id: Fate.CHANGES_LAPSE, reserved.id: Fate.REVERTS}
    assert motions.consent(session, motion=motion, by=cast.cn_head)

    assert standing(session, addition) is Standing.WITHDRAWN
    assert standing(session, parked) is Standing.DEFERRED
    assert change.outcome is Outcome.LAPSED
    assert disputed.text == TEXT
    assert (reserved.text, len(reserved.wordings)) == (TEXT, 3)
    assert standing(session, reserved) is Standing.NO_POSITION  # the old word was given to another wording
    assert standing(session, untouched) is Standing.AD_REFERENDUM
    assert journal.verify(session) == ()


def test_a_list_that_is_another_by_now_is_not_consented_to(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    tabled(session, agreement, cast.us_drafter)
    motion = propose(session, agreement, cast.us_head)
    tabled(session, agreement, cast.us_drafter, OTHER)
    session.expire_all()

    assert refusals(lambda: motions.consent(session, motion=motion, by=cast.cn_head)) == (Refusal.TEXT_HAS_CHANGED,)


def test_there_must_be_something_to_finalise(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)

    assert refusals(lambda: propose(session, agreement, cast.us_head)) == (Refusal.NOTHING_TO_FINALISE,)


def test_nothing_is_finalised_in_a_text_recorded_as_published(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    assert refusals(lambda: propose(session, published, cast.us_head)) == (Refusal.RECORDED_AS_PUBLISHED,)

"""Silence procedures: opened by all heads, broken by any side in time, else the text is adopted at the moment."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import adopted, amended, common, refusals, standing, takes
from workflow.domain.closing import Cause, obstacles
from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Refusal, Stage, Standing
from workflow.domain.positions import Stance
from workflow.domain.silence import SilenceState
from workflow.models import Agreement, Membership, Motion, Paragraph
from workflow.services import certificates, journal, motions, silences
from workflow.services.clock import FIXED
from workflow.services.reading import Reading, read

EXPIRES = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Hand:
    """A clock that a test turns: it stands at `time`, and goes on by a microsecond a look."""

    def __init__(self) -> None:
        self.time = EXPIRES - timedelta(days=7)

    def __call__(self) -> datetime:
        self.time += timedelta(microseconds=1)
        return self.time


@pytest.fixture
def hand(session: orm.Session) -> Iterator[Hand]:
    """The time of this session."""
    before = session.info.get(FIXED)
    session.info[FIXED] = hand = Hand()
    yield hand
    session.info[FIXED] = before


@pytest.fixture
def ready(session: orm.Session, agreement: Agreement, cast: Cast, hand: Hand) -> Paragraph:
    """A text in which nothing is missing but the last word of the heads."""
    paragraph = common(session, agreement, cast)
    for officer in (cast.us_translator, cast.cn_translator):
        certificates.certify(
            session, paragraph=paragraph, by=officer, face=read(session, agreement.id).faces[paragraph.id]
        )
    return paragraph


def again(session: orm.Session, agreement: Agreement) -> Reading:
    session.flush()
    session.expire_all()
    return read(session, agreement.id)


def propose(session: orm.Session, agreement: Agreement, by: Membership, expires: datetime = EXPIRES) -> Motion:
    return motions.put(
        session,
        kind=MotionKind.SILENCE,
        agreement=agreement,
        by=by,
        seen=again(session, agreement).listing,
        details=silences.asked(expires),
    )


def opened(session: orm.Session, agreement: Agreement, cast: Cast) -> Motion:
    motion = propose(session, agreement, cast.us_head)
    assert motions.consent(session, motion=motion, by=cast.cn_head)
    return motion


def test_nobody_breaks_it_and_the_text_is_adopted_at_the_moment(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    motion = propose(session, agreement, cast.us_head)
    assert again(session, agreement).silence is None
    motions.consent(session, motion=motion, by=cast.cn_head)

    hand.time = EXPIRES - SECOND
    running = again(session, agreement)
    assert running.stage is Stage.NEGOTIATION
    assert Cause.RUNNING_SILENCE in {one.cause for one in obstacles(running.closing)}
    assert refusals(lambda: adopted(session, agreement, cast.us_head)) == (Refusal.NOT_READY_TO_ADOPT,)

    hand.time = EXPIRES
    ended = again(session, agreement)
    assert ended.stage is Stage.ADOPTED
    assert ended.closing.adopted_by == dict.fromkeys(("US", "CN"), ended.listing)
    assert ended.as_of == EXPIRES
    assert Refusal.TEXT_IS_ADOPTED in refusals(lambda: amended(session, ready, cast.us_drafter))
    assert refusals(lambda: silences.break_silence(session, motion=motion, by=cast.us_drafter, reason="Too late.")) == (
        Refusal.NO_SILENCE_RUNS,
    )
    assert journal.verify(session) == ()


def test_an_objection_a_second_before_breaks_it(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    motion = opened(session, agreement, cast)
    hand.time = EXPIRES - SECOND

    silences.break_silence(session, motion=motion, by=cast.cn_drafter, reason="Our ministry has a question.")

    hand.time = EXPIRES + SECOND
    broken = again(session, agreement)
    assert broken.silence is not None
    assert broken.silence.state is SilenceState.BROKEN
    assert broken.stage is Stage.NEGOTIATION
    assert standing(session, ready) is Standing.AD_REFERENDUM


def test_so_does_an_amendment_even_if_it_is_withdrawn(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    opened(session, agreement, cast)
    amended(session, ready, cast.cn_drafter)

    hand.time = EXPIRES
    assert again(session, agreement).stage is Stage.NEGOTIATION


def test_so_does_a_reservation(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    opened(session, agreement, cast)
    takes(session, ready, cast.cn_head, Stance.RESERVE, reason="Not yet.")

    hand.time = EXPIRES
    assert again(session, agreement).stage is Stage.NEGOTIATION


def test_a_head_who_agrees_meanwhile_does_not_break_it(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    opened(session, agreement, cast)
    takes(session, ready, cast.cn_head)

    hand.time = EXPIRES
    assert again(session, agreement).stage is Stage.ADOPTED


def test_only_positions_may_be_missing_and_the_moment_lies_ahead(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    late = hand.time - SECOND
    assert refusals(lambda: propose(session, agreement, cast.us_head, late)) == (Refusal.MOMENT_IS_PAST,)
    motion = propose(session, agreement, cast.us_head)
    takes(session, ready, cast.us_head, Stance.RESERVE, reason="Not yet.")
    assert refusals(lambda: motions.consent(session, motion=motion, by=cast.cn_head)) == (Refusal.NOT_READY_TO_ADOPT,)


def test_consent_after_the_moment_opens_nothing(
    session: orm.Session, cast: Cast, agreement: Agreement, ready: Paragraph, hand: Hand
) -> None:
    motion = propose(session, agreement, cast.us_head)
    hand.time = EXPIRES + SECOND

    assert refusals(lambda: motions.consent(session, motion=motion, by=cast.cn_head)) == (Refusal.MOMENT_IS_PAST,)


def test_an_open_bracket_keeps_it_from_being_proposed_and_a_published_text_knows_none(
    session: orm.Session, cast: Cast, agreement: Agreement, published: Agreement, ready: Paragraph
) -> None:
    amended(session, ready, cast.us_drafter)

    assert refusals(lambda: propose(session, agreement, cast.us_head)) == (Refusal.NOT_READY_TO_ADOPT,)
    assert refusals(lambda: propose(session, published, cast.us_head)) == (Refusal.RECORDED_AS_PUBLISHED,)


def test_the_moment_reads_in_the_time_zones_of_both_sides(
    session: orm.Session, agreement: Agreement, ready: Paragraph
) -> None:
    moments = silences.moments(read(session, agreement.id), EXPIRES)

    assert set(moments) == {EXPIRES}
    assert [str(one.tzinfo) for one in moments][-1] == "UTC"
    assert len(moments) > 1

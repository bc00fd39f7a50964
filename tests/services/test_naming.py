"""Persons are named to all sides only while every side consents, and only for what they did meanwhile."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_cast
from tests.services.moves import CHANGED, accepted, amended, common, refusals, tabled, takes
from tests.services.test_points import BASE, in_points, take
from workflow.domain.negotiation import Refusal
from workflow.domain.positions import Stance
from workflow.models import Agreement, Amendment, Comment, Dialogue, Membership, Paragraph, Scope
from workflow.services import drafts, naming, threads
from workflow.services.naming import author_of

OTHERS = ("cn_head", "cn_adviser", "observer", "secretariat")


def all_consent(session: orm.Session, cast: Cast) -> None:
    for head in (cast.us_head, cast.cn_head):
        naming.consent(session, dialogue=cast.dialogue, by=head)


def said(session: orm.Session, paragraph: Paragraph, by: Membership) -> Comment:
    return threads.begin(session, paragraph=paragraph, by=by, scope=Scope.SHARED, text="An open remark.").comments[0]


def names(cast: Cast, row: Comment | Amendment) -> set[str | None]:
    return {author_of(row, getattr(cast, who).actor) for who in OTHERS}


@pytest.fixture
def paragraph(session: orm.Session, cast: Cast, agreement: Agreement) -> Paragraph:
    return tabled(session, agreement, cast.us_drafter)


def test_nobody_is_named_across_by_default(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    comment = said(session, paragraph, cast.us_adviser)

    assert names(cast, comment) == names(cast, paragraph.amendments[0]) == {None}
    assert author_of(comment, cast.us_drafter.actor) == "US adviser"


def test_one_sides_consent_names_nobody(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    assert not naming.consent(session, dialogue=cast.dialogue, by=cast.us_head)

    assert names(cast, said(session, paragraph, cast.us_adviser)) == {None}


def test_with_the_last_consent_whoever_acts_is_named_and_nobody_for_what_was_before(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    before = said(session, paragraph, cast.us_adviser)
    all_consent(session, cast)
    after = said(session, paragraph, cast.us_adviser)
    change = amended(session, paragraph, cast.us_drafter)

    assert names(cast, before) == names(cast, paragraph.amendments[0]) == {None}
    assert names(cast, after) == {"US adviser"}
    assert names(cast, change) == {"US drafter"}


def test_the_secretariat_is_of_no_side_and_never_named(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    all_consent(session, cast)
    comment = said(session, paragraph, cast.secretariat)

    assert {author_of(comment, getattr(cast, who).actor) for who in ("cn_head", "us_head", "observer")} == {None}


def test_who_takes_part_in_another_dialogue_is_told_nobody(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    all_consent(session, cast)
    elsewhere = a_cast(session, short_name="elsewhere")

    assert author_of(said(session, paragraph, cast.us_adviser), elsewhere.cn_head.actor) is None


@pytest.mark.parametrize("who", ["us_head", "cn_head"])
def test_any_side_ends_it_at_once_for_everything(
    session: orm.Session, cast: Cast, paragraph: Paragraph, who: str
) -> None:
    all_consent(session, cast)
    comment = said(session, paragraph, cast.us_adviser)

    naming.take_back(session, dialogue=cast.dialogue, by=getattr(cast, who))

    assert names(cast, comment) == {None}
    assert author_of(comment, cast.us_head.actor) == "US adviser"

    naming.consent(session, dialogue=cast.dialogue, by=getattr(cast, who))
    assert names(cast, comment) == {None}, "agreed anew is not agreed then"
    assert names(cast, said(session, paragraph, cast.us_adviser)) == {"US adviser"}


def test_what_follows_from_an_earlier_act_names_nobody(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    all_consent(session, cast)

    accepted(session, paragraph.amendments[0], cast.cn_drafter)

    held = [one for one in paragraph.positions if one.stance is Stance.AD_REFERENDUM]
    assert len(held) == 2
    assert {author_of(one, cast.cn_head.actor) for one in held} == {None, "CN drafter"}
    assert {author_of(one, cast.observer.actor) for one in held} == {None}


def test_what_is_left_of_an_earlier_amendment_names_nobody(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast, BASE)
    before = in_points(session, paragraph, cast.us_drafter)
    all_consent(session, cast)

    take(session, before, cast.cn_drafter, 1)

    (rest,) = paragraph.live_amendments
    assert rest.continues == before.id
    assert names(cast, rest) == {None}


def test_a_word_of_ones_own_on_the_text_is_named(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    accepted(session, paragraph.amendments[0], cast.cn_drafter)
    all_consent(session, cast)

    takes(session, paragraph, cast.us_head)

    assert author_of(paragraph.positions[-1], cast.cn_adviser.actor) == "US head"


def test_a_draft_names_its_author_to_the_own_side_alone(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    all_consent(session, cast)
    draft = drafts.begin_addition(session, agreement=agreement, by=cast.us_drafter, place=drafts.Place(), text=CHANGED)

    assert author_of(draft, cast.us_head.actor) == "US drafter"
    assert author_of(draft, cast.cn_head.actor) is None


def test_what_is_said_already_is_not_said_again(session: orm.Session, cast: Cast) -> None:
    dialogue: Dialogue = cast.dialogue

    assert refusals(lambda: naming.take_back(session, dialogue=dialogue, by=cast.us_head)) == (Refusal.NOTHING_SAID,)
    naming.consent(session, dialogue=dialogue, by=cast.us_head)
    assert refusals(lambda: naming.consent(session, dialogue=dialogue, by=cast.us_head)) == (Refusal.ALREADY_SAID_SO,)


def test_the_page_says_who_can_do_what(session: orm.Session, cast: Cast) -> None:
    naming.consent(session, dialogue=cast.dialogue, by=cast.us_head)

    first, last = (naming.page(session, cast.dialogue, head.actor) for head in (cast.us_head, cast.cn_head))
    adviser = naming.page(session, cast.dialogue, cast.us_adviser.actor)

    assert (first.consent, first.take_back) == ((Refusal.ALREADY_SAID_SO,), ())
    assert (last.consent, last.take_back, last.completes) == ((), (Refusal.NOTHING_SAID,), True)
    assert (adviser.consent, adviser.take_back) == (None, None)
    assert len(adviser.said) == 1

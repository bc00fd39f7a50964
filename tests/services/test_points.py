"""Points: taken one by one, answered in part, carried over to the text that took their place."""

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_delegation, a_member
from tests.services.moves import accepted, amended, common, refusals, rewritten, standing, tabled
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import AmendmentKind, Refusal, Standing
from workflow.models import Agreement, Amendment, Entered, JournalEntry, Membership, Outcome, Paragraph, Wording
from workflow.permissions import Role
from workflow.services import amendments, drafts, journal
from workflow.services.reading import read
from workflow.services.rows import negotiating

BASE = Bilingual("Both sides could meet every year in one of the capitals.", "双方可以在两国首都会晤，每年一次。")
FIRST = Bilingual("Both sides should meet every year in one of the capitals.", "双方应当在两国首都会晤，每年一次。")
SECOND = Bilingual("Both sides could meet every month in one of the capitals.", "双方可以在两国首都会晤，每月一次。")
BOTH = Bilingual("Both sides should meet every month in one of the capitals.", "双方应当在两国首都会晤，每月一次。")
WEEKLY = Bilingual("Both sides could meet every week in one of the capitals.", "双方可以在两国首都会晤，每周一次。")
ENGLISH = Bilingual(FIRST.en, BASE.zh)


@pytest.fixture
def third(session: orm.Session, cast: Cast) -> Membership:
    """The drafter of a third delegation."""
    return a_member(session, cast.dialogue, Role.DRAFTER, a_delegation(session, cast.dialogue, "EU"))


@pytest.fixture
def paragraph(session: orm.Session, agreement: Agreement, cast: Cast) -> Paragraph:
    """Common text."""
    return common(session, agreement, cast, BASE)


def in_points(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: Bilingual = BOTH,
    *,
    severable: bool = True,
    other_stands: bool = False,
) -> Amendment:
    """Table an amendment whose every change is a point."""
    draft = rewritten(session, paragraph, by, text)
    drafts.group(session, draft=draft, by=by, points=drafts.rearranged(draft, "part", {}), version=draft.version)
    drafts.save(
        session,
        draft=draft,
        by=by,
        text=text,
        rationale="",
        version=draft.version,
        is_severable=severable,
        other_stands=other_stands,
    )
    return amendments.table(session, draft=draft, by=by, version=draft.version)


def take(session: orm.Session, amendment: Amendment, by: Membership, *points: int) -> Wording | Amendment | None:
    return amendments.accept_in_part(session, amendment=amendment, by=by, points=frozenset(points))


def test_severable_points_take_effect_at_once_and_the_rest_stays_live(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    amendment = in_points(session, paragraph, cast.us_drafter)

    wording = take(session, amendment, cast.cn_drafter, 1)

    assert isinstance(wording, Wording)
    assert wording.text == FIRST
    assert amendment.outcome is Outcome.ACCEPTED_IN_PART
    (rest,) = paragraph.live_amendments
    assert (rest.text, rest.against, rest.continues) == (BOTH, wording.id, amendment.id)
    assert rest.delegation is cast.us
    assert standing(session, paragraph) is Standing.BRACKETED
    assert accepted(session, rest, cast.cn_drafter).text == BOTH
    assert journal.verify(session) == ()


def test_points_that_are_not_severable_become_a_counter_proposal_which_the_author_confirms(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    amendment = in_points(session, paragraph, cast.us_drafter, severable=False)

    counter = take(session, amendment, cast.cn_drafter, 2)

    assert isinstance(counter, Amendment)
    assert (counter.text, counter.answers, counter.delegation) == (SECOND, amendment.id, cast.cn)
    assert len(paragraph.wordings) == 1
    assert accepted(session, counter, cast.us_drafter).text == SECOND
    assert amendment.outcome is Outcome.ACCEPTED_IN_PART
    (rest,) = paragraph.live_amendments
    assert (rest.text, rest.delegation) == (BOTH, cast.us)


@pytest.mark.parametrize("points", [(), (1, 2), (3,)])
def test_some_points_are_taken_and_not_all(
    session: orm.Session, cast: Cast, paragraph: Paragraph, points: tuple[int, ...]
) -> None:
    amendment = in_points(session, paragraph, cast.us_drafter)

    assert refusals(lambda: take(session, amendment, cast.cn_drafter, *points)) == (Refusal.NO_SUCH_POINTS,)


def test_between_three_sides_the_points_all_others_take_become_common(
    session: orm.Session, cast: Cast, agreement: Agreement, third: Membership
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, BASE)
    amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)
    accepted(session, paragraph.amendments[0], third)
    amendment = in_points(session, paragraph, cast.us_drafter)

    assert take(session, amendment, cast.cn_drafter, 1) is None
    assert refusals(lambda: take(session, amendment, cast.cn_drafter, 1)) == (Refusal.ALREADY_ACCEPTED,)
    assert accepted(session, amendment, third).text == FIRST


def test_between_three_sides_points_nobody_else_takes_stay_in_brackets(
    session: orm.Session, cast: Cast, agreement: Agreement, third: Membership
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, BASE)
    amendments.accept(session, amendment=paragraph.amendments[0], by=cast.cn_drafter)
    accepted(session, paragraph.amendments[0], third)
    amendment = in_points(session, paragraph, cast.us_drafter)

    take(session, amendment, cast.cn_drafter, 1)

    assert take(session, amendment, third, 2) is None
    assert paragraph.live_amendments == (amendment,)


def test_its_author_carries_an_amendment_over_as_suggested(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    late = amended(session, paragraph, cast.cn_drafter, SECOND)
    accepted(session, amended(session, paragraph, cast.us_drafter, FIRST), cast.cn_drafter)
    assert negotiating(read(session, paragraph.agreement_id).state_of(paragraph)) is None

    made = amendments.carry_over(session, amendment=late, by=cast.cn_drafter, base=paragraph.base)

    assert (made.text, made.against, made.continues) == (BOTH, paragraph.base, late.id)
    assert late.outcome is Outcome.SUPERSEDED
    assert paragraph.live_amendments == (made,)
    assert refusals(
        lambda: amendments.carry_over(session, amendment=made, by=cast.cn_drafter, base=paragraph.base)
    ) == (Refusal.FITS_ALREADY,)


def test_a_deletion_is_carried_over_as_a_deletion(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    late = amended(session, paragraph, cast.cn_drafter, kind=AmendmentKind.SUP)
    accepted(session, amended(session, paragraph, cast.us_drafter, FIRST), cast.cn_drafter)

    made = amendments.carry_over(session, amendment=late, by=cast.cn_drafter, base=paragraph.base)

    assert made.kind is AmendmentKind.SUP
    assert accepted(session, made, cast.us_drafter).is_deletion


def test_what_collides_is_not_carried_over_and_nothing_is_dropped(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    late = amended(session, paragraph, cast.cn_drafter, SECOND)
    accepted(session, amended(session, paragraph, cast.us_drafter, WEEKLY), cast.cn_drafter)

    assert refusals(
        lambda: amendments.carry_over(session, amendment=late, by=cast.cn_drafter, base=paragraph.base)
    ) == (Refusal.COLLIDES_WITH_NEW_TEXT,)
    suggestion = amendments.suggestion(late)
    assert suggestion is not None
    assert suggestion.colliding == late.asked
    assert paragraph.live_amendments == (late,)


def test_nobody_carries_over_what_another_side_tabled_or_against_a_text_not_seen(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    old = paragraph.base
    late = amended(session, paragraph, cast.cn_drafter, SECOND)
    accepted(session, amended(session, paragraph, cast.us_drafter, FIRST), cast.cn_drafter)

    assert refusals(lambda: amendments.carry_over(session, amendment=late, by=cast.us_drafter, base=old)) == (
        Refusal.NOT_YOUR_AMENDMENT,
        Refusal.TEXT_HAS_CHANGED,
    )


def test_an_amendment_that_asked_for_what_the_text_now_says_is_part_of_it(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    same = amended(session, paragraph, cast.cn_drafter, FIRST)
    accepted(session, amended(session, paragraph, cast.us_drafter, FIRST), cast.cn_drafter)

    assert same.outcome is Outcome.ABSORBED
    assert paragraph.live_amendments == ()


def test_a_change_in_one_language_waits_for_its_author_to_say_that_the_other_stands(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    silent = in_points(session, paragraph, cast.us_drafter, ENGLISH)

    assert standing(session, paragraph) is Standing.COUNTERPART_PENDING
    assert refusals(lambda: amendments.accept(session, amendment=silent, by=cast.cn_drafter)) == (
        Refusal.COUNTERPART_PENDING,
    )
    said = in_points(session, paragraph, cast.us_drafter, ENGLISH, other_stands=True)
    assert standing(session, paragraph) is Standing.BRACKETED
    assert accepted(session, said, cast.cn_drafter).text == ENGLISH


def test_tabling_the_same_again_says_nothing_unless_it_is_grouped_or_declared_otherwise(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    in_points(session, paragraph, cast.us_drafter)

    assert refusals(lambda: in_points(session, paragraph, cast.us_drafter)) == (Refusal.NOTHING_CHANGES,)
    assert in_points(session, paragraph, cast.us_drafter, severable=False).number == 3


def test_the_author_of_an_addition_that_others_amended_can_ask_them_to_let_it_go(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, BASE)
    theirs = amended(session, paragraph, cast.cn_drafter, FIRST)

    gone = amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP)

    shown = negotiating(read(session, agreement.id).state_of(paragraph))
    assert shown is not None
    assert (shown.read("US").is_empty, shown.read("CN")) == (True, FIRST)
    assert amendments.accept(session, amendment=gone, by=cast.cn_drafter) is None
    assert standing(session, paragraph) is Standing.WITHDRAWN
    assert (gone.outcome, theirs.outcome) == (Outcome.ACCEPTED, Outcome.LAPSED)
    assert paragraph.amendments[0].outcome is Outcome.WITHDRAWN


def test_changes_are_grouped_as_the_author_says(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    draft = rewritten(session, paragraph, cast.us_drafter, BOTH)

    parted = drafts.rearranged(draft, "part", {})
    drafts.group(session, draft=draft, by=cast.us_drafter, points=parted, version=draft.version)

    assert len(drafts.points_of(draft)) == 2
    assert drafts.rearranged(draft, "part-1", {}) == parted
    assert len(drafts.rearranged(draft, "join-2", {})) == 1
    assert len(drafts.rearranged(draft, "join", {})) == 1
    crossed = {Language.EN: [1, 2], Language.ZH: [2, 1]}
    assert [one.en for one in drafts.rearranged(draft, "chosen", crossed)] == [one.en for one in parted]
    assert drafts.rearranged(draft, "chosen", crossed)[0].zh == parted[1].zh
    assert drafts.rearranged(draft, "chosen", {Language.EN: [1], Language.ZH: []}) == parted
    with pytest.raises(drafts.StaleDraft):
        drafts.group(session, draft=draft, by=cast.us_drafter, points=parted, version=1)


# -- answers, and what is left after them ----------------------------------------------


def test_who_added_a_paragraph_takes_some_points_by_tabling_it_again_and_the_rest_stays_live(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.cn_drafter, BASE)
    amendment = in_points(session, paragraph, cast.us_drafter, severable=False)

    counter = take(session, amendment, cast.cn_drafter, 1)

    assert isinstance(counter, Amendment)
    assert (counter.kind, counter.text, counter.answers) == (AmendmentKind.ADD, FIRST, amendment.id)
    assert standing(session, paragraph) is Standing.BRACKETED
    assert accepted(session, counter, cast.us_drafter).text == FIRST
    assert amendment.outcome is Outcome.ACCEPTED_IN_PART
    (rest,) = paragraph.live_amendments
    assert (rest.text, rest.continues, rest.delegation) == (BOTH, amendment.id, cast.us)
    assert journal.verify(session) == ()


def test_an_addition_tabled_again_with_more_than_it_took_leaves_the_rest_to_its_author(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.cn_drafter, BASE)
    amendment = in_points(session, paragraph, cast.us_drafter, severable=False)
    more = Bilingual(f"{FIRST.en} They talk.", f"{FIRST.zh}双方会谈。")
    draft = drafts.begin_amendment(
        session,
        paragraph=paragraph,
        by=cast.cn_drafter,
        kind=AmendmentKind.MOD,
        text=more,
        against=paragraph.base,
        answers=amendment.id,
    )
    answer = amendments.table(session, draft=draft, by=cast.cn_drafter, version=draft.version)

    accepted(session, answer, cast.us_drafter)

    assert paragraph.live_amendments == (amendment,)
    made = amendments.carry_over(session, amendment=amendment, by=cast.us_drafter, base=paragraph.base)
    assert made.text == Bilingual(f"{BOTH.en} They talk.", f"{BOTH.zh}双方会谈。")


def test_the_same_points_are_not_answered_twice_the_same_way(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    amendment = in_points(session, paragraph, cast.us_drafter, severable=False)
    take(session, amendment, cast.cn_drafter, 1)

    assert refusals(lambda: take(session, amendment, cast.cn_drafter, 1)) == (Refusal.NOTHING_CHANGES,)
    other = take(session, amendment, cast.cn_drafter, 2)
    assert paragraph.live_amendments == (amendment, other)


def test_points_of_an_amendment_to_an_addition_make_it_common_and_the_rest_stays_live(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.cn_drafter, BASE)

    wording = take(session, in_points(session, paragraph, cast.us_drafter), cast.cn_drafter, 2)

    assert isinstance(wording, Wording)
    assert (wording.number, wording.text) == (1, SECOND)
    assert paragraph.amendments[0].outcome is Outcome.ABSORBED
    assert [one.text for one in paragraph.live_amendments] == [BOTH]
    shown = negotiating(read(session, agreement.id).state_of(paragraph))
    assert shown is not None
    assert (shown.read("CN"), shown.read("US")) == (SECOND, BOTH)


def test_an_amendment_all_of_which_the_text_takes_up_among_other_changes_is_part_of_it(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    less = amended(session, paragraph, cast.us_drafter, FIRST)
    accepted(session, amended(session, paragraph, cast.cn_drafter, BOTH), cast.us_drafter)

    assert less.outcome is Outcome.ABSORBED
    assert standing(session, paragraph) is Standing.AD_REFERENDUM


def test_what_part_of_an_amendment_the_text_says_already_is_left_behind_when_it_is_carried_over(
    session: orm.Session, cast: Cast, paragraph: Paragraph
) -> None:
    late = in_points(session, paragraph, cast.cn_drafter, BOTH)
    accepted(session, amended(session, paragraph, cast.us_drafter, FIRST), cast.cn_drafter)

    made = amendments.carry_over(session, amendment=late, by=cast.cn_drafter, base=paragraph.base)

    assert made.text == BOTH
    assert [point.en[0].words for point in made.asked] == ["month"]
    assert made.is_severable


def test_who_supplies_the_language_that_is_missing_need_not_say_that_the_other_stands(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, Bilingual(BASE.en, ""))
    supplied = amended(session, paragraph, cast.cn_drafter, BASE)

    assert supplied.other_stands
    assert accepted(session, supplied, cast.us_drafter).text == BASE


def test_an_addition_taken_back_takes_the_wish_to_let_it_go_along(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, BASE)
    theirs = amended(session, paragraph, cast.cn_drafter, FIRST)
    gone = amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP)
    amendments.withdraw(session, amendment=theirs, by=cast.cn_drafter)

    amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_drafter)

    assert gone.outcome is Outcome.WITHDRAWN
    assert standing(session, paragraph) is Standing.WITHDRAWN


def test_every_act_on_points_is_in_the_journal(
    session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph
) -> None:
    take(session, in_points(session, paragraph, cast.us_drafter), cast.cn_drafter, 1)
    late = amended(session, paragraph, cast.cn_drafter, Bilingual(f"{FIRST.en} Soon.", f"{FIRST.zh}尽早。"))
    accepted(session, paragraph.live_amendments[0], cast.cn_drafter)
    amendments.carry_over(session, amendment=late, by=cast.cn_drafter, base=paragraph.base)

    acts = [entry.act for entry in session.scalars(sa.select(JournalEntry).order_by(JournalEntry.number))]
    assert acts.count(Entered.AMENDMENT_ACCEPTED_IN_PART) == 1
    assert acts.count(Entered.AMENDMENT_CARRIED_OVER) == 2
    assert journal.verify(session) == ()


def test_whoever_asked_to_let_an_addition_go_does_not_hold_it_when_the_others_take_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, BASE)
    amended(session, paragraph, cast.cn_drafter, FIRST)
    gone = amended(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP)

    accepted(session, paragraph.amendments[0], cast.cn_drafter)

    assert [one.delegation for one in paragraph.positions] == [cast.cn]
    assert gone.outcome is None  # it asks for a deletion now, once its author carries it over

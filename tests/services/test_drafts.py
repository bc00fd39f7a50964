"""Drafts: an author's own, then the delegation's, and never lost to somebody else's save."""

from uuid import uuid4

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, accepted, amended, common, drafted, refusals, rewritten, tabled
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import AmendmentKind, Refusal
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement
from workflow.services import amendments, drafting, drafts, outlines
from workflow.services.drafts import Place, StaleDraft


def test_a_save_that_started_from_an_earlier_version_keeps_both_texts(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.save(session, draft=draft, by=cast.us_drafter, text=CHANGED, rationale="because", version=1)

    with pytest.raises(StaleDraft) as stale:
        drafts.save(session, draft=draft, by=cast.us_translator, text=OTHER, rationale="", version=1)

    assert (stale.value.draft.text, stale.value.typed) == (CHANGED, OTHER)
    assert (draft.version, draft.rationale) == (2, "because")


def test_a_draft_put_away_is_closed(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.discard(session, draft=draft, by=cast.us_drafter)

    for act in (
        lambda: drafts.save(session, draft=draft, by=cast.us_drafter, text=OTHER, rationale="", version=1),
        lambda: drafts.share(session, draft=draft, by=cast.us_drafter),
        lambda: drafts.discard(session, draft=draft, by=cast.us_drafter),
        lambda: drafts.bring_up_to_date(session, draft=draft, by=cast.us_drafter, version=1),
    ):
        assert refusals(act) == (Refusal.DRAFT_IS_CLOSED,)


def test_a_shared_draft_is_nobodys_own(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    assert draft.owner == cast.us_drafter.id

    drafts.share(session, draft=draft, by=cast.us_drafter)

    assert draft.owner is None


def test_an_addition_goes_only_where_its_own_text_has_a_place(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    assert refusals(lambda: drafted(session, agreement, cast.us_drafter, place=Place(after=uuid4()))) == (
        Refusal.TEXT_HAS_CHANGED,
    )


def test_nothing_is_drafted_to_a_published_text(session: orm.Session, cast: Cast, published: Agreement) -> None:
    assert refusals(lambda: drafted(session, published, cast.us_drafter)) == (Refusal.RECORDED_AS_PUBLISHED,)


def test_an_amendment_is_begun_on_the_text_that_was_shown(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    assert refusals(
        lambda: drafts.begin_amendment(
            session, paragraph=paragraph, by=cast.us_drafter, kind=AmendmentKind.MOD, text=OTHER, against=None
        )
    ) == (Refusal.TEXT_HAS_CHANGED,)


def test_a_draft_that_deletes_carries_no_text(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = rewritten(session, common(session, agreement, cast), cast.us_drafter, OTHER, AmendmentKind.SUP)
    drafts.save(session, draft=draft, by=cast.us_drafter, text=OTHER, rationale="", version=1)

    assert draft.text == NOTHING


def test_a_draft_set_against_the_present_text_keeps_its_own_words(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    draft = rewritten(session, paragraph, cast.us_drafter, OTHER)
    accepted(session, amended(session, paragraph, cast.cn_drafter), cast.us_drafter)
    assert not drafting.page(session, draft, cast.us_drafter.actor).is_against_current
    with pytest.raises(StaleDraft):
        drafts.bring_up_to_date(session, draft=draft, by=cast.us_drafter, version=7)

    drafts.bring_up_to_date(session, draft=draft, by=cast.us_drafter, version=1)

    assert (draft.text, draft.against_text, draft.version) == (OTHER, CHANGED, 2)
    assert drafting.page(session, draft, cast.us_drafter.actor).is_against_current


def test_a_draft_set_against_the_present_text_keeps_how_its_changes_were_grouped(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    base = Bilingual("Both sides could meet every year in spring.", "双方可以在春季会晤。")
    paragraph = common(session, agreement, cast, base)
    wanted = Bilingual("Both sides should meet every month in spring.", base.zh)
    draft = rewritten(session, paragraph, cast.us_drafter, wanted)
    verb, how_often = drafts.rearranged(draft, "part", {})
    drafts.group(session, draft=draft, by=cast.us_drafter, points=(how_often, verb), version=1)
    longer = Bilingual(f"In future, {base.en[0].lower()}{base.en[1:]}", f"今后，{base.zh}")
    accepted(session, amended(session, paragraph, cast.cn_drafter, longer), cast.us_drafter)

    drafts.bring_up_to_date(session, draft=draft, by=cast.us_drafter, version=2)

    assert draft.against_text == longer
    grouped = [[longer.en[one.start : one.end] for one in point.en] for point in drafts.points_of(draft)]
    assert "year" in grouped[0]  # with what is new, which stands before anything grouped
    assert grouped[1] == ["could"]


def test_a_draft_has_nothing_to_be_set_against_when_its_paragraph_is_withdrawn(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)
    draft = rewritten(session, paragraph, cast.cn_drafter)
    amendments.withdraw(session, amendment=paragraph.amendments[0], by=cast.us_drafter)

    assert refusals(lambda: drafts.bring_up_to_date(session, draft=draft, by=cast.cn_drafter, version=1)) == (
        Refusal.PARAGRAPH_IS_OUT,
    )
    assert refusals(lambda: amendments.table(session, draft=draft, by=cast.cn_drafter, version=1)) == (
        Refusal.PARAGRAPH_IS_OUT,
        Refusal.TEXT_HAS_CHANGED,
    )


def test_the_page_of_a_draft_says_what_keeps_it_from_being_tabled(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    empty = drafted(session, agreement, cast.us_drafter, NOTHING)
    same = rewritten(session, common(session, agreement, cast), cast.us_drafter, TEXT)
    deletes = rewritten(session, same.paragraph, cast.us_drafter, TEXT, AmendmentKind.SUP) if same.paragraph else same
    actor = cast.us_drafter.actor

    assert drafting.page(session, empty, actor).tabling == (Refusal.NOTHING_WRITTEN,)
    assert drafting.page(session, same, actor).tabling == (Refusal.NOTHING_CHANGES,)
    assert drafting.page(session, deletes, actor).tabling == ()
    drafts.discard(session, draft=empty, by=cast.us_drafter)
    assert drafting.page(session, empty, actor).tabling == (Refusal.DRAFT_IS_CLOSED,)


def test_who_may_not_table_is_offered_nothing(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_translator, Bilingual(TEXT.en, ""))

    page = drafting.page(session, draft, cast.us_translator.actor)

    assert page.tabling is None
    assert page.can_edit
    assert [one.value for one in page.pending] == ["zh"]


def test_the_page_of_a_draft_names_the_amendment_it_would_supersede(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    live = amended(session, paragraph, cast.us_drafter)
    draft = rewritten(session, paragraph, cast.us_drafter, OTHER)

    assert drafting.page(session, draft, cast.us_drafter.actor).supersedes == live.number
    assert drafting.beside(session, paragraph, cast.us_drafter.actor).paragraph is paragraph


def test_a_paragraph_can_be_added_under_headings_after_paragraphs_and_at_the_end(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    heading = common(session, agreement, cast, Bilingual("R" * 60, "规则"), Place(kind=ParagraphKind.HEADING))
    paragraph = common(session, agreement, cast)

    first, under, behind, after, end = outlines.outline(session, agreement.id, cast.us_drafter.actor).places()

    assert (first[0], behind[0]) == ("first", f"after:{heading.id}")
    assert (under[0], under[1].en) == (f"under:{heading.id}", "R" * 48 + "…")
    assert (after[0], after[2]) == (f"after:{paragraph.id}", "1")
    assert end[0] == "end"

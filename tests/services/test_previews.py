"""What one writes is shown as the other side would see it: the same redline, and nothing of it is kept."""

import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, common, drafted, rewritten, tabled
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.redline import Kind
from workflow.domain.unseen import Unseen
from workflow.models import Agreement, DraftState
from workflow.services import amendments, drafting, paragraphs, previews

ENGLISH_ONLY = Bilingual(CHANGED.en, TEXT.zh)


def test_what_is_previewed_is_what_is_tabled(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    shown = previews.of_amendment(paragraph, kind=AmendmentKind.MOD, text=CHANGED)
    draft = rewritten(session, paragraph, cast.us_drafter)
    assert previews.of_draft(draft).redline == drafting.page(session, draft, cast.us_drafter.actor).redline

    amendments.table(session, draft=draft, by=cast.us_drafter, version=draft.version)

    seen = paragraphs.page(session, paragraph, cast.cn_drafter.actor).amendments[0].redline
    assert seen == shown.redline


def test_what_is_typed_is_shown_and_not_kept(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = rewritten(session, common(session, agreement, cast), cast.us_drafter)

    shown = previews.of_draft(draft, text=OTHER)

    assert shown.text == OTHER
    assert "".join(span.text for span in shown.redline.zh if span.kind is not Kind.DELETED) == OTHER.zh
    session.flush()
    assert draft.text == CHANGED
    assert len(session.scalars(sa.select(DraftState).where(DraftState.draft_id == draft.id)).all()) == 1


def test_the_language_left_alone_is_named_until_somebody_says_that_it_stands(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    draft = rewritten(session, paragraph, cast.us_drafter)

    for shown in (
        previews.of_amendment(paragraph, kind=AmendmentKind.MOD, text=ENGLISH_ONLY),
        previews.of_draft(draft, text=ENGLISH_ONLY),
    ):
        assert shown.left_alone is Language.ZH
        assert shown.one_language == (Language.EN,)
    assert previews.of_draft(draft, text=ENGLISH_ONLY, stands=True).left_alone is None
    assert previews.of_draft(draft, text=OTHER).left_alone is None
    assert previews.of_draft(draft, text=Bilingual(CHANGED.en, "")).pending == (Language.ZH,)


def test_where_a_new_paragraph_is_written_on_the_language_not_written_on_is_named(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    assert previews.of_draft(draft).left_alone is None

    shown = previews.of_draft(draft, text=ENGLISH_ONLY)

    assert (shown.one_language, shown.left_alone) == ((), Language.ZH)


def test_a_new_paragraph_is_shown_as_it_is(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    text = Bilingual("Both  sides agree.", "")

    for shown in (
        previews.of_addition(agreement, text),
        previews.of_draft(drafted(session, agreement, cast.us_drafter, text)),
    ):
        assert [span.kind for span in shown.redline.en] == [Kind.EQUAL]
        assert (shown.redline.zh, shown.zh) == ((), ())
        assert [piece.text for one in shown.en for piece in one.pieces] == ["Both", "  ", "sides agree."]
        assert shown.unseen == {Language.EN: {Unseen.DOUBLE_SPACE: 1}}
        assert shown.pending == (Language.ZH,)


def test_a_deletion_strikes_everything_out_whatever_is_typed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    shown = previews.of_amendment(paragraph, kind=AmendmentKind.SUP, text=CHANGED)

    assert shown.deletes
    assert [(span.kind, span.text) for span in shown.redline.en] == [(Kind.DELETED, TEXT.en)]
    assert (shown.pending, shown.left_alone) == ((), None)
    assert previews.of_draft(rewritten(session, paragraph, cast.us_drafter, kind=AmendmentKind.SUP)).deletes


def test_who_supplies_the_missing_language_leaves_none_alone(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter, Bilingual(TEXT.en, ""))

    shown = previews.of_amendment(paragraph, kind=AmendmentKind.MOD, text=TEXT)

    assert (shown.one_language, shown.stale, shown.pending) == ((), None, ())

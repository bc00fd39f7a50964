"""Tabling several drafts: all of them exactly as shown, in one act, or none."""

from uuid import UUID

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, common, drafted, refusals, rewritten
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Draft
from workflow.services import delegations, drafts, tablings
from workflow.services.drafts import StaleDraft


def chosen(*made: Draft) -> dict[UUID, int]:
    return {one.id: one.version for one in made}


def test_the_page_lists_what_one_can_table_as_the_other_side_would_see_it(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    addition = drafted(session, agreement, cast.us_drafter, OTHER)
    change = rewritten(session, paragraph, cast.us_drafter)
    drafts.share(session, draft=rewritten(session, paragraph, cast.us_translator, OTHER), by=cast.us_translator)

    found = tablings.page(session, agreement, cast.us_drafter.actor)

    assert [one.draft for one in found][:1] == [addition]
    assert change in [one.draft for one in found]
    assert len(found) == 3
    assert found[0].after is not None
    assert found[0].after.en.startswith(TEXT.en[:20])
    assert (found[0].under, found[0].refusals, found[1].after) == (None, (), None)
    assert tablings.page(session, agreement, cast.us_translator.actor) == ()
    assert tablings.page(session, agreement, cast.cn_drafter.actor) == ()


def test_several_are_tabled_in_one_act(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    made = (drafted(session, agreement, cast.us_drafter, OTHER), rewritten(session, paragraph, cast.us_drafter))

    tabled = tablings.table_together(session, agreement=agreement, by=cast.us_drafter, chosen=chosen(*made))

    assert [one.text for one in tabled] == [OTHER, CHANGED]
    assert not any(one.is_open for one in made)


def test_one_that_cannot_be_tabled_keeps_back_all(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    by, paragraph = cast.us_drafter, common(session, agreement, cast)
    good, other = drafted(session, agreement, by), rewritten(session, paragraph, by, OTHER)
    drafts.share(session, draft=other, by=by)

    def tables(picked: dict[UUID, int], who: str = "us_drafter") -> tuple[Refusal, ...]:
        member = getattr(cast, who)
        return refusals(lambda: tablings.table_together(session, agreement=agreement, by=member, chosen=picked))

    assert tables({}) == (Refusal.NOTHING_CHOSEN,)
    assert tables(chosen(good), who="us_head") == (Refusal.DRAFT_IS_CLOSED,), "a colleague's private draft is not there"
    assert tables(chosen(other), who="us_translator") == (Refusal.ONLY_HEADS_TABLE,)
    twice = rewritten(session, paragraph, by)
    assert tables(chosen(good, other, twice)) == (Refusal.TWO_FOR_ONE_PARAGRAPH,)
    with pytest.raises(StaleDraft):
        tablings.table_together(session, agreement=agreement, by=by, chosen={good.id: 7, other.id: other.version})
    delegations.decide_tabling(session, delegation=cast.us, by=cast.us_head, drafters_table=False)
    assert tables(chosen(good)) == (Refusal.ONLY_HEADS_TABLE,)
    assert tablings.page(session, agreement, by.actor)[0].refusals == (Refusal.ONLY_HEADS_TABLE,)
    assert good.is_open
    assert other.is_open

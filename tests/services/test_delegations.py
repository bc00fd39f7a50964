"""Who tables for a delegation: its own decision, told to nobody else."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import drafted
from workflow.domain.negotiation import Refusal
from workflow.models import Agreement, Entered
from workflow.permissions import Permission, is_left_to_heads, permits
from workflow.services import delegations, drafting, drafts
from workflow.services.visible import visible


def test_heads_alone_table_once_a_head_says_so(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    assert not is_left_to_heads(cast.us_drafter.actor, draft)

    delegations.decide_tabling(session, delegation=cast.us, by=cast.us_head, drafters_table=False)

    assert not permits(cast.us_drafter.actor, Permission.TABLE, draft)
    assert permits(cast.us_head.actor, Permission.TABLE, draft)
    assert drafting.page(session, draft, cast.us_drafter.actor).tabling == (Refusal.ONLY_HEADS_TABLE,)
    assert drafting.page(session, draft, cast.us_head.actor).tabling == ()
    assert drafting.page(session, draft, cast.us_translator.actor).tabling is None
    assert not is_left_to_heads(cast.us_translator.actor, draft)
    assert not is_left_to_heads(cast.cn_drafter.actor, draft)

    delegations.decide_tabling(session, delegation=cast.us, by=cast.us_head, drafters_table=True)
    assert permits(cast.us_drafter.actor, Permission.TABLE, draft)


@pytest.mark.parametrize(("who", "reads"), [("us_adviser", 1), ("cn_head", 0), ("secretariat", 0), ("observer", 0)])
def test_the_decision_stands_in_the_own_chain_once(session: orm.Session, cast: Cast, who: str, reads: int) -> None:
    for _ in range(2):
        delegations.decide_tabling(session, delegation=cast.us, by=cast.us_head, drafters_table=False)

    found = session.scalars(visible(getattr(cast, who).actor).journal())
    assert [one.act for one in found].count(Entered.TABLING_DECIDED) == reads

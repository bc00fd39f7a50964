"""A dialogue's own terms: whole in a redline, and looked for in both languages."""

from sqlalchemy import orm

from tests.factories import Cast
from tests.services.moves import common, rewritten
from workflow.domain.bilingual import Bilingual
from workflow.domain.concordance import Sign, SignCode
from workflow.domain.redline import Kind
from workflow.models import Agreement, Draft, Term
from workflow.services import drafting

BEFORE = Bilingual("Both sides discussed long-arm jurisdiction.", "双方讨论了长臂管辖。")
AFTER = Bilingual("Both sides discussed extraterritorial jurisdiction.", "双方讨论了域外管辖。")
TERM = Bilingual("long-arm jurisdiction", "长臂管辖")


def test_a_term_of_the_dialogue_is_replaced_whole(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = rewritten(session, common(session, agreement, cast, BEFORE), cast.us_drafter, AFTER)
    before = _deleted(session, draft, cast)
    cast.dialogue.terms.append(Term(position=1, text=TERM))

    assert (before, _deleted(session, draft, cast)) == ("长臂", "长臂管辖")


def test_a_term_in_one_language_only_is_shown(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    cast.dialogue.terms.append(Term(position=1, text=TERM))
    draft = rewritten(
        session, common(session, agreement, cast, BEFORE), cast.us_drafter, Bilingual(AFTER.en, BEFORE.zh)
    )

    page = drafting.page(session, draft, cast.us_drafter.actor)

    assert page.signs == (Sign(SignCode.TERM, "", "长臂管辖"),)


def _deleted(session: orm.Session, draft: Draft, cast: Cast) -> str:
    redline = drafting.page(session, draft, cast.us_drafter.actor).redline
    return "".join(span.text for span in redline.zh if span.kind is Kind.DELETED)

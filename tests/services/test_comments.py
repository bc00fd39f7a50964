"""Comments: said to all or within a delegation, and once and for all."""

import pytest
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph
from tests.services.moves import common, refusals, tabled
from workflow.domain.negotiation import Refusal
from workflow.models import SHARED, Agreement, Entered, JournalEntry, Scope
from workflow.services import comments


def last_entry(session: orm.Session, chain: str) -> JournalEntry:
    found = session.query(JournalEntry).filter_by(chain=chain).order_by(JournalEntry.number.desc()).first()
    assert found
    return found


@pytest.mark.parametrize(
    ("scope", "chain", "act"),
    [
        (Scope.SHARED, SHARED, Entered.COMMENTED),
        (Scope.DELEGATION, "US", Entered.COMMENTED_INTERNALLY),
    ],
)
def test_a_comment_is_entered_in_the_chain_of_those_who_read_it_without_its_words(
    session: orm.Session, cast: Cast, agreement: Agreement, scope: Scope, chain: str, act: Entered
) -> None:
    paragraph = common(session, agreement, cast)

    said = comments.write(session, paragraph=paragraph, by=cast.us_adviser, scope=scope, text="Our red line.")

    entry = last_entry(session, chain)
    assert (entry.act, entry.said) == (act, {"comment": str(said.id)})
    assert said.wording_number == 1


def test_a_comment_on_an_addition_is_about_no_wording(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = tabled(session, agreement, cast.us_drafter)

    said = comments.write(session, paragraph=paragraph, by=cast.secretariat, scope=Scope.SHARED, text="Typing error.")

    assert said.wording_number is None
    assert said.delegation is None


def test_who_belongs_to_no_delegation_has_nobody_to_speak_to_alone(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)

    with pytest.raises(ValueError, match="acts for no delegation"):
        comments.write(session, paragraph=paragraph, by=cast.secretariat, scope=Scope.DELEGATION, text="Psst.")


def test_a_published_text_is_not_under_discussion(session: orm.Session, cast: Cast, published: Agreement) -> None:
    paragraph = a_paragraph(session, published)

    assert refusals(
        lambda: comments.write(session, paragraph=paragraph, by=cast.us_head, scope=Scope.SHARED, text="Hm.")
    ) == (Refusal.RECORDED_AS_PUBLISHED,)

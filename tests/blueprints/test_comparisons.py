"""The page that compares two Revs, or a Rev. with the text now."""

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import Table
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Agreement, Issue, Paragraph


@pytest.fixture
def page(table: Table) -> str:
    """The address of the comparison."""
    return f"/agreements/{table.agreement.id}/compare"


@pytest.fixture
def revs(writing: Begin, table: Table) -> Table:
    """The table, once its text was issued, reworded, added to, issued again and reworded."""
    with writing() as session:
        agreement = session.get_one(Agreement, table.agreement.id)
        paragraph = session.get_one(Paragraph, table.paragraph.id)
        secretariat = session.merge(table.cast.secretariat)
        factories.an_issue(session, agreement, secretariat)
        factories.a_wording(session, paragraph)
        factories.a_paragraph(session, agreement, factories.PROSE)
        factories.an_issue(session, agreement, secretariat)
        factories.a_wording(session, paragraph, factories.PROSE)
    return table


def test_two_revs_are_compared_paragraph_by_paragraph(sign_in: SignIn, revs: Table, page: str) -> None:
    person = sign_in(revs.cast.observer).opens(f"{page}?from=1&to=2")

    assert "New in the text: 1; Reads otherwise: 1" in person.text
    assert "1 paragraph as it was" in person.text
    assert [one.text_content() for one in person.page.iter("ins")]

    person.follows("The text now")
    assert "New in the text: 1" in person.text
    assert "Reads otherwise" not in person.text


def test_the_page_of_a_rev_leads_to_the_comparison(sign_in: SignIn, reading: Begin, revs: Table, page: str) -> None:
    person = sign_in(revs.cast.us_head).opens(f"/agreements/{revs.agreement.id}").follows("Compare").follows("Rev.1")
    assert person.path.startswith(page)

    with reading() as session:
        second = session.scalars(sa.select(Issue.id).where(Issue.number == 2)).one()
    issue = f"/issues/{second}"
    assert person.opens(issue).follows("Compare with Rev.1").path.endswith("from=1&to=2")
    assert person.opens(issue).follows("Compare with the text now").path.endswith("from=2&to=now")


def test_before_the_first_rev_there_is_nothing_to_compare(sign_in: SignIn, table: Table, page: str) -> None:
    assert "Nothing has been issued yet." in sign_in(table.cast.observer).opens(page).text


@pytest.mark.parametrize("asked", ["?from=9&to=9", "?from=x&to=%00", "?from=&to="])
def test_a_rev_there_is_not_counts_as_the_last_and_the_text_now(
    sign_in: SignIn, revs: Table, page: str, asked: str
) -> None:
    person = sign_in(revs.cast.observer).opens(f"{page}{asked}")

    assert person.status == 200
    assert "Reads otherwise: 1" in person.text


def test_to_others_it_does_not_exist(sign_in: SignIn, revs: Table, page: str) -> None:
    assert sign_in(revs.outsider).opens(page).status == 404
    assert sign_in(None).opens(page).title == "Sign in"

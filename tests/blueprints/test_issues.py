"""Rev.n: issued by the secretariat, read by all as it was issued."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
import sqlalchemy as sa

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.models import Issue, Paragraph


@pytest.fixture
def closing(table: Table) -> str:
    """The page from which a text is issued."""
    return f"/agreements/{table.agreement.id}/closing"


def test_the_secretariat_issues_and_all_read_it_as_it_was(
    sign_in: SignIn, writing: Begin, table: Table, closing: str
) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(closing).presses("Issue Rev.1")
    assert "Rev.1 is issued." in secretariat.text
    issue = secretariat.path
    with writing() as session:
        paragraph = session.get_one(Paragraph, table.paragraph.id)
        factories.a_wording(session, paragraph, Bilingual("Quite another text.", "全然不同的案文。"))

    for who in ("us_adviser", "cn_head", "observer"):
        person = sign_in(table.who(who)).opens(issue)
        assert factories.PROSE.en in person.text
        assert "Quite another text." not in person.text


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, closing: str) -> None:
    issue = sign_in(table.cast.secretariat).opens(closing).presses("Issue Rev.1").path

    assert sign_in(table.outsider).opens(issue).status == 404
    assert sign_in(None).opens(issue).title == "Sign in"
    assert sign_in(table.cast.us_head).opens(f"/issues/{uuid4()}").status == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_head", 403), ("us_drafter", 403), ("observer", 403), ("outsider", 404)],
)
def test_nobody_else_issues(sign_in: SignIn, table: Table, closing: str, who: str, status: int) -> None:
    person = sign_in(table.who(who)).opens("/")

    assert sends(person, f"/agreements/{table.agreement.id}/issues").status == status
    if status == 403:
        assert not person.opens(closing).sees_button("Issue Rev.1")


def test_what_has_not_changed_is_not_issued_again(sign_in: SignIn, table: Table, closing: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(closing).presses("Issue Rev.1").opens(closing)

    assert not secretariat.can_press("Issue Rev.2")
    assert sends(secretariat, f"/agreements/{table.agreement.id}/issues").status == 409
    assert "Nothing has changed since the last issue." in secretariat.text


def test_a_published_text_is_not_issued(sign_in: SignIn, table: Table) -> None:
    secretariat = sign_in(table.cast.secretariat).opens("/")

    assert sends(secretariat, f"/agreements/{table.published.id}/issues").status == 409


def test_two_who_issue_at_one_instant_make_one_rev(sign_in: SignIn, reading: Begin, table: Table, closing: str) -> None:
    people = [sign_in(table.cast.secretariat).opens(closing) for _ in range(2)]
    at_once = Barrier(2, timeout=30)

    def issues(nth: int) -> int:
        at_once.wait()
        return people[nth].presses("Issue Rev.1").status

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(issues, range(2)))

    assert answers == [200, 409]
    with reading() as session:
        assert list(session.scalars(sa.select(Issue.number))) == [1]


def test_a_rev_shows_old_and_new_numbers(sign_in: SignIn, writing: Begin, table: Table, closing: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(closing).presses("Issue Rev.1")
    assert "This Rev. changed no number." in secretariat.text
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}").follows("Draft new text")
    drafter.presses("Save as my private draft", en="New.", zh="新案文。", place="end")
    drafter.presses("Table this text")

    secretariat.opens(closing).presses("Issue Rev.2")

    rows = [" ".join(str(row.text_content()).split()) for row in secretariat.page.iter("tr")]
    assert any(row.startswith("1 bis 2 ") for row in rows), rows

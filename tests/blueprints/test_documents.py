"""Documents: made by whoever reads the text, listed for the own side only."""

from uuid import uuid4

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def page(table: Table) -> str:
    """Where documents of the text on the table are made."""
    return f"/agreements/{table.agreement.id}/documents"


@pytest.mark.parametrize("who", ["us_head", "cn_adviser", "us_translator", "observer", "secretariat"])
def test_everybody_who_takes_part_makes_one(sign_in: SignIn, table: Table, page: str, who: str) -> None:
    person = sign_in(table.who(who)).opens(page).presses("Make and download", edition="CN", paper="letter")

    assert person.status == 200
    assert person.headers["Content-Type"] == WORD
    assert "exercise-text-two-column-cn-edition-letter.docx" in person.headers["Content-Disposition"]
    assert "US Letter" in person.opens(page).text


@pytest.mark.parametrize("layout", ["en", "zh", "sequential", ""])
def test_plain_text_comes_in_one_language_or_both(sign_in: SignIn, table: Table, page: str, layout: str) -> None:
    person = sign_in(table.cast.observer).opens(page).presses("Make and download", form="text", layout=layout)

    assert person.headers["Content-Type"].startswith("text/plain")


def test_to_others_it_does_not_exist(sign_in: SignIn, table: Table, page: str) -> None:
    assert sign_in(table.outsider).opens(page).status == 404
    assert sends(sign_in(table.outsider).opens("/"), page, form="docx", edition="", paper="a4").status == 404
    assert sign_in(None).opens(page).title == "Sign in"
    assert sends(sign_in(None).opens("/sign-in"), page).status == 401
    assert sign_in(table.cast.us_head).opens(f"/agreements/{uuid4()}/documents").status == 404


@pytest.mark.parametrize(
    "fields",
    [{"form": "exe"}, {"kind": "x"}, {"layout": "x"}, {"edition": "XX"}, {"paper": "a3"}, {"form": ""}, {"since": "9"}],
    ids=str,
)
def test_what_is_not_offered_is_not_made(
    sign_in: SignIn, reading: Begin, table: Table, page: str, fields: dict[str, str]
) -> None:
    person = sign_in(table.cast.us_drafter).opens(page).presses("Make and download", **fields)

    assert person.status == 422
    assert "Not a valid choice" in person.text
    with reading() as session:
        assert session.query(Document).count() == 0


def test_a_text_without_a_word_makes_no_document(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        empty = factories.an_agreement(session, session.merge(table.meeting), short_name="empty")

    person = sign_in(table.cast.us_drafter).opens(f"/agreements/{empty.id}/documents").presses("Make and download")

    assert person.status == 422
    assert "there is no text to make a document of" in person.text


def test_what_one_side_took_home_only_it_reads(sign_in: SignIn, table: Table, page: str) -> None:
    sign_in(table.cast.us_drafter).opens(page).presses("Make and download")

    assert "two columns" in sign_in(table.cast.us_adviser).opens(page).text
    for who in ("cn_head", "cn_drafter", "observer", "secretariat"):
        assert "Nothing has been made yet." in sign_in(table.who(who)).opens(page).text


def test_what_the_secretariat_took_home_an_observer_does_not_read(sign_in: SignIn, table: Table, page: str) -> None:
    secretariat = sign_in(table.cast.secretariat).opens(page).presses("Make and download")

    assert "two columns" in secretariat.opens(page).text
    assert "Nothing has been made yet." in sign_in(table.cast.observer).opens(page).text


def test_a_document_is_shown_before_it_is_made_and_nothing_is_recorded(
    sign_in: SignIn, reading: Begin, table: Table, page: str
) -> None:
    person = sign_in(table.cast.us_drafter).opens(page).presses("Preview", kind="negotiating")

    assert person.status == 200
    assert "¶ 1 · " in person.text
    with reading() as session:
        assert session.query(Document).count() == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "working-table", "layout": "en"}, "Right would be: table"),
        ({"kind": "text", "layout": "table"}, "Right would be: two columns, one language beside the other"),
        ({"kind": "text", "form": "json"}, "Right would be: Word document"),
        ({"kind": "text", "attributed": "y"}, "leave it out"),
        ({"kind": "statements"}, "No statement for the record may be printed"),
        ({"kind": "agenda"}, "puts nothing on the agenda"),
        ({"kind": "redline"}, "No Rev. was issued yet"),
    ],
    ids=str,
)
def test_what_does_not_go_together_is_refused_with_what_would(
    sign_in: SignIn, table: Table, page: str, fields: dict[str, str], why: str
) -> None:
    person = sign_in(table.cast.us_drafter).opens(page).presses("Make and download", **fields)

    assert person.status == 422
    assert why in person.text


def test_the_redline_of_an_amendment_is_a_link_away_from_it(sign_in: SignIn, writing: Begin, table: Table) -> None:
    with writing() as session:
        paragraph = session.merge(table.paragraph)
        amendment = factories.an_amendment(session, paragraph, session.merge(table.cast.us_drafter))
    person = sign_in(table.cast.cn_drafter).opens(f"/paragraphs/{table.paragraph.id}")
    wanted = f"kind=redline&amendment={amendment.id}"
    [link] = [one.get("href") for one in person.page.iter("a") if wanted in str(one.get("href"))]

    made = person.opens(str(link)).presses("Make and download")

    assert made.status == 200
    assert "exercise-redline-two-column-a4.docx" in made.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("token", "told"), [("0" * 32, True), ("", False), ("x; Domain=evil", False), ("0" * 33, False)]
)
def test_the_page_is_told_by_a_cookie_that_its_file_was_made(
    sign_in: SignIn, table: Table, page: str, token: str, *, told: bool
) -> None:
    person = (
        sign_in(table.cast.us_drafter).opens(page).presses("Make and download", token=token, form="text", layout="en")
    )

    assert person.status == 200
    assert (person.client.get_cookie("made") is not None) is told

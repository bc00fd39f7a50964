"""Documents: what leaves of a text, what it says of itself, and who learns that it was made."""

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

import exports
from tests.factories import Cast, a_paragraph, a_participant_list
from tests.services.moves import CHANGED, OTHER, TEXT, adopted, again, amended, closed, common, deferred, tabled
from workflow.domain.bilingual import Language
from workflow.domain.negotiation import AmendmentKind
from workflow.models import Agreement, Entered, JournalEntry
from workflow.services import documents, issues
from workflow.services.documents import DocumentKind, Form, Making, describe
from workflow.services.reading import read


def mark(session: orm.Session, agreement: Agreement) -> str | None:
    pair = documents.draft_mark(read(session, agreement.id))
    return pair.en if pair else None


def described(session: orm.Session, agreement: Agreement, **chosen: Any) -> exports.TextDocument:
    document = describe(session, read(session, agreement.id), Making(**chosen))
    assert isinstance(document, exports.TextDocument)
    return document


def texts(session: orm.Session, agreement: Agreement) -> list[str]:
    return [one.texts.en for one in described(session, agreement).paragraphs]


def test_an_open_text_says_which_rev_it_is_and_whether_it_has_moved_on(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    assert mark(session, agreement) == "DRAFT, before Rev.1"
    issues.issue(session, agreement=agreement, by=cast.secretariat)
    assert mark(session, agreement) == "DRAFT Rev.1"
    amended(session, paragraph, cast.us_drafter)
    assert mark(session, agreement) == "DRAFT, text after Rev.1"


def test_an_adopted_text_has_no_mark(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = common(session, agreement, cast)
    closed(session, paragraph, cast)
    for head in (cast.us_head, cast.cn_head):
        adopted(session, agreement, head)

    assert documents.draft_mark(again(session, paragraph)) is None


def test_what_is_not_agreed_stands_in_brackets_without_letters(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    amended(session, common(session, agreement, cast), cast.us_drafter)
    tabled(session, agreement, cast.cn_drafter, OTHER)

    changed, added = texts(session, agreement)

    assert "[" in changed
    assert "all" in changed
    assert added == f"[{OTHER.en}]"
    assert "US" not in changed + added


def test_text_that_one_side_wants_deleted_is_not_shown_as_agreed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    amended(session, common(session, agreement, cast), cast.us_drafter, kind=AmendmentKind.SUP)

    assert texts(session, agreement) == [f"[{TEXT.en}]"]


def test_what_was_carried_over_is_left_out(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    deferred(session, common(session, agreement, cast, OTHER), cast.us_drafter, cast.cn_drafter)

    assert texts(session, agreement) == [TEXT.en]


def test_each_sides_edition_names_itself_first(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    for delegation in (cast.us, cast.cn):
        a_participant_list(session, agreement.session, delegation)

    edition = described(session, agreement, edition="CN")

    assert edition.edition is exports.Language.ZH
    assert [one.heading.en for one in edition.participant_lists] == ["China participants", "United States participants"]
    assert described(session, agreement).edition is exports.Language.EN


def test_there_is_no_edition_of_who_is_no_delegation(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)

    with pytest.raises(ValueError, match="no delegation 'EU'"):
        described(session, agreement, edition="EU")


def test_an_exercise_says_so_and_an_unofficial_translation_too(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    a_paragraph(session, published)
    published.unofficial = frozenset({Language.ZH})

    notices = described(session, published).notices

    assert notices == (documents.EXERCISE, documents.UNOFFICIAL_ZH)


def test_published_text_in_its_own_language_comes_as_published_and_nothing_added(
    session: orm.Session, cast: Cast, published: Agreement
) -> None:
    a_paragraph(session, published, CHANGED)
    published.unofficial = frozenset({Language.ZH})
    reading = read(session, published.id)

    english = documents.make(session, reading, Making(form=Form.TEXT, layout="en")).decode()
    chinese = documents.make(session, reading, Making(form=Form.TEXT, layout="zh")).decode()

    assert english.strip() == CHANGED.en
    assert documents.UNOFFICIAL_ZH.text.zh in chinese


@pytest.mark.parametrize(
    ("making", "layout", "name"),
    [
        (Making(form=Form.TEXT), "sequential", "x-text-sequential.txt"),
        (Making(form=Form.TEXT, layout="zh"), "zh", "x-text-zh.txt"),
        (Making(form=Form.DOCX), "two-column", "x-text-two-column-a4.docx"),
        (Making(edition="CN", paper="letter"), "two-column", "x-text-two-column-cn-edition-letter.docx"),
        (Making(kind=DocumentKind.POSITIONS, house="gbt9704"), "table", "x-positions-table-gbt9704-a4.docx"),
    ],
)
def test_a_file_is_called_what_it_is(making: Making, layout: str, name: str) -> None:
    assert (making.layout, making.file_name({"agreement": "x"})) == (layout, name)
    assert making.mimetype.startswith("text/plain") is (making.form is Form.TEXT)


def test_the_same_record_gives_the_same_bytes(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    common(session, agreement, cast)
    making = Making(form=Form.DOCX, edition="US")

    one, other = (documents.make(session, read(session, agreement.id), making) for _ in range(2))
    assert one == other


def test_that_a_document_was_made_is_entered_in_its_makers_own_chain(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    common(session, agreement, cast)
    reading = read(session, agreement.id)
    making = Making(form=Form.TEXT, edition="US")

    for member in (cast.cn_drafter, cast.observer):
        row = documents.record(session, agreement=agreement, by=member, made=documents.made(session, reading, making))
        assert (row.listing_hash, row.rev, row.edition) == (reading.listing, None, "US")

    entered = sa.select(JournalEntry.chain).where(JournalEntry.act == Entered.DOCUMENT_MADE)
    assert set(session.scalars(entered)) == {"CN", "-observer"}

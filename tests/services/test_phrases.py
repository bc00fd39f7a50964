"""How a phrase stands in what is published or adopted: found in either language, shown in both, and nowhere else."""

from collections.abc import Iterator

import pytest
from sqlalchemy import orm

from tests import factories
from tests.factories import Cast
from tests.services.moves import TEXT
from workflow.domain.bilingual import Bilingual
from workflow.models import Agreement, Term
from workflow.services import phrases
from workflow.services.phrases import LONGEST, MOST, Phrases

SAID = Bilingual("Subsidies of 10% should be\u00a0published_at once.", "补贴（百分之十）应予公布。")


@pytest.fixture
def closed(session: orm.Session, published: Agreement) -> Agreement:
    """A published text of one paragraph."""
    factories.a_paragraph(session, published, SAID)
    return published


def find(session: orm.Session, agreement: Agreement, cast: Cast, asked: str) -> Phrases:
    return phrases.find(session, agreement, cast.us_drafter.actor, asked)


def marked(found: Phrases) -> Iterator[str]:
    """Yield what is marked as the phrase, in both languages."""
    for one in found.passages:
        yield from (part.text for part in (*one.en, *one.zh) if part.is_phrase)


@pytest.mark.parametrize(
    ("asked", "marks"),
    [
        pytest.param("subsidies", ["Subsidies"], id="capitals are the same"),
        pytest.param("应予公布", ["应予公布"], id="in Chinese"),
        pytest.param("补", ["补"], id="one character is a word"),
        pytest.param(" should \n be published ", ["should be\u00a0published"], id="all spaces are the same"),
        pytest.param("10%", ["10%"], id="a sign of the search is a sign"),
        pytest.param("10_", [], id="and stands for no other"),
        pytest.param("published_at", ["published_at"], id="an underscore is one"),
        pytest.param("%", [], id="a single sign is no phrase"),
        pytest.param("s", [], id="nor a single letter"),
        pytest.param(" \u200b\x00\t ", [], id="nor what cannot be seen"),
        pytest.param("tariffs", [], id="what nobody said"),
        pytest.param("x" * (LONGEST + 50), [], id="too long to be said"),
    ],
)
def test_a_phrase_is_found_as_a_person_means_it(
    session: orm.Session, cast: Cast, agreement: Agreement, closed: Agreement, asked: str, marks: list[str]
) -> None:
    found = find(session, agreement, cast, asked)

    assert [" ".join(one.split()) for one in marked(found)] == [" ".join(one.split()) for one in marks]
    for one in found.passages:
        assert one.agreement == closed
        assert ("".join(part.text for part in one.en), "".join(part.text for part in one.zh)) == (SAID.en, SAID.zh)


def test_what_is_still_negotiated_is_no_published_phrase(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    factories.a_paragraph(session, agreement, TEXT)
    factories.an_adoption(session, agreement, cast.us_head)

    assert find(session, agreement, cast, "procurement").passages == ()


def test_an_adopted_text_is_one_and_what_left_it_is_not(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    factories.a_paragraph(session, agreement, TEXT)
    gone = factories.a_paragraph(session, agreement, Bilingual("Procurement is closed.", "采购已结束。"))
    factories.a_wording(session, gone, Bilingual("", ""))
    for head in (cast.us_head, cast.cn_head):
        factories.an_adoption(session, agreement, head)

    found = find(session, agreement, cast, "procurement")

    assert [one.number for one in found.passages] == ["1"]
    assert list(marked(found)) == ["procurement"]


def test_another_dialogue_says_nothing(session: orm.Session, cast: Cast, closed: Agreement) -> None:
    other = factories.a_cast(session, short_name="another")
    elsewhere = factories.an_agreement(session, factories.a_session(session, other.dialogue), short_name="elsewhere")

    assert closed.dialogue != elsewhere.dialogue
    assert find(session, elsewhere, other, "subsidies").passages == ()


def test_no_more_is_shown_than_can_be_read_and_that_is_said(
    session: orm.Session, cast: Cast, agreement: Agreement, closed: Agreement
) -> None:
    for _ in range(MOST - 1):
        factories.a_paragraph(session, closed, SAID)
    assert not find(session, agreement, cast, "subsidies").has_more
    factories.a_paragraph(session, closed, SAID)

    found = find(session, agreement, cast, "subsidies")

    assert (len(found.passages), found.has_more) == (MOST, True)


def test_agreed_terms_come_with_it(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    for position, text in enumerate((Bilingual("State aid", "国家援助"), Bilingual("tariff", "关税")), 1):
        cast.dialogue.terms.append(Term(position=position, text=text))
    session.flush()

    assert [one.en for one in find(session, agreement, cast, "state aid schemes").terms] == ["State aid"]
    assert [one.en for one in find(session, agreement, cast, "援助").terms] == ["State aid"]
    assert find(session, agreement, cast, "customs").terms == ()

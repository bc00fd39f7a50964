"""The page on which a side confirms many texts in one reading."""

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.domain.positions import Stance
from workflow.models import Paragraph


@pytest.fixture
def page(table: Table) -> str:
    """The address of what can be confirmed in the text on the table."""
    return f"/agreements/{table.agreement.id}/confirmation"


@pytest.fixture
def held(writing: Begin, table: Table) -> Table:
    """The table, once the American drafter holds both paragraphs ad referendum."""
    with writing() as session:
        for paragraph in (table.heading, table.paragraph):
            factories.a_position(
                session, session.merge(paragraph), session.merge(table.cast.us_drafter), Stance.AD_REFERENDUM
            )
    return table


def ticks(person: Participant) -> list[str]:
    return [str(one.get("value")) for one in person.page.iter("input") if one.get("name") == "chosen"]


def confirms(person: Participant, *choices: str) -> Participant:
    """Tick `choices` and press the button, as a browser would send it."""
    token = str(next(one.get("value") for one in person.page.iter("input") if one.get("name") == "csrf_token"))
    return person.sends(person.path, [("csrf_token", token), *(("chosen", choice) for choice in choices)])


def test_a_head_confirms_what_is_ticked_and_the_rest_stays(sign_in: SignIn, held: Table, page: str) -> None:
    head = sign_in(held.cast.us_head).opens(f"/agreements/{held.agreement.id}").follows("Confirm (2)")
    assert head.path == page
    assert factories.PROSE.en in head.text
    assert factories.PROSE.zh in head.text
    heading, paragraph = ticks(head)

    confirms(head, paragraph)

    assert "1 paragraph is confirmed." in head.text
    assert ticks(head) == [heading]
    assert "Agrees" in head.opens(f"/paragraphs/{held.paragraph.id}").text
    confirms(head.opens(page), heading)
    assert "Nothing waits to be confirmed." in head.text


def test_a_drafter_reaffirms_what_changed_with_what_changed(
    sign_in: SignIn, writing: Begin, held: Table, page: str
) -> None:
    drafter = sign_in(held.cast.us_drafter).opens(page)
    assert "Nothing waits to be confirmed." in drafter.text
    with writing() as session:
        factories.a_wording(session, session.merge(held.paragraph))

    drafter.opens(page)
    assert drafter.sees_button("Reaffirm what is ticked, ad referendum")
    assert "What changed since wording 1" in drafter.text
    assert [one.text_content() for one in drafter.page.iter("ins")]

    confirms(drafter, *ticks(drafter))
    assert "1 paragraph is confirmed." in drafter.text
    assert "Agrees ad referendum" in drafter.opens(f"/paragraphs/{held.paragraph.id}").text


def test_if_one_text_has_changed_nothing_is_confirmed_and_the_page_shows_what_did(
    sign_in: SignIn, writing: Begin, held: Table, page: str
) -> None:
    head = sign_in(held.cast.us_head).opens(page)
    choices = ticks(head)
    with writing() as session:
        factories.a_wording(session, session.merge(held.paragraph))

    confirms(head, *choices)

    assert head.status == 409
    assert "Nothing was confirmed" in head.text
    assert "The text has changed since you opened the page." in head.text
    assert any(factories.OTHER_PROSE.en.split()[-2] in str(one.text_content()) for one in head.page.iter("ins", "p"))
    ticked = {
        one.get("value"): "checked" in one.attrib for one in head.page.iter("input") if one.get("name") == "chosen"
    }
    assert ticked[choices[0]], "what has not changed stays ticked"
    assert sum(ticked.values()) == 1
    assert len(ticks(head.opens(page))) == 2


def test_nothing_chosen_is_said_at_once(sign_in: SignIn, held: Table, page: str) -> None:
    head = sign_in(held.cast.us_head).opens(page)

    assert head.presses("Confirm what is ticked").status == 422
    assert "Nothing was chosen" in head.text
    assert confirms(head, "no key", "no-key:either").status == 422


def test_a_paragraph_of_another_text_is_refused(sign_in: SignIn, held: Table, page: str) -> None:
    head = sign_in(held.cast.us_head).opens(page)

    assert confirms(head, f"{held.published_paragraph.id}:{'0' * 64}").status == 409
    assert "This is out of order" in head.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_translator", 403), ("us_adviser", 403), ("observer", 403), ("secretariat", 403), ("outsider", 404)],
)
def test_nobody_else_confirms(sign_in: SignIn, held: Table, page: str, who: str, status: int) -> None:
    person = sign_in(held.who(who))

    assert person.opens(page).status == status
    assert sends(person.opens("/"), page, chosen="x:y").status == status


def test_the_other_side_does_not_learn_what_one_side_can_confirm(sign_in: SignIn, held: Table) -> None:
    assert "Confirm (" not in sign_in(held.cast.cn_head).opens(f"/agreements/{held.agreement.id}").text


def test_an_earlier_statement_and_an_open_amendment_are_pointed_out(
    sign_in: SignIn, writing: Begin, held: Table, page: str
) -> None:
    with writing() as session:
        paragraph = session.get_one(Paragraph, held.paragraph.id)
        factories.a_position(session, paragraph, session.merge(held.cast.us_head), Stance.AGREE_WITH_STATEMENT)
        factories.a_wording(session, paragraph)
        factories.a_wording(session, paragraph, factories.PROSE)
        factories.an_amendment(
            session,
            paragraph,
            session.merge(held.cast.cn_drafter),
            Bilingual("Quite another text.", "全然不同的案文。"),
        )

    text = sign_in(held.cast.us_head).opens(page).text

    assert "Your side agreed earlier with a statement for the record." in text
    assert "Amendments to it are open" in text
    assert "It says again what it said then" in text

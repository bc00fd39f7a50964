"""From a change to the heads' word, through the pages' own links and forms: looked at, told, compared, confirmed."""

import pytest

from tests.conftest import Begin
from tests.factories import Cast, a_cast, a_paragraph, a_session, an_agreement
from tests.participants import Participant
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.models import Agreement

TEXT = Bilingual("Both governments should publish their procurement rules.", "两国政府应公布其采购规则。")
CHANGED = Bilingual("Both governments should publish all their procurement rules.", "两国政府应公布其全部采购规则。")
OTHER = Bilingual("Both governments should keep subsidies transparent.", "两国政府应保持补贴透明。")


@pytest.fixture
def table(writing: Begin) -> tuple[Cast, Agreement]:
    """Two delegations, and a text of two paragraphs that nobody has spoken on yet."""
    with writing() as session:
        cast = a_cast(session)
        agreement = an_agreement(session, a_session(session, cast.dialogue))
        for text in (TEXT, OTHER):
            a_paragraph(session, agreement, text)
    return cast, agreement


def ticks_all(person: Participant, button: str) -> Participant:
    """Tick every box, then press `button`: the form is sent with all that a browser would send."""
    for box in person.page.iter("input"):
        if box.get("type") == "checkbox":
            box.set("checked", "checked")
    form = next(one for one in person.page.iter("form") if one.xpath(".//input[@type='checkbox']"))
    sent = [
        (str(one.get("name")), str(one.get("value")))
        for one in form.iter("input")
        if one.get("type") == "hidden" or one.get("checked")
    ]
    assert person.can_press(button)
    return person.sends(str(form.get("action")), sent)


def test_a_change_is_told_compared_and_confirmed_in_one_reading(sign_in: SignIn, table: tuple[Cast, Agreement]) -> None:
    cast, agreement = table
    page = f"/agreements/{agreement.id}"
    us_drafter, us_head = sign_in(cast.us_drafter), sign_in(cast.us_head)
    cn_drafter, cn_head = sign_in(cast.cn_drafter), sign_in(cast.cn_head)
    secretariat = sign_in(cast.secretariat)

    for head in (us_head, cn_head):
        for number in (1, 2):
            link = next(
                one.get("href")
                for one in head.opens(page).page.iter("a")
                if one.get("aria-label") == f"Paragraph {number}"
            )
            head.opens(str(link)).presses("Agree")
    paragraph = us_head.opens(page).page.xpath("//a[@aria-label='Paragraph 1']/@href")[0]
    us_head.presses("I have looked at this text")
    assert "Nothing has changed." in us_head.text
    secretariat.opens(f"{page}/closing").presses("Issue Rev.1")

    cn_drafter.opens(paragraph).follows("Amend")
    cn_drafter.presses("Save as my private draft", en=CHANGED.en, zh=CHANGED.zh)
    cn_drafter.presses("Table this text")
    us_head.opens(page).follows("Changes since…")
    assert "Amendment 1 (Change): tabled" in us_head.text
    us_drafter.opens(paragraph).follows("Each side’s text")
    assert TEXT.en in us_drafter.text
    assert CHANGED.en in us_drafter.text
    us_drafter.presses("Accept amendment 1")

    us_head.opens(page).follows("Changes since…").follows("our head agreed")
    assert "Reads otherwise: 1" in us_head.text
    us_head.follows("Compare")
    assert "Reads otherwise: 1" in us_head.text
    assert next(str(one.text_content()).strip() for one in us_head.page.iter("ins")) == "all"
    secretariat.opens(f"{page}/closing").presses("Issue Rev.2").follows("Compare with Rev.1")
    assert "Reads otherwise: 1" in secretariat.text

    us_head.opens(page).follows("Confirm (1)")
    assert CHANGED.en in us_head.text
    assert CHANGED.zh in us_head.text
    ticks_all(us_head, "Confirm what is ticked")
    assert "1 paragraph is confirmed." in us_head.text
    ticks_all(cn_head.opens(f"{page}/confirmation"), "Confirm what is ticked")
    assert "2 of 2 paragraphs agreed" in cn_head.opens(page).text
    assert "Confirm (" not in cn_head.text

"""The main job, through the pages' own links, buttons and forms: drafted, amended, agreed, adopted, handed out."""

from io import BytesIO

import docx
import pytest
from flask import Flask

from tests.conftest import Begin
from tests.factories import Cast, a_cast, a_paragraph, a_participant_list, a_session, an_agreement
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement

EN = "Both governments should publish their procurement rules."
ZH = "两国政府应公布其采购规则。"
AMENDED_EN = "Both governments should publish all their procurement rules."
AMENDED_ZH = "两国政府应公布其全部采购规则。"
ITEM_EN = "Both governments should keep subsidies transparent."
ITEM_ZH = "两国政府应保持补贴透明。"


@pytest.fixture
def table(writing: Begin) -> tuple[Cast, Agreement]:
    """Two delegations, and an agreement with one heading that nobody has spoken on yet."""
    with writing() as session:
        cast = a_cast(session)
        meeting = a_session(session, cast.dialogue)
        for side in (cast.us, cast.cn):
            a_participant_list(session, meeting, side)
        agreement = an_agreement(session, meeting)
        heading = Bilingual("KEY POINTS TO DISCUSS IN THE NEXT SESSION", "下次会议讨论要点")
        a_paragraph(session, agreement, heading, kind=ParagraphKind.HEADING)
    return cast, agreement


def test_two_delegations_draft_amend_agree_certify_and_adopt(
    app: Flask, sign_in: SignIn, table: tuple[Cast, Agreement]
) -> None:
    cast, agreement = table
    page = f"/agreements/{agreement.id}"
    us_drafter, us_head, us_translator = map(sign_in, (cast.us_drafter, cast.us_head, cast.us_translator))
    cn_drafter, cn_head, cn_translator = map(sign_in, (cast.cn_drafter, cast.cn_head, cast.cn_translator))

    us_drafter.opens(page).follows("Draft new text")
    us_drafter.presses("Save as my private draft", en=EN, zh=ZH, place="end")
    assert "Only you read this draft" in us_drafter.text
    assert EN not in cn_drafter.opens(page).text
    us_drafter.presses("Table this text")
    paragraph = us_drafter.path

    cn_drafter.opens(page)
    assert EN in cn_drafter.text
    assert "1 bracket open" in cn_drafter.text
    cn_drafter.opens(paragraph).follows("Amend")
    cn_drafter.presses("Save as my private draft", en=AMENDED_EN, zh=AMENDED_ZH, rationale="Every rule counts.")
    cn_drafter.presses("Table this text")

    us_drafter.opens(paragraph)
    assert "Every rule counts." in us_drafter.text
    us_drafter.presses("Comment to both sides", comment="We can accept this.")
    us_drafter.presses("Note for our delegation", comment="Ask the head first.")
    us_drafter.presses("Accept amendment 2")
    assert "Wording 1" in us_drafter.text
    cn_drafter.opens(paragraph)
    assert "We can accept this." in cn_drafter.text
    assert "Ask the head first." not in cn_drafter.text

    cn_drafter.presses("Reserve", reason="The head is still to see it.")
    assert "The head is still to see it." in us_head.opens(paragraph).text
    us_head.presses("Agree")
    assert not us_head.can_press("Agree")
    cn_head.opens(paragraph)
    assert "This is the last approval" in cn_head.text
    cn_head.presses("Agree")
    assert "Agreed" in cn_head.text

    us_head.opens(f"{page}/closing")
    assert not us_head.can_press("Adopt this text")
    assert "Concordance is not certified" in us_head.text
    for translator in (us_translator, cn_translator):
        translator.opens(paragraph).presses("Certify concordance")

    heading = next(
        link.get("href") for link in us_head.opens(page).page.iter("a") if link.get("aria-label") == "Open this heading"
    )
    for head, translator in ((us_head, us_translator), (cn_head, cn_translator)):
        head.opens(heading).presses("Agree")
        translator.opens(heading).presses("Certify concordance")
        head.opens(f"/sessions/{agreement.session_id}").presses("Confirm our list")

    us_head.opens(f"{page}/closing").presses("Adopt this text")
    assert "stays open until the other side adopts" in us_head.text
    cn_head.opens(f"{page}/closing")
    assert "This is the last adoption" in cn_head.text
    cn_head.presses("Adopt this text")
    assert "The text is frozen" in cn_head.text

    us_drafter.opens(paragraph)
    assert not us_drafter.can_press("Agree ad referendum")
    assert not us_drafter.sees_button("Accept amendment 2")
    file = docx.Document(BytesIO(made(us_head, agreement)))
    texts = [cell.text for one in file.tables for row in one.rows for cell in row.cells]
    assert AMENDED_EN in texts
    assert AMENDED_ZH in texts
    assert not any("DRAFT" in part.text for section in file.sections for part in section.header.paragraphs)


def test_an_agenda_item_both_accept_is_printed_under_the_last_heading(
    app: Flask, sign_in: SignIn, table: tuple[Cast, Agreement]
) -> None:
    cast, agreement = table
    us_drafter, cn_drafter = sign_in(cast.us_drafter), sign_in(cast.cn_drafter)
    agenda = f"/sessions/{agreement.session_id}/agenda"

    us_drafter.opens(agenda).follows("Propose an item")
    us_drafter.presses("Save as my private draft", title_en="Subsidies", title_zh="补贴", en=ITEM_EN, zh=ITEM_ZH)
    assert "Nothing is proposed for the next session yet" in cn_drafter.opens(agenda).text
    us_drafter.presses("Table this text")
    assert "Proposed by one side" in cn_drafter.opens(agenda).text

    cn_drafter.follows("Subsidies 补贴").presses("Accept amendment 1")

    assert "Accepted by both sides" in cn_drafter.opens(agenda).text
    text = cn_drafter.opens(f"/agreements/{agreement.id}?mode=clean").text
    assert text.index("下次会议讨论要点", text.index("KEY POINTS")) < text.index(ITEM_EN)
    assert "(1)" in text


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(
    app: Flask, sign_in: SignIn, table: tuple[Cast, Agreement]
) -> None:
    cast, agreement = table
    drafter, translator = sign_in(cast.us_drafter), sign_in(cast.us_translator)
    drafter.opens(f"/agreements/{agreement.id}").follows("Draft new text")
    drafter.presses("Save as my private draft", en=EN, place="end").presses("Share in my delegation")
    draft = drafter.path
    translator.opens(draft)
    drafter.opens(draft).presses("Save", en=AMENDED_EN)

    translator.presses("Save", zh="  两国政府应公布规则。\n\n")

    assert translator.status == 409
    assert AMENDED_EN in translator.text
    assert "  两国政府应公布规则。\n\n" in [
        one.text_content().removeprefix("\n") for one in translator.page.iter("textarea") if one.get("name") == "zh"
    ]
    translator.presses("Show the merged text")
    assert translator.typed("en") == AMENDED_EN
    assert translator.typed("zh") == "  两国政府应公布规则。\n\n"
    translator.presses("Save")
    assert translator.status == 200


def test_tabling_what_a_colleague_changed_meanwhile_is_refused_and_shows_it(
    app: Flask, sign_in: SignIn, table: tuple[Cast, Agreement]
) -> None:
    cast, agreement = table
    drafter, translator = sign_in(cast.us_drafter), sign_in(cast.us_translator)
    drafter.opens(f"/agreements/{agreement.id}").follows("Draft new text")
    drafter.presses("Save as my private draft", en=EN, place="end").presses("Share in my delegation")
    translator.opens(drafter.path).presses("Save", zh=ZH)

    drafter.presses("Table this text")

    assert drafter.status == 409
    assert ZH in drafter.text
    assert EN not in sign_in(cast.cn_drafter).opens(f"/agreements/{agreement.id}").text


def made(person: object, agreement: Agreement) -> bytes:
    """Return the document that the page's own form gives."""
    person.opens(f"/agreements/{agreement.id}/documents")  # type: ignore[attr-defined]  # a Participant
    token = next(one.get("value") for one in person.page.iter("input") if one.get("name") == "csrf_token")  # type: ignore[attr-defined]
    answer = person.client.post(  # type: ignore[attr-defined]
        f"/agreements/{agreement.id}/documents",
        data={"csrf_token": token, "kind": "text", "form": "docx", "edition": "", "house": "neutral", "paper": "a4"},
    )
    assert answer.status_code == 200, answer.text
    return bytes(answer.data)

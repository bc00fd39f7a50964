"""Amending in points and putting motions, through the pages' own links, buttons and forms, without a script."""

import pytest

from tests.conftest import Begin
from tests.factories import Cast, a_cast, a_paragraph, a_session, an_agreement
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual
from workflow.models import Agreement, Paragraph

BASE = Bilingual("Both sides could meet every year in one of the capitals.", "双方可以在两国首都会晤，每年一次。")
BOTH = Bilingual("Both sides should meet every month in one of the capitals.", "双方应当在两国首都会晤，每月一次。")
WEEKLY = Bilingual("Both sides could meet every week in one of the capitals.", "双方可以在两国首都会晤，每周一次。")
OTHER = Bilingual("Both sides should exchange their rules.", "双方应交换规则。")


@pytest.fixture
def table(writing: Begin) -> tuple[Cast, Agreement, Paragraph]:
    """Two delegations, and two paragraphs of common text."""
    with writing() as session:
        cast = a_cast(session)
        agreement = an_agreement(session, a_session(session, cast.dialogue))
        paragraph = a_paragraph(session, agreement, BASE)
        a_paragraph(session, agreement, OTHER)
    return cast, agreement, paragraph


def test_an_amendment_in_points_is_taken_in_part_and_what_collides_shows_all_three_texts(
    sign_in: SignIn, table: tuple[Cast, Agreement, Paragraph]
) -> None:
    cast, _, paragraph = table
    page = f"/paragraphs/{paragraph.id}"
    us, cn = sign_in(cast.us_drafter), sign_in(cast.cn_drafter)

    us.opens(page).follows("Amend")
    us.presses("Save as my private draft", en=BOTH.en, zh=BOTH.zh)
    us.presses("Each change a point of its own")
    assert "Point 2" in us.text
    us.presses("Join point 2 with the one before")
    assert "Point 2" not in us.text
    us.presses("Split point 1")
    us.presses("Save", is_severable="y")
    us.presses("Table this text")
    assert "2 brackets open" in us.text

    cn.opens(page).follows("Amend")
    cn.presses("Save as my private draft", en=WEEKLY.en, zh=WEEKLY.zh)
    cn.presses("Table this text")
    cn.presses("Accept these points", points="2")

    assert "Wording 2" in cn.text
    assert "It collides with the text as it stands" in cn.text
    assert not cn.can_press("Carry amendment 3 over")
    for text in (BASE, WEEKLY):
        assert text.en in cn.text
        assert text.zh in cn.text
    cn.follows("Write it anew")
    assert WEEKLY.zh in cn.text
    assert "What it was before goes on as amendment" in us.opens(page).text


def test_a_place_a_compromise_and_finalising_take_the_consent_of_both_sides(
    sign_in: SignIn, table: tuple[Cast, Agreement, Paragraph]
) -> None:
    cast, agreement, paragraph = table
    page = f"/paragraphs/{paragraph.id}/motions"
    us, cn, office = sign_in(cast.us_head), sign_in(cast.cn_head), sign_in(cast.secretariat)

    us.opens(page).presses("Propose this place", place="end")
    assert "To stand at the end of the text." in us.text
    cn.opens(page).presses("Consent to motion 1")
    text = cn.opens(f"/agreements/{agreement.id}").text
    assert text.index(OTHER.en) < text.index(BASE.en)

    us.opens(page).presses("Ask for a compromise")
    assert not office.opens(page).can_press("Offer this text to all sides")
    cn.opens(page).presses("Object to motion 2")
    cn.presses("Take back what we said to motion 2")
    cn.presses("Consent to motion 2")
    office.opens(page).presses("Offer this text to all sides", en=BOTH.en, zh="")
    assert "Something must be written here." in office.text
    assert office.typed("en") == BOTH.en
    office.opens(page).presses("Offer this text to all sides", en=BOTH.en, zh=BOTH.zh)
    us.opens(page).presses("Consent to motion 3")
    cn.opens(page).presses("Consent to motion 3")
    assert BOTH.zh in cn.opens(f"/paragraphs/{paragraph.id}").text

    us.opens(f"/paragraphs/{paragraph.id}").follows("Amend")
    us.presses("Save as my private draft", en=WEEKLY.en, zh=WEEKLY.zh)
    us.presses("Table this text")
    closing = f"/agreements/{agreement.id}/closing"
    us.opens(closing).presses("Propose to finalise as listed")
    assert "what was proposed to it lapses" in us.text
    us.opens(closing).presses("Withdraw motion 4")
    us.opens(closing).presses("Propose to finalise as listed")
    cn.opens(closing).presses("Consent to motion 5")
    assert "lapsed: the text went on without it" in us.opens(f"/paragraphs/{paragraph.id}").text


def test_a_silence_is_opened_by_both_heads_and_broken_from_the_page_and_a_text_corrected_after_adoption(
    sign_in: SignIn, table: tuple[Cast, Agreement, Paragraph], writing: Begin
) -> None:
    cast, agreement, paragraph = table
    closing = f"/agreements/{agreement.id}/closing"
    us, cn, drafter = sign_in(cast.us_head), sign_in(cast.cn_head), sign_in(cast.cn_drafter)
    officers = [sign_in(cast.us_translator), sign_in(cast.cn_translator)]
    pages = [f"/paragraphs/{one.id}" for one in agreement.paragraphs]
    for page in pages:
        for officer in officers:
            officer.opens(page).presses("Certify concordance")

    us.opens(closing).presses("Propose this silence", until="")
    assert "State the moment." in us.text
    us.opens(closing).presses("Propose this silence", until="2001-01-01T12:00")
    assert "The stated moment is past already." in us.text
    us.opens(closing).presses("Propose this silence", until="2999-01-01T12:00", zone="UTC")
    assert "Jan 1, 2999, 12:00" in us.text
    cn.opens(closing).presses("Consent to motion 1")
    assert "A silence procedure is running" in cn.text
    assert not cn.can_press("Adopt this text")
    drafter.opens(closing).presses("Break the silence", reason="")
    assert "Something must be written here." in drafter.text
    drafter.opens(closing).presses("Break the silence", reason="A question from home.")
    assert "The last one was broken." in drafter.text
    assert "A question from home." in us.opens(closing).text

    for page in pages:
        for head in (us, cn):
            head.opens(page).presses("Agree")
    for head in (us, cn):
        head.opens(closing).presses("Adopt this text")
    motions = f"/paragraphs/{paragraph.id}/motions"
    us.opens(motions).presses("Put this corrigendum", language="en", wrong="nowhere", right="here")
    assert "must stand exactly once" in us.text
    us.opens(motions).presses("Put this corrigendum", language="en", wrong="", right="here")
    assert us.typed("right") == "here" or "here" in us.text
    us.opens(motions).presses("Put this corrigendum", language="en", wrong="capitals", right="two capitals")
    cn.opens(motions).presses("Consent to motion 2")
    assert "Corr.1" in cn.text
    assert BASE.en.replace("capitals", "two capitals") in cn.text

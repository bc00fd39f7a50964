"""Drafting together, through the pages' own forms: from the first draft to one act of tabling."""

import json

import pytest

from tests.blueprints.tables import Table, lay, sends
from tests.conftest import Begin
from tests.web import SignIn


@pytest.fixture
def table(writing: Begin) -> Table:
    """A text on the table that nobody has spoken on."""
    with writing() as session:
        return lay(session)


def test_a_delegation_drafts_together_and_tables(sign_in: SignIn, table: Table) -> None:
    drafter, translator, head = (
        sign_in(one) for one in (table.cast.us_drafter, table.cast.us_translator, table.cast.us_head)
    )
    other = sign_in(table.cast.cn_drafter)
    text = f"/agreements/{table.agreement.id}"

    drafter.opens(text).follows("Draft new text")
    heading = drafter.presses("Save as my private draft", en="NOTICE", zh="通报", kind="heading").path
    key = heading.rpartition("/")[2]
    drafter.opens(f"{text}/drafts/new").presses(
        "Save as my private draft", en="Each side gives notice within thirty days.", place=f"under-draft:{key}"
    )
    draft = drafter.path
    assert "It stands under a draft that only you read." in drafter.text
    assert not drafter.can_press("Share in my delegation")
    drafter.opens(heading).presses("Share in my delegation")
    drafter.opens(draft).follows("Hand over…").presses(
        "Hand over",
        colleague=str(table.cast.us_translator.id),
        request="Please add the Chinese.",
        due="2126-01-01T18:00",
    )
    sends(drafter.opens(draft), f"{draft}/presence", version=drafter.typed("version"))  # as the page's script does

    translator.opens("/").follows("Open")
    assert "US drafter has this draft open since" in translator.text
    translator.presses("Save", zh="各方应在三十天内予以通报。").presses("Done")

    drafter.presses("Save", en="Each side gives notice within ninety days.", rationale="Time to prepare.")
    assert drafter.status == 409
    assert "Two texts" in drafter.title
    assert "各方应在三十天内予以通报。" in drafter.text
    assert drafter.typed("en") == "Each side gives notice within ninety days."
    drafter.presses("Show the merged text")
    assert "Nothing is saved yet." in drafter.text
    assert "What the other side will see" not in drafter.text
    assert not drafter.sees_button("Table this text")
    assert drafter.typed("zh") == "各方应在三十天内予以通报。"
    assert drafter.typed("en") == "Each side gives notice within ninety days."
    drafter.presses("Save")
    assert "The Chinese was not written on when the English was" in drafter.text
    drafter.presses("Save", zh="各方应在九十天内予以通报。")
    assert "was not written on" not in drafter.text
    assert "State 1" in drafter.follows("Saved states (4)").text

    assert "NOTICE" not in other.opens(text).text
    assert other.opens(draft).status == 404
    head.opens(f"{text}/tabling")
    boxes = [str(one.get("value")) for one in head.page.iter("input") if one.get("name") == "draft"]
    assert len(boxes) == 2
    token = next(str(one.get("value")) for one in head.page.iter("input") if one.get("name") == "csrf_token")
    head.sends(f"{text}/tabling", [("csrf_token", token), *(("draft", one) for one in boxes)])
    assert "2 drafts are tabled" in head.text
    seen = other.opens(text).text
    assert seen.index("NOTICE") < seen.index("Each side gives notice within ninety days.")
    assert "Please add the Chinese." not in seen


@pytest.mark.parametrize(("how", "en"), [("Mine everywhere", "Mine."), ("Theirs everywhere", "Theirs.")])
def test_in_a_collision_one_text_can_be_taken_whole(sign_in: SignIn, table: Table, how: str, en: str) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses("Save as my private draft", en="First.")
    draft = drafter.presses("Share in my delegation").path
    drafter.opens(draft)
    head.opens(draft).presses("Save", en="Theirs.")

    drafter.presses("Save", en="Mine.").presses(how)

    assert drafter.typed("en") == en
    assert drafter.presses("Save").status == 200
    assert drafter.typed("en") == en


def test_a_choice_left_out_and_a_third_save_lose_nothing(sign_in: SignIn, table: Table) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses("Save as my private draft", en="First.")
    draft = drafter.presses("Share in my delegation").path
    drafter.opens(draft)
    head.opens(draft).presses("Save", en="Theirs.")
    drafter.presses("Save", en="Mine.").presses("Show the merged text")
    assert drafter.status == 422
    assert "Choose in every place whose words stand" in drafter.text
    assert "Not chosen yet: English text, place 1" in drafter.text

    head.opens(draft).presses("Save", en="Theirs, again.")
    drafter.presses("Mine everywhere")

    assert drafter.status == 409
    assert drafter.typed("en") == "Mine."
    assert "Theirs, again." in drafter.text


def test_a_place_left_out_is_named_and_what_was_chosen_elsewhere_stays(sign_in: SignIn, table: Table) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses(
        "Save as my private draft", en="1.", zh="一。"
    )
    draft = drafter.presses("Share in my delegation").path
    drafter.opens(draft)
    head.opens(draft).presses("Save", en="2.", zh="二。")
    drafter.presses("Save", en="3.", zh="三。")
    drafter.presses("Show the merged text", **{"choice_zh-0": "theirs"})

    assert drafter.status == 422
    assert "Not chosen yet: English text, place 1" in drafter.text
    assert "Chinese text, place 1" not in drafter.text
    drafter.presses("Show the merged text", **{"choice_en-0": "mine"})
    assert (drafter.typed("en"), drafter.typed("zh")) == ("3.", "二。")


def test_a_merge_is_told_from_the_text_a_page_showed_though_that_was_saved_by_itself(
    sign_in: SignIn, table: Table
) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses("Save as my private draft", en="First.")
    draft = drafter.presses("Share in my delegation").path
    drafter.opens("/")
    version = 1
    for en in ("Second.", "Third."):
        assert sends(drafter, f"{draft}/autosave", version=str(version), en=en).status == 200
        version += 1
    head.opens(draft)
    loaded = {"csrf_token": head.typed("csrf_token"), "version": head.typed("version")}
    assert head.client.post(f"{draft}/presence", data=loaded).status_code == 200  # as its script does
    for en in ("Fourth.", "Fifth."):
        assert sends(drafter, f"{draft}/autosave", version=str(version), en=en).status == 200
        version += 1

    head.presses("Save", en="Third, by the head.")
    assert head.status == 409
    assert "Here stood: Third" in head.text  # and not what stood a version before
    sends(drafter, f"{draft}/autosave", version=str(version), en="Sixth.")
    head.presses("Mine everywhere")
    assert head.status == 409
    assert "Here stood: Third" in head.text


def test_a_session_that_ended_leads_back_to_the_text_even_when_a_colleague_saved(sign_in: SignIn, table: Table) -> None:
    drafter, head = sign_in(table.cast.us_drafter), sign_in(table.cast.us_head)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses("Save as my private draft", en="First.")
    draft = drafter.presses("Share in my delegation").path
    drafter.opens(draft)
    head.opens(draft).presses("Save", en="Theirs.")
    stranger = sign_in(None).opens("/sign-in")
    sends(stranger, draft, version="1", en="Mine, typed for an hour.", zh="我的。", rationale="Why.")
    assert stranger.status == 401
    assert stranger.typed("en") == "Mine, typed for an hour."

    sends(drafter, draft, version="1", en=stranger.typed("en"), zh=stranger.typed("zh"), rationale="Why.")

    assert drafter.status == 409
    assert "Two texts" in drafter.title
    assert drafter.typed("en") == "Mine, typed for an hour."


def test_what_a_page_saves_by_itself_answers_in_short(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)
    drafter.opens(f"/agreements/{table.agreement.id}/drafts/new").presses("Save as my private draft", en="First.")
    draft = drafter.path
    answer = sends(drafter, f"{draft}/autosave", version="1", en="Second.")
    assert answer.status == 200
    assert b" UTC." in answer.body
    answer = sends(drafter, f"{draft}/autosave", version="1", en="Third.")
    assert (answer.status, json.loads(answer.body)["why"]) == (409, "collision")
    assert sends(drafter, f"{draft}/autosave", version="2", en="x" * 20_001).status == 422
    assert drafter.opens(draft).typed("en") == "Second."
    drafter.presses("Put away")
    answer = sends(drafter, f"{draft}/autosave", version="2", en="Third.")
    assert (answer.status, json.loads(answer.body)["why"]) == (409, "closed")
    assert sends(sign_in(None).opens("/sign-in"), f"{draft}/autosave", version="2").status == 401
    for who, status in ((table.cast.us_head, 404), (table.cast.cn_head, 404)):
        assert sends(sign_in(who).opens("/"), f"{draft}/autosave", version="2").status == status
        assert sends(sign_in(who).opens("/"), f"{draft}/merge", version="2").status == status

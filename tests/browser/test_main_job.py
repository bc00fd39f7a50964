"""The main job in a real browser, on the demonstration: written, tabled, amended, agreed, certified."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser


def the_exercise(visitor: Visitor) -> Visitor:
    """Return `visitor`, who has come to the text under negotiation by the list of texts."""
    visitor.opens("/agreements")
    with visitor.page.expect_navigation():
        visitor.page.locator("main a", has_text="exercise").first.click()
    return visitor


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_delegations_write_table_amend_decide_and_certify(visit: Visit, *, scripts: bool) -> None:
    en = f"Both governments should publish their procurement rules {'at once' if scripts else 'in time'}."
    zh = f"两国政府应{'立即' if scripts else '及时'}公布其采购规则。"
    amended_en, amended_zh = en.replace("their", "all their"), zh.replace("其", "其全部")
    us_drafter = visit("us.drafter", scripts=scripts)
    cn_drafter = visit("cn.drafter", scripts=scripts)

    agreement = the_exercise(us_drafter).path
    us_drafter.follows("Draft new text").writes(en=en, zh=zh).chooses(place="end").presses("Save as my private draft")
    expect(us_drafter.page.get_by_text(us_drafter.says("Only you read this draft."))).to_be_visible()
    assert en not in cn_drafter.opens(agreement).text
    us_drafter.presses("Table this text")
    expect(us_drafter.button("Table this text")).to_have_count(0)
    paragraph = us_drafter.path
    assert paragraph.startswith("/paragraphs/")

    cn_drafter.opens(agreement)
    assert en in cn_drafter.text
    cn_drafter.opens(paragraph).follows("Amend").writes(en=amended_en, zh=amended_zh, rationale="Every rule counts.")
    cn_drafter.presses("Save as my private draft").presses("Table this text")

    us_drafter.opens(paragraph)
    assert "Every rule counts." in us_drafter.text
    us_drafter.presses("Accept amendment %(number)s", number=2)
    heading = f"{us_drafter.says('Wording %(number)s', number=1)} {us_drafter.says('in full')}"
    expect(us_drafter.page.get_by_role("heading", name=heading)).to_be_visible()

    us_drafter.opens(paragraph).unfolds("Reserve…").writes(reason="Our head is still to see it.").presses("Reserve")
    assert "Our head is still to see it." in cn_drafter.opens(paragraph).text
    us_drafter.presses("Agree ad referendum")
    for head in ("us.head", "cn.head"):
        visit(head, scripts=scripts).opens(paragraph).presses("Agree")
    for translator in ("us.translator", "cn.translator"):
        visit(translator, scripts=scripts).opens(paragraph).presses("Certify concordance")

    us_drafter.opens(paragraph)
    expect(us_drafter.page.locator(".page-head").get_by_text(us_drafter.says("Agreed"), exact=True)).to_be_visible()
    assert us_drafter.page.get_by_text(us_drafter.says("Certified"), exact=True).count() == 2
    us_drafter.opens(f"{agreement}?mode=clean")
    assert amended_en in us_drafter.text
    assert amended_zh in us_drafter.text


def test_what_is_typed_and_not_sent_is_asked_for_before_the_page_is_left(visit: Visit) -> None:
    drafter = the_exercise(visit("us.drafter"))
    drafter.follows("Draft new text").writes(en="Half a sentence")

    drafter.follows("Cancel")

    [asked] = drafter.complaints
    assert "beforeunload" in asked
    drafter.complaints.clear()


def test_the_language_switch_changes_the_pages_and_never_the_texts(visit: Visit) -> None:
    drafter = the_exercise(visit("us.drafter"))
    texts = drafter.page.locator("main [lang=en], main [lang=zh-Hans]").all_inner_texts

    before = texts()
    here, there = drafter.locale, {"en": "zh_Hans", "zh_Hans": "en"}[drafter.locale]
    drafter.speaks(there)

    expect(drafter.page.locator("html")).to_have_attribute("lang", there.replace("_", "-"))
    assert before
    assert [one for one in before if len(one) > 40] == [one for one in texts() if len(one) > 40]
    drafter.speaks(here)
    expect(drafter.page.locator("html")).to_have_attribute("lang", here.replace("_", "-"))

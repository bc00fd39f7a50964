"""The main job by keyboard alone: no mouse, and one always sees where one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from workflow.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

#: What has the focus says so to the eye: an outline, or a ring.
_IS_SEEN = """
() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const marked = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  return at === document.body || (marked && box.width > 0 && box.height > 0);
}
"""
_SAYS = "() => (document.activeElement.innerText || '').trim()"
MOST_TABS = 400


class Keys:
    """Somebody who has a keyboard only."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reaches(self, label: str, *, within: str = "body") -> None:
        """Press Tab until what says `label` within `within` has the focus, and see it every step of the way."""
        wanted = re.compile(label)
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(_IS_SEEN), self.page.evaluate("() => document.activeElement.outerHTML")
            here = self.page.evaluate("(within) => Boolean(document.activeElement.closest(within))", within)
            if here and wanted.fullmatch(self.page.evaluate(_SAYS)):
                return
        pytest.fail(f"no Tab leads to {label}")

    def presses(self, label: str, key: str = "Enter", *, within: str = "body") -> None:
        """Reach what says `label`, press it with `key`, and wait for its page; where it asks first, answer."""
        self.reaches(f"{label}…?", within=within)
        if str(self.page.evaluate(_SAYS)).endswith("…"):
            self.page.keyboard.press(key)
            self.reaches(label, within=within)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def signs_in(self, who: str) -> None:
        """Sign in as `who`, from the field that has the focus or the first one after it."""
        self.page.goto("/sign-in")
        while self.page.evaluate("() => document.activeElement.name") != "email":
            self.page.keyboard.press("Tab")
        self.page.keyboard.type(f"{who}@demo.example")
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skips_to_the_text(self) -> None:
        """Use the skip link, the first thing a Tab leads to."""
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("() => document.activeElement.className") == "skip"
        assert self.page.evaluate(_IS_SEEN)
        self.page.keyboard.press("Enter")
        assert self.page.evaluate("() => document.activeElement.id") == "main"


def test_the_desk_leads_to_a_paragraph_that_is_accepted_agreed_and_certified_by_keyboard(visit: Visit) -> None:
    cn_drafter = visit("cn.drafter")
    en, zh = "Both governments should list their standards by keyboard.", "两国政府应以键盘列出其标准。"
    cn_drafter.opens("/agreements")
    with cn_drafter.page.expect_navigation():
        cn_drafter.page.locator("main a", has_text="exercise").first.click()
    agreement = cn_drafter.path
    cn_drafter.follows("Propose text").writes(en=en, zh=zh).chooses(place="end")
    cn_drafter.presses("Save as my private draft").presses("Table this text")
    paragraph = cn_drafter.path

    drafter = Keys(visit().page)
    drafter.signs_in("us.drafter")
    drafter.skips_to_the_text()
    drafter.presses("Read", within=f".task:has(a[href='{paragraph}'])")
    assert drafter.page.url.endswith(paragraph)
    drafter.presses("Accept amendment 1", "Space")
    assert drafter.page.evaluate("() => document.activeElement.className") == "flashes", "the focus is not lost"
    expect(drafter.page.get_by_role("heading", name="Wording 1 in full")).to_be_visible()

    for who in ("us.head", "cn.head"):
        head = Keys(visit().page)
        head.signs_in(who)
        head.page.goto(paragraph)
        head.presses("Agree")
        assert head.page.evaluate("() => document.activeElement.className") == "flashes"
    for who in ("us.translator", "cn.translator"):
        translator = Keys(visit().page)
        translator.signs_in(who)
        translator.page.goto(paragraph)
        translator.presses("Certify concordance", "Space")

    drafter.page.goto(paragraph)
    expect(drafter.page.locator(".page-head").get_by_text("Agreed", exact=True)).to_be_visible()
    page = visit("us.head").opens(f"{agreement}/closing").page
    adopt = page.get_by_role("button", name="Adopt this text", exact=True)
    expect(adopt).to_be_disabled()  # the exercise is not over; its reasons stand beside the button
    assert adopt.get_attribute("aria-describedby")

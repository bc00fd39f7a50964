"""The main job by keyboard alone: no mouse, and one always sees where one is."""

import re
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitors import Visitor, address_of
from tests.factories import a_cast, a_participant_list, a_session, an_agreement
from workflow.db import make_engine, writing
from workflow.passwords import hashed
from workflow.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

#: What has the focus says so to the eye by an outline: a shadow is not drawn where the reader chose all colours.
_IS_SEEN = """
() => {
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const marked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return at === document.body || (marked && box.width > 0 && box.height > 0);
}
"""
_SAYS = "() => (document.activeElement.innerText || '').trim()"
MOST_TABS = 400


class Keys:
    """Somebody who has a keyboard only."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def reaches(self, label: str, *, within: str = "body", **values: object) -> None:
        """Press Tab until what says `label` within `within` has the focus, and see it every step of the way."""
        self._reaches(re.escape(self.visitor.says(label, **values)), within)

    def ticks(self, what: str) -> None:
        """Press Tab until `what`, which says nothing, has the focus, and tick it."""
        self._reaches("", what)
        self.page.keyboard.press("Space")

    def presses(self, label: str, key: str = "Enter", *, within: str = "body", **values: object) -> None:
        """Reach what says `label`, press it with `key`, and wait for its page; where it asks first, answer."""
        words = re.escape(self.visitor.says(label, **values))
        self._reaches(f"{words}…*", within)
        if str(self.page.evaluate(_SAYS)).endswith("…"):
            self.page.keyboard.press(key)
            self._reaches(words, within)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def _reaches(self, words: str, within: str) -> None:
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(_IS_SEEN), self.page.evaluate("() => document.activeElement.outerHTML")
            here = self.page.evaluate("(within) => Boolean(document.activeElement.closest(within))", within)
            if here and re.fullmatch(words, self.page.evaluate(_SAYS)):
                return
        pytest.fail(f"no Tab leads to {words}")

    def signs_in(self, who: str) -> None:
        """Sign in as `who`, from the field that has the focus or the first one after it."""
        self.page.goto("/sign-in")
        while self.page.evaluate("() => document.activeElement.name") != "email":
            self.page.keyboard.press("Tab")
        self.page.keyboard.type(address_of(who))
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(PASSWORD)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.visitor.speaks(self.visitor.locale)

    def types(self, field: str, text: str) -> None:
        """Press Tab until the field called `field` has the focus, and type `text` into it."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("() => document.activeElement.name") == field:
                assert self.page.evaluate(_IS_SEEN)
                self.page.keyboard.insert_text(text)
                return
        pytest.fail(f"no Tab leads to {field}")

    def acts(self, label: str, key: str = "Enter", **values: object) -> None:
        """Press `label`, and find that the keyboard goes on from what is said of it."""
        self.presses(label, key, within="main", **values)
        assert self.page.evaluate("() => document.activeElement.className") == "flashes", "the focus is not lost"

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
    cn_drafter.follows("Draft new text").writes(en=en, zh=zh).chooses(place="end")
    cn_drafter.presses("Save as my private draft").presses("Table this text")
    paragraph = cn_drafter.path

    drafter = Keys(visit())
    drafter.signs_in("us.drafter")
    drafter.skips_to_the_text()
    drafter.presses("Read", within=f".task:has(a[href='{paragraph}'])")
    assert drafter.page.url.endswith(paragraph)
    drafter.presses("Accept amendment %(number)s", "Space", number=1)
    assert drafter.page.evaluate("() => document.activeElement.className") == "flashes", "the focus is not lost"
    heading = f"{cn_drafter.says('Wording %(number)s', number=1)} {cn_drafter.says('in full')}"
    expect(drafter.page.get_by_role("heading", name=heading)).to_be_visible()

    for who in ("us.head", "cn.head"):
        head = Keys(visit())
        head.signs_in(who)
        head.page.goto(paragraph)
        head.presses("Agree")
        assert head.page.evaluate("() => document.activeElement.className") == "flashes"
    for who in ("us.translator", "cn.translator"):
        translator = Keys(visit())
        translator.signs_in(who)
        translator.page.goto(paragraph)
        translator.presses("Certify concordance", "Space")

    drafter.page.goto(paragraph)
    expect(drafter.page.locator(".page-head").get_by_text(cn_drafter.says("Agreed"), exact=True)).to_be_visible()
    adopt = visit("us.head").opens(f"{agreement}/closing").button("Adopt this text")
    expect(adopt).to_be_disabled()  # the exercise is not over; its reasons stand beside the button
    assert adopt.get_attribute("aria-describedby")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A dialogue of its own: an agreement with nothing in it, and who sits at it."""

    dialogue: str
    agreement: str
    session: str

    def seat(self, role: str) -> str:
        """Return the address of whoever sits there as `role`: ``us-head``."""
        return f"{role}@{self.dialogue}.example.org"


@pytest.fixture
def table(site: str, site_folder: Path) -> Table:
    """A table for one journey, on the site that is served at `site`."""
    engine = make_engine(f"sqlite:///{site_folder / 'var' / 'alternat.sqlite'}")
    with writing(engine) as session:
        cast = a_cast(session, short_name=f"journey-{uuid4().hex[:8]}")
        password = hashed(PASSWORD)
        for member in cast.members:
            member.account.password = password
        meeting = a_session(session, cast.dialogue)
        for side in (cast.us, cast.cn):
            a_participant_list(session, meeting, side)
        agreement = an_agreement(session, meeting, short_name=cast.dialogue.short_name)
        made = Table(
            dialogue=cast.dialogue.short_name,
            agreement=f"/agreements/{agreement.id}",
            session=f"/sessions/{meeting.id}",
        )
    engine.dispose()
    return made


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_a_draft_to_the_adopted_document_by_keyboard_alone(visit: Visit, table: Table, *, scripts: bool) -> None:
    def at(role: str) -> Keys:
        keys = Keys(visit(scripts=scripts))
        keys.signs_in(table.seat(role))
        return keys

    drafter = at("us-drafter")
    drafter.page.goto(table.agreement)
    drafter.presses("Draft new text", within="main")
    drafter.types("en", "Both governments should publish their rules.")
    drafter.types("zh", "两国政府应公布其规则。")
    drafter.acts("Save as my private draft")
    drafter.acts("Share in my delegation", "Space")
    drafter.acts("Table this text")
    paragraph = drafter.page.url
    answering = at("cn-drafter")
    answering.page.goto(paragraph)
    answering.acts("Accept amendment %(number)s", number=1)
    for role in ("us-translator", "cn-translator"):
        translator = at(role)
        translator.page.goto(paragraph)
        translator.acts("Certify concordance", "Space")
    heads = [at("us-head"), at("cn-head")]
    for head in heads:
        head.page.goto(f"{table.agreement}/confirmation")
        head.ticks("main input[type=checkbox]")
        head.acts("Confirm what is ticked")
        head.page.goto(table.session)
        head.acts("Confirm our list")
    for head in heads:
        head.page.goto(f"{table.agreement}/closing")
        head.acts("Adopt this text")

    drafter.page.goto(table.agreement)
    expect(drafter.page.get_by_text(drafter.visitor.says("To be read only"))).to_be_visible()
    drafter.presses("Documents", within="main")
    drafter.reaches("Make and download", within="main")
    with drafter.page.expect_download() as made:
        drafter.page.keyboard.press("Enter")
    assert made.value.suggested_filename.endswith(".docx")

"""Reading a text in a real browser: keys, heads that stay, links, filters, the margin, and paper."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_main_job import the_exercise
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

LOCALES = ("en", "zh_Hans")
#: Which of the paragraphs and heads one steps along has the focus.
_AT = """
() => [...document.querySelectorAll("[data-step]")].indexOf(document.activeElement)
"""
#: Whether what has the focus is in sight: in the window, and under no head that stays.
_IN_SIGHT = """
() => {
  const box = document.activeElement.getBoundingClientRect();
  const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return box.top >= 0 && box.bottom <= innerHeight && document.activeElement.contains(over);
}
"""


def reading(visit: Visit, *, scripts: bool = True, locale: str | None = None) -> Visitor:
    """Return somebody who reads the exercise."""
    return the_exercise(visit("us.drafter", scripts=scripts, locale=locale))


def at(page: Page) -> int:
    """Return the place of what has the focus among what the keys step along; -1 for elsewhere."""
    found: int = page.evaluate(_AT)
    return found


def the_keys(visitor: Visitor) -> Locator:
    """Return the button that shows the keys, unfolded where the window is so narrow that it is folded away."""
    visitor.unfolded(visitor.page.locator("[data-keys-button]"))
    return visitor.button("Keys")


def rows(page: Page) -> Locator:
    """Return what the keys step along."""
    return page.locator("[data-step]")


def test_the_keys_step_along_the_text_and_enter_opens(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    for place in (0, 1, 2, 3, 4, 5):
        page.keyboard.press("j")
        assert at(page) == place
        assert page.evaluate(_IN_SIGHT), place
    page.keyboard.press("k")
    assert at(page) == 4
    assert page.evaluate(_IN_SIGHT)
    url = rows(page).nth(4).get_attribute("href")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert visitor.path == url
    with page.expect_navigation():
        page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("k")
    assert visitor.path == url


def test_the_keys_end_at_the_ends(visit: Visit) -> None:
    page = reading(visit).page
    last = rows(page).count() - 1

    page.keyboard.press("k")
    assert at(page) == -1
    rows(page).nth(last).focus()
    page.keyboard.press("j")

    assert at(page) == last


def test_the_keys_go_on_from_where_one_has_scrolled_to(visit: Visit) -> None:
    page = reading(visit).page
    rows(page).nth(6).evaluate("(one) => one.closest('[id^=p-]').scrollIntoView({ block: 'start' })")

    page.keyboard.press("j")

    assert at(page) == 6


def test_what_a_key_leads_to_has_a_name_and_says_how_it_stands(visit: Visit) -> None:
    page = reading(visit).page
    page.keyboard.press("j")
    page.keyboard.press("j")

    heading = page.evaluate("() => document.activeElement.getAttribute('aria-describedby')")
    page.keyboard.press("j")
    paragraph = page.evaluate("() => document.activeElement.getAttribute('aria-describedby')")

    assert page.locator(f"#{heading}").inner_text().strip()
    assert page.locator(f"#{paragraph} .standing").inner_text().strip()
    assert page.evaluate("() => document.activeElement.ariaLabel")


def test_the_keys_are_shown_in_words_and_the_focus_comes_back(visit: Visit) -> None:
    visitor = reading(visit)
    page, dialog, button = visitor.page, visitor.page.get_by_role("dialog"), the_keys(visitor)
    button.click()
    expect(dialog).to_be_visible()
    assert visitor.sticks_out() == []
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("j")
    here = at(page)
    assert here >= 0
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    assert at(page) == here, "the focus is where it was"


def test_the_keys_can_be_switched_off_for_good(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    page.keyboard.press("?")
    page.get_by_role("checkbox", name=visitor.says("Use these keys in this browser")).uncheck()
    visitor.button("Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()

    for _ in range(2):
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert at(page) == -1
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.reload()

    the_keys(visitor).click()
    page.get_by_role("checkbox", name=visitor.says("Use these keys in this browser")).check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert at(page) >= 0


def test_keys_are_letters_while_one_types_and_others_with_a_modifier(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    for key in ("Control+j", "Alt+k", "Meta+j", "Shift+J"):
        page.keyboard.press(key)
        assert at(page) == -1
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    here = visitor.path

    field = page.locator("textarea[name=comment]:visible").first
    field.click()
    page.keyboard.type("jk?")

    expect(field).to_have_value("jk?")
    assert visitor.path == here
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_composition_is_never_disturbed(visit: Visit) -> None:
    """An input method tells of every key it takes; none of them is a key of the page's."""
    page = reading(visit).page

    composed = "new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true, cancelable: true})"
    plain = composed.replace("isComposing: true, ", "")
    assert page.evaluate(f"() => document.body.dispatchEvent({composed})"), "not taken"
    assert at(page) == -1
    assert not page.evaluate(f"() => document.body.dispatchEvent({plain})"), "taken"
    assert at(page) == 0


def test_without_a_script_no_keys_are_promised(visit: Visit) -> None:
    page = reading(visit, scripts=False).page

    expect(page.locator("[data-keys-button]")).to_be_hidden()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_head_of_a_section_stays_where_there_is_room_and_hides_nothing_a_link_leads_to(visit: Visit) -> None:
    visitor = reading(visit)
    page, stays_there = visitor.page, visitor.width > 680
    section = page.locator(".sheet__section:has(.section-title):has(.paragraph-row)").nth(1)
    head, row = section.locator(".section-title"), section.locator(".paragraph-row").nth(1)

    page.goto(f"{page.url}#{row.get_attribute('id')}")

    stays, led_to = head.bounding_box(), row.bounding_box()
    assert stays
    assert led_to
    assert (stays["y"] == pytest.approx(0, abs=1)) is stays_there
    assert led_to["y"] >= stays["y"] + stays["height"] - 1
    head.evaluate("(one) => scrollBy(0, one.closest('.sheet__section').getBoundingClientRect().bottom)")
    gone = head.bounding_box()
    assert gone
    assert gone["y"] < 0


def test_what_is_shown_is_chosen_and_kept_through_views_and_the_way_back(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    whole = rows(page).count()
    choice = page.locator("a.filter__choice:has(.standing--bracketed)")
    visitor.unfolded(choice)
    count = int(choice.locator(".filter__count").inner_text())
    with page.expect_navigation():
        choice.click()
    assert page.locator(".paragraph-row__side .standing--bracketed").count() == count
    assert 0 < rows(page).count() < whole
    expect(page.locator(".filtered")).to_contain_text(str(whole - rows(page).count()))

    english = page.locator("a[lang=en]", has_text=re.compile(r"^\s*EN\s*$"))
    visitor.unfolded(english)
    with page.expect_navigation():
        english.click()
    assert page.locator(".paragraph-row__side .standing--bracketed").count() == count
    assert page.locator(".paragraph-row__text[lang=zh-Hans]").count() == 0
    view = visitor.path
    row = page.locator(".paragraph-row:has(.standing--bracketed)").last
    key = row.get_attribute("id")
    with page.expect_navigation():
        row.locator("[data-step]").click()
    with page.expect_navigation():
        page.locator(f".crumbs a[href$='#{key}']").click()
    assert visitor.path == f"{view}#{key}"
    expect(page.locator(f"#{key}")).to_be_in_viewport()
    visitor.follows("Show the whole text")
    assert rows(page).count() == whole
    assert visitor.sticks_out() == []


def test_the_browsers_own_way_back_leads_where_one_was(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    row = rows(page).nth(12)
    row.scroll_into_view_if_needed()
    before = page.evaluate("() => scrollY")
    with page.expect_navigation():
        row.click()
    page.go_back()

    expect(row).to_be_in_viewport()
    page.wait_for_function("(y) => Math.abs(scrollY - y) < 40", arg=before)


def test_a_link_to_a_paragraph_is_copied_and_leads_there_from_any_view(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = page.url.partition("?")[0]
    row = page.locator(".paragraph-row").nth(3)
    key = row.get_attribute("id")
    page.goto(f"{address}?show=en&standing=agreed")
    page.goto(address)
    row.hover()
    before = page.evaluate("() => scrollY")
    row.locator("[data-copied]").click()

    expect(page.get_by_role("status").filter(has_text=visitor.says("The link is copied."))).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{address}#{key}"
    assert page.evaluate("() => scrollY") == before
    page.goto(f"{address}?standing=counterpart_pending#{key}")
    expect(page.locator(f"#{key}")).to_be_in_viewport()
    assert page.url == f"{address}#{key}", "not among what was asked for: in the whole text it is"


def test_without_a_script_the_link_is_one(visit: Visit) -> None:
    visitor = reading(visit, scripts=False)
    row = visitor.page.locator(".paragraph-row").nth(5)
    row.hover()
    row.locator(".paragraph-row__link").click()

    assert visitor.path.endswith(f"#{row.get_attribute('id')}")
    expect(row).to_be_in_viewport()


def test_comments_stand_in_the_margin_where_there_is_one(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    visitor.follows("Comments")
    row = page.locator(".paragraph-row:has(.margin--internal)").first
    assert "margin--internal" in str(row.locator(".margin").first.get_attribute("class")), "the own ones come first"

    for width, beside in ((1600, True), (visitor.width, False)):
        page.set_viewport_size({"width": width, "height": 900})
        own, text = row.locator(".margin").first.bounding_box(), row.locator(".paragraph-row__text").last.bounding_box()
        assert own
        assert text
        assert (own["x"] >= text["x"] + text["width"]) is beside
        assert (own["y"] >= text["y"] + text["height"]) is not beside
        assert visitor.sticks_out(width) == []


@pytest.mark.own_screen("paper is as wide as it is")
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("mode", ["negotiating", "clean"])
def test_on_paper_stand_both_texts_with_heads_and_marks_and_nothing_to_press(
    visit: Visit, mode: str, locale: str
) -> None:
    visitor = reading(visit, locale=locale)
    page = visitor.page
    page.goto(f"{page.url.partition('?')[0]}?mode={mode}&comments=on")
    page.set_viewport_size({"width": 680, "height": 900})
    page.emulate_media(media="print")

    assert [
        one
        for one in page.locator("button, summary, .places a, .segmented a, .filter a, .margin").all()
        if one.is_visible()
    ] == []
    texts = page.locator(".paragraph-row:not(.paragraph-row--title)").first.locator(".paragraph-row__text")
    english, chinese = texts.first, texts.last
    left, right = english.bounding_box(), chinese.bounding_box()
    assert left
    assert right
    assert left["y"] == pytest.approx(right["y"], abs=1)
    assert left["x"] + left["width"] < right["x"]
    expect(page.locator(".page-marks")).to_contain_text(
        visitor.says("Exercise: this session is fictional. Nobody has said or agreed to any of it.")
    )
    assert page.locator(".page-marks").evaluate("(one) => getComputedStyle(one).display") == "table-header-group"
    head = page.locator(".section-title").first
    assert head.evaluate("(one) => getComputedStyle(one).breakAfter") == "avoid"
    assert page.locator(".paragraph-row").first.evaluate("(one) => getComputedStyle(one).breakInside") == "avoid"
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_on_paper_stands_nothing_that_one_delegation_has_among_itself(visit: Visit) -> None:
    visitor = reading(visit)
    page = visitor.page
    with_notes = page.locator(".paragraph-row:has(a[href$='#discussion']) a[data-step]").evaluate_all(
        "(all) => all.map((one) => one.pathname)"
    )
    waiting = page.locator(".paragraph-row--waits .paragraph-row__side strong").first
    expect(waiting).to_be_visible()
    assert with_notes

    page.emulate_media(media="print")

    expect(waiting).to_be_hidden()
    for one in page.locator("[href$='#discussion']").all():
        expect(one).to_be_hidden()
    for way in with_notes:
        page.goto(way)
        expect(page.locator("#internal")).to_be_hidden()
        for one in page.locator("button, form, .act-bar, #discussion a[href*='threads']").all():
            expect(one).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.locator("#internal")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_the_text_begins_on_the_first_screen_and_the_ways_are_in_a_menu(
    visit: Visit, *, scripts: bool
) -> None:
    page = reading(visit, scripts=scripts).page
    ways = page.locator(".site-header__folded a, .site-header__leave button")
    desk = page.locator(".site-header__ways a[href='/']")
    for width in (1360, 820, 390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        expect(desk).to_be_visible()
        expect(ways.first).to_be_visible(visible=width == 1360)
        begins = page.locator(".paragraph-row__text").first.evaluate("(one) => one.getBoundingClientRect().y")
        assert begins < (640 if width > 320 else 760)
    header = page.locator(".site-header").bounding_box()
    page.locator(".site-header__menu summary").click()
    for one in ways.all():
        expect(one).to_be_visible()
    assert page.locator(".site-header").bounding_box() == header


def test_what_leads_to_a_paragraph_or_heading_is_wide_enough_for_a_finger(visit: Visit) -> None:
    links = reading(visit).page.locator("[data-step], .paragraph-row__link")

    sizes = links.evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect()).map(({ width, height }) => [width, height])"
    )

    assert sizes
    assert [size for size in sizes if min(size) < 24] == []


def test_the_keys_and_the_style_sheet_agree_how_high_a_head_is_in_enlarged_text_too(visit: Visit) -> None:
    page = reading(visit).page
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    page.set_viewport_size({"width": 1360, "height": 700})
    third = rows(page).nth(5)
    third.evaluate("(one) => scrollBy(0, one.closest('[id^=p-]').getBoundingClientRect().top - 100)")

    page.keyboard.press("j")

    assert at(page) > 5, "what stands behind the head that stays is not where one is"


def test_who_holds_what_is_told_by_line_and_letters_and_not_by_colour(visit: Visit) -> None:
    page = reading(visit).page

    lines = page.locator(".alternative--1, .alternative--2").evaluate_all(
        """(all) => all.map((one) => [
          [...one.classList].find((name) => /--\\d/.test(name)),
          getComputedStyle(one).borderBottomStyle,
          one.querySelector(":scope > .letters").innerText,
        ].join(" "))"""
    )

    assert set(lines) == {"alternative--1 solid US", "alternative--2 dotted CN"}
    changed = page.locator(".paragraph-row:has(.alternative--1) [data-step]").first.get_attribute("href")
    page.goto(f"{changed}?view=redline")
    gone, come = page.locator("del").first, page.locator("ins").first
    assert gone.evaluate("(one) => getComputedStyle(one).textDecorationLine") == "line-through"
    assert come.evaluate("(one) => getComputedStyle(one).borderBottomStyle") == "solid"


def test_negotiated_text_is_set_as_its_script_asks(visit: Visit) -> None:
    page = reading(visit).page

    chinese = page.locator(".text:lang(zh)").first.evaluate(
        "(one) => { const s = getComputedStyle(one); return [s.hyphens, s.lineBreak, s.fontStyle, s.textSpacingTrim]; }"
    )
    english = page.locator(".text:lang(en)").first.evaluate("(one) => getComputedStyle(one).hyphens")
    pitches = page.locator(".paragraph-row:not(.paragraph-row--title) .text").evaluate_all(
        "(all) => [...new Set(all.map((one) => getComputedStyle(one).lineHeight))]"
    )

    assert chinese == ["none", "strict", "normal", "trim-start"]
    assert english == "none"
    assert len(pitches) == 1, "both languages keep one pitch"


@pytest.mark.own_screen("it asks for windows that are smaller")
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("size", [(320, 800), (680, 450)], ids=["320 px", "200 % of a window 1360 px wide"])
def test_the_text_a_paragraph_and_the_desk_lose_nothing(visit: Visit, size: tuple[int, int], locale: str) -> None:
    visitor = reading(visit, locale=locale)
    page = visitor.page
    agreement = visitor.path
    paragraph = str(rows(page).nth(4).get_attribute("href"))
    for path in ("/", agreement, f"{agreement}?comments=on&standing=bracketed", paragraph):
        visitor.opens(path)
        said = re.sub(r"\s+", "", page.locator("main").evaluate("(main) => main.textContent"))
        visitor.unfolds_everything()
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert visitor.sticks_out(size[0]) == [], path
        seen = re.sub(r"\s+", "", page.locator("main").evaluate("(main) => main.textContent"))
        assert seen == said, path


def test_the_words_of_the_glossary_stand_beside_their_counterparts(visit: Visit) -> None:
    visitor = visit().opens("/glossary")

    apart = visitor.page.locator(".term-list__words").evaluate_all(
        """(all) => all
          .filter(({ children: [en, zh] }) => zh.getBoundingClientRect().top >= en.getBoundingClientRect().bottom)
          .map((one) => one.textContent)"""
    )

    assert visitor.width < 820 or apart == []


def test_on_a_telephone_the_desk_folds_what_does_not_wait(visit: Visit) -> None:
    visitor = visit("us.drafter").opens("/")
    lately, folds = visitor.page.locator(".fold:has(.history)"), visitor.width == 390
    expect(visitor.page.locator(".task").first).to_be_visible()
    expect(lately.locator(".history")).to_be_visible(visible=not folds)
    expect(lately.locator("summary")).to_be_visible(visible=folds)

    visitor.unfolded(lately.locator(".history"))

    expect(lately.locator(".history")).to_be_visible()

"""Two people at one text: what one does is said on the other's open page, which does not move; the wall follows."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_drafting import forgiven
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

#: What is asked for. The page asks more often; the rest is for the way there and back, and for other tests.
SECONDS = 3
HIGH = 500
#: What the bar says of what was done, and of the line itself.
OUTDATED = (
    "The text has changed. What you would decide with the buttons marked “changed meanwhile” would be refused: "
    "show the text as it stands first."
)
UNFOLLOWED = "Not followed since {time}. What stands here may be another text by now."
LOST = "There is no line to the server. This page may have become outdated."
SIGNED_OUT = "You are signed out. What you typed is still here; sign in again in another tab, then go on."
MEASURED = """
() => { window.told = new Promise((tell) => {
  const began = performance.now();
  new MutationObserver(() => { if (document.querySelector(".news__told")) tell(performance.now() - began); })
    .observe(document.querySelector("[data-news]"), { childList: true });
}); }
"""
#: Has the browser not keep the place by itself: what is tested is the page.
UNANCHORED = """
document.addEventListener("readystatechange", () => { document.documentElement.style.overflowAnchor = "none"; });
"""
#: Where the first paragraph in the window stands, and where one by its name does.
TOP = """
() => [...document.querySelectorAll(".paragraph-row[id]")].map((one) => [one.id, one.getBoundingClientRect().top])
  .find(([, top]) => top > 0)
"""
STANDS = "(id) => document.getElementById(id).getBoundingClientRect().top"


def in_the_text(visitor: Visitor) -> str:
    """Have `visitor` open the text of the exercise; return its address."""
    visitor.opens("/agreements")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("link", name=re.compile("xercise")).first.click()
    return visitor.path


def numbered(visitor: Visitor, agreement: str, number: str) -> str:
    """Return the address of the paragraph of that number."""
    visitor.opens(agreement)
    link = visitor.link("Paragraph %(number)s", number=number)
    return str(link.first.get_attribute("href"))


def test_what_the_other_side_does_is_said_within_three_seconds_and_moves_nothing(visit: Visit) -> None:
    head, other = visit("us.head"), visit("cn.drafter")
    agreement = in_the_text(head)
    other.opens(numbered(other, agreement, "5"))
    head.page.add_init_script(UNANCHORED)
    head.opens(agreement)
    assert head.page.get_by_role("status").and_(head.page.locator(".news")).count() == 1, "a live region while empty"
    head.page.evaluate("window.scrollTo(0, 1200)")
    box = (
        "() => [scrollY, ...[...document.querySelectorAll('main [id]')].map((one) => one.getBoundingClientRect().top)]"
    )
    before = head.page.evaluate(box)

    with other.page.expect_response(lambda answer: answer.request.method == "POST"):
        head.page.evaluate(MEASURED)
        other.page.locator("textarea[name=comment]").last.fill("A remark for both sides.")
        other.button("Comment to both sides").click()

    expect(head.page.locator(".news__told")).to_contain_text(head.says("A comment for both sides"))
    expect(head.page.locator(".news__told")).to_contain_text("¶5")
    assert head.page.evaluate(box) == before
    assert head.page.evaluate("() => window.told") < (SECONDS + 2) * 1_000  # from before the form was filled in

    row, top = head.page.evaluate(TOP)
    head.page.route(re.compile(f"{agreement}$"), longer)
    shows(head)
    head.page.wait_for_load_state("load")
    head.page.wait_for_timeout(500)  # for whatever a browser still does about the place
    assert head.page.evaluate("() => document.getElementById('longer').clientHeight") >= HIGH
    assert head.page.evaluate(STANDS, row) == pytest.approx(top, abs=2)
    expect(head.page.locator(".news__told")).to_have_count(0)


def longer(route: Route) -> None:
    """Have a page come longer above its text than it was."""
    answer = route.fetch()
    above = f'<div id="longer"><svg width="1" height="{HIGH}"></svg></div>'
    route.fulfill(response=answer, body=re.sub("(<main[^>]*>)", rf"\1{above}", answer.text()))


def shows(visitor: Visitor) -> None:
    """Have `visitor` press "Show" in what the page says is new."""
    with visitor.page.expect_navigation():
        visitor.button("Show").click()


def test_what_is_half_typed_stands_in_its_box_again_after_show_and_nothing_is_asked(visit: Visit) -> None:
    head, other = visit("us.head"), visit("cn.drafter")
    paragraph = numbered(head, in_the_text(head), "5")
    head.opens(paragraph)
    ours, shared = (head.page.locator("textarea[name=comment]").nth(at) for at in (0, 1))
    ours.fill("Among ourselves, half")
    shared.fill("To both sides, half")
    gone = head.page.locator("textarea[name=quoted]").last
    gone.evaluate("(one) => { one.id = 'of an act that is over'; }")
    head.unfolds_everything()
    gone.fill("What has no box any more")
    comments(other, paragraph)

    shows(head)

    expect(ours).to_have_value("Among ourselves, half")
    expect(shared).to_have_value("To both sides, half")
    homeless = head.page.get_by_role(
        "region", name=head.says("What you typed before has no place on this page any more")
    )
    expect(homeless.get_by_role("textbox")).to_have_value("What has no box any more")
    comments(other, paragraph)
    shows(head)
    expect(shared).to_have_value("To both sides, half")
    expect(homeless.get_by_role("textbox")).to_have_count(1)
    homeless.get_by_role("button", name=head.says("Discard it")).click()
    expect(homeless).to_have_count(0)
    assert head.page.evaluate("() => Object.keys(sessionStorage).filter((one) => one.startsWith('typed:'))") == []
    ours.fill("")
    shared.fill("")


def comments(visitor: Visitor, paragraph: str) -> None:
    """Have `visitor` say something to both sides."""
    visitor.opens(paragraph)
    visitor.page.locator("textarea[name=comment]").last.fill("A remark for both sides.")
    visitor.presses("Comment to both sides")


def test_show_gets_the_page_of_a_form_that_was_not_taken_and_keeps_what_it_said(visit: Visit) -> None:
    head, other = visit("us.head"), visit("cn.drafter")
    paragraph = numbered(head, in_the_text(head), "5")
    head.opens(paragraph)
    head.unfolds_everything()
    reason = head.page.locator("form:has([name=stance][value=reserve]) textarea")
    reason.fill("x" * 20_001)
    head.presses("Reserve")
    assert head.path != paragraph
    comments(other, paragraph)

    shows(head)

    assert head.path == paragraph
    expect(reason).to_be_visible()
    assert len(reason.input_value()) == 20_001
    reason.fill("")
    forgiven(head, "422")


def test_nothing_is_said_of_what_the_other_side_does_by_itself_nor_of_ones_own_acts(visit: Visit) -> None:
    head, other = visit("us.head"), visit("cn.drafter")
    agreement = in_the_text(head)
    paragraph = numbered(head, agreement, "5")
    other.opens(paragraph)
    head.opens(paragraph)
    head.page.locator("textarea[name=comment]").last.fill("My own remark.")
    head.presses("Comment to both sides")
    other.page.locator("textarea[name=comment]").first.fill("Among ourselves.")
    other.presses("Note for our delegation")

    for _ in range(2):  # it asks, and is told that there is nothing
        with head.page.expect_response(lambda answer: "/news" in answer.url and answer.status == 204):
            pass
    assert head.page.locator(".news").inner_text() == ""


def test_a_button_says_that_the_text_under_it_is_another(visit: Visit) -> None:
    head, other = visit("us.head"), visit("cn.drafter")
    paragraph = numbered(head, in_the_text(head), "6")
    head.opens(paragraph)
    size = head.button("Agree").bounding_box()
    desk = visit("us.head").opens("/")
    other.opens(paragraph).follows("Amend").writes(en="Another text altogether.", zh="完全不同的案文。")
    other.presses("Save as my private draft").presses("Table this text")

    expect(head.page.locator(".news__told")).to_contain_text(head.says(OUTDATED))
    changed = f"{head.says('Agree')} {head.says('changed meanwhile')}"
    button = head.page.get_by_role("button", name=changed, exact=True)
    expect(button).to_be_visible()
    assert button.bounding_box() == size
    desk.page.wait_for_load_state()
    expect(desk.page.locator(".news__told")).to_be_visible()
    expect(desk.page.locator(".news__told")).not_to_contain_text(desk.says("changed meanwhile"))


def test_what_is_typed_is_left_alone_and_a_lost_line_is_said(visit: Visit) -> None:
    head = visit("us.head")
    head.opens(numbered(head, in_the_text(head), "5"))
    typed = head.page.locator("textarea[name=comment]").last
    typed.fill("Half a sent")
    head.page.clock.install()
    head.context.set_offline(True)
    bar = head.page.locator(".news")
    for _ in range(10):
        head.page.clock.fast_forward(30_000)
        if bar.inner_text():
            break
    expect(bar).to_contain_text(head.says(LOST))

    head.context.set_offline(False)
    expect(bar).to_have_text("")
    head.context.clear_cookies(name=re.compile("alternat"))
    head.page.clock.fast_forward(30_000)
    expect(bar).to_contain_text(head.says(SIGNED_OUT))
    assert typed.input_value() == "Half a sent"
    typed.fill("")
    forgiven(head, "ERR_INTERNET_DISCONNECTED")


def test_the_wall_follows_and_a_bracket_closes(visit: Visit) -> None:
    wall, secretariat, head = visit("observer"), visit("secretariat"), visit("us.head")
    agreement = in_the_text(wall)
    wall.opens(f"{agreement}/table")
    expect(wall.page.locator("h1")).to_have_text(wall.says("Nothing is on the table yet."))
    paragraph = numbered(secretariat, agreement, "10")
    secretariat.opens(paragraph).presses("Put on the table")

    expect(wall.page.locator(".table-view__number")).to_contain_text("¶10")
    expect(wall.page.locator(".table-view__standing")).to_contain_text(wall.says("In brackets"))
    brackets = wall.page.locator(".table-view .bracket")
    before = brackets.count()
    assert before > 0

    head.opens(paragraph)
    asks = head.page.locator("summary", has_text=head.saying("Accept amendment %(number)s")).first
    [number] = re.findall(r"\d+", asks.inner_text())
    head.presses("Accept amendment %(number)s", number=number)

    expect(brackets).not_to_have_count(before)
    wall.page.keyboard.press("Escape")
    expect(wall.page).to_have_url(re.compile(f"{agreement}$"))


def test_the_wall_says_since_when_it_does_not_follow_and_no_longer_when_it_does(
    visit: Visit,
) -> None:
    wall = visit("observer")
    wall.opens(f"{in_the_text(wall)}/table")
    sign = wall.page.locator("[data-table-line]")
    expect(sign).to_have_text("")
    wall.page.clock.install()
    wall.context.set_offline(True)
    for _ in range(10):
        wall.page.clock.fast_forward(30_000)
        if sign.inner_text():
            break
    expect(sign).to_have_text(wall.saying(UNFOLLOWED))
    expect(sign).to_be_in_viewport()

    wall.context.set_offline(False)
    expect(sign).to_have_text("")
    forgiven(wall, "ERR_INTERNET_DISCONNECTED")


def test_the_way_back_from_the_wall_is_seen_on_a_telephone_and_when_the_pointer_moves(visit: Visit) -> None:
    wall = visit("observer")
    wall.opens(f"{in_the_text(wall)}/table")
    wall.page.set_viewport_size({"width": 1360, "height": 900})
    back = wall.page.get_by_role("link", name=wall.says("Back to the agreement"))
    expect(back).not_to_be_in_viewport()
    wall.page.mouse.move(400, 400)
    expect(back).to_be_in_viewport()
    expect(back).not_to_be_in_viewport()

    wall.page.set_viewport_size({"width": 390, "height": 844})
    expect(back).to_be_in_viewport()


def test_the_wall_loads_itself_anew_without_scripts(visit: Visit) -> None:
    wall, secretariat = visit("observer", scripts=False), visit("secretariat")
    agreement = in_the_text(secretariat)
    wall.opens(f"{agreement}/table")
    secretariat.opens(numbered(secretariat, agreement, "3")).presses("Put on the table")

    expect(wall.page.locator(".table-view__number")).to_contain_text("¶3")


@pytest.mark.own_screen("a wall has sizes of its own")
@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 720), (390, 844)])
def test_both_languages_of_every_paragraph_fit_on_the_wall(visit: Visit, width: int, height: int, locale: str) -> None:
    wall, secretariat = visit("observer", locale=locale), visit("secretariat", locale=locale)
    agreement = in_the_text(secretariat)
    for number in ("3", "8"):
        secretariat.opens(numbered(secretariat, agreement, number))
        if secretariat.button("Put on the table").count():
            secretariat.presses("Put on the table")
        wall.page.set_viewport_size({"width": width, "height": height})
        wall.opens(f"{agreement}/table")
        if width > 1_000:
            assert wall.page.evaluate("() => document.documentElement.scrollHeight <= innerHeight"), number
        assert wall.sticks_out(width) == []

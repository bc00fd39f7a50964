"""Writing in a real browser: seen as it is typed, kept when it could not be saved, looked up by one key."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_drafting import COLLISION, LOST, SAVED, SIGNED_OUT, a_draft, forgiven
from tests.browser.test_main_job import the_exercise
from tests.browser.visitors import Visitor
from workflow.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

HEIGHT = "(one) => one.getBoundingClientRect().height"
CLOSED = (
    "This draft was tabled or put away; what you typed since is not in it. It stays in these boxes and in this tab: "
    "copy it before you leave."
)
NOT_ONES_OWN = "You can no longer write in this draft. What you typed stays in these boxes: copy it before you leave."
KEPT_HERE = "What is not saved yet is kept in this tab only, until it is saved or you sign out."


def amending(visitor: Visitor) -> str:
    """Lead `visitor` to the form for an amendment to a paragraph of the exercise; return its English."""
    the_exercise(visitor)
    numbered = visitor.page.get_by_role("link", name=visitor.saying("Paragraph %(number)s"))
    ways = visitor.page.locator("[data-step]").and_(numbered).evaluate_all("(all) => all.map((one) => one.pathname)")
    for way in ways:
        if visitor.opens(way).link("Amend").count():
            visitor.follows("Amend")
            return visitor.page.locator("textarea[name=en]").input_value()
    raise AssertionError("nothing in the exercise can be amended")


def refuses(route: Route) -> None:
    route.abort("internetdisconnected")


def test_what_is_typed_is_shown_as_a_redline_and_the_other_language_is_marked(visit: Visit) -> None:
    drafter = visit("us.drafter")
    text = amending(drafter)
    preview = drafter.page.locator("#preview")
    expect(preview).to_be_hidden()
    english = drafter.page.locator("textarea[name=en]")
    english.focus()
    english.press("Control+End")

    drafter.page.keyboard.type("  Zebras\u00a0too.")

    expect(preview.locator("ins")).to_have_text("  Zebras\u00a0too.", use_inner_text=False)
    expect(preview).to_contain_text(drafter.says("%(num)s double space", num=1))
    expect(preview).to_contain_text(drafter.says("%(num)s no-break space", num=1))
    expect(preview).to_contain_text(drafter.says("The English has changed, and this has not."))
    assert english.input_value() == text + "  Zebras\u00a0too."
    assert english.evaluate("(one) => one === document.activeElement && one.selectionStart === one.value.length")
    chinese = drafter.page.locator("textarea[name=zh]")
    chinese.fill(chinese.input_value() + "还有斑马。")
    expect(preview).not_to_contain_text(drafter.says("The English has changed, and this has not."))
    assert preview.get_attribute("aria-live") == "off"
    forget(drafter)


def test_the_redline_is_in_sight_while_one_types_and_the_boxes_are_as_tall_as_their_text(visit: Visit) -> None:
    drafter = visit("us.drafter")
    amending(drafter)
    drafter.page.set_viewport_size({"width": 1360, "height": 768})
    english = drafter.page.locator("textarea[name=en]")
    english.focus()
    english.press("Control+End")
    drafter.page.keyboard.type(" Zebras too.")

    expect(drafter.page.locator("#preview ins")).to_be_in_viewport()
    assert drafter.page.evaluate("scrollY") == 0
    before = drafter.page.locator("#preview ins").evaluate("(one) => getComputedStyle(one, '::before').content")
    assert drafter.says("[new:") in before
    drafter.page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#preview ins'))")
    assert drafter.page.evaluate("() => getSelection().toString()").strip() == "Zebras too."
    three_lines = "(one) => 3 * parseFloat(getComputedStyle(one).lineHeight) + 16"
    english.fill("One line.")
    drafter.page.locator("textarea[name=zh]").fill("一行。")
    assert english.evaluate(HEIGHT) == pytest.approx(english.evaluate(three_lines), abs=3)
    before = english.evaluate(HEIGHT)
    english.fill("A line.\n" * 9)
    assert english.evaluate(HEIGHT) > 2 * before
    forget(drafter)


def test_an_input_method_is_never_disturbed(visit: Visit) -> None:
    drafter = visit("us.drafter")
    amending(drafter)
    asked: list[str] = []
    drafter.page.on("request", lambda request: asked.append(request.url) if "preview" in request.url else None)
    chinese = drafter.page.locator("textarea[name=zh]")
    chinese.focus()
    chinese.press("Control+End")
    before = chinese.input_value()
    keyboard = drafter.context.new_cdp_session(drafter.page)
    for typed in ("b", "ban", "ban ma"):
        keyboard.send("Input.imeSetComposition", {"text": typed, "selectionStart": 1, "selectionEnd": len(typed)})
    drafter.page.wait_for_timeout(1_500)  # four times as long as it waits after a key
    assert asked == []
    assert chinese.input_value() == before + "ban ma"

    keyboard.send("Input.insertText", {"text": "斑马"})

    expect(drafter.page.locator("#preview ins")).to_contain_text("斑马")
    assert chinese.input_value() == before + "斑马"
    forget(drafter)


def forget(visitor: Visitor) -> None:
    """Leave a form without the warning, whose text nobody wants."""
    visitor.opens("/")
    visitor.complaints = [one for one in visitor.complaints if "beforeunload" not in one]


def test_without_a_script_a_button_shows_the_same(visit: Visit) -> None:
    drafter = visit("us.drafter", scripts=False)
    text = amending(drafter)

    drafter.writes(en=f"{text} Zebras too.").presses("Preview")

    expect(drafter.page.locator("#preview ins")).to_have_text(" Zebras too.", use_inner_text=False)
    assert drafter.page.locator("textarea[name=en]").input_value() == f"{text} Zebras too."


def test_what_was_typed_before_a_crash_is_offered_and_put_back_by_a_person(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Draft new text").writes(en="Typed before the crash.")
    expect(drafter.page.get_by_text(drafter.says(KEPT_HERE))).to_be_visible()

    drafter.page.reload()

    offer = drafter.page.locator("[data-kept-offer]")
    expect(offer).to_contain_text(drafter.saying("What you typed at {time} was not saved."))
    expect(offer).to_be_visible()
    assert drafter.page.locator("textarea[name=en]").input_value() == ""
    drafter.button("Restore it").click()
    assert drafter.page.locator("textarea[name=en]").input_value() == "Typed before the crash."

    drafter.chooses(place="end").presses("Save as my private draft")
    expect(drafter.page.locator("h1")).to_contain_text(drafter.saying("Draft: %(name)s"))
    assert drafter.page.evaluate("() => Object.keys(sessionStorage).filter((one) => one.startsWith('typed:'))") == []
    drafter.complaints = [one for one in drafter.complaints if "beforeunload" not in one]


def test_a_draft_that_could_not_be_saved_is_kept_in_the_tab_until_it_is(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "On the server.")
    drafter.page.route("**/autosave", refuses)
    drafter.page.locator("textarea[name=en]").fill("Only in this tab.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(LOST))
    drafter.page.reload()
    drafter.page.unroute("**/autosave")

    drafter.button("Restore it").click()

    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.saying(SAVED))
    expect(drafter.page.locator("[data-kept-says]")).to_be_hidden()
    assert drafter.page.evaluate("() => Object.keys(sessionStorage).filter((one) => one.startsWith('typed:'))") == []
    assert "Only in this tab." in visit("us.head").opens(draft).text
    drafter.complaints = [one for one in drafter.complaints if "ERR_INTERNET" not in one and "beforeunload" not in one]


def test_what_is_typed_while_older_words_are_offered_is_kept_too_and_each_gives_way_to_the_other(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Draft new text").writes(en="First words.")
    english = drafter.page.locator("textarea[name=en]")
    offer, replaces = drafter.page.locator("[data-kept-offer]"), drafter.page.locator("[data-kept-replaces]")
    drafter.page.reload()
    expect(offer).to_be_visible()
    expect(replaces).to_be_hidden()
    english.fill("Second words.")
    expect(replaces).to_be_visible()
    drafter.page.reload()

    drafter.button("Restore it").click()
    expect(english).to_have_value("Second words.")
    expect(replaces).to_be_visible()
    drafter.button("Restore it").click()
    expect(english).to_have_value("First words.")
    expect(offer).to_contain_text(drafter.saying("What you typed at {time} has given way to what you restored."))
    drafter.page.reload()

    drafter.button("Restore it").click()
    expect(english).to_have_value("First words.")
    drafter.button("Restore it").click()
    expect(english).to_have_value("Second words.")
    drafter.button("Discard it").click()
    expect(offer).to_be_hidden()
    forget(drafter)


def test_a_page_says_truly_why_it_no_longer_saves_by_itself(visit: Visit) -> None:
    drafter, head = visit("us.drafter"), visit("us.head")
    draft = a_draft(drafter, "Tabled meanwhile.")
    head.opens(draft).presses("Put away")
    typed, says = drafter.page.locator("textarea[name=en]"), drafter.page.locator("[data-autosave]")
    typed.fill("Typed too late.")
    expect(says).to_contain_text(drafter.says(CLOSED))
    forgiven(drafter, "409")

    a_draft(drafter, "No longer mine.")
    drafter.page.route("**/autosave", lambda route: route.fulfill(status=404, body=""))
    typed.fill("Typed without the right to.")
    expect(says).to_contain_text(drafter.says(NOT_ONES_OWN))
    expect(typed).to_have_value("Typed without the right to.")
    forget(drafter)
    forgiven(drafter, "404")


def test_where_one_wanted_to_be_within_a_page_is_found_again_after_signing_in(visit: Visit) -> None:
    drafter = visit("us.drafter")
    there = drafter.opens("/agreements").page.locator("main a", has_text="exercise").first.get_attribute("href")
    row = drafter.opens(str(there)).page.locator(".paragraph-row[id]").last.get_attribute("id")
    drafter.context.clear_cookies()
    drafter.opens("/").opens(f"{there}#{row}")
    for password in ("a wrong password", PASSWORD):
        drafter.page.locator("input[name=email]").fill("us.drafter@demo.example")
        drafter.page.locator("input[name=password]").fill(password)
        with drafter.page.expect_navigation():
            drafter.page.locator("main form button").click()

    assert drafter.path == f"{there}#{row}"
    expect(drafter.page.locator(f"[id='{row}']")).to_be_in_viewport()
    forgiven(drafter, "422")


def test_what_is_put_back_never_writes_over_a_colleague(visit: Visit) -> None:
    drafter, head = visit("us.drafter"), visit("us.head")
    draft = a_draft(drafter, "First words.")
    drafter.page.route("**/autosave", refuses)
    drafter.page.locator("textarea[name=en]").fill("The drafter's words.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(LOST))
    head.opens(draft).writes(en="The head's words.").presses("Save")
    drafter.page.reload()
    drafter.page.unroute("**/autosave")

    drafter.button("Restore it").click()
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(COLLISION))
    drafter.presses("Save")

    expect(drafter.page.locator("h1")).to_contain_text(drafter.saying("Two texts: %(name)s"))
    for text in ("The drafter's words.", "The head's words."):
        assert text.split()[1] in drafter.text
    drafter.complaints = [
        one for one in drafter.complaints if not any(word in one for word in ("ERR_INTERNET", "beforeunload", "409"))
    ]


def test_a_session_that_ended_is_signed_into_again_and_the_text_is_there(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "Before it ended.")
    drafter.context.clear_cookies()
    drafter.page.locator("textarea[name=en]").fill("Typed after it ended.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(SIGNED_OUT))

    drafter.opens(draft)
    assert drafter.path.startswith("/sign-in")
    assert "Typed after it ended." not in drafter.page.content()
    drafter.page.locator("input[name=email]").fill("us.drafter@demo.example")
    drafter.page.locator("input[name=password]").fill(PASSWORD)
    with drafter.page.expect_navigation():
        drafter.page.locator("main form button").click()
    assert drafter.path == draft
    drafter.button("Restore it").click()

    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.saying(SAVED))
    assert "Typed after it ended." in visit("us.head").opens(draft).text
    drafter.complaints = [one for one in drafter.complaints if "beforeunload" not in one]
    forgiven(drafter, "400", "401")


def test_nothing_stays_in_the_tab_of_who_signs_out_and_nobody_else_is_offered_it(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Draft new text").writes(en="Not for others.")
    form = drafter.path
    expect(drafter.page.get_by_text(drafter.says(KEPT_HERE))).to_be_visible()
    kept = "() => Object.values(sessionStorage).join()"
    assert "Not for others." in drafter.page.evaluate(kept)

    drafter.presses("Sign out")

    assert drafter.page.evaluate(kept) == ""
    drafter.signs_in("us.drafter").opens(form).writes(en="Not for others either.")
    expect(drafter.page.get_by_text(drafter.says(KEPT_HERE))).to_be_visible()
    expect(drafter.page.locator("#preview")).to_contain_text("Not for others either.")  # else its answer sets a cookie
    drafter.context.clear_cookies()
    drafter.signs_in("us.head").opens(form)
    expect(drafter.page.locator("[data-kept-offer]")).to_be_hidden()
    assert drafter.page.evaluate(kept) == ""
    drafter.complaints = [one for one in drafter.complaints if "beforeunload" not in one]


def test_a_phrase_is_one_key_away_and_put_in_by_a_person(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Draft new text")
    english = drafter.page.locator("textarea[name=en]")
    english.fill("The digital economy matters. ")
    english.evaluate("(one) => one.setSelectionRange(4, 19)")

    english.press("Alt+p")

    panel = drafter.page.locator("[data-phrases]")
    expect(panel).to_be_focused()
    mark = panel.locator("mark").first
    expect(mark).to_have_text(re.compile("digital economy", re.IGNORECASE))
    assert panel.locator("[lang=zh-Hans].text").first.inner_text()
    assert english.input_value() == "The digital economy matters. "
    insert = drafter.button("Insert the words selected")
    expect(insert).to_be_disabled()
    english.evaluate("(one) => one.setSelectionRange(one.value.length, one.value.length)")
    mark.evaluate("(one) => getSelection().selectAllChildren(one)")
    insert.click()
    assert english.input_value().lower() == "the digital economy matters. digital economy"

    english.press("Control+z")
    assert english.input_value() == "The digital economy matters. "
    chinese = drafter.page.locator("textarea[name=zh]")
    chinese.fill("促进数字经济")
    chinese.press("Control+End")
    chinese.press("Alt+p")
    expect(drafter.page.locator("[data-phrases-asked]")).to_contain_text("经济")
    drafter.page.keyboard.press("Escape")
    expect(chinese).to_be_focused()
    expect(panel).to_be_hidden()
    forget(drafter)


def test_all_that_opens_while_one_writes_fits_the_window(visit: Visit) -> None:
    drafter = visit("us.drafter")
    amending(drafter)
    english = drafter.page.locator("textarea[name=en]")
    english.fill(f"{'A very-long-word' * 12} {english.input_value()}")
    expect(drafter.page.locator("#preview ins").first).to_be_visible()
    english.evaluate(
        "(one) => { one.value += ' governments'; one.setSelectionRange(one.value.length, one.value.length); }"
    )
    english.press("Alt+p")
    expect(drafter.page.locator(".phrases__passage").first).to_be_visible()

    assert drafter.sticks_out() == []
    forget(drafter)

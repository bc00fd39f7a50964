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
    the_exercise(drafter).follows("Propose text").writes(en="Typed before the crash.")
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
    the_exercise(drafter).follows("Propose text").writes(en="Not for others.")
    form = drafter.path
    expect(drafter.page.get_by_text(drafter.says(KEPT_HERE))).to_be_visible()
    kept = "() => Object.values(sessionStorage).join()"
    assert "Not for others." in drafter.page.evaluate(kept)

    drafter.presses("Sign out")

    assert drafter.page.evaluate(kept) == ""
    drafter.signs_in("us.drafter").opens(form).writes(en="Not for others either.")
    expect(drafter.page.get_by_text(drafter.says(KEPT_HERE))).to_be_visible()
    drafter.context.clear_cookies()
    drafter.signs_in("us.head").opens(form)
    expect(drafter.page.locator("[data-kept-offer]")).to_be_hidden()
    assert drafter.page.evaluate(kept) == ""
    drafter.complaints = [one for one in drafter.complaints if "beforeunload" not in one]


def test_a_phrase_is_one_key_away_and_put_in_by_a_person(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Propose text")
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

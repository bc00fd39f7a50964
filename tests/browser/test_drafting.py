"""Drafting in a real browser: saved without being asked, never during a composition, nothing lost whatever happens."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.visitors import Visitor
from workflow.services.demonstration import PASSWORD

pytestmark = pytest.mark.browser

SAVED = "Saved by itself at %(times)s."
LOST = "There is no line to the server. Your text is kept in this tab; it is tried again."
COLLISION = "A colleague has saved this draft. Nothing of yours is lost: press Save to compare both texts."
SIGNED_OUT = (
    "You are signed out. Your text is kept in this tab: sign in here again and it is offered to you, or press Save."
)
NOT_LOST = "Nothing has been changed, because it is no longer certain who sent this. What you typed is not lost."
OPEN_SINCE = "%(name)s has this draft open since %(time)s UTC."


def a_draft(visitor: Visitor, en: str) -> str:
    """Have `visitor` begin a draft and share it; return its address."""
    visitor.opens("/agreements")
    with visitor.page.expect_navigation():
        visitor.page.locator("main a", has_text="exercise").first.click()
    visitor.follows("Draft new text").writes(en=en).chooses(place="end").presses("Save as my private draft")
    visitor.presses("Share in my delegation")
    return visitor.path


def forgiven(visitor: Visitor, *expected: str) -> None:
    """Take out of what the browser complained of what a test meant to happen."""
    assert visitor.complaints, "nothing was complained of"
    visitor.complaints = [one for one in visitor.complaints if not any(word in one for word in expected)]


def test_what_is_typed_is_saved_without_being_asked(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "Typed at first.")
    english = drafter.page.locator("textarea[name=en]")
    english.focus()
    english.press("End")
    drafter.page.keyboard.type(" And then more.")

    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.saying(SAVED))

    assert english.input_value() == "Typed at first. And then more."
    head = visit("us.head").opens(draft)
    assert "Typed at first. And then more." in head.text
    drafter.presses("Save")  # and is not asked whether to leave
    expect(drafter.page.get_by_text(drafter.says("Saved."), exact=True)).to_be_visible()
    english.fill("Typed, and saved at once.")
    drafter.presses("Save")  # leaving the field for the button starts no second save
    expect(drafter.page.locator("h1")).to_contain_text(drafter.saying("Draft: %(name)s"))
    assert drafter.page.locator("textarea[name=en]").input_value() == "Typed, and saved at once."


def test_nothing_is_sent_while_an_input_method_composes(visit: Visit) -> None:
    drafter = visit("us.drafter")
    a_draft(drafter, "Composed.")
    sent: list[str] = []
    drafter.page.on("request", lambda request: sent.append(request.url) if "autosave" in request.url else None)
    drafter.page.locator("textarea[name=zh]").focus()
    keyboard = drafter.context.new_cdp_session(drafter.page)
    for typed in ("z", "zh", "zhong", "zhong wen"):
        at = len(typed)
        keyboard.send("Input.imeSetComposition", {"text": typed, "selectionStart": at, "selectionEnd": at})
    drafter.page.wait_for_timeout(4_000)  # twice as long as it waits after a key
    assert sent == []
    assert drafter.page.locator("textarea[name=zh]").input_value() == "zhong wen"

    keyboard.send("Input.insertText", {"text": "中文"})

    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.saying(SAVED))
    assert len(sent) == 1
    assert drafter.page.locator("textarea[name=zh]").input_value() == "中文"


def test_a_colleagues_save_stops_it_and_both_texts_are_compared(visit: Visit) -> None:
    drafter, head = visit("us.drafter"), visit("us.head")
    draft = a_draft(drafter, "First words.")
    head.opens(draft).writes(en="The head's words.").presses("Save")

    drafter.page.locator("textarea[name=en]").fill("The drafter's words.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(COLLISION))
    assert drafter.page.locator("textarea[name=en]").input_value() == "The drafter's words."
    drafter.presses("Save")

    expect(drafter.page.locator("h1")).to_contain_text(drafter.saying("Two texts: %(name)s"))
    drafter.presses("Mine everywhere").presses("Save")
    assert "The drafter's words." in head.opens(draft).text
    forgiven(drafter, "409")


def test_a_line_that_is_lost_is_tried_again(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "Before the line was lost.")
    drafter.context.set_offline(True)
    drafter.page.locator("textarea[name=en]").fill("While it was lost.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(LOST))

    drafter.context.set_offline(False)

    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.saying(SAVED))
    assert "While it was lost." in visit("us.head").opens(draft).text
    forgiven(drafter, "ERR_INTERNET_DISCONNECTED")


def test_a_session_that_ended_keeps_the_text_until_it_is_sent_again(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "Before it ended.")
    drafter.context.clear_cookies()
    drafter.page.locator("textarea[name=en]").fill("Typed after it ended.")
    expect(drafter.page.locator("[data-autosave]")).to_contain_text(drafter.says(SIGNED_OUT))
    drafter.presses("Save")
    expect(drafter.page.get_by_text(drafter.says(NOT_LOST))).to_be_visible()

    with drafter.context.expect_page() as opened:
        drafter.page.get_by_text(drafter.says("Sign in (in a new tab)")).click()
    tab = opened.value
    tab.locator("input[name=email]").fill("us.drafter@demo.example")
    tab.locator("input[name=password]").fill(PASSWORD)
    with tab.expect_navigation():
        tab.locator("main form button").click()
    drafter.presses("Send it again")

    if drafter.button("Send it again").count():  # the token belonged to nobody: sent once more, with a good one
        drafter.presses("Send it again")
    assert "Typed after it ended." in visit("us.head").opens(draft).text
    forgiven(drafter, "400", "401")


def test_colleagues_see_each_other_come_without_loading_the_page_anew(visit: Visit) -> None:
    drafter, head = visit("us.drafter"), visit("us.head")
    draft = a_draft(drafter, "Written by two.")
    drafter.page.clock.install(time=datetime.now(UTC))
    for one in (drafter, head):
        with one.page.expect_response(lambda answer: answer.url.endswith("/presence")):
            one.opens(draft)
    expect(drafter.page.get_by_text(drafter.saying(OPEN_SINCE, name="U.S. head"))).to_have_count(0)
    assert head.saying(OPEN_SINCE, name="U.S. drafter").search(head.text)

    drafter.page.clock.fast_forward(25_000)

    expect(drafter.page.get_by_text(drafter.saying(OPEN_SINCE, name="U.S. head"))).to_be_visible()


def test_a_draft_is_dragged_where_it_is_to_stand(visit: Visit) -> None:
    drafter = visit("us.drafter")
    a_draft(drafter, "Heading the end.")
    draft = a_draft(drafter, "Dragged upwards.")
    drafter.follows("Arrange")
    mine = drafter.page.locator(f"#node-{draft.rpartition('/')[2]}")
    rows = drafter.page.locator(".outline-row")
    place = rows.count() - 1
    assert "Dragged upwards." in rows.nth(place).inner_text()

    above = rows.nth(place - 1).inner_text()
    with drafter.page.expect_navigation():
        mine.drag_to(rows.nth(place - 1), source_position={"x": 8, "y": 8}, target_position={"x": 8, "y": 8})
    assert "Dragged upwards." in rows.nth(place - 1).inner_text(), "on the upper half: before it"
    assert rows.nth(place).inner_text() == above

    below = rows.nth(place).bounding_box()
    assert below is not None
    with drafter.page.expect_navigation():
        lower = {"x": 8, "y": below["height"] - 8}
        mine.drag_to(rows.nth(place), source_position={"x": 8, "y": 8}, target_position=lower)  # type: ignore[arg-type]  # a Position
    assert "Dragged upwards." in rows.nth(place).inner_text(), "on the lower half: after it"


def test_a_draft_moved_by_a_button_keeps_the_focus(visit: Visit) -> None:
    drafter = visit("us.drafter")
    draft = a_draft(drafter, "Moved by keys.")
    drafter.follows("Arrange")
    up = drafter.page.locator(f"#node-{draft.rpartition('/')[2]} button[value=up]")

    for _ in range(2):
        up.focus()
        with drafter.page.expect_navigation():
            drafter.page.keyboard.press("Enter")
        expect(up).to_be_focused()

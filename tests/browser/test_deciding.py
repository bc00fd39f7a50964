"""Deciding in a real browser: what cannot be undone is asked once, on the page; what was done leads on."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.conftest import Visit
from tests.browser.test_main_job import the_exercise
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

#: Presses the button again a moment after it was pressed, and notes what it says of itself meanwhile.
PRESSED_TWICE = """
(button) => {
  const notes = () => sessionStorage.setItem("busy", button.getAttribute("aria-busy"));
  new MutationObserver(notes).observe(button, { attributes: true });
  button.addEventListener("click", () => setTimeout(() => button.click(), 600), { once: true });
}
"""


def begun(visitor: Visitor, en: str, zh: str) -> Visitor:
    """Return `visitor`, who has begun a draft."""
    the_exercise(visitor).follows("Draft new text").writes(en=en, zh=zh).chooses(place="end")
    return visitor.presses("Save as my private draft")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_cannot_be_undone_is_asked_once_on_the_page(visit: Visit, *, scripts: bool) -> None:
    how = "with" if scripts else "without"
    drafter = begun(visit("us.drafter", scripts=scripts), f"Asked {how} scripts.", "提出前再问一次。")
    table = drafter.button("Table this text")
    expect(table).to_be_hidden()

    drafter.unfolds("%(act)s…", act=drafter.says("Table this text"))

    question = "Once tabled, the other side has read it, and it stays on record. Table exactly the text above?"
    expect(drafter.page.get_by_text(drafter.says(question))).to_be_visible()
    with drafter.page.expect_navigation():
        table.click()
    said = drafter.page.locator(".flashes")
    expect(said).to_contain_text(drafter.says("Tabled. The other side sees it now."))
    expect(said.get_by_role("link", name=drafter.says("Write another paragraph"))).to_be_visible()


def test_what_was_done_leads_to_what_waits_next_and_to_its_undoing(visit: Visit) -> None:
    drafter = visit("us.drafter")
    drafter.opens("/")
    with drafter.page.expect_navigation():
        drafter.page.locator(".task a[href^='/paragraphs/']").first.click()
    here = drafter.path
    drafter.unfolds("Reserve…").writes(reason="Not read yet.").presses("Reserve")

    said = drafter.page.locator(".flashes")
    expect(said).to_contain_text(drafter.says("Your delegation's position is recorded, on exactly this text."))
    assert drafter.path == here
    said.get_by_role("link", name=drafter.says("Withdraw it again")).click()
    expect(drafter.page.locator("#withdrawal-reason")).to_be_visible()
    drafter.writes(reason="Read.").presses("Withdraw our position")
    expect(drafter.page.locator(".flashes")).not_to_contain_text(drafter.says("Withdraw it again"))
    with drafter.page.expect_navigation():
        drafter.page.locator(".flashes a").first.click()
    assert drafter.path != here


def test_a_button_that_takes_long_says_that_it_works_and_is_sent_once(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter).follows("Draft new text").writes(en="Sent once.").chooses(place="end")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    drafter.page.route("**/drafts", hold)
    save = drafter.button("Save as my private draft")
    save.evaluate(PRESSED_TWICE)

    save.click(no_wait_after=True)
    drafter.page.wait_for_timeout(2_000)  # the second press comes after 600 ms
    assert len(held) == 1
    with drafter.page.expect_navigation():
        held[0].continue_()

    expect(drafter.page.locator("h1")).to_contain_text(drafter.saying("Draft: %(name)s"))
    assert drafter.page.evaluate("() => sessionStorage.getItem('busy')") == "true"


def test_a_file_that_is_made_says_how_long_it_takes_and_when_it_has_come(visit: Visit) -> None:
    drafter = visit("us.drafter")
    the_exercise(drafter)
    drafter.opens(f"{drafter.path}/documents")
    with drafter.page.expect_download() as coming:
        drafter.button("Make and download").click()

    expect(drafter.page.locator("[data-making]")).to_contain_text(
        drafter.saying("Made in {seconds} s. It is among your downloads.")
    )
    assert coming.value.suggested_filename.endswith(".docx")
    expect(drafter.button("Make and download")).not_to_have_attribute("aria-busy", "true")


def test_the_list_has_what_was_just_made_and_choices_that_do_not_go_with_a_document_are_not_shown(visit: Visit) -> None:
    adviser = visit("us.adviser")
    the_exercise(adviser)
    adviser.opens(f"{adviser.path}/documents")
    page, made = adviser.page, adviser.page.locator("#made")
    rows = made.locator("tbody tr").count()

    def label(words: str) -> Locator:
        return page.get_by_label(adviser.says(words), exact=True)

    def shown() -> list[str]:
        return [
            name
            for name in ("layout", "house", "since", "attributed", "own")
            if page.locator(f"[name={name}]").first.is_visible()
        ]

    assert shown() == ["layout", "house"]
    label("Redline, as tracked changes").check()
    assert shown() == ["layout", "house", "since"]
    label("Record of positions").check()
    label("plain text").check()
    assert shown() == ["own"]
    label("Certificate page, with the content hash").check()
    label("fields of the content hash (JSON)").check()
    label("The text, agreed or as it stands").check()
    expect(label("Word document")).to_be_checked()
    expect(label("fields of the content hash (JSON)")).to_be_hidden()
    expect(adviser.button("Make and download")).to_be_in_viewport()
    with page.expect_download():
        adviser.button("Make and download").click()

    expect(made.locator("tbody tr")).to_have_count(rows + 1)
    expect(made).not_to_contain_text(adviser.says("Nothing has been made yet."))
    adviser.presses("Preview")
    expect(page.locator("#preview")).to_be_focused()
    expect(page.locator("#preview")).to_be_in_viewport()


def test_what_is_asked_and_said_fits_the_window(visit: Visit) -> None:
    drafter = begun(visit("us.drafter"), "To be put away.", "待搁置。").unfolds_everything()

    assert drafter.sticks_out() == []

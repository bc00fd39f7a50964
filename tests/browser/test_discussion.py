"""Quoting in a real browser: words are selected in the text, and stand in the form."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.test_main_job import the_exercise
from tests.browser.visitors import Visitor

pytestmark = pytest.mark.browser

#: Selects the last of these words in the first text of this language that words can be quoted from.
SELECT = """
([language, words]) => {
  const text = document.querySelector(`#internal [data-quotable=${language}]`).firstChild;
  const start = text.data.lastIndexOf(words);
  document.getSelection().setBaseAndExtent(text, start, text, start + words.length);
}
"""


def at_the_preamble(visitor: Visitor) -> Visitor:
    """Return `visitor`, at the first paragraph of the exercise, with the form for a quotation open."""
    the_exercise(visitor)
    with visitor.page.expect_navigation():
        visitor.page.locator("main a[href^='/paragraphs/']").first.click()
    visitor.page.locator("#internal summary", has_text=visitor.says("About certain words, or an amendment…")).click()
    return visitor


@pytest.mark.parametrize(
    ("language", "words", "which"),
    [("en", "this exercise", ""), ("en", "and", "3"), ("zh", "本次演练", ""), ("zh", "两", "2")],
)
def test_words_selected_in_a_text_are_quoted(visit: Visit, language: str, words: str, which: str) -> None:
    adviser = at_the_preamble(visit("us.adviser"))
    form = adviser.page.locator("#internal form").last
    expect(form.get_by_role("button", name=adviser.says("Quote the words selected above"))).to_be_hidden()

    adviser.page.evaluate(SELECT, [language, words])
    form.get_by_role("button", name=adviser.says("Quote the words selected above")).click()

    expect(form.locator("[name=quoted]")).to_have_value(words)
    expect(form.locator("[name=language]")).to_have_value(language)
    expect(form.locator("[name=which]")).to_have_value(which)
    form.locator("[name=comment]").fill(f"Of these words: {words}.")
    with adviser.page.expect_navigation():
        form.get_by_role("button", name=adviser.says("Note for our delegation")).click()
    quoted = adviser.page.locator("#internal blockquote", has_text=words).last
    expect(quoted).to_be_visible()


def test_without_a_script_the_words_are_typed(visit: Visit) -> None:
    adviser = at_the_preamble(visit("us.adviser", scripts=False))
    form = adviser.page.locator("#internal form").last
    words = form.locator("[data-quotable=zh]").inner_text()[:6]
    expect(form.get_by_role("button", name=adviser.says("Quote the words selected above"))).to_be_hidden()

    form.locator("[name=quoted]").fill(words)
    form.locator("[name=language]").select_option("zh")
    form.locator("[name=comment]").fill("Typed.")
    with adviser.page.expect_navigation():
        form.get_by_role("button", name=adviser.says("Note for our delegation")).click()

    expect(adviser.page.locator("#internal blockquote", has_text=words).last).to_be_visible()

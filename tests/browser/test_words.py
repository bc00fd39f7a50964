"""What a test names in English is something that pages say, and is found in either language."""

import pytest

from tests.browser.words import pattern, said

pytestmark = pytest.mark.usefixtures("_catalogues")


def test_a_word_is_found_in_the_language_of_the_page() -> None:
    assert said("en", "Wording %(number)s", number=2) == "Wording 2"
    assert said("zh_Hans", "Wording %(number)s", number=2) == "第2版案文"
    assert said("en", "%(num)s double space", num=1) == "1 double space"
    assert said("en", "%(num)s double space", num=2) == "2 double spaces"
    assert said("zh_Hans", "%(num)s double space", num=2) == "连续空格2处"


@pytest.mark.parametrize("locale", ["en", "zh_Hans"])
def test_what_no_page_says_is_looked_for_in_vain(locale: str) -> None:
    with pytest.raises(LookupError, match="no page says “A sentence of nobody’s”"):
        said(locale, "A sentence of nobody’s")
    with pytest.raises(LookupError, match="number"):
        said(locale, "Wording %(number)s")


def test_where_a_value_is_not_known_anything_may_stand() -> None:
    found = pattern("zh_Hans", "%(name)s has this draft open since %(time)s UTC.", name="U.S. head")

    assert found.fullmatch("U.S. head自协调世界时9:41起正在编辑本草稿。")
    assert not found.search("U.S. drafter自协调世界时9:41起正在编辑本草稿。")
    assert pattern("en", "What you typed at {time} was not saved.").fullmatch("What you typed at 9:41 was not saved.")

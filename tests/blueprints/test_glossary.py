"""The glossary: open to everybody, in both languages at once, explained in the reader's own."""

import pytest

from tests.web import SignIn


@pytest.mark.parametrize(
    ("locale", "title", "meaning"),
    [
        ("en", "Glossary", "Agreed, subject to the head’s confirmation."),
        ("zh_Hans", "词汇表", "已同意，但须经团长确认。"),
    ],
)
def test_everybody_reads_what_the_words_mean(sign_in: SignIn, locale: str, title: str, meaning: str) -> None:
    stranger = sign_in(None, locale=locale).opens("/glossary")

    [word] = stranger.page.xpath("//*[@id='ad-referendum']")
    assert stranger.title == title
    assert " ".join(word.text_content().split()) == f"ad referendum 待核准 {meaning}"
    assert [one.get("lang") for one in word.xpath(".//dt/*")] == ["en", "zh-Hans"]


def test_the_foot_of_every_page_leads_there(sign_in: SignIn) -> None:
    assert sign_in(None).opens("/sign-in").follows("Glossary").title == "Glossary"

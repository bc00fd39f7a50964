"""Openings: what a session gave becomes a field, in both languages, and is filled in from the next one."""

from datetime import date

import pytest

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.openings import Occasion, dates, fields_in, filled, ordinal, values, with_fields

HOSTS = (
    Bilingual("National Committee on U.S.-China Relations", "美中关系全国委员会"),
    Bilingual("Guanchao Cyber Forum", "观潮网络空间论坛"),
)
FIRST = Occasion(
    ordinal=1,
    days=(date(2019, 3, 11), date(2019, 3, 12)),
    places=(Bilingual("Washington, D.C.", "华盛顿哥伦比亚特区"),),
    hosts=HOSTS,
)
OPENING = Bilingual(
    "The National Committee on U.S.-China Relations and the Guanchao Cyber Forum convened their first dialogue"
    " on March 11 and 12, 2019 in Washington, D.C.",
    "2019年3月11日至12日，美中关系全国委员会与观潮网络空间论坛在华盛顿哥伦比亚特区举行首次对话。",
)


def test_what_the_session_gave_becomes_fields() -> None:
    found = with_fields(OPENING, FIRST)

    assert found.zh == "{dates}，{hosts}在{place}举行{ordinal}次对话。"
    assert "{ordinal} dialogue on {dates} in {place}" in found.en
    assert fields_in(found) == ("ordinal", "dates", "place", "hosts")


def test_a_text_that_says_nothing_of_its_session_has_no_fields() -> None:
    plain = Bilingual("Both sides met.", "双方会晤。")

    assert with_fields(plain, Occasion(ordinal=2, days=None, places=(), hosts=())) == plain
    assert fields_in(plain) == ()


def test_fields_are_filled_in_and_what_nobody_gave_stays() -> None:
    text = Bilingual("The {ordinal} on {dates} by {whom}.", "{ordinal}次，{dates}。")
    given = {"ordinal": Bilingual("third", "第三"), "dates": Bilingual("", "")}

    assert filled(text, given) == Bilingual("The third on {dates} by {whom}.", "第三次，{dates}。")


def test_what_the_new_session_gives_is_said_in_both_languages() -> None:
    given = values(
        Occasion(
            ordinal=12,
            days=(date(2027, 2, 28), date(2027, 3, 2)),
            places=(Bilingual("A", "甲"), Bilingual("B", "乙"), Bilingual("C", "丙")),
            hosts=HOSTS[:1],
        )
    )

    assert given["ordinal"] == Bilingual("twelfth", "第十二")
    assert given["dates"] == Bilingual("February 28 to March 2, 2027", "2027年2月28日至3月2日")
    assert given["place"] == Bilingual("A, B, and C", "甲、乙与丙")
    assert given["hosts"] == HOSTS[0]
    assert values(Occasion(ordinal=1, days=None, places=(), hosts=()))["dates"] == Bilingual("", "")


@pytest.mark.parametrize(
    ("first", "last", "en", "zh"),
    [
        (date(2019, 12, 9), date(2019, 12, 10), "December 9 and 10, 2019", "2019年12月9日至10日"),
        (date(2019, 12, 9), date(2019, 12, 9), "December 9, 2019", "2019年12月9日"),
        (date(2019, 12, 9), date(2019, 12, 12), "December 9 to 12, 2019", "2019年12月9日至12日"),
        (date(2019, 12, 31), date(2020, 1, 2), "December 31, 2019 to January 2, 2020", "2019年12月31日至2020年1月2日"),
    ],
)
def test_days_read_as_an_agreement_says_them(first: date, last: date, en: str, zh: str) -> None:
    assert (dates(first, last, Language.EN), dates(first, last, Language.ZH)) == (en, zh)


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (1, "first", "第一"),
        (10, "tenth", "第十"),
        (20, "twentieth", "第二十"),
        (21, "21st", "第二十一"),
        (22, "22nd", "第二十二"),
        (33, "33rd", "第三十三"),
        (40, "40th", "第四十"),
        (112, "112th", "第112"),
    ],
)
def test_ordinals_are_words_while_words_are_usual(number: int, en: str, zh: str) -> None:
    assert (ordinal(number, Language.EN), ordinal(number, Language.ZH)) == (en, zh)

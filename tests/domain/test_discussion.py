"""Quotations are kept as they were made; whether their words stand is arithmetic, as is who is named."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.wordings import BILINGUALS
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.discussion import (
    Bearing,
    Quotation,
    TaskAct,
    ThreadAct,
    bearing,
    check_task,
    check_thread,
    named,
    places,
    quote,
    requoted,
    task_is_open,
)
from workflow.domain.negotiation import OutOfOrder, Refusal

TWICE = Bilingual("Both sides, and both offices, meet.", "双方每年会晤，双方每月会晤。")
SHORT = st.text("ab双方", max_size=12)


@given(SHORT, SHORT)
def test_a_place_is_where_the_words_stand_and_none_is_missed(text: str, words: str) -> None:
    found = places(text, words)

    assert all(text.startswith(words, at) for at in found)
    assert len(found) == (sum(text.startswith(words, at) for at in range(len(text))) if words else 0)
    assert list(found) == sorted(found)


@given(st.data(), BILINGUALS)
def test_words_taken_from_a_text_are_quoted_and_stand_in_it(data: st.DataObject, text: Bilingual) -> None:
    language = data.draw(st.sampled_from(Language))
    start = data.draw(st.integers(0, max(len(text[language]) - 1, 0)))
    words = text[language][start : data.draw(st.integers(start + 1, start + 9))]
    if not words:
        return
    which = places(text[language], words).index(start) + 1

    made = quote(text, words, language=language, which=which)

    assert (made.start, made.words, made.language) == (start, words, language)
    assert text[language][made.start : made.end] == words
    assert bearing(made, text, same_text=True) is Bearing.STANDS
    assert bearing(made, None, same_text=True) is Bearing.GONE
    again = requoted(made, text)
    assert again is not None
    assert quote(text, again[0], language=language, which=again[1]) == made


@given(BILINGUALS, BILINGUALS, st.sampled_from(Language))
def test_how_words_bear_on_another_text_is_how_often_they_stand_in_it(
    text: Bilingual, other: Bilingual, language: Language
) -> None:
    words = text[language][:3]
    if not words:
        return
    made = Quotation(language=language, start=0, words=words)
    count = len(places(other[language], words))

    expected = {0: Bearing.GONE, 1: Bearing.STANDS}.get(count, Bearing.SEVERAL)
    assert bearing(made, other, same_text=False) is expected


def test_words_that_stand_twice_need_to_be_told_apart_and_once_quoted_stay_apart() -> None:
    with pytest.raises(OutOfOrder) as refused:
        quote(TWICE, "双方", language=Language.ZH, which=None)
    assert refused.value.refusals == (Refusal.WORDS_OCCUR_SEVERAL_TIMES,)

    second = quote(TWICE, "双方", language=Language.ZH, which=2)

    assert second.start == 7
    assert bearing(second, TWICE, same_text=True) is Bearing.STANDS
    assert bearing(second, TWICE, same_text=False) is Bearing.SEVERAL
    assert requoted(second, TWICE) == ("双方", 2)
    assert requoted(second, Bilingual("", "双方会晤。")) is None


@pytest.mark.parametrize(
    ("words", "which"), [("neither", None), ("", None), ("", 1), ("meet", 2), ("meet", 0), ("both sides", None)]
)
def test_what_does_not_stand_there_to_the_letter_is_not_quoted(words: str, which: int | None) -> None:
    with pytest.raises(OutOfOrder) as refused:
        quote(TWICE, words, language=Language.EN, which=which)
    assert refused.value.refusals == (Refusal.WORDS_NOT_IN_TEXT,)


def test_in_a_text_that_says_nothing_no_words_stand() -> None:
    made = quote(TWICE, "meet", language=Language.EN, which=1)

    assert requoted(quote(TWICE, "meet", language=Language.EN, which=None), TWICE) == ("meet", None)
    assert bearing(made, NOTHING, same_text=False) is Bearing.GONE
    assert bearing(made, NOTHING, same_text=True) is Bearing.GONE


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@U.S. head, please.", ["U.S. head"]),
        ("Please, @u.s. HEAD and @US", ["U.S. head", "US"]),
        ("请@美方译员看一下，@U.S. head，谢谢", ["美方译员", "U.S. head"]),
        ("@U.S. header", ["U.S."]),
        ("@USA, me@US, a.@US, @US_2", []),
        ("@US @US", ["US"]),
        ("U.S. head", []),
        ("@", []),
    ],
)
def test_who_is_named_is_called_with_an_at(text: str, who: list[str]) -> None:
    assert list(named(text, ["US", "U.S.", "U.S. head", "美方译员", ""])) == who


def test_where_nobody_can_be_named_nobody_is() -> None:
    assert named("@US", []) == ()
    assert named("@US", [""]) == ()


@pytest.mark.parametrize(("act", "is_resolved"), [*product(ThreadAct, (True, False))])
def test_a_thread_is_resolved_once_and_reopened_once(act: ThreadAct, *, is_resolved: bool) -> None:
    if (act is ThreadAct.RESOLVED) is not is_resolved:
        check_thread(act, is_resolved=is_resolved)
        return
    with pytest.raises(OutOfOrder) as refused:
        check_thread(act, is_resolved=is_resolved)
    assert refused.value.refusals == ((Refusal.THREAD_IS_RESOLVED if is_resolved else Refusal.THREAD_IS_OPEN),)


@pytest.mark.parametrize(("act", "last"), [*product(TaskAct, (None, *TaskAct))])
def test_a_task_is_closed_while_it_is_open_and_reopened_while_it_is_not(act: TaskAct, last: TaskAct | None) -> None:
    is_open = last in {None, TaskAct.REOPENED}
    assert task_is_open(last) is is_open
    if is_open is (act is not TaskAct.REOPENED):
        check_task(act, last=last)
        return
    with pytest.raises(OutOfOrder) as refused:
        check_task(act, last=last)
    assert refused.value.refusals == ((Refusal.TASK_IS_OPEN if is_open else Refusal.TASK_IS_CLOSED),)

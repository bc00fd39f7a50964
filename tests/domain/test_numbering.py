"""Working numbers last as long as a Rev.; labels print."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.bilingual import Language
from workflow.domain.numbering import (
    ADVERBS,
    Renumbering,
    are_in_order,
    carries_number,
    old_to_new,
    printed_label,
    renumbered,
    working_numbers,
)
from workflow.domain.text import LabelStyle, ParagraphKind

ISSUED = {"a": "1", "b": "2", "c": "3"}


def numbers(order: Sequence[str], issued: dict[str, str] = ISSUED) -> list[str]:
    return list(working_numbers(order, issued).values())


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        pytest.param("abc", ["1", "2", "3"], id="what is issued keeps its number"),
        pytest.param("axbc", ["1", "1 bis", "2", "3"], id="an insertion takes the number before it"),
        pytest.param("axyzbc", ["1", "1 bis", "1 ter", "1 quater", "2", "3"], id="one after the other"),
        pytest.param("abcx", ["1", "2", "3", "3 bis"], id="at the end too"),
        pytest.param("xyabc", ["0", "0 bis", "1", "2", "3"], id="before the first: 0, 0 bis"),
        pytest.param("cxab", ["3", "3 bis", "1", "2"], id="a paragraph that moved takes its number along"),
        pytest.param("xc", ["0", "3"], id="what is gone leaves a gap"),
    ],
)
def test_while_a_rev_lasts(order: str, expected: list[str]) -> None:
    assert numbers(order) == expected


def test_before_the_first_rev_all_run() -> None:
    assert numbers("abc", {}) == ["1", "2", "3"]


def test_a_number_that_was_cited_is_given_to_nothing_else() -> None:
    cited = ISSUED | {"x": "1 bis", "gone": "1 ter"}

    assert numbers("ayxbc", cited) == ["1", "1 quater", "1 bis", "2", "3"]


def test_an_insertion_after_an_insertion_counts_from_the_number_both_stand_under() -> None:
    assert numbers("axybc", ISSUED | {"x": "1 bis"}) == ["1", "1 bis", "1 ter", "2", "3"]


def test_beyond_the_adverbs_insertions_are_counted() -> None:
    found = numbers("a" + "".join(chr(0x4E00 + number) for number in range(len(ADVERBS) + 2)))

    assert found[len(ADVERBS)] == "1 vicies"
    assert found[len(ADVERBS) + 1 :] == ["1 (21)", "1 (22)"]


@pytest.mark.parametrize("read", ["", "3", "0, 0 bis, 1, 4, 4 bis, 4 ter, 5, 10", "1 vicies, 1 (21), 1 (22), 2"])
def test_numbers_that_rise_are_in_order(read: str) -> None:
    assert are_in_order(filter(None, read.split(", ")))


@pytest.mark.parametrize("read", ["4, 7, 5, 6", "4, 4 ter, 4 bis", "4 bis, 4", "1 (21), 1 vicies"])
def test_numbers_of_what_has_moved_are_not(read: str) -> None:
    assert not are_in_order(read.split(", "))


@given(st.lists(st.integers(0, 60), unique=True), st.lists(st.integers(0, 60), unique=True))
def test_no_two_paragraphs_share_a_number_and_what_was_issued_stands(order: list[int], earlier: list[int]) -> None:
    issued = renumbered(earlier)

    found = working_numbers(order, issued)

    assert list(found) == order
    assert len(set(found.values())) == len(order)
    assert all(found[key] == issued[key] for key in order if key in issued)
    assert all(found[key] not in issued.values() for key in order if issued and key not in issued)
    assert working_numbers(order, issued | found) == found


def test_the_next_rev_numbers_all_afresh() -> None:
    assert renumbered("xacb") == {"x": "1", "a": "2", "c": "3", "b": "4"}


def test_the_table_of_old_and_new_lists_what_came_and_what_went() -> None:
    old = working_numbers("axbc", ISSUED)

    assert old_to_new(old, renumbered("axcn")) == (
        Renumbering("a", "1", "1"),
        Renumbering("x", "1 bis", "2"),
        Renumbering("c", "3", "3"),
        Renumbering("n", None, "4"),
        Renumbering("b", "2", None),
    )


@pytest.mark.parametrize("kind", ParagraphKind)
def test_titles_and_headings_carry_no_number(kind: ParagraphKind) -> None:
    assert carries_number(kind) is (kind not in {ParagraphKind.TITLE, ParagraphKind.HEADING})


@pytest.mark.parametrize(
    ("style", "english", "chinese"),
    [
        (LabelStyle.NONE, "", ""),
        (LabelStyle.BULLET, "•", "•"),
        (LabelStyle.PARENTHESISED, "(3)", "（3）"),
        (LabelStyle.DECIMAL, "3.", "3."),
    ],
)
def test_a_label_prints(style: LabelStyle, english: str, chinese: str) -> None:
    assert printed_label(style, 3) == printed_label(style, 3, Language.EN) == english
    assert printed_label(style, 3, Language.ZH) == chinese

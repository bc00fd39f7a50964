"""Merging: a person chooses place by place, and no word is lost whatever is chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.merging import Fork, Same, Whose, forks, merge, resolved
from workflow.segmenter import words_for

WORDS = words_for()
BASE = "Each government should name one office that answers within thirty days."
MINE = "Each of the two governments should name one office that answers within ninety days."
THEIRS = "Each government should name a single office that answers within sixty days."

texts = st.lists(
    st.sampled_from(["data ", "rules, ", "both ", "sides. ", "数据", "规则，", "双方", "。", "\n", " ", "U.S. "]),
    max_size=12,
).map("".join)


@given(base=texts, mine=texts, theirs=texts)
def test_all_mine_is_mine_and_all_theirs_is_theirs(base: str, mine: str, theirs: str) -> None:
    pieces = merge(base, mine, theirs, WORDS)
    count = len(forks(pieces))

    assert resolved(pieces, [Whose.MINE] * count) == mine
    assert resolved(pieces, [Whose.THEIRS] * count) == theirs


@given(base=texts, mine=texts, theirs=texts, seed=st.randoms(use_true_random=False))
def test_what_nobody_changed_stands_whatever_is_chosen(base: str, mine: str, theirs: str, seed: object) -> None:
    pieces = merge(base, mine, theirs, WORDS)
    choices = [seed.choice(list(Whose)) for _ in forks(pieces)]  # type: ignore[attr-defined]  # Hypothesis' own
    merged = resolved(pieces, choices)

    at = 0
    for piece in pieces:
        if isinstance(piece, Same):
            at = merged.index(piece.text, at) + len(piece.text)
    assert at <= len(merged)


@given(base=texts, mine=texts)
def test_where_one_alone_wrote_there_is_no_place_that_both_changed(base: str, mine: str) -> None:
    assert {one.changed_by for one in forks(merge(base, mine, base, WORDS))} <= {Whose.MINE}
    assert {one.changed_by for one in forks(merge(base, base, mine, WORDS))} <= {Whose.THEIRS}


def test_where_both_wrote_the_same_there_is_nothing_to_choose() -> None:
    pieces = merge(BASE, MINE, MINE, WORDS)

    assert forks(pieces) == ()
    assert resolved(pieces, []) == MINE


def test_both_keep_what_each_alone_changed_and_choose_where_they_differ() -> None:
    pieces = merge(BASE, MINE, THEIRS, WORDS)

    assert [(one.mine, one.theirs, one.changed_by) for one in forks(pieces)] == [
        ("of the two governments", "government", Whose.MINE),
        ("one", "a single", Whose.THEIRS),
        ("ninety", "sixty", None),
    ]
    merged = resolved(pieces, [Whose.MINE, Whose.THEIRS, Whose.MINE])
    assert merged == "Each of the two governments should name a single office that answers within ninety days."


def test_a_choice_is_needed_for_each_place() -> None:
    with pytest.raises(ValueError, match="shorter"):
        resolved(merge(BASE, MINE, THEIRS, WORDS), [Whose.MINE])


def test_where_the_base_is_not_known_the_whole_text_is_one_choice() -> None:
    assert merge("", "案文一", "案文二", WORDS) == (Fork(base="", mine="案文一", theirs="案文二"),)
    assert merge("", "", "", WORDS) == ()
    assert merge("gone", "", "", WORDS) == ()

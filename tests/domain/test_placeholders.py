"""Where in a text the placeholders stand (16, 28)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.wordings import WORDINGS
from workflow.domain.brackets import placeholders
from workflow.domain.placeholders import pieces

TYPED = st.one_of(WORDINGS, st.text("ab[]［］ ", max_size=20))


@given(TYPED)
def test_the_pieces_joined_are_the_text_again(text: str) -> None:
    assert "".join(one.text for one in pieces(text)) == text
    assert all(one.text for one in pieces(text))


@given(TYPED)
def test_what_is_marked_is_what_the_rules_call_a_placeholder(text: str) -> None:
    assert sorted(one.text for one in pieces(text) if one.is_placeholder) == sorted(placeholders(text))


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("before [date] and [place]", ["[date]", "[place]"]),
        ("［日期］前", ["［日期］"]),
        ("[one [within] another]", ["[one [within] another]"]),
        ("never closed [", ["["]),
        ("never opened ]", ["]"]),
        ("nothing to fill in", []),
    ],
)
def test_what_people_typed_in_brackets_is_marked(text: str, marked: list[str]) -> None:
    assert [one.text for one in pieces(text) if one.is_placeholder] == marked

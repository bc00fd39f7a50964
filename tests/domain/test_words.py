"""Text cut short: never longer than asked for by more than the dots, and ended as its script ends it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.wordings import WORDINGS
from workflow.domain.words import beginning, has_han


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Short.", "Short."),
        ("The two harbour offices", "The two…"),
        ("Unpronounceable", "Unpronounc…"),
        ("两港务局可考虑互派教员，并交换海图", "两港务局可考虑互派教……"),
        ("两港务局可考虑互派教", "两港务局可考虑互派教"),
        ("5G网络 and what it needs", "5G网络 and w……"),
    ],
)
def test_a_text_is_cut_as_its_script_does_it(text: str, cut: str) -> None:
    assert beginning(text, 10) == cut


@given(WORDINGS, st.integers(min_value=1, max_value=60))
def test_what_is_cut_short_is_a_beginning_and_says_so(text: str, most: int) -> None:
    cut = beginning(text, most)

    if len(text) <= most:
        assert cut == text
    else:
        kept = cut.removesuffix("…").removesuffix("…" if has_han(text[:most]) else "")
        assert cut.endswith("…")
        assert len(kept) <= most
        assert text.startswith(kept)

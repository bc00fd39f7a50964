"""What stands in a text and is not seen is shown where it stands, and counted; not a character of the text changes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.wordings import WORDS
from workflow.domain.redline import Kind, Span, spans
from workflow.domain.unseen import Unseen, found, shown

#: Much of what can be typed and not be seen, among what can.
TYPED = st.text(alphabet="ab 中文\n\t\u00a0\u202f\u3000\u2009\u200b\u00ad.", max_size=40)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("Both sides.", {}, id="nothing"),
        pytest.param(" Both\nsides. ", {Unseen.EDGE_SPACE: 2}, id="at the edges of the text"),
        pytest.param("Both \n sides.", {Unseen.EDGE_SPACE: 2}, id="at the edges of a line"),
        pytest.param("Both  sides   meet.", {Unseen.DOUBLE_SPACE: 2}, id="more than one"),
        pytest.param("Both\tsides.", {Unseen.TAB: 1}, id="a tab"),
        pytest.param("10\u00a0% and 5\u202f%", {Unseen.NO_BREAK_SPACE: 2}, id="no-break, and narrow"),
        pytest.param("双方\u3000同意", {Unseen.WIDE_SPACE: 1}, id="as wide as a character"),
        pytest.param("Both\u2009sides", {Unseen.OTHER_SPACE: 1}, id="thin"),
        pytest.param("Both\u200bsides\ufeff", {Unseen.ZERO_WIDTH: 2}, id="no width"),
        pytest.param("co\u00adoperate", {Unseen.SOFT_HYPHEN: 1}, id="a soft hyphen"),
    ],
)
def test_each_kind_is_told_and_counted(text: str, kinds: dict[Unseen, int]) -> None:
    assert found(text) == kinds


@settings(deadline=None)  # the first reads a dictionary
@given(TYPED, TYPED)
def test_the_redline_says_what_it_said_and_counts_what_comes(old: str, new: str) -> None:
    line = spans(old, new, WORDS)

    told = shown(line)

    assert [(one.kind, "".join(piece.text for piece in one.pieces)) for one in told] == [
        (span.kind, span.text) for span in line
    ]
    assert all(piece.text for one in told for piece in one.pieces)
    marked = "".join(p.text for one in told if one.kind is not Kind.DELETED for p in one.pieces if p.unseen)
    assert len(marked) == sum(character in " \t\u00a0\u202f\u3000\u2009\u200b\u00ad" for character in new) - sum(
        1 for at, one in enumerate(new) if one == " " and _is_plain(new, at)
    )


def _is_plain(text: str, at: int) -> bool:
    """Whether the space at `at` stands alone between two characters of a line."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before not in {"", "\n", " "} and after not in {"", "\n", " "}


def test_a_row_of_spaces_cut_by_a_change_is_still_one_row() -> None:
    line = (Span(Kind.EQUAL, "Both "), Span(Kind.DELETED, "  "), Span(Kind.INSERTED, " sides"))

    told = shown(line)

    assert [[piece.unseen for piece in one.pieces] for one in told] == [
        [None, Unseen.DOUBLE_SPACE],
        [None],
        [Unseen.DOUBLE_SPACE, None],
    ]

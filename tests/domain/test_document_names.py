"""Patterns for covers and file names: which fields they may name."""

import pytest

from workflow.domain.document_names import COVER_FIELDS, FILE_NAME_FIELDS, unknown_fields


@pytest.mark.parametrize(
    ("pattern", "unknown"),
    [
        ("", ()),
        ("{dialogue}, {dates}", ()),
        ("{place} of {dialogue} and {x}", ("place", "x")),
        ("{dialogue!r}", ("dialogue",)),
        ("{dialogue:>9}", ("dialogue",)),
        ("{}", ("",)),
        ("a { brace", ("{",)),
        ("}", ("{",)),
    ],
)
def test_a_pattern_names_only_fields_that_are_known(pattern: str, unknown: tuple[str, ...]) -> None:
    assert unknown_fields(pattern, COVER_FIELDS) == unknown


def test_every_field_of_the_usual_name_is_known() -> None:
    assert unknown_fields("{agreement}-{document}-{layout}-{edition}-{house}-{paper}", FILE_NAME_FIELDS) == ()

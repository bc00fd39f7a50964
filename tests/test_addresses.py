"""A redirect leads to a page of this site and nowhere else."""

import pytest

from workflow.addresses import own_path, path_of


@pytest.mark.parametrize("path", ["/", "/paragraphs/1", "/agreements?show=zh&part=2", "/文"])
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "agreements",
        "//example.org",
        "///example.org",
        "////example.org",
        "https://example.org",
        "https:example.org",
        "javascript:alert(1)",
        "/\\example.org",
        "\\\\example.org",
        "/\texample.org",
        "/\n/example.org",
        " /example.org",
        "/\x00",
        "\u00a0//example.org",
    ],
)
def test_nothing_else_is(address: str | None) -> None:
    assert own_path(address) is None


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost/agreements?show=zh", "/agreements?show=zh"),
        ("http://localhost/a#b", "/a"),
        ("http://example.org/agreements", None),
        ("http://localhost:99/agreements", None),
        ("http://localhost@example.org/", None),
        ("http://localhost//example.org", None),
        ("http://[", None),
        ("about:blank", None),
        (None, None),
    ],
)
def test_the_page_a_form_was_sent_from_is_known_only_if_it_is_ours(address: str | None, path: str | None) -> None:
    assert path_of(address, host="localhost") == path

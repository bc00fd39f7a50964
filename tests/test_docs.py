"""What is written for people leads where it says, and leaves out no command."""

import re
from pathlib import Path
from typing import Final

import pytest

from workflow.cli import _parser
from workflow.services.demonstration import CAST, PASSWORD

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
LARGEST_PICTURE: Final = 150_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [*re.findall(r"\]\(([^)#\s]+)", text), *re.findall(r'src="([^"]+)"', text)]

    assert [one for one in targets if "://" not in one and not (page.parent / one).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}

    assert {name for name in pages if f"]({name})" not in index} == set()


def test_every_picture_is_shown_and_fit_for_a_repository() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = sorted((ROOT / "docs" / "pictures").iterdir())

    assert len(pictures) >= 4
    for picture in pictures:
        assert f"docs/pictures/{picture.name}" in readme
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert picture.stat().st_size <= LARGEST_PICTURE


def test_every_command_is_documented() -> None:
    reference = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    [commands] = [action.choices for action in _parser()._subparsers._group_actions if action.choices]  # type: ignore[union-attr]  # there are some

    assert {name for name in commands if f"### `workflow {name}" not in reference} == set()


def test_the_readme_names_every_sign_in_of_the_demonstration() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert f"`{PASSWORD}`" in readme
    assert [one.email for one in CAST if f"`{one.email}`" not in readme] == []

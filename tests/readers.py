"""Readers of Word documents that are not ours, each of which settles tracked changes in its own way.

What they are given comes from our writers alone; docx-editor runs in a process of its own,
because it leaves files open.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import pytest

VALIDATOR: Final = Path(sys.prefix) / "node" / "node_modules" / ".bin" / "ooxml-validator"

#: Where text stands in what pandoc tells; a note is no part of the line that it hangs on.
_LINES: Final = frozenset({"Plain", "Para", "Header"})
_WORDS: Final = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}

_EDITOR: Final = """
import json, sys, tempfile
from docx_editor import Document
found = []
for path in sys.argv[2:]:
    with tempfile.TemporaryDirectory() as folder:
        document = Document.open(path, workspace_dir=folder)
        {"accept": document.accept_all, "reject": document.reject_all}.get(sys.argv[1], lambda: None)()
        found.append(document.get_visible_text())
        document.close()
print(json.dumps(found))
"""


class Settled(StrEnum):
    """What becomes of tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"


def by_docx_editor(paths: Sequence[Path], settled: Settled) -> list[list[str]]:
    """Return the lines of each document of `paths` that say anything, as docx-editor reads them."""
    command = [sys.executable, "-W", "ignore", "-c", _EDITOR, settled, *map(str, paths)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout
    return [[line for line in text.split("\n") if line.strip()] for text in json.loads(told)]


def by_pandoc(path: Path, settled: Settled) -> list[str]:
    """Return the lines of the document at `path` that say anything, as pandoc reads them, all white space `plain`."""
    pandoc = shutil.which("pandoc")
    if pandoc is None:
        pytest.skip("pandoc is not installed")
    command = [pandoc, "--from=docx", "--to=json", f"--track-changes={settled}", str(path)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
    return [line for line in map(plain, _lines(told["blocks"])) if line]


def plain(line: str) -> str:
    """Return `line` with every stretch of spaces, tabs and line feeds as one space, and none at its ends."""
    return re.sub(r"[ \t\n]+", " ", line).strip(" ")


def _lines(node: Any) -> Iterator[str]:
    """Yield the text of each paragraph in `node`, part of what pandoc tells, in order."""
    if isinstance(node, dict) and node.get("t") in _LINES:
        content = node["c"][-1] if node["t"] == "Header" else node["c"]
        yield "".join(_words(content))
    else:
        for one in _parts(node):
            yield from _lines(one)


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, dict) and node.get("t") == "Str":
        yield node["c"]
    elif isinstance(node, dict) and node.get("t") in _WORDS:
        yield _WORDS[node["t"]]
    elif not (isinstance(node, dict) and node.get("t") == "Note"):
        for one in _parts(node):
            yield from _words(one)


def _parts(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        return (node.get("c"),)
    return node if isinstance(node, list) else ()


def invalid(path: Path) -> list[str]:
    """Return what the Open XML SDK's validator finds wrong with the document at `path`."""
    if not VALIDATOR.exists():
        pytest.skip("the Open XML validator is not installed")
    told = subprocess.run([str(VALIDATOR), str(path)], check=False, capture_output=True, text=True, timeout=120)
    return [f"{one['path']}: {one['description']}" for one in json.loads(told.stdout)["errors"]]

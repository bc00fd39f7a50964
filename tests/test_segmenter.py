"""One segmenter for the process, everybody's terms on top of it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from workflow import create_app, segmenter
from workflow.config import Settings
from workflow.segmenter import words_for

TEXT = "任何一国均不应通过国内法实施长臂管辖"


def test_words_joined_are_the_text() -> None:
    assert "".join(words_for()(TEXT)) == TEXT


def test_a_term_of_the_dialogue_is_never_cut() -> None:
    assert "长臂管辖" not in words_for()(TEXT)
    assert "长臂管辖" in words_for(["长臂管辖"])(TEXT)


def test_one_dialogues_terms_are_not_anothers() -> None:
    words_for(["长臂管辖"])(TEXT)

    assert "长臂管辖" not in words_for(["数据治理"])(TEXT)


def test_the_dictionary_is_read_once() -> None:
    segmenter.load()
    before = segmenter._segmenter.cache_info().misses
    words_for(["甲"])(TEXT)
    words_for(["乙"])(TEXT)

    assert segmenter._segmenter.cache_info().misses == before
    assert words_for(["甲", "乙"]) is words_for(["乙", "甲"])


def test_an_application_has_the_dictionary_before_its_first_request(settings: Settings) -> None:
    segmenter._segmenter.cache_clear()
    create_app(settings)
    before = segmenter._segmenter.cache_info()

    words_for()(TEXT)

    after = segmenter._segmenter.cache_info()
    assert (before.currsize, before.misses) == (1, 1)
    assert after.misses == before.misses


IMPORTING_EVERY_PAGE = """
import importlib, workflow, workflow.cli
for name in workflow.BLUEPRINTS:
    importlib.import_module(f"workflow.blueprints.{name}")
from workflow import segmenter
print(segmenter._segmenter.cache_info().currsize)
"""


def test_what_serves_no_pages_does_not_read_the_dictionary() -> None:
    """Nor is it read by the mere import of a page, so that it is there on purpose or not at all."""
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-c", IMPORTING_EVERY_PAGE]

    said = subprocess.run(command, capture_output=True, check=True, cwd=root, text=True)

    assert said.stdout.strip() == "0"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("两国政府", ["两国", "政府"]),
        ("行业标准", ["行业", "标准"]),
        ("美中两国", ["美中", "两国"]),
        ("供应链", ["供应链"]),
        ("含糊不清", ["含糊不清"]),
    ],
)
def test_compounds_are_cut_where_a_reader_amends_them(text: str, words: list[str]) -> None:
    assert words_for()(text) == words


def test_many_threads_cut_alike() -> None:
    words = words_for(["长臂管辖"])
    with ThreadPoolExecutor(8) as pool:
        cut = list(pool.map(words, [TEXT * 20] * 64))

    assert cut == [words(TEXT * 20)] * 64

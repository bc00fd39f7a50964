"""The published schema refuses nothing that the reader reads, and what it can say it says."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from tests.dialogue_file.dialogues import dialogues
from tests.dialogue_file.small import SMALL
from tests.dialogue_file.spoilt import SPOILT, Spoilt
from workflow.dialogue_file import DialogueFile, FaultCode, entries, fields, read, reading, write
from workflow.domain.bilingual import Language
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag
from workflow.resources import DATA

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((DATA / "dialogue.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
REFUSED_BY_YAML = {FaultCode.SYNTAX, FaultCode.UNPRINTABLE, FaultCode.WRONG_TYPE}


class Loader(yaml.SafeLoader):
    """Loads as YAML 1.2 does: a date is a text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def loaded(text: str) -> Any:
    return yaml.load(text, Loader=Loader)  # noqa: S506 -- a SafeLoader that knows fewer types


def accepts(text: str) -> bool:
    return VALIDATOR.is_valid(loaded(text))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_accepts_the_real_agreements() -> None:
    VALIDATOR.validate(loaded((DATA / "digital-economy.yaml").read_text(encoding="utf-8")))


def test_the_schema_accepts_the_small_dialogue() -> None:
    VALIDATOR.validate(loaded(SMALL))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dialogues())
def test_the_schema_accepts_whatever_is_written(dialogue: DialogueFile) -> None:
    text = write(dialogue)

    VALIDATOR.validate(loaded(text))
    assert read(text, name="again.yaml") == dialogue


@pytest.mark.parametrize(
    "spoilt",
    [pytest.param(spoilt, id=f"{spoilt.code}-{number}") for number, spoilt in enumerate(SPOILT)],
)
def test_the_schema_finds_the_faults_that_a_schema_can_find(spoilt: Spoilt) -> None:
    try:
        found = not accepts(spoilt.text)
    except yaml.YAMLError:
        assert spoilt.code in REFUSED_BY_YAML
    else:
        assert found == spoilt.schema_sees


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (SCHEMA["$defs"]["block"]["properties"]["kind"]["enum"], ParagraphKind),
        (SCHEMA["$defs"]["block"]["properties"]["label_style"]["enum"], LabelStyle),
        (SCHEMA["$defs"]["block"]["properties"]["tags"]["items"]["enum"], Tag),
        (SCHEMA["$defs"]["block"]["properties"]["addressee"]["anyOf"][0]["enum"], entries.ADDRESSEES),
        (SCHEMA["$defs"]["agreement"]["properties"]["kind"]["enum"], AgreementKind),
        (SCHEMA["$defs"]["language"]["enum"], Language),
        ([SCHEMA["$defs"]["dates"]["properties"]["side"]["anyOf"][0]["const"]], [reading.BOTH]),
    ],
)
def test_schema_and_reader_know_the_same_words(words: list[str], known: Any) -> None:
    assert words == [str(word) for word in known]


def test_schema_and_reader_have_the_same_bounds() -> None:
    defined = SCHEMA["$defs"]

    assert SCHEMA["properties"]["format"]["const"] == entries.FORMAT
    assert defined["text"]["maxLength"] == fields.LONGEST_TEXT
    assert defined["line"]["maxLength"] == fields.LONGEST_LINE
    assert defined["name"]["maxLength"] == fields.LONGEST_NAME
    assert defined["participant"]["properties"]["separator"]["maxLength"] == fields.LONGEST_SEPARATOR
    assert defined["delegation"]["properties"]["colour"]["maximum"] == reading.MOST_COLOURS
    assert defined["session"]["properties"]["ordinal"]["maximum"] == reading.MOST_SESSIONS
    assert defined["name"]["pattern"] == f"^{fields.NAME.pattern}$"
    assert defined["code"]["pattern"] == f"^{fields.CODE.pattern}$"


def keys_in(schema: Any) -> set[str]:
    """Every key that a file may have, at any place."""
    if isinstance(schema, list):
        return set[str]().union(*map(keys_in, schema))
    if not isinstance(schema, dict):
        return set()
    return set(schema.get("properties", {})).union(*map(keys_in, schema.values()))


def test_every_key_is_documented() -> None:
    document = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")

    assert [key for key in sorted(keys_in(SCHEMA)) if f"`{key}`" not in document] == []
    assert {"separator", "time_zone", "working_title"} < keys_in(SCHEMA)

"""What is written is read back as it was, and can be read by a person."""

from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialogue_file.dialogues import dialogues, lines, paragraphs
from tests.dialogue_file.small import SMALL
from workflow.dialogue_file import DialogueFile, SessionEntry, read, tree, write
from workflow.dialogue_file.writing import WIDTH
from workflow.domain.bilingual import Bilingual

made_up = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def with_text(text: str) -> DialogueFile:
    """The small dialogue, its one item saying `text` in English."""
    file = read(SMALL, name="small.yaml")
    agreement = file.agreement("first-agreement")
    title, heading = agreement.text
    (lead_in,) = heading.children
    (item,) = lead_in.children
    item = replace(item, text=Bilingual(text, item.text.zh))
    heading = replace(heading, children=(replace(lead_in, children=(item,)),))
    first: SessionEntry = replace(file.sessions[0], agreement=replace(agreement, text=(title, heading)))
    return replace(file, sessions=(first, file.sessions[1]))


def written(text: str) -> str:
    """The lines in which `text` stands in the file."""
    file = write(with_text(text))
    return file[file.rindex("                  en: ") : file.index("                  zh: 应采取行动。")]


@made_up
@given(dialogues())
def test_reading_what_was_written_gives_the_same_dialogue(dialogue: DialogueFile) -> None:
    text = write(dialogue)

    again = read(text.encode(), name="again.yaml")

    assert again == dialogue
    assert write(again) == text


@settings(max_examples=300, deadline=None)
@given(paragraphs)
def test_no_character_of_a_paragraph_is_lost(text: str) -> None:
    file = with_text(text)

    assert read(write(file), name="again.yaml") == file


@settings(max_examples=100, deadline=None)
@given(paragraphs, st.sampled_from(["\n", "\r\n"]))
def test_both_parsers_read_the_same(text: str, end: str) -> None:
    file = with_text(text)
    windows = write(file).replace("\n", end)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_PARSER", yaml.SafeLoader)
        assert read(windows, name="again.yaml") == file
    assert read(windows, name="again.yaml") == file


@settings(max_examples=100, deadline=None)
@given(lines)
def test_every_reader_of_yaml_gets_the_same_line(text: str) -> None:
    file = replace(read(SMALL, name="small.yaml"), name=Bilingual(text, text))

    assert yaml.safe_load(write(file))["dialogue"]["name"] == {"en": text, "zh": text}


@settings(max_examples=100, deadline=None)
@given(paragraphs)
def test_what_the_eye_would_miss_is_written_as_an_escape(text: str) -> None:
    shown = write(with_text(text))

    assert not set(shown) & set("\t\r\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\ufeff")
    assert not any(line.endswith(" ") for line in shown.split("\n"))


def test_a_short_text_stands_without_quotes() -> None:
    assert written("It's “agreed”.") == "                  en: It's “agreed”.\n"


def test_a_long_text_is_folded_at_its_blanks() -> None:
    text = "The sentence goes on, and on: #1. " * 10 + "It ends."

    first, *rest = written(text).splitlines()

    assert first == "                  en: >-"
    assert " ".join(line.strip() for line in rest) == text
    assert max(map(len, rest)) <= WIDTH


def test_a_long_chinese_text_stands_in_one_line() -> None:
    text = "双方应当本着开放和互利的原则开展合作。" * 10

    assert written(text) == f"                  en: >-\n                    {text}\n"


def test_a_text_of_several_lines_keeps_them() -> None:
    assert written("One:\n\ntwo") == ("                  en: |-\n                    One:\n\n                    two\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\N{NO-BREAK SPACE}b", '"a\\_b"'),
        ("trailing ", '"trailing "'),
        (" leading", '" leading"'),
        ("line\n", '"line\\n"'),
        ("tab\there", '"tab\\there"'),
        ('a\N{NO-BREAK SPACE}"b"\\', '"a\\_\\"b\\"\\\\"'),
        ("a\N{ZERO WIDTH SPACE}b\U000e0001c\N{SOFT HYPHEN}", '"a\\u200Bb\\U000E0001c\\xAD"'),
    ],
)
def test_a_paragraph_that_would_lose_something_stands_in_quotes(text: str, shown: str) -> None:
    assert written(text) == f"                  en: {shown}\n"


@pytest.mark.parametrize("text", ["no", "2019", "key: value", "a #b", "- a", "*", "", "“curly”:"])
def test_a_line_that_means_something_else_in_yaml_stands_in_quotes(text: str) -> None:
    file = replace(read(SMALL, name="small.yaml"), name=Bilingual("Name", text))

    assert (f'    zh: "{text}"\n' in write(file)) == bool(text)


def test_a_long_text_in_quotes_is_broken_at_its_blanks_too() -> None:
    text = "A no-break\N{NO-BREAK SPACE}space, and a sentence that goes on. " * 10

    lines_of_it = written(text).splitlines()

    assert max(map(len, lines_of_it)) <= WIDTH + 20
    assert len(lines_of_it) > 5


def test_a_separator_is_written_only_where_it_is_not_the_usual_one() -> None:
    text = write(read(SMALL, name="small.yaml"))

    assert text.count("separator") == 1
    assert 'separator: "\\_ "\n' in text


def test_a_name_that_looks_like_a_date_stands_in_quotes_and_a_date_does_not() -> None:
    file = replace(read(SMALL, name="small.yaml"), name=Bilingual("2019-03-11", "2019-03-11"))

    written = write(file)

    assert 'en: "2019-03-11"' in written
    assert read(written, name="again.yaml") == file

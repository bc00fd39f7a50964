"""Every fault of a dialogue file is found, in its line, and together with the others."""

import string
from datetime import date

import pytest
import yaml

from tests.dialogue_file.small import SMALL
from tests.dialogue_file.spoilt import ITEM, SPOILT, Spoilt
from workflow.dialogue_file import FaultCode, FaultyFile, faults, read, tree
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag


def refusal(text: str | bytes) -> FaultyFile:
    with pytest.raises(FaultyFile) as refused:
        read(text, name="spoilt.yaml")
    return refused.value


def found(text: str | bytes) -> list[tuple[int, FaultCode]]:
    return [(fault.line, fault.code) for fault in refusal(text).faults]


@pytest.fixture(params=["quick", "portable"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The parser in C where there is one, and the one in Python that stands in for it."""
    if request.param == "portable":
        monkeypatch.setattr(tree, "_PARSER", yaml.SafeLoader)
    return str(request.param)


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "spoilt", [pytest.param(spoilt, id=f"{spoilt.code}-{number}") for number, spoilt in enumerate(SPOILT)]
)
def test_a_fault_is_found_in_its_line(spoilt: Spoilt) -> None:
    faulty = refusal(spoilt.text)

    assert [(fault.line, fault.code, fault.path) for fault in faulty.faults] == [
        (spoilt.line, spoilt.code, spoilt.path)
    ], str(faulty)


def test_the_file_that_is_spoilt_has_no_fault_of_its_own() -> None:
    read(SMALL, name="small.yaml")


def test_every_fault_is_tried() -> None:
    about_the_file_as_a_whole = {
        FaultCode.NOT_UTF8,
        FaultCode.TOO_LARGE,
        FaultCode.EMPTY,
        FaultCode.SEVERAL_DOCUMENTS,
        FaultCode.ALIAS,
        FaultCode.TOO_DEEP,
        FaultCode.TOO_MANY_ENTRIES,
        FaultCode.TOO_MANY_FAULTS,
    }

    assert {spoilt.code for spoilt in SPOILT} == set(FaultCode) - about_the_file_as_a_whole


@pytest.mark.usefixtures("parser")
def test_all_faults_are_found_in_one_reading_in_the_order_of_lines() -> None:
    text = (
        SMALL.replace("colour: 2", "colour: 99")
        .replace("key: second-person", "key: first-person")
        .replace("ordinal: 2", "ordinal: 1")
        .replace("zh: 标题", "zh: ' '")
        .replace("kind: negotiated", "kind: treaty")
    )

    assert found(text) == [
        (13, FaultCode.OUT_OF_RANGE),
        (18, FaultCode.DUPLICATE_PERSON),
        (45, FaultCode.UNKNOWN_PERSON),
        (66, FaultCode.BLANK),
        (88, FaultCode.DUPLICATE_ORDINAL),
        (96, FaultCode.NOT_A_CHOICE),
    ]


def test_a_refusal_names_file_line_column_place_and_reason() -> None:
    assert str(refusal(SMALL.replace("colour: 2", "colour: 99"))) == (
        "spoilt.yaml:13:13: delegations[1].colour: 99 is not between 1 and 12."
    )


def test_every_fault_has_a_sentence() -> None:
    assert faults.SENTENCES.keys() == set(FaultCode)


@pytest.mark.parametrize("spoilt", SPOILT, ids=lambda spoilt: str(spoilt.code))
def test_every_sentence_finds_its_parameters(spoilt: Spoilt) -> None:
    for fault in refusal(spoilt.text).faults:
        assert "%(" not in fault.sentence
        assert fault.sentence[0] in string.ascii_uppercase + string.digits + "“"


# The file as a file


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n", "---\n", "~"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert found(text) == [(1, FaultCode.EMPTY)]


@pytest.mark.parametrize("text", ["just a text", "[a, list]", "12"])
def test_a_file_that_is_no_entry_is_refused(text: str) -> None:
    assert found(text) == [(1, FaultCode.WRONG_TYPE)]


def test_bytes_that_are_not_utf8_are_refused_where_they_stand() -> None:
    faulty = refusal(SMALL.encode().replace("说明".encode(), "说明".encode("gb18030")))

    assert [(fault.line, fault.column, fault.code) for fault in faulty.faults] == [(40, 30, FaultCode.NOT_UTF8)]
    assert "0xC3" in faulty.faults[0].sentence


def test_text_with_half_a_pair_is_refused() -> None:
    assert found(SMALL.replace("A note", "A \ud83d note")) == [(40, FaultCode.UNPRINTABLE)]


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing() -> None:
    windows = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()

    assert read(windows, name="windows.yaml") == read(SMALL, name="small.yaml")


def test_a_byte_order_mark_is_no_column() -> None:
    (fault,) = refusal("\ufeff" + SMALL.replace("format: 1", "format: 2")).faults

    assert (fault.line, fault.column, fault.code) == (1, 9, FaultCode.UNKNOWN_FORMAT)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    assert found(b"\xff" * (tree.LARGEST + 1)) == [(1, FaultCode.TOO_LARGE)]
    assert found("长" * (tree.LARGEST // 3 + 1)) == [(1, FaultCode.TOO_LARGE)]


def test_a_second_document_is_refused() -> None:
    assert found(f"{SMALL}---\n{SMALL}") == [(SMALL.count("\n") + 1, FaultCode.SEVERAL_DOCUMENTS)]


def test_aliases_are_refused_and_stand_for_nothing() -> None:
    text = SMALL.replace("{en: A host, zh: 主办方}", "&host {en: A host, zh: 主办方}").replace(
        "{en: A note, zh: 说明}", "*host"
    )

    assert found(text) == [(38, FaultCode.ANCHOR), (40, FaultCode.ALIAS)]


def test_an_alias_as_key_is_refused_once() -> None:
    assert found(SMALL.replace("{en: A note, zh: 说明}", "{en: A note, zh: 说明, *host : x}")) == [
        (40, FaultCode.ALIAS)
    ]


@pytest.mark.usefixtures("parser")
def test_a_byte_order_mark_inside_a_text_is_kept() -> None:
    text = SMALL.replace("en: Something should", "en: Some\ufeffthing should")

    assert "Some\ufeffthing" in read(text, name="mark.yaml").agreement("first-agreement").block("only-item").text.en


@pytest.mark.usefixtures("parser")
def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip(string.ascii_lowercase, string.ascii_lowercase[1:], strict=False)
    )

    assert {FaultCode.ANCHOR, FaultCode.ALIAS} < {code for _line, code in found(bomb)}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_at_once(opening: str) -> None:
    assert (1, FaultCode.TOO_DEEP) in found(opening * 100_000)


def test_a_file_with_entries_without_end_is_refused() -> None:
    assert found(f"[{'a,' * 1_000_000}]") == [(1, FaultCode.TOO_MANY_ENTRIES)]


def test_a_deep_but_reasonable_text_is_read() -> None:
    level = "- kind: bullet\n  en: A\n  children:\n"
    text, margin = "", 6
    for _ in range(15):
        text += "".join(f"{' ' * margin}{line}\n" for line in level.splitlines())
        margin += 2
    text += f"{' ' * margin}- {{kind: bullet, en: Z}}\n"

    file = read(SMALL + "      text:\n" + text, name="deep.yaml")

    assert len(list(file.agreement("second-agreement").walk())) == 16


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("format: 1\n" + "x: \x07\n" * 20_000, id="characters"),
        pytest.param("format: 1\nsessions:\n" + "- 1\n" * 20_000, id="entries"),
        pytest.param("format: 1\n" + "x: 1\n" * 20_000, id="keys"),
    ],
)
def test_a_file_with_thousands_of_faults_is_given_up(text: str) -> None:
    faulty = refusal(text)

    assert len(faulty.faults) == tree.MOST_FAULTS + 1
    assert faulty.faults[-1].code is FaultCode.TOO_MANY_FAULTS


# What is read


def test_the_whole_of_a_small_file_is_read() -> None:
    file = read(SMALL, name="small.yaml")
    first, second = file.sessions
    assert first.agreement is not None

    assert (file.short_name, file.name) == ("small", Bilingual("A small dialogue", "小型对话"))
    assert [(side.code, side.adjective.en, side.colour) for side in file.delegations] == [
        ("US", "U.S. people", 1),
        ("CN", "Chinese", 2),
    ]
    assert [(person.key, person.name_en, person.name_zh, person.sort_key) for person in file.persons] == [
        ("first-person", "First Person", "", "person first"),
        ("second-person", "SECOND Person", "某某", "second person"),
    ]
    assert (first.ordinal, first.exercise, second.ordinal, second.exercise) == (1, True, 2, False)
    assert first.off_the_record == Bilingual("Off the record", "非公开")
    assert first.note == Bilingual("A note", "说明")
    assert [place.name.zh for place in first.places] == ["此地"]
    assert [(dates.side, dates.first, dates.last, dates.time_zone) for dates in first.dates] == [
        ("US", date(2026, 3, 11), date(2026, 3, 12), "America/New_York"),
        ("CN", date(2026, 3, 12), date(2026, 3, 13), "Asia/Shanghai"),
    ]
    assert [(host.name.en, host.side) for host in first.hosts] == [("A host", "US")]
    assert [(listed.side, listed.heading.en) for listed in first.participants] == [("CN", "THEIRS"), ("US", "OURS")]
    theirs, ours = (listed.participants[0] for listed in first.participants)
    assert (theirs.person, theirs.display_en, theirs.display_zh) == ("second-person", "SECOND Person", "")
    assert (theirs.separator, theirs.title.zh, theirs.leader) == ("\N{NO-BREAK SPACE} ", "第二职务", True)
    assert (ours.separator, ours.display_zh, ours.title, ours.leader) == (
        " ",
        "甲",
        Bilingual("First title", ""),
        False,
    )
    assert first.agreement.kind is AgreementKind.RECORDED
    assert (first.agreement.authentic, first.agreement.unofficial) == ((Language.EN,), (Language.ZH,))
    assert first.agreement.source == Bilingual("Made up", "虚构")
    assert [block.kind for block in first.agreement.walk()] == [
        ParagraphKind.TITLE,
        ParagraphKind.HEADING,
        ParagraphKind.LEAD_IN,
        ParagraphKind.NUMBERED_ITEM,
    ]
    item = first.agreement.block("only-item")
    assert item.tags == {Tag.RECOMMENDATION, Tag.AGENDA_ITEM}
    assert (item.label_style, item.label) == (LabelStyle.DECIMAL, "1 bis.")
    assert (item.speaker, item.addressee, item.drafted_in) == ("US", "CN", Language.ZH)
    assert item.working_title == Bilingual("The item", "要点")
    assert item.text == Bilingual("Something should be done.", "应采取行动。")
    assert (first.agenda, second.agenda) == (("only-item",), ())


def test_dates_for_both_sides_belong_to_none() -> None:
    text = SMALL.replace("side: CN\n        from", "side: both\n        from")

    assert read(text, name="both.yaml").sessions[0].dates[1].side is None


def test_a_session_may_last_one_day() -> None:
    dates = read(SMALL.replace("to: 2026-03-12", "to: 2026-03-11"), name="day.yaml").sessions[0].dates[0]

    assert dates.first == dates.last == date(2026, 3, 11)


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("bullet", LabelStyle.BULLET),
        ("numbered_item", LabelStyle.PARENTHESISED),
        ("narrative", LabelStyle.NONE),
    ],
)
def test_a_paragraph_that_says_nothing_of_its_label_has_the_usual_one(kind: str, style: LabelStyle) -> None:
    text = f"{SMALL}      text:\n        - {{kind: {kind}, en: A}}\n"

    (block,) = read(text, name="usual.yaml").agreement("second-agreement").text

    assert block.label_style is style


@pytest.mark.parametrize(("given", "other"), [("en", "zh"), ("zh", "en")])
def test_a_negotiated_text_may_wait_for_its_other_language(given: str, other: str) -> None:
    text = f"{SMALL}      text:\n        - {{kind: narrative, {given}: A}}\n"

    (block,) = read(text, name="pending.yaml").agreement("second-agreement").text

    assert block.text[Language(given)] == "A"
    assert block.text[Language(other)] == ""


def test_a_recorded_text_may_lack_its_unofficial_translation() -> None:
    text = SMALL.replace("                  zh: 应采取行动。\n", "")

    assert read(text, name="lacking.yaml").agreement("first-agreement").block("only-item").text.zh == ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("  two  blanks and a trailing one ", "two  blanks and a trailing one"),
        ('"  two  blanks and a trailing one "', "  two  blanks and a trailing one "),
        ('"a\\_b\\xA0c"', "a\N{NO-BREAK SPACE}b\N{NO-BREAK SPACE}c"),
        ("a\N{NO-BREAK SPACE}b", "a\N{NO-BREAK SPACE}b"),
        ('"a\\nb\\tc"', "a\nb\tc"),
        ("'“curly” ''straight'' \"both\"'", "“curly” 'straight' \"both\""),
        ("2019-03-11", "2019-03-11"),
        ('"no"', "no"),
    ],
)
def test_a_text_is_what_yaml_says_it_is(written: str, meant: str) -> None:
    text = SMALL.replace("en: Something should be done.", f"en: {written}")

    assert read(text, name="written.yaml").agreement("first-agreement").block("only-item").text.en == meant


# Asking the entries


def test_what_is_not_in_the_file_is_a_key_error() -> None:
    file = read(SMALL, name="small.yaml")

    with pytest.raises(KeyError, match="third"):
        file.agreement("third")
    with pytest.raises(KeyError, match="nobody"):
        file.person("nobody")
    with pytest.raises(KeyError, match="nothing"):
        file.agreement("first-agreement").block("nothing")
    assert file.person("first-person").name_en == "First Person"


def test_a_lead_in_governs_what_stands_under_it() -> None:
    agreement = read(SMALL, name="small.yaml").agreement("first-agreement")

    governors = {block.text.en: lead_in and lead_in.text.en for block, lead_in in agreement.governed()}

    assert governors == {
        "THE TITLE": None,
        "THE HEADING": None,
        "They agree:": None,
        "Something should be done.": "They agree:",
    }


def test_a_lead_in_with_nothing_under_it_governs_the_sections_that_follow() -> None:
    text = """      text:
        - {kind: narrative, en: Before}
        - {kind: lead_in, en: All}
        - {kind: heading, en: First, children: [{kind: narrative, en: Inside}]}
        - kind: heading
          en: Second
          children:
            - {kind: lead_in, en: Some, children: [{kind: bullet, en: Point, children: [{kind: bullet, en: Sub}]}]}
            - {kind: narrative, en: Also inside}
        - {kind: narrative, en: After}
        - {kind: heading, en: Third}
        - {kind: lead_in, en: List, children: [{kind: bullet, en: Of it}]}
        - {kind: heading, en: Fourth}
"""
    agreement = read(SMALL + text, name="governed.yaml").agreement("second-agreement")

    governors = {block.text.en: lead_in and lead_in.text.en for block, lead_in in agreement.governed()}

    assert governors == {
        "Before": None,
        "All": None,
        "First": "All",
        "Inside": "All",
        "Second": "All",
        "Some": "All",
        "Point": "Some",
        "Sub": "Some",
        "Also inside": "All",
        "After": None,
        "Third": None,
        "List": None,
        "Of it": "List",
        "Fourth": None,
    }


# A whole entry spoilt


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("  short_name: small\n  name: {en: A small dialogue, zh: 小型对话}\n", "dialogue"),
        ("{en: U.S. people, zh: 美方}", "delegations[0].adjective"),
        ("{en: SECOND Person, zh: 某某}", "persons[1].name"),
        ("{en: A host, zh: 主办方}", "sessions[0].hosts[0].name"),
        ("{en: Here, zh: 此地}", "sessions[0].places[0]"),
        ("{en: First title}", "sessions[0].participants[1].list[0].title"),
        ("{en: The item, zh: 要点}", f"{ITEM}.working_title"),
    ],
)
@pytest.mark.parametrize("instead", [" just a text", " [a, list]"])
def test_an_entry_that_is_none_is_refused_as_a_whole(old: str, path: str, instead: str) -> None:
    before, _, after = SMALL.partition(old)
    text = before.rstrip("\n") + instead + ("\n" if old.endswith("\n") else "") + after

    assert [(fault.code, fault.path) for fault in refusal(text).faults] == [(FaultCode.WRONG_TYPE, path)]


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("delegations", "delegations[0]"),
        ("persons", "persons[0]"),
        ("sessions", "sessions[0]"),
    ],
)
def test_a_list_of_something_else_than_entries_is_refused(key: str, path: str) -> None:
    text = f"format: 1\ndialogue: {{short_name: a, name: {{en: A, zh: 甲}}}}\n{key}: [a text]\n"

    assert (3, FaultCode.WRONG_TYPE, path) in [(fault.line, fault.code, fault.path) for fault in refusal(text).faults]


@pytest.mark.parametrize(
    ("addition", "path"),
    [
        ("    participants: [a text]\n", "sessions[1].participants[0]"),
        (
            "    participants:\n      - {side: US, heading: {en: A, zh: 甲}, list: [a text]}\n",
            "sessions[1].participants[0].list[0]",
        ),
        ("      text: [a text]\n", "sessions[1].agreement.text[0]"),
        ("      text: a text\n", "sessions[1].agreement.text"),
    ],
)
def test_something_else_than_an_entry_deep_inside_is_refused(addition: str, path: str) -> None:
    faults_found = refusal(SMALL + addition).faults

    assert [(fault.code, fault.path) for fault in faults_found] == [(FaultCode.WRONG_TYPE, path)]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("dates: []", "dates: [a text]", "sessions[1].dates[0]"),
        ("hosts: []", "hosts: [a text]", "sessions[1].hosts[0]"),
        ("authentic: [en, zh]", "authentic: [en, [zh]]", "sessions[1].agreement.authentic[1]"),
        ("agenda: [only-item]", "agenda: [only-item, [other]]", "sessions[0].agenda[1]"),
        ('separator: "\\_ "', "separator: [a]", "sessions[0].participants[0].list[0].separator"),
        ("time_zone: Asia/Shanghai", "time_zone: [Asia]", "sessions[0].dates[1].time_zone"),
        ("from: 2026-03-11", "from: [2026]", "sessions[0].dates[0].from"),
        ("person: first-person", "person: [first]", "sessions[0].participants[1].list[0].person"),
        ("short_name: second-agreement", "short_name: [second]", "sessions[1].agreement.short_name"),
    ],
)
def test_a_list_where_a_text_belongs_is_refused(old: str, new: str, path: str) -> None:
    assert SMALL.count(old) == 1

    assert [(fault.code, fault.path) for fault in refusal(SMALL.replace(old, new)).faults] == [
        (FaultCode.WRONG_TYPE, path)
    ]


def test_an_agreement_that_is_no_entry_is_refused() -> None:
    text = SMALL[: SMALL.rindex("    agreement:")] + "    agreement: a text\n"

    assert [(fault.code, fault.path) for fault in refusal(text).faults] == [
        (FaultCode.WRONG_TYPE, "sessions[1].agreement")
    ]

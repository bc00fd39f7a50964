"""The small dialogue file, spoilt in every way the reader knows."""

from typing import Final, NamedTuple

from tests.dialogue_file.small import SMALL
from workflow.dialogue_file import FaultCode as F

#: For what a schema cannot say, or never gets to see.
ONLY_THE_READER: Final = False


class Spoilt(NamedTuple):
    """The small file with one thing wrong: `old` gives way to `new`, and the fault is in the line of `at`."""

    code: F
    old: str
    new: str
    at: str
    path: str = ""
    schema_sees: bool = True

    @property
    def text(self) -> str:
        assert SMALL.count(self.old) == 1, f"{self.old!r} stands in {SMALL.count(self.old)} places"
        return SMALL.replace(self.old, self.new)

    @property
    def line(self) -> int:
        assert self.text.count(self.at) == 1, f"{self.at!r} stands in {self.text.count(self.at)} places"
        return self.text[: self.text.index(self.at)].count("\n") + 1


NOTE: Final = "{en: A note, zh: 说明}"
NOTE_AT: Final = "sessions[0].note"
ITEM: Final = "sessions[0].agreement.text[1].children[0].children[0]"
SENTENCE: Final = "en: Something should be done."

WITHOUT_AGREEMENT: Final = """\
  - ordinal: 2
    name: {en: Without agreement, zh: 无协议}
    places: []
    dates: []
    hosts: []
    agenda: [only-item]
"""


def third(code: str, colour: int) -> str:
    """A third delegation."""
    return (
        f"  - code: {code}\n"
        "    name: {en: X, zh: 某}\n"
        "    adjective: {en: X people, zh: 某}\n"
        f"    colour: {colour}\n"
    )


def person(key: str) -> str:
    """A third person."""
    return f"  - key: {key}\n    name: {{en: X}}\n    sort_key: x\n"


SPOILT: Final = [
    # What YAML would let pass
    Spoilt(F.ANCHOR, NOTE, f"&here {NOTE}", "&here", schema_sees=ONLY_THE_READER),
    Spoilt(F.EXPLICIT_TAG, "short_name: small", "short_name: !!str small", "!!str", schema_sees=ONLY_THE_READER),
    Spoilt(
        F.DUPLICATE_KEY,
        "short_name: small",
        "short_name: small\n  short_name: large",
        "large",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(F.SYNTAX, NOTE, "{en: A note, zh: 说明", "participants:", schema_sees=ONLY_THE_READER),
    Spoilt(F.SYNTAX, "colour: 2", "colour: 2\n\tcode: XY", "\tcode: XY", schema_sees=ONLY_THE_READER),
    Spoilt(F.UNPRINTABLE, "en: A note", "en: A \x07note", "\x07", schema_sees=ONLY_THE_READER),
    Spoilt(F.RAW_SEPARATOR, "en: A note", "en: A\u2028note", "\u2028"),
    Spoilt(F.WRONG_TYPE, NOTE, "{en: A note, zh: 说明, [a]: b}", "[a]", schema_sees=ONLY_THE_READER),
    # Shape
    Spoilt(F.UNKNOWN_FORMAT, "format: 1", "format: 2", "format: 2", "format"),
    Spoilt(F.UNKNOWN_KEY, "note: {", "notes: {", "notes: {", "sessions[0]"),
    Spoilt(F.UNKNOWN_KEY, SENTENCE, "english: Something.\n                  en: Other.", "english", ITEM),
    Spoilt(F.MISSING_KEY, "  short_name: small\n", "", "  name: {en: A small", "dialogue"),
    Spoilt(F.MISSING_KEY, NOTE, "{en: A note}", "{en: A note}", NOTE_AT),
    Spoilt(F.WRONG_TYPE, NOTE, "A note", "note: A note", NOTE_AT),
    Spoilt(F.WRONG_TYPE, NOTE, "[A note]", "[A note]", NOTE_AT),
    Spoilt(F.WRONG_TYPE, NOTE, "{en: [A note], zh: 说明}", "[A note]", f"{NOTE_AT}.en"),
    Spoilt(F.WRONG_TYPE, "- {en: Here, zh: 此地}", "  {en: Here, zh: 此地}", "en: Here", "sessions[0].places"),
    Spoilt(F.WRONG_TYPE, "ordinal: 2", "ordinal: two", "ordinal: two", "sessions[1].ordinal"),
    Spoilt(F.WRONG_TYPE, "ordinal: 2", 'ordinal: "2"', 'ordinal: "2"', "sessions[1].ordinal"),
    Spoilt(F.WRONG_TYPE, "exercise: true", "exercise: maybe", "exercise: maybe", "sessions[0].exercise"),
    Spoilt(F.WRONG_TYPE, "leader: true", "leader: ", "leader:", "sessions[0].participants[0].list[0].leader"),
    Spoilt(F.WRONG_TYPE, "kind: negotiated", "kind: ", "kind: \n", "sessions[1].agreement.kind"),
    Spoilt(F.WRONG_TYPE, "places: []", "places: ", "places: \n", "sessions[1].places"),
    Spoilt(F.NEEDS_QUOTES, "en: A note", "en: no", "en: no", f"{NOTE_AT}.en"),
    Spoilt(F.NEEDS_QUOTES, "zh: 说明", "zh: 2019", "zh: 2019", f"{NOTE_AT}.zh"),
    Spoilt(F.NEEDS_QUOTES, "label: 1 bis.", "label: 1.", "label: 1.", f"{ITEM}.label"),
    Spoilt(F.NOT_A_CHOICE, "kind: negotiated", "kind: treaty", "treaty", "sessions[1].agreement.kind"),
    Spoilt(
        F.NOT_A_CHOICE, "kind: lead_in", "kind: lead-in", "lead-in", "sessions[0].agreement.text[1].children[0].kind"
    ),
    Spoilt(F.NOT_A_CHOICE, "drafted_in: zh", "drafted_in: fr", "drafted_in: fr", f"{ITEM}.drafted_in"),
    Spoilt(F.NOT_A_CHOICE, "[recommendation, ", "[advice, ", "[advice", f"{ITEM}.tags[0]"),
    Spoilt(F.OUT_OF_RANGE, "colour: 2", "colour: 99", "99", "delegations[1].colour"),
    Spoilt(F.OUT_OF_RANGE, "ordinal: 2", "ordinal: 0", "ordinal: 0", "sessions[1].ordinal"),
    Spoilt(F.EMPTY_LIST, "authentic: [en]\n", "authentic: []\n", "authentic: []", "sessions[0].agreement.authentic"),
    Spoilt(F.REPEATED, "authentic: [en, zh]", "authentic: [en, en]", "[en, en]", "sessions[1].agreement.authentic[1]"),
    Spoilt(F.REPEATED, "[only-item]", "[only-item, only-item]", "agenda:", "sessions[0].agenda[1]"),
    # Text
    Spoilt(F.BLANK, SENTENCE, "en: ", "en: \n", f"{ITEM}.en"),
    Spoilt(F.BLANK, SENTENCE, 'en: " \\_\\n"', '" \\_\\n"', f"{ITEM}.en"),
    Spoilt(F.BLANK, SENTENCE, 'en: ""', 'en: ""', f"{ITEM}.en"),
    Spoilt(F.BLANK, '"\\_ "', '""', 'separator: ""', "sessions[0].participants[0].list[0].separator"),
    Spoilt(F.TOO_LONG, SENTENCE, f"en: {'長' * 20_001}", "長" * 20_001, f"{ITEM}.en"),
    Spoilt(F.TOO_LONG, "en: A note", f"en: {'n' * 1001}", "n" * 1001, f"{NOTE_AT}.en"),
    Spoilt(F.TOO_LONG, '"\\_ "', f'"{" " * 21}"', " " * 21 + '"', "sessions[0].participants[0].list[0].separator"),
    Spoilt(F.CONTROL_CHARACTER, SENTENCE, 'en: "Some\\athing"', "Some\\athing", f"{ITEM}.en"),
    Spoilt(F.CONTROL_CHARACTER, SENTENCE, 'en: "Some\\u0085thing"', "\\u0085", f"{ITEM}.en"),
    Spoilt(F.CONTROL_CHARACTER, SENTENCE, 'en: "Some\\uFFFFthing"', "\\uFFFF", f"{ITEM}.en", ONLY_THE_READER),
    Spoilt(F.CONTROL_CHARACTER, "en: A note", 'en: "A\\enote"', "A\\enote", f"{NOTE_AT}.en"),
    Spoilt(F.SEVERAL_LINES, "en: A note", 'en: "A\\nnote"', "A\\nnote", f"{NOTE_AT}.en"),
    Spoilt(F.SEVERAL_LINES, "en: A note", 'en: "A note\\n"', "A note\\n", f"{NOTE_AT}.en"),
    Spoilt(F.SEVERAL_LINES, "en: A note", 'en: "A\\tnote"', "A\\tnote", f"{NOTE_AT}.en"),
    Spoilt(F.SEVERAL_LINES, "en: A note", 'en: "A\\Lnote"', "A\\Lnote", f"{NOTE_AT}.en"),
    Spoilt(F.SEVERAL_LINES, '"\\_ "', '"\\n"', 'separator: "\\n"', "sessions[0].participants[0].list[0].separator"),
    Spoilt(F.BAD_NAME, "short_name: small", "short_name: Small One", "Small One", "dialogue.short_name"),
    Spoilt(F.BAD_NAME, "short_name: small", "short_name: small-", "small-", "dialogue.short_name"),
    Spoilt(F.BAD_NAME, "short_name: small", f"short_name: {'x' * 65}", "x" * 65, "dialogue.short_name"),
    Spoilt(F.BAD_CODE, "colour: 2\n", f"colour: 2\n{third('xy', 3)}", "code: xy", "delegations[2].code"),
    Spoilt(F.BAD_DATE, "from: 2026-03-11", "from: 11 March 2026", "11 March", "sessions[0].dates[0].from"),
    Spoilt(F.BAD_DATE, "from: 2026-03-11", "from: 2026-02-30", "2026-02-30", "sessions[0].dates[0].from"),
    Spoilt(F.BAD_DATE, "from: 2026-03-11", "from: 2026-3-11", "2026-3-11", "sessions[0].dates[0].from"),
    # What belongs together
    Spoilt(
        F.UNKNOWN_TIME_ZONE,
        "Asia/Shanghai",
        "Asia/Xanadu",
        "Xanadu",
        "sessions[0].dates[1].time_zone",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_TIME_ZONE,
        "Asia/Shanghai",
        "Asia/../../passwd",
        "passwd",
        "sessions[0].dates[1].time_zone",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_TIME_ZONE,
        "Asia/Shanghai",
        "America/Argentina",
        "Argentina",
        "sessions[0].dates[1].time_zone",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.END_BEFORE_START,
        "to: 2026-03-12",
        "to: 2026-03-10",
        "2026-03-10",
        "sessions[0].dates[0].to",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_DELEGATION,
        "colour: 2\n",
        f"colour: 2\n{third('US', 3)}",
        "code: US\n    name: {en: X",
        "delegations[2].code",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_COLOUR,
        "colour: 2\n",
        "colour: 1\n",
        "colour: 1\npersons",
        "delegations[1].colour",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_TERM,
        "persons:\n",
        "terms:\n  - {en: Subsidies, zh: 补贴}\n  - {en: subsidies, zh: 资助}\npersons:\n",
        "{en: subsidies",
        "terms[1]",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_FIELD,
        "persons:\n",
        "documents:\n  cover:\n    - {en: 'Of {place}', zh: 甲}\npersons:\n",
        "{en: 'Of",
        "documents.cover[0]",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.BAD_FILE_NAME,
        "persons:\n",
        "documents:\n  file_name: a/b\npersons:\n",
        "a/b",
        "documents.file_name",
    ),
    Spoilt(
        F.DUPLICATE_PERSON,
        "sort_key: second person\n",
        f"sort_key: second person\n{person('first-person')}",
        "key: first-person\n    name: {en: X}",
        "persons[2].key",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_ORDINAL,
        "ordinal: 2",
        "ordinal: 1 ",
        "ordinal: 1 ",
        "sessions[1].ordinal",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.ORDINAL_OUT_OF_ORDER,
        "ordinal: 1\n",
        "ordinal: 7\n",
        "ordinal: 2",
        "sessions[1].ordinal",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_SHORT_NAME,
        "short_name: second-agreement",
        "short_name: first-agreement ",
        "first-agreement \n",
        "sessions[1].agreement.short_name",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_BLOCK_KEY,
        "key: last-heading",
        "key: only-item",
        "key: only-item\n                  label_style",
        f"{ITEM}.key",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_LIST,
        "side: CN\n        heading",
        "side: US\n        heading",
        "side: US\n        heading: {en: OURS",
        "sessions[0].participants[1].side",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_PARTICIPANT,
        "person: second-person",
        "person: first-person",
        "person: first-person\n            display: {en: First",
        "sessions[0].participants[1].list[0].person",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.DUPLICATE_DATES,
        "side: CN\n        from",
        "side: US\n        from",
        "side: US\n        from: 2026-03-12",
        "sessions[0].dates[1].side",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_DELEGATION,
        "addressee: CN",
        "addressee: XX",
        "addressee: XX",
        f"{ITEM}.addressee",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_DELEGATION,
        "speaker: US",
        "speaker: XX",
        "speaker: XX",
        f"{ITEM}.speaker",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(F.UNKNOWN_DELEGATION, "speaker: US", "speaker: both", "speaker: both", f"{ITEM}.speaker"),
    Spoilt(F.UNKNOWN_DELEGATION, "speaker: US", "speaker: governments", "speaker: gov", f"{ITEM}.speaker"),
    Spoilt(
        F.UNKNOWN_PERSON,
        "person: second-person",
        "person: nobody",
        "person: nobody",
        "sessions[0].participants[0].list[0].person",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.UNKNOWN_BLOCK, "[only-item]", "[other-item]", "agenda:", "sessions[0].agenda[0]", schema_sees=ONLY_THE_READER
    ),
    Spoilt(
        F.NOT_AN_AGENDA_ITEM,
        "[only-item]",
        "[last-heading]",
        "agenda:",
        "sessions[0].agenda[0]",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.NO_AGREEMENT,
        "  - ordinal: 2\n",
        WITHOUT_AGREEMENT + "  - ordinal: 3\n",
        "[only-item]\n  - ordinal: 3",
        "sessions[1].agenda",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(F.MISPLACED, "kind: numbered_item", "kind: heading", "kind: heading\n                  key", f"{ITEM}.kind"),
    Spoilt(F.MISPLACED, "kind: numbered_item", "kind: lead_in", "kind: lead_in\n                  key", f"{ITEM}.kind"),
    Spoilt(F.MISPLACED, "kind: numbered_item", "kind: title", "kind: title\n                  key", f"{ITEM}.kind"),
    Spoilt(
        F.SECOND_TITLE,
        "- kind: heading\n          key: last-heading\n          en: THE HEADING",
        "- kind: title\n          en: ANOTHER TITLE\n          zh: 标题\n"
        "        - kind: heading\n          key: last-heading\n          en: THE HEADING",
        "kind: title\n          en: ANOTHER",
        "sessions[0].agreement.text[1].kind",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.MISSING_LANGUAGE,
        f"{SENTENCE}\n                  ",
        "",
        "kind: numbered_item",
        ITEM,
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.AUTHENTIC_AND_UNOFFICIAL,
        "unofficial: [zh]",
        "unofficial: [en]",
        "unofficial: [en]",
        "sessions[0].agreement.unofficial",
        schema_sees=ONLY_THE_READER,
    ),
    Spoilt(
        F.NO_TEXT,
        f"                  {SENTENCE}\n                  zh: 应采取行动。\n",
        "",
        "kind: numbered_item",
        ITEM,
    ),
]

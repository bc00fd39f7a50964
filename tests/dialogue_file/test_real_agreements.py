"""The two real agreements stand in the data exactly as published, complete, and marked for what they are."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from workflow.dialogue_file import AgreementEntry, DialogueFile, SessionEntry, read, write
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag
from workflow.resources import DATA

SEEDS = Path(__file__).parent.parent / "seeds"
REAL = ["march-2019", "december-2019"]
FILE = DATA / "digital-economy.yaml"


@pytest.fixture(scope="module")
def dialogue() -> DialogueFile:
    return read(FILE.read_bytes(), name=FILE.name)


def session_of(dialogue: DialogueFile, short_name: str) -> SessionEntry:
    (session,) = (s for s in dialogue.sessions if s.agreement and s.agreement.short_name == short_name)
    return session


def printed(agreement: AgreementEntry, session: SessionEntry) -> Iterator[str]:
    """The English as it stands on the page, line by line."""
    numbers: Counter[int] = Counter()
    lists = {id(item): id(block) for block in agreement.walk() for item in block.children}
    for block in agreement.walk():
        match block.label_style:
            case LabelStyle.BULLET:
                yield f"• {block.text.en}"
            case LabelStyle.PARENTHESISED:
                numbers[lists[id(block)]] += 1
                yield f"({numbers[lists[id(block)]]}) {block.text.en}"
            case _:
                yield block.text.en
    for listed in session.participants:
        yield listed.heading.en
        for participant in listed.participants:
            yield f"{participant.display_en}{participant.separator}{participant.title.en}"


@pytest.mark.parametrize("short_name", REAL)
def test_the_english_is_the_published_one_byte_for_byte(dialogue: DialogueFile, short_name: str) -> None:
    agreement, session = dialogue.agreement(short_name), session_of(dialogue, short_name)

    text = "".join(f"{line}\n" for line in printed(agreement, session))

    assert text.encode() == (SEEDS / f"{short_name}.txt").read_bytes()


@pytest.mark.parametrize(
    ("short_name", "defect"),
    [
        ("march-2019", "(ISO/IEC JCT 41)"),
        ("march-2019", "presents a promising starting point"),
        ("december-2019", "two-days meeting"),
        ("december-2019", "property rights. technology sharing"),
        ("december-2019", 'even "decoupling" between'),
        ("december-2019", "“free data port”"),
        ("december-2019", "“buy local” or “not buy foreign.”"),
    ],
)
def test_the_defects_of_the_english_are_kept(dialogue: DialogueFile, short_name: str, defect: str) -> None:
    assert sum(block.text.en.count(defect) for block in dialogue.agreement(short_name).walk()) == 1


@pytest.mark.parametrize(
    ("short_name", "counts"),
    [
        ("march-2019", {"narrative": 16, "lead_in": 1, "bullet": 9, "heading": 4}),
        ("december-2019", {"narrative": 15, "lead_in": 2, "numbered_item": 3, "heading": 5}),
    ],
)
def test_the_paragraphs_are_all_there(dialogue: DialogueFile, short_name: str, counts: dict[str, int]) -> None:
    agreement = dialogue.agreement(short_name)

    assert Counter(block.kind.value for block in agreement.walk()) == counts
    assert sum(counts.values()) - counts["heading"] == {"march-2019": 26, "december-2019": 20}[short_name]


def test_the_text_before_and_after_the_sections_stands_outside_them(dialogue: DialogueFile) -> None:
    shape = {name: [block.kind.value for block in dialogue.agreement(name).text] for name in REAL}

    assert shape == {
        "march-2019": ["narrative"] * 4 + ["heading"] * 4,
        "december-2019": ["narrative"] * 3 + ["lead_in"] + ["heading"] * 5 + ["narrative"],
    }


def test_items_stand_under_their_lead_in(dialogue: DialogueFile) -> None:
    lists = {
        block.text.en.split()[-1]: [child.kind.value for child in block.children]
        for name in REAL
        for block in dialogue.agreement(name).walk()
        if block.kind is ParagraphKind.LEAD_IN and block.children
    }

    assert lists == {"following:": ["bullet"] * 9, "policies:": ["numbered_item"] * 3}


def test_decembers_lead_in_governs_all_sections_but_not_the_closing_paragraph(dialogue: DialogueFile) -> None:
    agreement = dialogue.agreement("december-2019")
    lead_in = agreement.text[3]

    governors = [lead for block, lead in agreement.governed() if block.kind is not ParagraphKind.NUMBERED_ITEM]

    assert governors == [None] * 4 + [lead_in] * (len(governors) - 5) + [None]


def test_one_statement_is_one_sided(dialogue: DialogueFile) -> None:
    one_sided = [block for name in REAL for block in dialogue.agreement(name).walk() if block.speaker]

    assert [(block.speaker, block.addressee, block.text.en[:34]) for block in one_sided] == [
        ("US", "CN", "U.S. participants encouraged China")
    ]


def test_recommendations_are_tagged_where_the_text_recommends(dialogue: DialogueFile) -> None:
    tagged = {
        name: [block for block in dialogue.agreement(name).walk() if Tag.RECOMMENDATION in block.tags] for name in REAL
    }

    assert {name: len(blocks) for name, blocks in tagged.items()} == {"march-2019": 13, "december-2019": 13}
    assert [block.kind for block in tagged["march-2019"]].count(ParagraphKind.BULLET) == 9
    assert [block in tagged["december-2019"] for block in dialogue.agreement("december-2019").text[:4]] == [
        False,
        True,
        True,
        False,
    ]
    for block in (block for blocks in tagged.values() for block in blocks):
        assert re.search(r"should|could|recommend|consider|encourage|propose", block.text.en), block.text.en


def test_december_leaves_three_points_to_the_next_session(dialogue: DialogueFile) -> None:
    session, agreement = session_of(dialogue, "december-2019"), dialogue.agreement("december-2019")

    assert [agreement.block(key).working_title for key in session.agenda] == [
        Bilingual("Subsidies and financial support", "补贴与财政支持"),
        Bilingual("Publishing procurement rules", "公布采购规则"),
        Bilingual("Third-country trade and “long-arm jurisdiction”", "第三国贸易与“长臂管辖”"),
    ]
    assert [block for block in agreement.walk() if Tag.AGENDA_ITEM in block.tags] == [
        agreement.block(key) for key in session.agenda
    ]


@pytest.mark.parametrize(("short_name", "chinese", "american"), [("march-2019", 10, 9), ("december-2019", 11, 9)])
def test_the_participant_lists_are_the_printed_ones(
    dialogue: DialogueFile, short_name: str, chinese: int, american: int
) -> None:
    lists = session_of(dialogue, short_name).participants

    assert [(listed.side, listed.heading, len(listed.participants)) for listed in lists] == [
        ("CN", Bilingual("CHINESE PARTICIPANTS", "中方与会人员"), chinese),
        ("US", Bilingual("AMERICAN PARTICIPANTS", "美方与会人员"), american),
    ]
    assert [[p.display_en for p in listed.participants if p.leader] for listed in lists] == [
        ["HAO Yeli"],
        ["Dennis Blair"],
    ]


def test_the_no_break_space_behind_one_name_is_kept(dialogue: DialogueFile) -> None:
    odd = {
        participant.display_en: participant.separator
        for session in dialogue.sessions
        for listed in session.participants
        for participant in listed.participants
        if participant.separator != " "
    }

    assert odd == {"ZHANG Xundi": "\N{NO-BREAK SPACE} "}
    assert 'separator: "\\_ "' in FILE.read_text(encoding="utf-8")


def test_nobodys_name_was_put_into_chinese(dialogue: DialogueFile) -> None:
    assert len(dialogue.persons) == 28
    assert not any(person.name_zh for person in dialogue.persons)
    assert not any(
        participant.display_zh
        for session in dialogue.sessions
        for listed in session.participants
        for participant in listed.participants
    )


def test_places_dates_and_hosts_are_those_of_the_texts(dialogue: DialogueFile) -> None:
    first, second = dialogue.sessions[:2]

    assert [(dates.side, dates.first, dates.last, dates.time_zone) for dates in (*first.dates, *second.dates)] == [
        (None, date(2019, 3, 11), date(2019, 3, 12), "America/New_York"),
        (None, date(2019, 12, 9), date(2019, 12, 10), "Asia/Shanghai"),
    ]
    assert [place.name.en for place in (*first.places, *second.places)] == ["Washington, D.C.", "Sanya, Hainan, China"]
    assert first.note is not None
    assert "March 10 to 12" in first.note.en
    for session in (first, second):
        assert [(host.side, host.name.zh) for host in session.hosts] == [
            ("US", "美中关系全国委员会"),
            ("CN", "观潮网络空间论坛"),
        ]


@pytest.mark.parametrize("short_name", REAL)
def test_a_real_agreement_is_recorded_and_its_chinese_unofficial(dialogue: DialogueFile, short_name: str) -> None:
    agreement = dialogue.agreement(short_name)

    assert agreement.kind is AgreementKind.RECORDED
    assert (agreement.authentic, agreement.unofficial) == ((Language.EN,), (Language.ZH,))
    assert agreement.source is not None
    assert "unofficial working translation" in agreement.source.en
    assert not session_of(dialogue, short_name).exercise


def test_the_exercise_is_marked_and_empty(dialogue: DialogueFile) -> None:
    session, agreement = session_of(dialogue, "exercise"), dialogue.agreement("exercise")

    assert session.exercise
    assert (agreement.kind, agreement.text, agreement.authentic) == (AgreementKind.NEGOTIATED, (), tuple(Language))
    assert [(listed.side, listed.participants) for listed in session.participants] == [("CN", ()), ("US", ())]
    assert [dates.side for dates in session.dates] == ["US", "CN"]
    assert "fictional" in session.name.en
    assert "虚构" in session.name.zh


# The Chinese


def pairs(dialogue: DialogueFile) -> Iterator[Bilingual]:
    for name in REAL:
        yield from (block.text for block in dialogue.agreement(name).walk())
    for session in dialogue.sessions:
        for listed in session.participants:
            yield listed.heading
            yield from (participant.title for participant in listed.participants)


def test_every_paragraph_heading_and_title_stands_in_chinese_too(dialogue: DialogueFile) -> None:
    assert all(re.search("[\u4e00-\u9fff]", pair.zh) for pair in pairs(dialogue))


def test_the_chinese_is_typed_as_chinese(dialogue: DialogueFile) -> None:
    han = "\u4e00-\u9fff，。；：、？！“”‘’（）《》—"
    for pair in pairs(dialogue):
        assert not re.search(f"[{han}] | [{han}]", pair.zh), f"a typed space: {pair.zh}"
        assert not re.search("[\u4e00-\u9fff][,;:?!()\"']|[,;:?!()\"'][\u4e00-\u9fff]", pair.zh), (
            f"half-width: {pair.zh}"
        )
        assert pair.zh.count("“") == pair.zh.count("”")
        assert pair.zh.count("（") == pair.zh.count("）")
        assert pair.zh.count("《") == pair.zh.count("》")


def test_the_chinese_ends_as_the_english_does(dialogue: DialogueFile) -> None:
    ends = {".": "。", ":": "：", ")": "）"}
    for name in REAL:
        for block in dialogue.agreement(name).walk():
            if block.kind is not ParagraphKind.HEADING:
                assert block.text.zh[-1] == ends[block.text.en.rstrip("”")[-1]], block.text.zh


def test_the_numbers_are_the_same_in_both_languages(dialogue: DialogueFile) -> None:
    months = {"March": "3", "December": "12"}
    for name in REAL:
        for block in dialogue.agreement(name).walk():
            english = re.sub("|".join(months), lambda month: months[month.group()], block.text.en)
            english = english.replace("JCT 41", "JTC 1/SC 41").replace("COVID-19", "新冠肺炎")
            assert Counter(re.findall(r"\d+", english)) == Counter(re.findall(r"\d+", block.text.zh)), block.text.zh


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("GDPR", "《通用数据保护条例》"),
        ("CBPR", "跨境隐私规则"),
        ("APEC", "亚太经济合作组织"),
        ("Internet of Things", "物联网"),
        ("Track II Dialogue", "二轨对话"),
        ("long-arm jurisdiction", "长臂管辖"),
        ("COVID-19", "新冠肺炎疫情"),
        ("decoupling", "脱钩"),
        ("free data port", "自由数据港"),
        ("WTO", "世界贸易组织"),
        ("Moore’s Law", "摩尔定律"),
        ("risk-based approach", "基于风险的方法"),
        ("white paper", "白皮书"),
        ("intellectual property", "知识产权"),
        ("U.S. and Chinese", "美中"),
        ("China and the United States", "中国和美国"),
        ("interoperability", "互操作性"),
    ],
)
def test_a_term_has_one_translation(dialogue: DialogueFile, english: str, chinese: str) -> None:
    found = [pair for pair in pairs(dialogue) if english in pair.en]

    assert found
    assert [pair.zh for pair in found if chinese not in pair.zh] == []


def test_no_obligation_is_lost_or_added(dialogue: DialogueFile) -> None:
    for name in REAL:
        for block in dialogue.agreement(name).walk():
            if re.search(r"\bshould\b", block.text.en):
                assert "应" in block.text.zh, block.text.zh
            if re.search(r"\bcould\b", block.text.en):
                assert "可" in block.text.zh, block.text.zh
            if re.search(r"\bmust\b", block.text.en):
                assert "必须" in block.text.zh, block.text.zh
            else:
                assert "必须" not in block.text.zh, block.text.zh


def test_the_file_is_written_as_the_program_writes_it(dialogue: DialogueFile) -> None:
    assert write(dialogue) == FILE.read_text(encoding="utf-8")

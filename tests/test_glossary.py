"""One word each: the glossary, the page that explains it and the Chinese of the interface say the same."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from workflow import i18n
from workflow.glossary import GLOSSARY

ROOT = Path(__file__).resolve().parent.parent
TERMS = [term for _, terms in GLOSSARY for term in terms]

#: What Chinese could also say, and the one word that is said here instead.
OTHER_WORDS = {
    "与会者": "与会人员",
    "参会人员": "与会人员",
    "参会者": "与会人员",
    "默认程序": "默许程序",
    "沉默程序": "默许程序",
    "运营商": "系统运营者",
    "管理员": "系统运营者",
    "网站管理": "系统运营者",
    "(?<!系统)运营者": "系统运营者",
    "散列值": "内容哈希值",
    "哈希(?!值)": "内容哈希值",
    "两种语言": "两种语文",
    "(?:另|该|一种|何种)语言": "语文",
    "(?<!引导)引导词": "引导语",
    "(?<!前)引语": "引导语, or 引文 for quoted words",
    "Word文件": "Word文档",
    "制作文件": "文档",
    "对应文本待定": "对应文本待补",
    "一致性(?:认证|证明)": "一致性核证",
    "载入记录的声明": "记录在案的声明",
    "占位处": "占位符",
    "议定": "商定",
    "邮箱": "电子邮件地址",
    "我方": "本方",
    "开启会议|会议已?开启|创建会议": "设立",
    "位在|置于案文末尾": "位于",
    "修正案%": "第%(number)s号修正案",
    "(?<!对)动议%": "第%(number)s号动议",
    "提案修正": "修正案",
    "翻译员|译员": "语言官员",
    "评注": "评论",
    "贵代表团": "贵方代表团",
    "公布文本|已发布文本": "发布文本",
    "键入": "输入",
    "展开本节": "打开本节标题",
}


@pytest.fixture(scope="module")
def chinese() -> dict[str, str]:
    """What the interface says in Chinese, by its English."""
    with (i18n.TRANSLATIONS / "zh_Hans" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale="zh_Hans", abort_invalid=True)
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (
            message.string if isinstance(message.string, str) else (message.string or ("",))[0]
        )
        for message in catalogue
        if message.id
    }


def written() -> dict[str, str]:
    """The words of docs/glossary.md that have Chinese, each row's joined as the page joins them."""
    rows = re.findall(r"^\| (\*\*.+?) \| (.+?) \| ", (ROOT / "docs" / "glossary.md").read_text(), re.MULTILINE)
    return {", ".join(re.findall(r"\*\*(.+?)\*\*", words)): zh for words, zh in rows if zh != "–"}


def test_the_page_explains_the_words_of_the_glossary_and_no_others() -> None:
    assert {term.en: term.zh for term in TERMS} == written()
    assert len(TERMS) > 60


def test_every_word_stands_once_and_has_a_place_to_lead_to() -> None:
    anchors = [term.anchor for term in TERMS]

    assert len(set(anchors)) == len(anchors)
    assert all(re.fullmatch(r"[a-z][a-z-]*", anchor) for anchor in anchors)


def test_no_two_words_share_their_chinese() -> None:
    assert len({term.zh for term in TERMS}) == len(TERMS)


def test_what_a_word_means_is_a_sentence_in_both_languages(app: Flask) -> None:
    for locale, stop in zip(i18n.LOCALES, (".", "。"), strict=True):
        with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
            said = {term.en: str(term.meaning) for term in TERMS}
        assert {word: meaning for word, meaning in said.items() if not meaning.endswith(stop)} == {}


def test_the_interface_has_one_chinese_word_for_each_thing(chinese: dict[str, str]) -> None:
    found = {
        en: f"{zh}: {right}"
        for en, zh in chinese.items()
        for other, right in OTHER_WORDS.items()
        if re.search(other, zh)
    }

    assert found == {}


def test_what_is_cut_short_in_chinese_ends_as_chinese_does(chinese: dict[str, str]) -> None:
    assert [zh for zh in chinese.values() if re.search(r"(?<!…)…(?!…)|\.\.\.", zh)] == []


@pytest.mark.parametrize(
    "wrong", ["与会者名单", "启动默认程序", "该服务器的运营者", "两种语言", "第1项，修正案%(number)s"]
)
def test_another_word_is_noticed(wrong: str) -> None:
    assert any(re.search(other, wrong) for other in OTHER_WORDS)


def test_what_leads_to_the_glossary_finds_its_word() -> None:
    pages = "".join(page.read_text() for page in (ROOT / "templates").rglob("*.html"))
    links = set(re.findall(r'\bterm\("([\w-]+)"', pages))

    assert links
    assert links - {term.anchor for term in TERMS} == set()

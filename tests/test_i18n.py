"""The interface speaks two languages, all of it."""

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask, get_template_attribute

from workflow import i18n
from workflow.domain.bilingual import Language
from workflow.domain.corrigenda import Correction

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_l": None}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Chinese of the interface, as it is kept."""
    with (i18n.TRANSLATIONS / "zh_Hans" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


@pytest.fixture(scope="module")
def messages(catalogue: Catalog) -> list[Message]:
    """Everything it has."""
    return [message for message in catalogue if message.id]


@pytest.fixture(scope="module")
def translated(messages: list[Message]) -> list[Message]:
    """Everything it has Chinese for."""
    return [message for message in messages if _chinese(message)]


def said() -> set[str]:
    """Every message that the sources say, the plural of one left out."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = project["tool"]["babel"]["mappings"]
    methods = [(mapping.pop("pattern"), mapping.pop("method")) for mapping in mappings]
    options = {pattern: options for (pattern, _), options in zip(methods, mappings, strict=True)}
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=_of_the_sources)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def _of_the_sources(folder: str) -> bool:
    return Path(folder).name not in {".venv", ".git", "var", "dist", "build", "__pycache__"}


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _chinese(message: Message) -> str:
    return message.string if isinstance(message.string, str) else (message.string or ("",))[0]


def test_the_catalogue_has_what_the_sources_say_and_nothing_else(messages: list[Message]) -> None:
    assert {_english(message) for message in messages} == said(), "run `make translations`"


def test_nothing_is_untranslated(messages: list[Message]) -> None:
    assert [_english(message) for message in messages if not _chinese(message)] == []


def test_nothing_is_guessed(messages: list[Message]) -> None:
    assert [_english(message) for message in messages if message.fuzzy] == []


def test_a_translation_fills_in_the_same_things(translated: list[Message]) -> None:
    def blanks(text: str) -> set[str]:
        return set(re.findall(r"%\((\w+)\)", text))

    wrong = [
        _english(m) for m in translated if blanks(_chinese(m)) != blanks(m.id if isinstance(m.id, str) else m.id[1])
    ]

    assert wrong == []


def test_chinese_sentences_have_full_width_marks(translated: list[Message]) -> None:
    between = re.compile(r"[\u4e00-\u9fff][,;:!?()](?![\d])|[\u4e00-\u9fff]\.(?:\s|$)")

    assert [_chinese(message) for message in translated if between.search(_chinese(message))] == []


def test_no_space_is_typed_between_han_and_what_is_not(translated: list[Message]) -> None:
    # The stylesheet draws that gap, and paper has none. What is filled in counts as Latin.
    between = re.compile(
        r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”] | [\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”]|\)s %\("
    )

    assert [_chinese(message) for message in translated if between.search(_chinese(message))] == []


def test_sentences_stay_sentences(translated: list[Message]) -> None:
    def ends(text: str, marks: str) -> bool:
        return text.rstrip("”\u2019").endswith(tuple(marks))

    wrong = [
        _english(m)
        for m in translated
        if ends(_english(m), ".?!") != ends(_chinese(m), "。？！") and _english(m) not in {"No.", "Rev."}
    ]

    assert wrong == []


def test_what_is_marked_for_the_catalogue_stays_as_it_is() -> None:
    assert i18n.N_("Agreed") == "Agreed"


def test_a_message_is_said_in_the_readers_language(app: Flask) -> None:
    for asked, words in (("en", "Sign in"), ("zh-CN", "登录")):
        with app.test_request_context("/", headers={"Accept-Language": asked}):
            assert i18n.gettext("Sign in") == words
            assert str(i18n.lazy_gettext("Sign in")) == words


@pytest.mark.parametrize(
    ("locale", "corrected", "noticed"),
    [
        ("en", "for shal read shall", "A number differs (2 / –)"),
        ("zh_Hans", "将shal改为shall", "数字不一致（2 / –）"),
    ],
)
def test_what_a_component_marks_stands_in_a_sentence_of_the_readers_language(
    app: Flask, locale: str, corrected: str, noticed: str
) -> None:
    mistake = Correction(language=Language.EN, wrong="shal", right="shall")
    sign = {"code": "number", "en": "2", "zh": ""}

    with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
        correction = get_template_attribute("components/motion.html", "correction")(mistake)
        seen = get_template_attribute("components/sign.html", "sign_text")(sign)

    assert correction.striptags() == corrected
    assert seen.striptags() == noticed
    assert "<del" in correction
    assert '<span lang="en">' in seen


def test_a_moment_is_written_in_each_readers_language_whoever_read_the_page_first(app: Flask) -> None:
    at = datetime(2019, 12, 9, 18, 5, tzinfo=UTC)
    written = {}
    for locale in (*i18n.LOCALES, *i18n.LOCALES):
        with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
            written[locale] = str(get_template_attribute("components/moment.html", "moment")(at))

    assert "Dec 9, 2019, 18:05 UTC" in written["en"]
    assert "协调世界时2019年12月9日18:05" in written["zh_Hans"]


def test_days_of_one_month_name_it_once(app: Flask) -> None:
    for locale, said in zip(i18n.LOCALES, ("Dec 9\u2009–\u200910, 2019", "2019年12月9日至10日"), strict=True):
        with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
            assert i18n.days(date(2019, 12, 9), date(2019, 12, 10)) == said


@pytest.mark.parametrize(
    ("zone", "english", "chinese"),
    [
        ("UTC", "UTC", "协调世界时"),
        ("Asia/Shanghai", "China (Shanghai) Time", "中国（上海）时间"),
        ("America/Phoenix", "United States (Phoenix) Time", "美国（凤凰城）时间"),
        ("Asia/Calcutta", "India Time", "印度时间"),
        ("Etc/GMT+5", "Etc/GMT+5", "Etc/GMT+5"),
    ],
)
def test_a_time_zone_is_called_by_its_place_in_the_readers_language(
    app: Flask, zone: str, english: str, chinese: str
) -> None:
    for locale, name in zip(i18n.LOCALES, (english, chinese), strict=True):
        with app.test_request_context(headers={"Cookie": f"locale={locale}"}):
            assert i18n.zone_name(zone) == i18n.zone_name(ZoneInfo(zone)) == name

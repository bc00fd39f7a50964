"""Signs that the two languages disagree: found where they do, rare where they do not."""

from pathlib import Path

import pytest
import yaml

from tests.domain.wordings import WORDS
from workflow.domain.bilingual import Bilingual
from workflow.domain.concordance import Sign, SignCode, signs
from workflow.domain.figures import chinese_figures, english_figures

AGREEMENTS = Path(__file__).parents[2] / "data" / "digital-economy.yaml"

#: What is found in the two published agreements, and is right to be found.
KNOWN = {
    Sign(SignCode.NUMBER, "", "1"),  # the published English says "JCT 41" where the committee is JTC 1/SC 41
    Sign(SignCode.NAME, "", "JTC"),
    Sign(SignCode.NAME, "", "SC"),
    Sign(SignCode.COMMITMENT, "", "应"),  # "(…) should be transparent; open to …": Chinese must repeat the verb
}


def passages(node: object) -> list[Bilingual]:
    """Every passage in both languages, however deep."""
    if isinstance(node, list):
        return [found for child in node for found in passages(child)]
    if not isinstance(node, dict):
        return []
    here = [Bilingual(node["en"], node["zh"])] if isinstance(node.get("en"), str) and "zh" in node else []
    return [*here, *(found for child in node.values() for found in passages(child))]


def test_the_published_agreements_give_no_false_sign_but_those_known() -> None:
    document = yaml.safe_load(AGREEMENTS.read_text(encoding="utf-8"))
    agreements = [session["agreement"] for session in document["sessions"] if "agreement" in session]
    published = [agreement["text"] for agreement in agreements if agreement["kind"] == "recorded"]
    texts = passages(published)

    assert len(texts) >= 46
    assert {sign for text in texts for sign in signs(text, WORDS)} <= KNOWN


AGREE = Bilingual(
    "On December 9 and 10, 2019, both governments should consider spending $1.5 billion, or 10 percent, on 5G.",
    "2019年12月9日至10日，两国政府应考虑将15亿美元（即10%）用于5G。",
)


@pytest.mark.parametrize(
    "pair",
    [
        pytest.param(AGREE, id="figures in both"),
        pytest.param(Bilingual("The two sides met twice.", "双方举行了两次会晤。"), id="small numbers in words"),
        pytest.param(Bilingual("ten percent of 1,000", "1000的百分之十"), id="percentages in words"),
        pytest.param(Bilingual("They should not be limited.", "不应加以限制。"), id="a prohibition in both"),
        pytest.param(Bilingual("within one hundred and twenty days", "一百二十日内"), id="hundreds in words"),
        pytest.param(
            Bilingual("Both governments should make trade easier.", "两国政府应为贸易提供便利。"),
            id="a verb cut off",
        ),
        pytest.param(Bilingual("(a) trade; and (b) data", "（一）贸易；以及（二）数据"), id="items in both"),
        pytest.param(Bilingual('the "Data Act"', "《数据法》"), id="a title in quotation marks and in title marks"),
        pytest.param(Bilingual("by [date]", "于[日期]"), id="a placeholder in both"),
        pytest.param(Bilingual("by [date] 10 percent should", ""), id="a counterpart that is not written yet"),
        pytest.param(Bilingual("First, trade. Second, data.", "第一，贸易。第二，数据。"), id="points in both"),
    ],
)
def test_texts_that_agree_give_no_sign(pair: Bilingual) -> None:
    assert signs(pair, WORDS) == ()


@pytest.mark.parametrize(
    ("pair", "sign"),
    [
        pytest.param(
            Bilingual("a fund of $1.5 billion", "设立1.5亿美元基金"),
            Sign(SignCode.SCALE, "1.5 billion", "1.5亿"),
            id="billion for 亿",
        ),
        pytest.param(
            Bilingual("two billion people", "两亿人"),
            Sign(SignCode.SCALE, "two billion", "两亿"),
            id="a scale in words",
        ),
        pytest.param(
            Bilingual("growth of 10 percent", "增长12%"),
            Sign(SignCode.NUMBER, "10 percent", "12%"),
            id="another percentage",
        ),
        pytest.param(
            Bilingual("growth of 10 percent", "增长10"),
            Sign(SignCode.NUMBER, "10 percent", "10"),
            id="a number for a percentage",
        ),
        pytest.param(
            Bilingual("within 30 days", "尽快"), Sign(SignCode.NUMBER, "30", ""), id="a number in English only"
        ),
        pytest.param(Bilingual("soon", "于30天内"), Sign(SignCode.NUMBER, "", "30"), id="a number in Chinese only"),
        pytest.param(Bilingual("a level of 5", "水平为0"), Sign(SignCode.NUMBER, "5", "0"), id="nought is no scale"),
        pytest.param(
            Bilingual("on March 11 and 12, 2019", "2019年3月10日至12日"),
            Sign(SignCode.DATE, "March 11 and 12, 2019", "2019年3月10日至12日"),
            id="another day",
        ),
        pytest.param(Bilingual("by 2030", "到2035年"), Sign(SignCode.DATE, "2030", "2035年"), id="another year"),
        pytest.param(
            Bilingual("on trade: (a) goods; (b) services", "贸易：（一）货物；（二）服务；（三）数据"),
            Sign(SignCode.ENUMERATION, "(a) · (b)", "（一） · （二） · （三）"),
            id="an item more",
        ),
        pytest.param(
            Bilingual("First, trade. Second, data.", "第一，贸易。第二，数据。第三，安全。"),
            Sign(SignCode.ENUMERATION, "First, · Second,", "第一， · 第二， · 第三，"),
            id="a point more",
        ),
        pytest.param(
            Bilingual("a “free data port”", "一个自由数据港"),
            Sign(SignCode.QUOTATION, "“free data port”", ""),
            id="quotation marks in one language",
        ),
        pytest.param(
            Bilingual("meet by [date]", "尽快会晤"), Sign(SignCode.PLACEHOLDER, "[date]", ""), id="a typed bracket"
        ),
        pytest.param(Bilingual("the privacy rules", "隐私规则（CBPR）"), Sign(SignCode.NAME, "", "CBPR"), id="a name"),
        pytest.param(
            Bilingual("Both governments should publish the rules.", "两国政府可以公布规则。"),
            Sign(SignCode.COMMITMENT, "should", "可以"),
            id="should for 可以",
        ),
        pytest.param(
            Bilingual("Both should meet. Both could pay.", "双方可以会晤。双方应当付款。"),
            Sign(SignCode.COMMITMENT, "could", "应当"),
            id="should and could the wrong way round, sentence by sentence",
        ),
        pytest.param(
            Bilingual("Both governments shall publish the rules.", "两国政府应公布规则。"),
            Sign(SignCode.COMMITMENT, "shall", "应"),
            id="shall for 应",
        ),
        pytest.param(
            Bilingual("They should not restrict data.", "应限制数据。"),
            Sign(SignCode.NEGATION, "should not", ""),
            id="a prohibition lost",
        ),
        pytest.param(
            Bilingual("They should share data.", "不应共享数据。"),
            Sign(SignCode.NEGATION, "", "不应"),
            id="a prohibition gained",
        ),
        pytest.param(
            Bilingual("Agencies should consider developing a white paper.", "有关机构应编制白皮书。"),
            Sign(SignCode.HEDGE, "should consider", ""),
            id="considering lost",
        ),
        pytest.param(
            Bilingual("China acknowledges the concern.", "中国承认该关切。"),
            Sign(SignCode.FALSE_FRIEND, "acknowledges", "承认"),
            id="acknowledges for 承认",
        ),
    ],
)
def test_a_disagreement_gives_its_sign(pair: Bilingual, sign: Sign) -> None:
    assert sign in signs(pair, WORDS)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (Bilingual("Data governance matters.", "数据治理很重要。"), ()),
        (Bilingual("data governance", "数据管理"), (Sign(SignCode.TERM, "data governance", ""),)),
        (Bilingual("rules on data", "数据治理规则"), (Sign(SignCode.TERM, "", "数据治理"),)),
        (Bilingual("metadata and rules", "规则"), ()),
    ],
)
def test_an_agreed_term_stands_beside_its_counterpart(pair: Bilingual, expected: tuple[Sign, ...]) -> None:
    assert signs(pair, WORDS, terms={"data": "数据", "data governance": "数据治理"})[: len(expected)] == expected
    assert all(sign.code is SignCode.TERM for sign in signs(pair, WORDS, terms={"data governance": "数据治理"}))


@pytest.mark.parametrize("english", ["the IoT", "the Internet of Things"])
def test_any_english_term_of_one_counterpart_will_do(english: str) -> None:
    terms = {"Internet of Things": "物联网", "IoT": "物联网"}
    assert signs(Bilingual(english, "物联网"), WORDS, terms=terms) == ()
    assert signs(Bilingual(english, "网络"), WORDS, terms=terms) == (
        Sign(SignCode.TERM, english.removeprefix("the "), ""),
    )


@pytest.mark.parametrize("abbreviation", ["e.g.", "i.e.", "vs.", "U.S."])
def test_an_abbreviation_ends_no_sentence(abbreviation: str) -> None:
    # Cut into three, the English could not be held against the two Chinese sentences one by one.
    pair = Bilingual(f"Both could meet, {abbreviation} yearly. Both should pay.", "双方应当每年会晤。双方可以付款。")

    assert [sign.code for sign in signs(pair, WORDS)] == [SignCode.COMMITMENT, SignCode.COMMITMENT]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10 percent, 3.5% and ten percent", ["10", "3.5", "10"]),
        ("twenty-five million, a hundred, 1,000.5", ["25000000", "100", "1000.5"]),
        ("one hundred and twenty, two hundred thirty-five", ["120", "235"]),
        ("a hundred and both, one hundred twenties", ["100", "2", "100"]),
        ("5G, COVID-19 and no number", []),
    ],
)
def test_english_numbers(text: str, values: list[str]) -> None:
    assert [f"{figure.value.normalize():f}" for figure in english_figures(text).numbers] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("百分之十、3.5%、二十五亿", ["10", "3.5", "2500000000"]),
        ("1.2万亿、一万二千、十二、二〇一九、两百零三万", ["1200000000000", "12000", "12", "2019", "2030000"]),
        ("5G", []),
    ],
)
def test_chinese_numbers(text: str, values: list[str]) -> None:
    assert [f"{figure.value.normalize():f}" for figure in chinese_figures(text).numbers] == values


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("December 9 and 10, 2019", "2019年12月9日至10日"),
        ("9–10 December 2019", "2019年12月9日、10日"),
        ("March 10 to 12", "3月10至12日"),
        ("December 2019 and 2030", "2019年12月和2030年"),
        ("in December", "12月"),
        ("May 4", "5月4日"),
    ],
)
def test_the_same_date_in_both_languages(english: str, chinese: str) -> None:
    assert english_figures(english).dates == chinese_figures(chinese).dates != frozenset()


def test_the_verb_may_is_no_month() -> None:
    assert english_figures("May both sides agree").dates == frozenset()

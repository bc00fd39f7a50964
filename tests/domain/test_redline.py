"""Redlines: exact, readable, and quick on any text."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.wordings import WORDINGS, WORDS, reworded
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.redline import Edit, Kind, Span, _tidied, bilingual_redline, edits, spans
from workflow.domain.words import Words, has_han, keeping, tokens

ENGLISH = (
    # one word for another
    "The two governments [-could-]{+should+} consider in detail how to start with managing flows of commercial data.",
    "Both countries [-should-]{+shall+} adopt a risk-based approach in determining the scope of necessary regulations.",
    "The aim for both sides should be to seek a [-path-]{+way+} towards ensuring interoperability.",
    "The participants [-acknowledge-]{+note+} the importance of cross-border data flows.",
    "Restrictions should be defined as [-clearly-]{+narrowly+} and as precisely as possible.",
    # words that belong together
    "Such rules should build on [-industry-]{+international+} standards.",
    "This could result in a [-10 percent-]{+10%+} increase in global GDP.",
    "Officials should meet [-once a-]{+twice each+} year, alternately in Beijing and in Washington, D.C.",
    "The two sides agreed to exchange lists by [-March 11-]{+June 30+}, 2020.",
    "Losses could amount to $1.5 [-million-]{+billion+} a year.",
    # insertions
    "Both governments should{+, where appropriate,+} adopt a risk-based approach.",
    "Both governments should encourage {+innovation and +}the free flow of data.",
    "Data flows across borders should only be restricted to the extent {+strictly +}necessary.",
    "Areas of focus include financial services, {+food safety, +}and airplane maintenance.",
    "Rules should be clear.{+ They should be published in both languages.+}",
    "Rules should be clear. {+They should not be burdensome. +}They should be published.",
    "Measures should be developed to protect data{+ regardless of where it is stored+}.",
    "U.S. participants encouraged China to continue {+exploring proposals +}to establish open data zones.",
    # deletions
    "Areas of focus include financial services[-, food safety,-] and airplane maintenance.",
    "This will [-seriously -]affect normal international markets and particularly global supply chains.",
    "The risks are known. [-They are growing. -]They should be managed jointly.",
    "Neither country should employ restrictions to express displeasure [-to the other nation -]on unrelated issues.",
    "Both sides should consider [-in detail -]how to start.",
    "The document is a joint accounting of the themes of the discussion[-, as well as a set of recommendations-].",
    # words that move, change of case, of marks, of quotes
    "[-The-]{+China and the+} United States [-and China -]should focus first on particular segments of the economy.",
    "[-Data-]{+Cross-border data+} flows [-across borders -]should be restricted only for legitimate reasons.",
    "Two ecosystems[-—-]{+, +}or more[-—-]{+, +}could limit the interaction among citizens.",
    'They should not implement [-"-]{+“+}long-arm jurisdiction[-"-]{+”+} to limit normal trade.',
    "Protection of intellectual property is essential[-; technology-]{+. Technology+} sharing should be encouraged.",
    # several changes in one sentence
    "Both [-governments-]{+sides+} should promote [-technical-]{+practical+} cooperation under [-the-]{+all+} laws.",
)

CHINESE = (
    # 一词之改
    "两国政府[-可以-]{+应当+}详细研究如何从管理商业数据流动入手。",
    "双方建议就该[-方案-]{+提案+}继续开展磋商。",
    "两国在确定必要监管的范围时，[-应-]{+必须+}采取基于风险的方法。",
    "与会人员[-承认-]{+认识到+}数据跨境流动的重要性。",
    "此类规则应以[-行业-]{+国际+}标准为依托。",
    "双方的目标应是寻求一条[-道路-]{+途径+}，以确保互操作性。",
    "美方与会人员[-敦促-]{+鼓励+}中国继续探讨设立开放数据区的方案。",
    "双方[-反对-]{+不支持+}以国内法实施长臂管辖。",
    # 数字、日期
    "此举有可能使全球国内生产总值增长[-百分之十-]{+10%+}。",
    "每年损失可达[-15-]{+150+}亿美元。",
    "双方商定于[-2019-]{+2020+}年12月9日至10日举行下次会议。",
    "两国官员应每年会晤[-一次-]{+两次+}。",
    # 增补
    "两国政府应{+酌情+}采取基于风险的方法。",
    "两国政府应鼓励{+创新和+}数据自由流动。",
    "重点领域包括金融服务、{+食品安全、+}飞机维修。",
    "规则应当明确。{+规则应以两种语言公布。+}",
    "规则应当明确。{+规则不应造成过重负担。+}规则应当公布。",
    "应制定措施保护数据{+，无论数据存储于何处+}。",
    "为此，{+在符合各自法律的前提下，+}两国政府应加强合作。",
    "任何一国均不应通过国内法实施“{+所谓+}长臂管辖”。",
    # 删减
    "重点领域包括金融服务[-、食品安全-]和飞机维修。",
    "这将[-严重-]影响正常的国际市场，特别是全球供应链。",
    "风险已为各方所知。[-风险正在增加。-]双方应共同管理风险。",
    "任何一国均不应就不相关的问题[-向对方-]表达不满。",
    "本文件是双方对讨论主题的共同记述[-，并载有一系列建议-]。",
    # 语序、标点、引号
    "{+中国和+}美国[-和中国-]应首先关注特定经济领域。",
    '两国不应实施[-"-]{+“+}长臂管辖[-"-]{+”+}。',
    "保护知识产权必不可少[-；-]{+。+}应鼓励技术共享。",
    # 一句数处
    "两国[-政府-]{+企业+}应在遵守[-两国-]{+各自+}法律的基础上促进[-技术-]{+务实+}合作。",
    "双方应[-尽快-]{+于一年内+}公布所有采购规则，并[-应-]避免鼓励“购买本地产品”的[-做法-]{+规则+}。",
)


def notation(found: tuple[Span, ...]) -> str:
    form = {Kind.EQUAL: "{}", Kind.DELETED: "[-{}-]", Kind.INSERTED: "{{+{}+}}"}
    return "".join(form[span.kind].format(span.text) for span in found)


def before(redline: str) -> str:
    return re.sub(r"\{\+.*?\+\}", "", redline).replace("[-", "").replace("-]", "")


def after(redline: str) -> str:
    return re.sub(r"\[-.*?-\]", "", redline).replace("{+", "").replace("+}", "")


def old_of(found: tuple[Span, ...]) -> str:
    return "".join(span.text for span in found if span.kind is not Kind.INSERTED)


def new_of(found: tuple[Span, ...]) -> str:
    return "".join(span.text for span in found if span.kind is not Kind.DELETED)


def share_marked(found: tuple[Span, ...], of: str) -> float:
    return sum(len(span.text) for span in found if span.kind is not Kind.EQUAL) / len(of)


# -- as a careful editor would ---------------------------------------------------------


def test_there_are_thirty_pairs_in_each_language() -> None:
    assert (len(ENGLISH), len(CHINESE)) == (30, 30)


@pytest.mark.parametrize("redline", ENGLISH + CHINESE)
def test_it_marks_what_a_careful_editor_would(redline: str) -> None:
    assert notation(spans(before(redline), after(redline), WORDS)) == redline


@pytest.mark.parametrize(
    ("old", "new", "redline"),
    [
        pytest.param("他研究生物", "他研究生物", "他研究生物", id="no change"),
        pytest.param("研究生物", "研究生", "[-研究生物-]{+研究生+}", id="a word is never cut"),
        pytest.param("", "双方同意。", "{+双方同意。+}", id="nothing before"),
        pytest.param("Both agree.", "", "[-Both agree.-]", id="nothing after"),
        pytest.param("", "", "", id="nothing at all"),
        pytest.param("a b b c", "a b c", "a b [-b -]c", id="a repeated word"),
        pytest.param("One. Two.", "One.", "One.[- Two.-]", id="the last sentence"),
    ],
)
def test_small_cases_read_as_expected(old: str, new: str, redline: str) -> None:
    assert notation(spans(old, new, WORDS)) == redline


def test_changes_parted_by_one_small_word_are_one_change() -> None:
    found = notation(spans("in the light of this view", "in full respect of their rights", WORDS))

    assert found == "in [-the light of this view-]{+full respect of their rights+}"


def test_changes_that_touch_are_one_change() -> None:
    assert _tidied(list("abc"), [Edit(0, 1, ()), Edit(1, 1, ("x",))]) == [Edit(0, 1, ("x",))]


def test_changes_in_two_sentences_stay_two_changes() -> None:
    found = notation(spans("双方同意。会议结束。", "两国同意！峰会结束。", WORDS))

    assert found == "[-双方-]{+两国+}同意[-。会议-]{+！峰会+}结束。"


def test_what_a_segmenter_cuts_otherwise_beside_other_words_is_no_change() -> None:
    # Beside 生, 研究 becomes a part of another word; beside 物 it is a word of its own.
    def cut(text: str) -> list[str]:
        return ["研究生", "物"] if text == "研究生物" else ["研究", "生物", "学"] if text == "研究生物学" else [text]

    assert notation(spans("研究生物", "研究生物学", Words(cut))) == "研究生物{+学+}"


def test_a_change_slides_to_the_sentence_it_belongs_to() -> None:
    old = "Rules should be clear. Rules should be published."
    new = "Rules should be clear. Rules should be few. Rules should be published."

    assert notation(spans(old, new, WORDS)) == (
        "Rules should be clear. {+Rules should be few. +}Rules should be published."
    )


# -- what always holds -----------------------------------------------------------------


@given(WORDINGS, WORDINGS)
@settings(max_examples=300, deadline=None)
@example("[-", "+}")
def test_a_redline_holds_both_texts_exactly(old: str, new: str) -> None:
    found = spans(old, new, WORDS)

    assert old_of(found) == old
    assert new_of(found) == new


@given(st.data(), WORDINGS)
@settings(max_examples=50, deadline=None)
def test_it_holds_both_texts_of_over_ten_thousand_characters(data: st.DataObject, piece: str) -> None:
    long = "Both sides met in Sanya. 双方在三亚举行会晤，讨论数据治理。\u00a0😀 " * 225 + piece
    old, new = (data.draw(reworded(long)) + long for _ in range(2))

    found = spans(old, new, WORDS)

    assert min(len(old), len(new)) > 10_000
    assert (old_of(found), new_of(found)) == (old, new)


@given(WORDINGS, WORDINGS)
@settings(max_examples=200, deadline=None)
def test_edits_come_in_order_never_touch_and_are_never_empty(old: str, new: str) -> None:
    found = edits(tokens(old, WORDS), tokens(new, WORDS))

    assert all(edit.start < edit.end or edit.tokens for edit in found)
    assert all(one.end < other.start for one, other in pairwise(found))


@given(WORDINGS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_marked_where_nothing_changed(text: str) -> None:
    assert all(span.kind is Kind.EQUAL for span in spans(text, text, WORDS))


@given(WORDINGS)
@settings(max_examples=200, deadline=None)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text, WORDS)) == text


PARAGRAPH = (
    "在物联网领域，中国和美国应与有关国际标准制定组织建立合作，制定安全合规标准、测试认证流程、改进各级安全治理的作用，"
    "并增强社会对物联网安全的认识。政府和产业界应制定物联网治理规则，包括在全球市场销售的设备的安全性、兼容性和互联性标准。"
    "物联网产品应接受监管和认证，类似于电梯定期检验、对电子设备进行认证等现行做法。不同的物联网系统将带来不同程度和类型的风险，"
    "需要相应地加以应对。保险也可有助于管理供应链风险。网络安全承保机构日益与企业开展合作，在网络安全事件发生前做好预防工作和培训，"
    "并在此类事件发生后做好法律合规、应对和恢复工作。尽管威胁不断增加，我们应逐步采取一种不扼杀创新的、基于风险的方法。"
    "当今，企业依靠广泛的全球供应链提供产品和服务，而对数字经济至关重要的信息技术产品和服务的供应链，"
    "在可靠性、信任和安全方面带来特殊挑战。各国应就此加强协调，开展对话，增进互信，共同提出切实可行的解决方案。"
)


CLAUSES = tuple(re.findall(r"[^，。]+[，。]", PARAGRAPH))
EXCHANGED = ("合作", "提案", "政府", "标准", "供应链", "企业", "我们", "应当", "不得", "及时", "长臂管辖", "国家安全")


@st.composite
def paragraphs_of_400_characters(draw: st.DrawFn) -> str:
    text = ""
    while len(text) < 400:
        text += draw(st.sampled_from(CLAUSES))
    return text


@given(st.data(), paragraphs_of_400_characters(), st.sampled_from(EXCHANGED))
@settings(max_examples=400, deadline=None)
def test_one_word_changed_in_a_chinese_paragraph_marks_at_most_a_tenth_of_it(
    data: st.DataObject, old: str, word: str
) -> None:
    """Any word of it, for another, struck out, or with one put before it."""
    cut = tokens(old, WORDS)
    at = data.draw(st.sampled_from([at for at, one in enumerate(cut) if has_han(one)]), "which word")
    gone = data.draw(st.booleans(), "whether it goes")
    come = (word,) if not gone or data.draw(st.booleans(), "whether another comes") else ()
    new = "".join((*cut[:at], *come, *cut[at + gone :]))

    marked = share_marked(spans(old, new, WORDS), old)

    assert (marked > 0) == (new != old)
    assert marked <= 0.1


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Both governments should publish all procurement rules number {}. ", id="English"),
        pytest.param("两国政府应公布第{}项采购规则，并避免歧视性做法。", id="Chinese"),
        pytest.param("word{} and no full stop anywhere ", id="a sentence that never ends"),
    ],
)
def test_two_words_changed_far_apart_in_a_long_text_mark_a_hundredth_of_it(sentence: str) -> None:
    old = "".join(sentence.format(number) for number in range(1_200))
    new = old.replace("100", "一百", 1)[::-1].replace("0011", "千百", 1)[::-1]

    found = spans(old, new, WORDS)

    assert (old_of(found), new_of(found)) == (old, new)
    assert len([span for span in found if span.kind is Kind.DELETED]) == 2
    assert share_marked(found, old) < 0.01


def test_a_text_in_which_every_sentence_changed_is_still_redlined_by_words() -> None:
    old = "".join(f"Both governments could publish rule {number}. " for number in range(2_000))
    found = spans(old, old.replace("could", "should"), WORDS)

    assert share_marked(found, old) < 0.4


# -- both languages, and what counts as a word -----------------------------------------


def test_a_bilingual_redline_says_which_languages_it_touches() -> None:
    old = Bilingual("Both sides could meet.", "双方可以会晤。")

    one = bilingual_redline(old, Bilingual("Both sides should meet.", old.zh), WORDS)
    both = bilingual_redline(old, Bilingual("Both sides should meet.", "双方应当会晤。"), WORDS)

    assert one.touches == (Language.EN,)
    assert both.touches == (Language.EN, Language.ZH)
    assert notation(one[Language.EN]) == "Both sides [-could-]{+should+} meet."
    assert notation(both[Language.ZH]) == "双方[-可以-]{+应当+}会晤。"


ONE_WORD = (
    *("U.S.", "e.g.", "Ph.D.", "10%", "1,000.5", "2019-12-09", "5G", "COVID-19", "cross-border", "China’s"),
    *("don't", "e\u0301", "👨‍👩‍👧", "🇺🇸", "\r\n", "naïve", "长臂管辖", "non\u2011binding"),
)


@pytest.mark.parametrize("word", ONE_WORD)
def test_it_is_one_word_wherever_it_stands(word: str) -> None:
    words = keeping([word] if has_han(word) else [], WORDS)

    assert word in tokens(f"a {word}, b", words)
    assert word in tokens(f"与{word}，", words)


MIXED = ("5G网络", "AI治理", "《数据安全法》", "5G", "AI", "e-CNY试点", "Wi-Fi联盟", "数据2.0", "C919")


@pytest.mark.parametrize("term", MIXED)
@pytest.mark.parametrize("around", [("", ""), ("建设", "和应用"), ("在", "上，"), ("see ", " too"), ("“", "”")])
def test_a_term_with_letters_figures_or_marks_is_one_word(term: str, around: tuple[str, str]) -> None:
    text = term.join(around)
    cut = tokens(text, keeping([term], WORDS))

    assert term in cut
    assert "".join(cut) == text


@pytest.mark.parametrize("text", ["MAIN", "AIs", "AI2", "xAI", "AI\u0301"])
def test_a_term_is_none_within_another_word(text: str) -> None:
    assert tokens(text, keeping(["AI"], WORDS)) == tokens(text, WORDS)


@pytest.mark.parametrize("unit", ["5G", "10km", "3D"])
def test_a_figure_and_its_unit_stay_together_before_han(unit: str) -> None:
    assert tokens(f"{unit}网络", WORDS) == [unit, "网络"]


@given(WORDINGS, st.lists(st.sampled_from((*MIXED, "的", "10%", "U.S.", "“", "方案")), max_size=6))
@settings(max_examples=300, deadline=None)
def test_tokens_joined_are_the_text_whatever_the_terms(text: str, terms: list[str]) -> None:
    text = text.join(("", *terms, ""))
    cut = tokens(text, keeping(terms, WORDS))

    assert "".join(cut) == text
    assert all(cut)


WITH_TERMS = (
    "双方应推动[-4G网络-]{+5G网络+}建设。",
    "双方应就[-数据治理-]{+AI治理+}开展对话。",
    "[-《网络安全法》-]{+《数据安全法》+}适用于上述活动。",
    "建设{+5G网络和+}数据中心。",
    "Operators of [-4G networks-]{+5G networks+} should be treated alike.",
)
TERMS_MIXED = (
    "5G网络",
    "4G网络",
    "AI治理",
    "数据治理",
    "《数据安全法》",
    "《网络安全法》",
    "5G networks",
    "4G networks",
)


@pytest.mark.parametrize("redline", WITH_TERMS)
def test_a_redline_replaces_a_mixed_term_whole(redline: str) -> None:
    words = keeping(TERMS_MIXED, WORDS)

    assert notation(spans(before(redline), after(redline), words)) == redline


@pytest.mark.parametrize("mark", ["，", "。", "“", "(", "/", "—", "$", "\u00a0"])
def test_marks_and_blanks_stand_apart(mark: str) -> None:
    assert tokens(f"data{mark}rules", WORDS) == ["data", mark, "rules"]
    assert tokens(f"数据{mark}规则", WORDS) == ["数据", mark, "规则"]


def test_without_terms_a_segmenter_is_left_as_it_is() -> None:
    assert keeping([""], WORDS) is WORDS


def test_the_longest_term_wins() -> None:
    words = keeping(["跨境", "跨境数据流动"], Words(list))

    assert words("跨境数据流动与跨境") == ["跨境数据流动", "与", "跨境"]

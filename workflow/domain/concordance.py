"""Signs that the two languages of a passage disagree.

Software finds signs of trouble; people certify. Nothing here says that two texts are in
concordance, and a sign may be a false one: it asks a language officer to look. Both texts
are equally authentic, so a sign never says which of them is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from workflow.domain.bilingual import Bilingual
from workflow.domain.brackets import placeholders
from workflow.domain.figures import Figure, chinese_figures, english_figures
from workflow.domain.words import Words, tokens


class SignCode(StrEnum):
    """What a sign points at. Templates turn these into sentences."""

    NUMBER = "number"
    """A number or percentage in one language only, or two that differ."""
    SCALE = "scale"
    """The same digits, a power of ten apart: billion and 亿."""
    DATE = "date"
    ENUMERATION = "enumeration"
    """As many items cannot be counted in one language as in the other."""
    QUOTATION = "quotation"
    """Words in quotation marks in one language only."""
    PLACEHOLDER = "placeholder"
    """A typed bracket in one language only."""
    NAME = "name"
    """Latin letters in the Chinese that the English does not have: GDPR, 5G."""
    TERM = "term"
    """An agreed term without its counterpart."""
    COMMITMENT = "commitment"
    """One language obliges where the other allows: should and 可以."""
    NEGATION = "negation"
    """One language forbids or denies where the other does not."""
    HEDGE = "hedge"
    """One language considers, encourages or endeavours where the other does."""
    FALSE_FRIEND = "false_friend"
    """Two words often taken for each other, of which one commits: acknowledges and 承认."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A place to look at, in the words of each language; empty where one has nothing to match."""

    code: SignCode
    en: str
    zh: str


#: Agreed terms, English to Chinese.
NO_TERMS: Final[Mapping[str, str]] = MappingProxyType({})


def signs(pair: Bilingual, words: Words, *, terms: Mapping[str, str] = NO_TERMS) -> tuple[Sign, ...]:
    """Return what a language officer should look at in `pair`; nothing while a language is not written yet."""
    if not pair.is_complete:
        return ()
    sentences = _aligned(pair)
    return (
        *_numbers(pair),
        *_counts(pair),
        *_names(pair),
        *_terms(pair, terms),
        *(sign for both in sentences for sign in _commitments(both, words)),
        *(sign for both in sentences for sign in _negations(both)),
        *_hedges(pair),
        *_false_friends(pair),
    )


# -- figures ---------------------------------------------------------------------------


def _numbers(pair: Bilingual) -> Iterator[Sign]:
    en, zh = english_figures(pair.en), chinese_figures(pair.zh)
    only_en = _unmatched(en.numbers, zh.numbers)
    only_zh = _unmatched(zh.numbers, en.numbers)
    for one in only_en:
        other = next((other for other in only_zh if _is_off_by_scale(one, other)), None)
        if other:
            only_zh.remove(other)
            yield Sign(SignCode.SCALE, one.text, other.text)
        else:
            other = only_zh.pop(0) if only_zh else None
            yield Sign(SignCode.NUMBER, one.text, other.text if other else "")
    yield from (Sign(SignCode.NUMBER, "", one.text) for one in only_zh)
    if en.dates != zh.dates:
        yield Sign(SignCode.DATE, _listed(en.date_texts), _listed(zh.date_texts))


def _unmatched(here: Sequence[Figure], there: Sequence[Figure]) -> list[Figure]:
    """The numbers that must be on the other side and are not, each once."""
    sizes = {figure.size for figure in there}
    missing = {figure.size: figure for figure in here if figure.is_plain and figure.size not in sizes}
    return list(missing.values())


def _is_off_by_scale(one: Figure, other: Figure) -> bool:
    if one.is_percentage != other.is_percentage or not one.value or not other.value:
        return False
    return one.value.normalize().as_tuple().digits == other.value.normalize().as_tuple().digits


# -- things that can be counted --------------------------------------------------------

_BRACKETED_ITEM: Final = re.compile(
    r"(?:^|(?<=[\s:;,：；，。、和与及或]))[（(](?:\d{1,2}|[a-h]|[ivx]{1,4}|[一二三四五六七八九十]{1,2})[)）]|[①-⑳]"
)
_ENGLISH_ORDINAL: Final = re.compile(r"\b(?:first|second|third|fourth|fifth|sixth)(?:ly)?,", re.IGNORECASE)
_CHINESE_ORDINAL: Final = re.compile(r"第[一二三四五六][，、]|[一二三四五六]是|(?:首先|其次|再次)[，、]")
_ENGLISH_QUOTATION: Final = re.compile(r"“[^”]*”|\"[^\"]*\"")
_CHINESE_QUOTATION: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』")
_CHINESE_TITLE: Final = re.compile(r"《[^》]*》")


def _counts(pair: Bilingual) -> Iterator[Sign]:
    for english, chinese in ((_BRACKETED_ITEM, _BRACKETED_ITEM), (_ENGLISH_ORDINAL, _CHINESE_ORDINAL)):
        en, zh = english.findall(pair.en), chinese.findall(pair.zh)
        if len(en) != len(zh) and max(len(en), len(zh)) > 1:
            yield Sign(SignCode.ENUMERATION, _listed(en), _listed(zh))
    en, zh = _ENGLISH_QUOTATION.findall(pair.en), _CHINESE_QUOTATION.findall(pair.zh)
    titles = len(_CHINESE_TITLE.findall(pair.zh))  # English sets some titles of documents in quotation marks
    if not len(zh) <= len(en) <= len(zh) + titles:
        yield Sign(SignCode.QUOTATION, _listed(en), _listed(zh))
    blanks, counterparts = placeholders(pair.en), placeholders(pair.zh)
    if len(blanks) != len(counterparts):
        yield Sign(SignCode.PLACEHOLDER, _listed(blanks), _listed(counterparts))


# -- names and terms -------------------------------------------------------------------

_LATIN: Final = re.compile(r"(?:[A-Za-z]|\d+[A-Za-z])[A-Za-z0-9.&-]*[A-Za-z0-9]|\d+[A-Z]")


def _names(pair: Bilingual) -> Iterator[Sign]:
    known = pair.en.casefold()
    missing = (name for name in _LATIN.findall(pair.zh) if name.casefold() not in known)
    return (Sign(SignCode.NAME, "", name) for name in dict.fromkeys(missing))


def _terms(pair: Bilingual, terms: Mapping[str, str]) -> Iterator[Sign]:
    """Terms without their counterpart; a shorter term inside a longer one is not looked for.

    Several English terms, such as a plural or an abbreviation, may have one Chinese
    counterpart, for which any of them will do.
    """
    en, zh = pair.en, pair.zh
    english: dict[str, list[str]] = {}
    for term, chinese in sorted(terms.items(), key=lambda term: (-len(term[0]), term)):
        english.setdefault(chinese, []).append(term)
    for chinese, alike in english.items():
        word = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, alike))})(?!\w)", re.IGNORECASE)
        in_english, in_chinese = word.search(en), chinese in zh
        if bool(in_english) != in_chinese:
            yield Sign(SignCode.TERM, in_english[0] if in_english else "", chinese if in_chinese else "")
        en, zh = word.sub("\0", en), zh.replace(chinese, "\0")


# -- what the verbs commit to ----------------------------------------------------------

_ENGLISH_SENTENCE: Final = re.compile(r".+?(?:[.!?;]['\"”’)]*(?=\s|$)|$)", re.DOTALL)
_CHINESE_SENTENCE: Final = re.compile(r".+?(?:[。！？；]['\"”’）]*|$)", re.DOTALL)
_ABBREVIATION: Final = re.compile(r"\b(?:vs|e\.g|i\.e|etc|No|Art|(?:[A-Z]\.)+[A-Z])\.(?=\s+[\w(])")

_MUST: Final = "must"
_SHOULD: Final = "should"
_MAY: Final = "may"
_ENGLISH_MODALS: Final = {
    _MUST: re.compile(
        r"\b(?:must|shall|(?:is|are|be) (?:required|obliged) to|(?<!the )needs? to|ha(?:s|ve) to)\b",
        re.IGNORECASE,
    ),
    _SHOULD: re.compile(r"\b(?:should|ought to)\b", re.IGNORECASE),
    _MAY: re.compile(r"\b(?:may|might|can|could)\b|\b(?:can|could)not\b", re.IGNORECASE),
}
_CHINESE_MODALS: Final = {
    _MUST: frozenset(("必须", "须", "务必", "务须", "不得", "需要", "需", "有义务")),
    _SHOULD: frozenset(
        (
            "应",
            "应当",
            "应该",
            "宜",
            "不应",
            "不应当",
            "不应该",
            "理应",
            "均应",
            "不宜",
            "应予",
            "应有",
            "应为",
            "应将",
            "应由",
        )
    ),
    _MAY: frozenset(("可", "可以", "可能", "能", "能够", "得以", "不能", "不可", "不能够", "可否")),
}
_FORCES: Final = (_MUST, _SHOULD)


def _aligned(pair: Bilingual) -> tuple[Bilingual, ...]:
    """Sentence by sentence where both languages have as many, else the whole."""
    # An abbreviation ends no sentence: its last stop is hidden while sentences are cut.
    hidden = _ABBREVIATION.sub(lambda match: match[0][:-1] + "\0", pair.en)
    en = [sentence.replace("\0", ".") for sentence in _ENGLISH_SENTENCE.findall(hidden) if sentence.strip()]
    zh = [sentence for sentence in _CHINESE_SENTENCE.findall(pair.zh) if sentence.strip()]
    if len(en) != len(zh):
        return (pair,)
    return tuple(Bilingual(one, other) for one, other in zip(en, zh, strict=True))


def _commitments(pair: Bilingual, words: Words) -> Iterator[Sign]:
    cut = tokens(pair.zh, words)
    en = {force: pattern.findall(pair.en) for force, pattern in _ENGLISH_MODALS.items()}
    zh = {force: [word for word in cut if word in modals] for force, modals in _CHINESE_MODALS.items()}
    if any(bool(en[force]) != bool(zh[force]) for force in _FORCES):
        yield Sign(SignCode.COMMITMENT, _listed(_all(en)), _listed(_all(zh)))


def _all(found: Mapping[str, Sequence[str]]) -> Iterator[str]:
    return (word for words in found.values() for word in words)


_ENGLISH_PROHIBITION: Final = re.compile(
    r"\b(?:should|shall|must|may|can|could|will|do|does) not\b|\bcannot\b|\bneither\b.*?\b(?:should|shall|may|can)\b"
    r"|\bno \w+ (?:should|shall|may|can)\b",
    re.IGNORECASE | re.DOTALL,
)
_ENGLISH_NEGATIVE: Final = re.compile(
    r"\b(?:not|no|nor|never|none|neither|cannot|without|unless|unable|instead|rather than|other than|only)\b|n[’']t\b"
    r"|\b(?:prohibit|prevent|refrain|avoid|forbid|exclud|limit|lack|fail|oppos|inappropriat|unacceptabl|impossibl)\w*",
    re.IGNORECASE,
)
_CHINESE_PROHIBITION: Final = re.compile(r"不应|不得|不可(?!少|或缺|避免|分割|逆)|不能|不会|不宜|禁止|严禁|切勿|不允许")
_CHINESE_NEGATIVE: Final = re.compile(r"[不无未非勿莫没]|禁止|避免|防止|杜绝|只|仅")


def _negations(pair: Bilingual) -> Iterator[Sign]:
    en, zh = _ENGLISH_PROHIBITION.search(pair.en), _CHINESE_PROHIBITION.search(pair.zh)
    if (en and not _CHINESE_NEGATIVE.search(pair.zh)) or (zh and not _ENGLISH_NEGATIVE.search(pair.en)):
        yield Sign(SignCode.NEGATION, en[0] if en else "", zh[0] if zh else "")


#: An English verb that softens what follows, and what does so in Chinese.
_HEDGES: Final = tuple(
    (re.compile(english, re.IGNORECASE), re.compile(chinese))
    for english, chinese in (
        (r"\b(?:should|could|may|shall|to) consider\b", "考虑|研究|审议|探讨|斟酌"),
        (r"\bencourag(?:e|es|ed|ing)\b", "鼓励|提倡|促使"),
        (r"\b(?:endeavou?rs?|strives?|seeks?|make every effort)(?: to)?\b", "努力|力求|争取|致力|寻求|谋求|设法|尽力"),
        (r"\b(?:where|as) appropriate\b", "酌情|适当|视情|适宜|相应"),
        (r"\bin principle\b", "原则上"),
        (r"\bto the extent possible\b|\bas far as possible\b", "尽可能|尽量|最大限度|尽最大"),
    )
)

#: Two words that are taken for each other, of which one says more than the other.
_FALSE_FRIENDS: Final = tuple(
    (re.compile(english, re.IGNORECASE), re.compile(chinese))
    for english, chinese in (
        (r"\backnowledg(?:e|es|ed|ing)\b", "承认|同意"),
        (
            r"\b(?:not(?:e|es|ed)|tak(?:e|es|ing) note)(?= (?:that|of|the|with|this|these|each|both|China|U\.S\.))\b",
            "同意|赞同|认可|承认",
        ),
        (r"\b(?:discuss(?:es|ed)?|exchang(?:e|es|ed) views)\b", "商定|议定|约定"),
        (r"\b(?:urg(?:e|es|ed)|call(?:s|ed)? (?:on|upon))\b", "责成|责令"),
        (r"\boppos(?:e|es|ed)\b", "不支持"),
        (r"\b(?:does|do|did) not support\b", "反对"),
        (r"\bcompetent (?:authorit|agenc)\w+\b", "有能力的"),
        (r"\beventually\b", "可能最终|最终可能"),
    )
)


def _hedges(pair: Bilingual) -> Iterator[Sign]:
    for english, chinese in _HEDGES:
        en, zh = english.search(pair.en), chinese.search(pair.zh)
        if en and not zh:
            yield Sign(SignCode.HEDGE, en[0], "")


def _false_friends(pair: Bilingual) -> Iterator[Sign]:
    for english, chinese in _FALSE_FRIENDS:
        en, zh = english.search(pair.en), chinese.search(pair.zh)
        if en and zh:
            yield Sign(SignCode.FALSE_FRIEND, en[0], zh[0])


def _listed(found: Iterable[str]) -> str:
    return " · ".join(found)

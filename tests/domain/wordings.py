"""Generated wordings: English, Chinese, mixed, and everything a keyboard lets through."""

from hypothesis import strategies as st

from workflow.domain.bilingual import Bilingual, Language, is_blank
from workflow.domain.negotiating import Proposal
from workflow.domain.points import Point, arranged, deletion, whole
from workflow.segmenter import words_for

WORDS = words_for(["长臂管辖", "知识产权"])

_PIECES = st.sampled_from(
    (
        *("双方", "方案", "提案", "长臂管辖", "应当", "的", "。", "，", "研究", "研究生", "生物", "物", "、"),
        *("U.S.", "10%", "cross-border", "the", "digital", "and", "China’s", "1,000", "“", "”", ".", ",", "[", "]"),
        *("😀", "👨‍👩‍👧", "🇨🇳", "é", "e\u0301", "々", "𠮷", " ", " ", "\u00a0", "\n", "\r\n", "\u200b"),
    )
)

WORDINGS = st.one_of(
    st.lists(_PIECES, max_size=30).map("".join), st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
)


@st.composite
def reworded(draw: st.DrawFn, text: str) -> str:
    """`text` with one stretch of it replaced, struck out or added to."""
    start = draw(st.integers(0, len(text)))
    return text[:start] + draw(WORDINGS) + text[draw(st.integers(start, len(text))) :]


BILINGUALS = st.builds(Bilingual, WORDINGS, WORDINGS)


@st.composite
def rewritten(draw: st.DrawFn, text: Bilingual) -> Bilingual:
    """`text` with a stretch of either language, or of both, reworded; never to nothing that can be seen."""
    changed = Bilingual(*(draw(st.one_of(st.just(text[side]), reworded(text[side]))) for side in Language))
    return Bilingual(*(text[side] if is_blank(changed[side]) else changed[side] for side in Language))


@st.composite
def points_of(draw: st.DrawFn, base: Bilingual, text: Bilingual) -> tuple[Point, ...]:
    """What turns `base` into `text`, grouped into points at random."""
    everything = whole(base, text, WORDS)
    if not everything:
        return ()
    placed = {side: [draw(st.integers(0, 3)) for _ in everything[0][side]] for side in Language}
    return arranged(everything[0], placed)


def asking(base: Bilingual, text: Bilingual | None) -> Proposal:
    """One proposal, every change a point of its own; ``None`` strikes `base` out."""
    if text is None:
        return Proposal(points=deletion(base), other_stands=True)
    everything = whole(base, text, WORDS)
    if not everything:
        return Proposal(points=(), pending=text.pending)
    alone = {
        side: [number * 2 + (side is Language.ZH) for number, _ in enumerate(everything[0][side])] for side in Language
    }
    together = len(everything[0].en) == len(everything[0].zh)
    placed = {side: [number // 2 for number in alone[side]] for side in Language} if together else alone
    return Proposal(points=arranged(everything[0], placed), pending=text.pending)


def in_english(base: str, *texts: str | None) -> tuple[Bilingual, list[Proposal]]:
    """A text whose Chinese nobody touches, and what is asked for instead; ``None`` strikes it out."""
    current = Bilingual(base, "")
    return current, [asking(current, None if text is None else Bilingual(text, "")) for text in texts]

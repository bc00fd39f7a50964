"""Generated wordings: English, Chinese, mixed, and everything a keyboard lets through."""

from hypothesis import strategies as st

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

"""What redlines and brackets cost, beside the bare comparison of their tokens.

Absolute times are this machine's; the ratios are what to watch. Everything is measured
in one run, best of several, the segmenter loaded beforehand as it is before the first
request.
"""

from collections.abc import Callable
from time import process_time
from typing import Final

from rapidfuzz.distance import Indel

from workflow import segmenter
from workflow.domain.bilingual import Bilingual
from workflow.domain.brackets import Negotiating, Proposal
from workflow.domain.points import parted, whole
from workflow.domain.redline import spans
from workflow.domain.words import tokens

ENGLISH: Final = (
    "Both governments should define restrictions based on national security as clearly and precisely as possible, "
    "and should apply them only to the specific product that poses a risk under rule {}. "
)
CHINESE: Final = (
    "两国政府应尽可能清晰、准确地界定基于国家安全的限制，并应仅将此类限制适用于第{}条所称构成风险的特定产品。"
)
TERMS: Final = ("国家安全", "数字经济", "供应链", "长臂管辖")

#: What issue "Negotiation" asks for.
PAIR_OF_400_WORDS_MS: Final = 3.0
FIFTY_THOUSAND_S: Final = 0.5
TENFOLD_RATIO: Final = 15.0


def text(sentence: str, characters: int) -> str:
    """Return about `characters` of numbered sentences."""
    sentences: list[str] = []
    size = 0
    while size < characters:
        sentences.append(sentence.format(len(sentences)))
        size += len(sentences[-1])
    return "".join(sentences)[:characters]


def reworded(of: str) -> str:
    """Return `of` with a word changed in every tenth sentence or so."""
    for number in range(0, 2_000, 10):
        of = of.replace(f"rule {number}.", f"article {number}.").replace(f"第{number}条", f"第{number}款")
    return of.replace("Both", "The two", 1).replace("两国", "双方", 1)


def best(of: Callable[[], object], rounds: int = 9) -> float:
    """Return the processor seconds of the quickest of `rounds`: what else runs here does not count."""
    times: list[float] = []
    for _ in range(rounds):
        start = process_time()
        of()
        times.append(process_time() - start)
    return min(times)


def run() -> bool:
    """Print the table, and return whether every bound was kept."""
    segmenter.load()
    words = segmenter.words_for(TERMS)
    rows: list[tuple[str, float, str, bool]] = []

    def redline(old: str, new: str) -> float:
        return best(lambda: spans(old, new, words))

    def bare(old: str, new: str) -> float:
        one, other = tokens(old, words), tokens(new, words)
        return best(lambda: Indel.opcodes(one, other))

    for name, sentence, size in (("English", ENGLISH, 2_600), ("Chinese", CHINESE, 700)):
        old = text(sentence, size)
        new = reworded(old)
        seconds, floor = redline(old, new), bare(old, new)
        bound = PAIR_OF_400_WORDS_MS / 1000
        rows.append(
            (
                f"{name}, 400 words",
                seconds,
                f"bare Indel {floor * 1000:.2f} ms, ×{seconds / floor:.1f}",
                seconds <= bound,
            )
        )

    for name, sentence in (("English", ENGLISH), ("Chinese", CHINESE)):
        short, long = (text(sentence, size) for size in (5_000, 50_000))
        little, much = redline(short, reworded(short)), redline(long, reworded(long))
        rows.append((f"{name}, 5,000 characters", little, "", True))
        note = f"50,000 : 5,000 = {much / little:.1f} (at most {TENFOLD_RATIO:.0f})"
        rows.append(
            (f"{name}, 50,000 characters", much, note, much <= FIFTY_THOUSAND_S and much / little <= TENFOLD_RATIO)
        )

    for name, old, new in (
        ("one character, 50,000 times", "哈" * 50_000, "哈" * 49_000 + "啊"),
        ("full stops only", "。" * 50_000, "！。" * 25_000),
        ("two words in turn", "a b " * 12_500, "b a " * 12_500),
        ("two different texts", text(ENGLISH, 50_000), text(CHINESE, 50_000)),
    ):
        seconds = redline(old, new)
        rows.append((f"repetitive: {name}", seconds, "", seconds <= 2 * FIFTY_THOUSAND_S))

    brackets: list[float] = []
    for size in (5_000, 50_000):
        base = Bilingual(text(ENGLISH, size), text(CHINESE, size))
        wanted = {
            "US": Bilingual(base.en.replace("should", "shall"), base.zh.replace("应尽可能", "须尽可能")),
            "CN": Bilingual(base.en.replace("clearly", "narrowly"), base.zh.replace("清晰", "严格")),
        }
        proposals = {
            side: Proposal(points=tuple(one for point in whole(base, new, words) for one in parted(point)))
            for side, new in wanted.items()
        }
        brackets.append(best(lambda b=base, p=proposals: Negotiating.of(b, p, sides=("US", "CN"))))  # type: ignore[misc]  # bound now
    ratio = brackets[1] / brackets[0]
    rows.append(
        (
            "brackets of two sides, 50,000 characters a language",
            brackets[1],
            f"50,000 : 5,000 = {ratio:.1f}",
            ratio <= TENFOLD_RATIO,
        )
    )

    for name, seconds, note, kept in rows:
        print(f"{'  ' if kept else '!!'} {name:<44} {seconds * 1000:9.2f} ms  {note}")
    return all(kept for *_, kept in rows)

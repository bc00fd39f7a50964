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
from workflow.domain.negotiating import Negotiating, Proposal
from workflow.domain.points import Change, Point, carried, parted, whole
from workflow.domain.redline import spans
from workflow.domain.words import Words, tokens

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


def zigzag(characters: int) -> Callable[[], object]:
    """Return what compiles a text in which each point shares words with the next, in one language and then the other.

    All of them are one bracket, and it takes every one of them to find that out.
    """
    size = 8  # of a word and its blank
    text = "zigzags " * (characters // size)

    def points(side: int) -> tuple[Point, ...]:
        """Every second step is the other side's, half a step on in Chinese."""
        return tuple(
            Point(
                en=(Change(size * ((step + 1) // 2), size * ((step + 1) // 2) + 1, f"{side}"),),
                zh=(Change(size * (step // 2), size * (step // 2) + 1, f"{side}"),),
            )
            for step in range(side, 2 * (characters // size) - 2, 2)
        )

    proposals = {code: Proposal(points=points(side)) for side, code in enumerate(("US", "CN"))}
    return lambda: Negotiating.of(Bilingual(text, text), proposals, sides=("US", "CN"))


def carrying(characters: int, words: Words) -> Callable[[], object]:
    """Return what carries an amendment with many points over a text that was changed in as many other places."""
    base = Bilingual(text(ENGLISH, characters), text(CHINESE, characters))
    current = Bilingual(base.en.replace("should", "shall"), base.zh.replace("应尽可能", "须尽可能"))
    wanted = Bilingual(base.en.replace("clearly", "narrowly"), base.zh.replace("清晰", "严格"))
    points = tuple(one for point in whole(base, wanted, words) for one in parted(point))
    return lambda: carried(points, base=base, current=current, words=words)


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

    for name, measured in (
        ("brackets, points paired in a zigzag", zigzag),
        ("an amendment carried over", lambda size: carrying(size, words)),
    ):
        little, much = (best(measured(size)) for size in (5_000, 50_000))
        note = f"50,000 : 5,000 = {much / little:.1f} (at most {TENFOLD_RATIO:.0f})"
        rows.append((f"{name}, 50,000 characters", much, note, much / little <= TENFOLD_RATIO))

    for name, seconds, note, kept in rows:
        print(f"{'  ' if kept else '!!'} {name:<44} {seconds * 1000:9.2f} ms  {note}")
    return all(kept for *_, kept in rows)

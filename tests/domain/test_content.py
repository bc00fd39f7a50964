"""Hashes: what consent names changes with anything that was consented to, and with nothing else."""

import hashlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.content import ListedParagraph, content_hash, digest, listing_hash
from workflow.domain.text import LabelStyle, ParagraphKind, Tag

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def of(text: Bilingual = NOTHING, **changes: object) -> str:
    usual: dict[str, object] = {
        "kind": ParagraphKind.BULLET,
        "tags": frozenset[Tag](),
        "speaker": None,
        "governing": None,
    }
    return content_hash(text, **(usual | changes))  # type: ignore[arg-type]  # the arguments of content_hash


def test_the_recipe_can_be_followed_by_hand() -> None:
    fields = ["wording 1", "Talk.", "对话。", "bullet", "agenda_item recommendation", "US", "abc"]
    written = b"".join(b"%d:%s" % (len(field.encode()), field.encode()) for field in fields)

    made = of(Bilingual("Talk.", "对话。"), tags=frozenset(Tag), speaker="US", governing="abc")

    assert made == hashlib.sha256(written).hexdigest()


def test_every_part_of_a_wording_counts() -> None:
    text = Bilingual("a", "b")
    variants = [
        of(text),
        of(Bilingual("a\u00a0", "b")),
        of(Bilingual("a", "c")),
        of(Bilingual("ab", "")),
        of(text, kind=ParagraphKind.NARRATIVE),
        of(text, tags=frozenset({Tag.RECOMMENDATION})),
        of(text, speaker="US"),
        of(text, governing="abc"),
    ]

    assert len(set(variants)) == len(variants)


@given(st.lists(TEXTS, max_size=4), st.lists(TEXTS, max_size=4))
def test_different_fields_never_look_alike(one: list[str], other: list[str]) -> None:
    assert (digest(one) == digest(other)) == (one == other)


def test_a_listing_changes_with_order_place_label_text_and_participants() -> None:
    first = ListedParagraph(depth=0, label_style=LabelStyle.NONE, wording=1, content_hash="1")
    second = replace(first, content_hash="2")
    variants = [
        listing_hash([first, second], ["list"]),
        listing_hash([second, first], ["list"]),
        listing_hash([first], ["list"]),
        listing_hash([first, replace(second, depth=1)], ["list"]),
        listing_hash([first, replace(second, wording=3)], ["list"]),
        listing_hash([first, replace(second, label_style=LabelStyle.BULLET)], ["list"]),
        listing_hash([first, second], ["other list"]),
        listing_hash([first, second], []),
    ]

    assert len(set(variants)) == len(variants)


def test_a_pair_says_what_is_missing_in_it() -> None:
    assert Bilingual("a", " ").pending == (Language.ZH,)
    assert Bilingual("a", "b").is_complete
    assert not Bilingual("a", "\u3000").is_complete
    assert Bilingual(" ", "").is_empty
    assert Bilingual("a", "b")[Language.ZH] == "b"
    assert [language.tag for language in Language] == ["en", "zh-Hans"]

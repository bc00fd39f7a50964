"""What exactly is consented to: content hashes of wordings, and of the whole agreement.

A hash is SHA-256 over fields, each written as its length in bytes (decimal, then a
colon) followed by its UTF-8 bytes, so that no two different lists of fields look alike.
Whoever changes what is hashed makes every earlier consent lapse: the first field names
the version of this recipe.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflow.domain.bilingual import Bilingual
from workflow.domain.text import LabelStyle, ParagraphKind, Tag


def digest(fields: Iterable[str]) -> str:
    """Return the SHA-256 of `fields`, as 64 hexadecimal digits."""
    made = hashlib.sha256()
    for field in fields:
        written = field.encode()
        made.update(f"{len(written)}:".encode())
        made.update(written)
    return made.hexdigest()


def content_hash(
    text: Bilingual, *, kind: ParagraphKind, tags: frozenset[Tag], speaker: str | None, governing: str | None
) -> str:
    """Return the hash that consent to a wording names.

    Args:
        text: Both languages, byte for byte.
        kind: What kind of paragraph it is.
        tags: Its tags, in any order.
        speaker: The delegation it is a statement of; ``None`` for both sides.
        governing: The content hash of the lead-in it stands under, if any: what a bullet
            says depends on the sentence that introduces it.

    Source: RULES 3.

    """
    return digest(("wording 1", text.en, text.zh, kind, " ".join(sorted(tags)), speaker or "", governing or ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedParagraph:
    """One paragraph as the adopted listing holds it."""

    depth: int
    """How many paragraphs it stands under."""
    label_style: LabelStyle
    wording: int
    """Its number: a text taken back to what it said before is another listing, which nobody has adopted yet."""
    content_hash: str


def listing_hash(paragraphs: Sequence[ListedParagraph], participant_lists: Sequence[str]) -> str:
    """Return the hash of the whole: order and place of every paragraph, every content hash, the participant lists.

    Args:
        paragraphs: In reading order.
        participant_lists: The hash of each delegation's list, in the printed order.

    Source: RULES 28.

    """
    fields = ["listing 1"]
    for paragraph in paragraphs:
        fields += [str(paragraph.depth), paragraph.label_style, str(paragraph.wording), paragraph.content_hash]
    return digest([*fields, "participants", *participant_lists])

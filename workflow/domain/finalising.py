"""Finalising: what will happen to what is not agreed, listed before anybody consents to it.

An addition never agreed drops out, unless all sides carry it to the next session; a
disputed change lapses, and a text that somebody has reserved on goes back to the last
wording all sides had agreed to. What has no such wording stays open, and the list says so.

Source: RULES 25.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.brackets import placeholders
from workflow.domain.closing import AgreementState, Obstacle, obstacles
from workflow.domain.content import digest
from workflow.domain.negotiation import SETTLED_OUTSIDE, ParagraphState
from workflow.domain.positions import Stance


class Fate(StrEnum):
    """What finalising does to a paragraph that is not agreed."""

    DROPS = "drops"
    """An addition nobody else has accepted leaves the text."""
    CHANGES_LAPSE = "changes_lapse"
    """The wording in common stands; what was proposed to it lapses."""
    REVERTS = "reverts"
    """The text goes back to the last wording all sides agreed to, as a new wording that asks all of them again."""
    STAYS_OPEN = "stays_open"
    """Somebody has reserved, and there is no wording all sides agreed to: the sides must still settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One line of the list."""

    paragraph: UUID
    fate: Fate
    text: Bilingual
    """What it will say; nothing where it drops out."""
    lapsing: tuple[UUID, ...]
    """The live amendments that lapse."""


def plan(agreement: AgreementState, agreed_before: Mapping[UUID, Bilingual]) -> tuple[Planned, ...]:
    """Return what finalising `agreement` would do, in reading order; empty when nothing is in dispute.

    Args:
        agreement: As it stands.
        agreed_before: By paragraph, the last earlier wording that every side agreed to, where there is one.

    """
    return tuple(_planned(agreement, agreed_before))


def _planned(agreement: AgreementState, agreed_before: Mapping[UUID, Bilingual]) -> Iterator[Planned]:
    for key, paragraph in agreement.paragraphs.items():
        if paragraph.standing in SETTLED_OUTSIDE:
            continue
        lapsing = tuple(one.key for one in paragraph.live)
        if paragraph.current is None:
            yield Planned(paragraph=key, fate=Fate.DROPS, text=NOTHING, lapsing=lapsing)
        elif _is_reserved(paragraph):
            before = agreed_before.get(key)
            fate = Fate.REVERTS if before is not None else Fate.STAYS_OPEN
            yield Planned(paragraph=key, fate=fate, text=before or paragraph.current, lapsing=lapsing)
        elif lapsing:
            yield Planned(paragraph=key, fate=Fate.CHANGES_LAPSE, text=paragraph.current, lapsing=lapsing)


def _is_reserved(paragraph: ParagraphState) -> bool:
    return any(one.stance is Stance.RESERVE for one in paragraph.positions.values())


def unsettled(agreement: AgreementState, planned: Sequence[Planned]) -> tuple[Obstacle, ...]:
    """Return what will still keep `agreement` from being adopted once `planned` is carried out (25).

    It is asked of the same arithmetic as adoption itself, on the text as it will then stand.
    """
    after = dict(agreement.paragraphs)
    for one in planned:
        if one.fate is Fate.DROPS:
            del after[one.paragraph]
        else:
            after[one.paragraph] = _afterwards(after[one.paragraph], one)
    return obstacles(replace(agreement, paragraphs=after))


def _afterwards(paragraph: ParagraphState, planned: Planned) -> ParagraphState:
    if planned.fate is not Fate.REVERTS:
        return replace(paragraph, live=())
    return replace(
        paragraph,
        live=(),
        current=planned.text,
        positions={},
        certified_by=frozenset(),
        is_deleted=False,
        has_placeholder=any(placeholders(planned.text[language]) for language in Language),
    )


def plan_hash(planned: Sequence[Planned], *, listing: str) -> str:
    """Return what names the list exactly: heads consent to it and to nothing else.

    Args:
        planned: The list.
        listing: The hash of the text as it stands.

    """
    fields = ["plan 1", listing]
    for one in planned:
        fields += [str(one.paragraph), one.fate, one.text.en, one.text.zh, *map(str, one.lapsing)]
    return digest(fields)

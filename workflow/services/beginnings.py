"""The first drafts of a text: made of the last agreement of the dialogue, or of what somebody brings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import orm

from workflow.dialogue_file import USUAL_LABEL_STYLE, Block
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.openings import Occasion, fields_in, filled, values, with_fields
from workflow.domain.plain_text import MOST_PARAGRAPHS, Line
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.models import Agreement, DialogueSession, Draft, Membership
from workflow.services import drafts
from workflow.services.drafts import Place
from workflow.services.moves import HOLD_OTHERS
from workflow.services.reading import read
from workflow.services.visible import visible

_ITEMS = frozenset({ParagraphKind.BULLET, ParagraphKind.NUMBERED_ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A paragraph that is to be drafted."""

    kind: ParagraphKind
    text: Bilingual
    depth: int = 0
    label_style: LabelStyle = LabelStyle.NONE
    tags: frozenset[Tag] = frozenset()
    speaker: str | None = None
    addressee: str | None = None
    was: Bilingual | None = None
    """What the last agreement said there, where that is to be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastAgreement:
    """The agreement before, as a text can be begun from it."""

    agreement: Agreement
    opening: Bilingual
    """Its opening paragraph, with fields for what belonged to its session; nothing where it has none."""
    was: Bilingual
    """The same as it was agreed."""
    fields: tuple[str, ...]
    given: Mapping[str, Bilingual]
    """What the new session gives for each field; an empty text where it does not say."""
    paragraphs: tuple[Planned, ...]
    """All of it, in order."""


def last_agreement(session: orm.Session, agreement: Agreement, member: Membership) -> LastAgreement | None:
    """Return the agreement of the newest session before that of `agreement`; ``None`` where there is none."""
    before = [
        one
        for one in session.scalars(visible(member.actor).agreements())
        if one.session.ordinal < agreement.session.ordinal
    ]
    if not before:
        return None
    reading = read(session, before[0].id)
    paragraphs = tuple(
        Planned(
            kind=placed.paragraph.kind,
            text=placed.paragraph.text or NOTHING,
            depth=placed.depth,
            label_style=placed.paragraph.label_style,
            tags=frozenset(Tag(tag) for tag in placed.paragraph.tags) - {Tag.AGENDA_ITEM},
            speaker=placed.paragraph.speaker,
            addressee=placed.paragraph.addressee,
        )
        for placed in reading.in_the_text
        if placed.paragraph.current_wording is not None
    )
    was = _opening_of(paragraphs)
    opening = with_fields(was, _occasion(before[0].session))
    return LastAgreement(
        agreement=before[0],
        opening=opening,
        was=was,
        fields=fields_in(opening),
        given=values(_occasion(agreement.session)),
        paragraphs=paragraphs,
    )


def from_last(
    last: LastAgreement, *, opening: Bilingual, given: Mapping[str, Bilingual], headings: bool, everything: bool
) -> tuple[Planned, ...]:
    """Return what of the agreement before is to be drafted: the opening as written anew, its fields filled in.

    Args:
        last: The agreement before.
        opening: Its opening paragraph as the person left it, fields among it; nothing: none.
        given: What the person gave for each field.
        headings: Whether its headings are taken over.
        everything: Whether all its paragraphs are.

    """
    planned: list[Planned] = []
    if not opening.is_empty:
        planned.append(Planned(kind=ParagraphKind.NARRATIVE, text=filled(opening, given), was=last.was, depth=0))
    skipped = False
    for one in last.paragraphs:
        if one.text == last.was and not skipped:
            skipped = True
        elif everything or (headings and one.kind is ParagraphKind.HEADING):
            planned.append(one if everything else replace(one, depth=0))
    return tuple(planned)


def from_lines(lines: Sequence[Line], kinds: Sequence[ParagraphKind]) -> tuple[Planned, ...]:
    """Return what was typed as it is to be drafted, each line of the kind a person confirmed."""
    planned: list[Planned] = []
    in_section = in_list = False
    for line, kind in zip(lines, kinds, strict=True):
        if kind is ParagraphKind.HEADING:
            in_section, in_list, depth = True, False, 0
        elif kind in _ITEMS and in_list:
            depth = int(in_section) + 1
        else:
            in_list, depth = kind is ParagraphKind.LEAD_IN, int(in_section)
        planned.append(Planned(kind=kind, text=line.text, depth=depth, label_style=USUAL_LABEL_STYLE[kind]))
    return tuple(planned)


def from_blocks(blocks: Iterable[Block], depth: int = 0) -> tuple[Planned, ...]:
    """Return the text of an agreement's file as it is to be drafted."""
    planned: list[Planned] = []
    for block in blocks:
        planned.append(
            Planned(
                kind=block.kind,
                text=block.text,
                depth=depth,
                label_style=block.label_style,
                tags=block.tags - {Tag.AGENDA_ITEM},
                speaker=block.speaker,
                addressee=block.addressee,
            )
        )
        planned += from_blocks(block.children, depth + 1)
    return tuple(planned)


def ensure_not_begun(session: orm.Session, agreement: Agreement) -> None:
    """Return if nothing is tabled of `agreement` yet, and it can be drafted.

    Raises:
        OutOfOrder: If there is a text already, or none can be drafted.

    """
    drafts.ensure_open(session, agreement)
    if read(session, agreement.id).in_the_text:
        raise OutOfOrder((Refusal.TEXT_IS_BEGUN,))


def begin(
    session: orm.Session, *, agreement: Agreement, by: Membership, planned: Sequence[Planned]
) -> tuple[Draft, ...]:
    """Begin a draft of each paragraph `planned`, in its place, shared in the delegation; return them, flushed.

    Raises:
        OutOfOrder: If there is a text already, or nothing or too much is to be drafted.

    """
    ensure_not_begun(session, agreement)
    if not 0 < len(planned) <= MOST_PARAGRAPHS:
        raise OutOfOrder((Refusal.NOTHING_CHOSEN,))
    above: list[Draft] = []
    made: list[Draft] = []
    for one in planned:
        before = above[one.depth] if len(above) > one.depth else None
        above = above[: one.depth]
        parent = above[-1] if above and above[-1].paragraph_kind in HOLD_OTHERS else None
        place = Place(
            parent_draft=parent.id if parent and before is None else None,
            after_draft=before.id if before else above[-1].id if above and parent is None else None,
            kind=one.kind,
            label_style=one.label_style,
            tags=one.tags,
            speaker=one.speaker,
            addressee=one.addressee,
        )
        draft = drafts.put_in_place(session, agreement=agreement, by=by, place=place, text=one.text, is_shared=True)
        above.append(draft)
        made.append(draft)
    return tuple(made)


def _opening_of(paragraphs: Sequence[Planned]) -> Bilingual:
    """Return the first narrative paragraph before any heading; nothing where there is none."""
    for one in paragraphs:
        if one.kind is ParagraphKind.HEADING:
            return NOTHING
        if one.kind is ParagraphKind.NARRATIVE:
            return one.text
    return NOTHING


def _occasion(meeting: DialogueSession) -> Occasion:
    days = [(one.first_day, one.last_day) for one in meeting.dates]
    return Occasion(
        ordinal=meeting.ordinal,
        days=days[0] if len(set(days)) == 1 else None,
        places=tuple(one.name for one in meeting.places),
        hosts=tuple(one.name for one in meeting.hosts),
    )

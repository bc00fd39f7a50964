"""Drafts: text made inside a delegation, out of the other side's sight, until it is tabled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.content import digest
from workflow.domain.negotiation import AmendmentKind, OutOfOrder, Refusal, Stage
from workflow.domain.points import Point, arranged, carried, grouped, joined, parted, restored, stored
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.models import Agreement, Draft, DraftState, Entered, Membership, Paragraph
from workflow.services import draft_states
from workflow.services.acts import seat
from workflow.services.clock import now
from workflow.services.draft_places import stands_under_what_is_private
from workflow.services.journal import chain_of, enter
from workflow.services.reading import Reading, read
from workflow.services.terms import words_of
from workflow.services.visible import visible


class StaleDraft(Exception):  # noqa: N818 -- what happened, in the drafters' words
    """Somebody saved the draft after the page was opened.

    Attributes:
        draft: As it stands now, with the other person's text.
        typed: What was about to be saved; nothing of it is lost.

    """

    def __init__(self, draft: Draft, typed: Bilingual) -> None:
        self.draft = draft
        self.typed = typed
        super().__init__(f"draft {draft.id} is at version {draft.version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a new paragraph goes, and what it is."""

    parent: UUID | None = None
    after: UUID | None = None
    """Right after this paragraph; ``None``: last under `parent`, or last of all."""
    parent_draft: UUID | None = None
    """Under this draft of the own side, rather than a paragraph."""
    after_draft: UUID | None = None
    """Right after this draft of the own side."""
    is_first: bool = False
    """Before everything under its parent, rather than last."""
    kind: ParagraphKind = ParagraphKind.NARRATIVE
    label_style: LabelStyle = LabelStyle.NONE
    tags: frozenset[Tag] = frozenset()
    speaker: str | None = None
    addressee: str | None = None
    working_title: Bilingual = NOTHING


def begin_addition(
    session: orm.Session,
    *,
    agreement: Agreement,
    by: Membership,
    place: Place,
    text: Bilingual,
    rationale: str = "",
    drafted_in: Language | None = None,
) -> Draft:
    """Begin a private draft of a new paragraph; return it, flushed.

    Raises:
        OutOfOrder: If the agreement is closed, or `place` names a paragraph of another, or a draft that is not there.

    """
    reading = read(session, agreement.id)
    _open(reading)
    if not is_place(session, reading, place, by):
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    return put_in_place(
        session, agreement=agreement, by=by, place=place, text=text, rationale=rationale, drafted_in=drafted_in
    )


def put_in_place(
    session: orm.Session,
    *,
    agreement: Agreement,
    by: Membership,
    place: Place,
    text: Bilingual,
    rationale: str = "",
    drafted_in: Language | None = None,
    is_shared: bool = False,
) -> Draft:
    """Begin a draft of a new paragraph like `begin_addition`; return it, flushed.

    Whoever calls this has made sure that the text is open, that `place` is there, and that it is
    shared with the delegation where the draft is to be.
    """
    at = now(session)
    draft = Draft(
        agreement=agreement,
        delegation=seat(by),
        membership=by,
        kind=AmendmentKind.ADD,
        text=text,
        rationale=rationale,
        parent_id=place.parent,
        after_id=place.after,
        parent_draft_id=place.parent_draft,
        after_draft_id=place.after_draft,
        stands_first=place.is_first,
        paragraph_kind=place.kind,
        label_style=place.label_style,
        tags=frozenset(place.tags),
        speaker=place.speaker,
        addressee=place.addressee,
        working_title=place.working_title,
        drafted_in=drafted_in or _first_written(text),
        began_at=at,
        saved_at=at,
    )
    _begun(session, draft, by)
    if is_shared:
        _share(session, draft, by)
    return draft


def begin_amendment(
    session: orm.Session,
    *,
    paragraph: Paragraph,
    by: Membership,
    kind: AmendmentKind,
    text: Bilingual,
    against: UUID | None,
    rationale: str = "",
    answers: UUID | None = None,
) -> Draft:
    """Begin a private draft of an amendment to `paragraph`; return it, flushed.

    Args:
        session: Writing.
        paragraph: What it is to change.
        by: The author.
        kind: MOD, editorial, or SUP, which carries no text.
        text: What the paragraph is to say.
        against: The wording, or addition, that was on the page.
        rationale: Why; the other side reads it with the amendment.
        answers: The other side's amendment it is a counter-proposal to; what is not live here is no such.

    Raises:
        OutOfOrder: If the text is closed, or has changed since the page was opened. What was typed comes
            back with the page.

    """
    reading = read(session, paragraph.agreement_id)
    _open(reading)
    if paragraph.base is None or paragraph.base != against:
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    at = now(session)
    draft = Draft(
        agreement=paragraph.agreement,
        paragraph=paragraph,
        delegation=seat(by),
        membership=by,
        kind=kind,
        against=paragraph.base,
        against_text=paragraph.text or NOTHING,
        text=NOTHING if kind is AmendmentKind.SUP else text,
        rationale=rationale,
        answers=next((one.id for one in paragraph.live_amendments if one.id == answers), None),
        paragraph_kind=paragraph.kind,
        drafted_in=paragraph.drafted_in,
        began_at=at,
        saved_at=at,
    )
    return _begun(session, draft, by)


def is_place(session: orm.Session, reading: Reading, place: Place, by: Membership) -> bool:
    """Whether `place` names paragraphs of the agreement read, and open drafts of a new paragraph that `by` may read."""
    paragraphs = {placed.paragraph.id for placed in reading.order}
    wanted = {key for key in (place.parent_draft, place.after_draft) if key}
    there = set()
    if wanted:
        additions = (
            visible(by.actor)
            .drafts()
            .where(Draft.agreement_id == reading.agreement.id, Draft.paragraph_id.is_(None), Draft.id.in_(wanted))
        )
        there = {one.id for one in session.scalars(additions)}
    return wanted <= there and {key for key in (place.parent, place.after) if key} <= paragraphs


def save(
    session: orm.Session,
    *,
    draft: Draft,
    by: Membership,
    text: Bilingual,
    rationale: str,
    version: int,
    is_severable: bool | None = None,
    other_stands: bool | None = None,
) -> None:
    """Save what `by` typed into `draft`, which goes up one version; what its author declared stays unless said anew.

    What it said before, and what it says now, are among its states. That the other language
    stands is recorded as an act of its own when it is said.

    Raises:
        StaleDraft: If somebody saved since `version`; nothing is written.
        OutOfOrder: If it is tabled or discarded.

    """
    _at(draft, version, typed=text)
    draft_states.keep(session, draft, by_hand=False, goes_on=by)
    said_before = draft.other_stands
    _write(session, draft, by, text=text, rationale=rationale)
    draft.is_severable = draft.is_severable if is_severable is None else is_severable
    if not draft.is_addition:
        draft.other_stands = draft.other_stands if other_stands is None else other_stands
    says_so = bool(other_stands) and (draft.is_addition or not said_before)
    draft_states.keep(session, draft, by_hand=True, other_stands=says_so)
    enter_act(session, Entered.DRAFT_SAVED, draft, by)
    if says_so:
        enter_act(session, Entered.OTHER_LANGUAGE_STANDS, draft, by)


def autosave(
    session: orm.Session,
    *,
    draft: Draft,
    by: Membership,
    text: Bilingual,
    rationale: str,
    version: int,
    is_severable: bool | None = None,
) -> None:
    """Save what the page of `by` holds without being asked; it is kept as a state once a minute.

    What somebody else wrote, what anybody saved by hand and what any page was shown is kept before it is written over.
    That the other language stands is said by hand only: it is recorded as an act.

    Raises:
        StaleDraft: If somebody saved since `version`; nothing is written.
        OutOfOrder: If it is tabled or discarded.

    """
    _at(draft, version, typed=text)
    thinned = draft_states.is_thinned(session, draft, by)
    if thinned:
        draft_states.pass_over(draft)
    else:
        draft_states.keep(session, draft, by_hand=False, goes_on=by)
    _write(session, draft, by, text=text, rationale=rationale)
    draft.is_severable = draft.is_severable if is_severable is None else is_severable
    if not thinned:
        draft_states.keep(session, draft, by_hand=False)
        enter_act(session, Entered.DRAFT_SAVED, draft, by)
    session.flush()


def says(draft: Draft, text: Bilingual, rationale: str | None) -> bool:
    """Whether `draft` says exactly this already: a page that went away while it saved has nothing left to save."""
    return (draft.text, draft.rationale) == (text, rationale or "")


def restore(session: orm.Session, *, draft: Draft, by: Membership, state: DraftState, version: int) -> None:
    """Let `draft` say again what it said in `state`: a new save, after which the present is among its states.

    Raises:
        StaleDraft: If somebody saved since `version`; nothing is written.
        OutOfOrder: If it is tabled or discarded, or says that already.

    """
    _at(draft, version, typed=draft.text)
    if (state.text, state.rationale) == (draft.text, draft.rationale):
        raise OutOfOrder((Refusal.NOTHING_CHANGES,))
    draft_states.keep(session, draft, by_hand=False)
    _write(session, draft, by, text=state.text, rationale=state.rationale)
    draft_states.keep(session, draft, by_hand=True)
    enter_act(session, Entered.DRAFT_RESTORED, draft, by)


def _at(draft: Draft, version: int, *, typed: Bilingual) -> None:
    """Return if `draft` can be written in, and nobody saved it since `version`.

    Raises:
        StaleDraft: If somebody did.
        OutOfOrder: If it is tabled or discarded.

    """
    _still_a_draft(draft)
    if draft.version != version:
        raise StaleDraft(draft, typed)


def _write(session: orm.Session, draft: Draft, by: Membership, *, text: Bilingual, rationale: str) -> None:
    draft.text = NOTHING if draft.kind is AmendmentKind.SUP else text
    draft.rationale = rationale
    draft.version += 1
    draft.saved_at = now(session)
    draft.saved_by_id = by.id
    session.flush()


def points_of(draft: Draft, text: Bilingual | None = None) -> tuple[Point, ...]:
    """Return what `draft` changes, in the points its author made of it; none for additions and deletions (7).

    With a `text` that is being typed, what it would change.
    """
    if draft.kind in {AmendmentKind.ADD, AmendmentKind.SUP}:
        return ()
    groups = [restored(one) for one in draft.points]
    return grouped(groups, draft.against_text, draft.text if text is None else text, words_of(draft.agreement))


def other_stands(draft: Draft, *, said: bool | None = None) -> bool:
    """Whether, where `draft` changes one language only, the other stands: its author said so, or it is not written yet.

    Who supplies the missing language of a text changes no meaning (5). `said` is what a page says that is not
    saved yet.
    """
    return (draft.other_stands if said is None else said) or not (draft.is_addition or draft.against_text.is_complete)


def rearranged(draft: Draft, how: str, placed: Mapping[Language, Sequence[int]]) -> tuple[Point, ...]:
    """Return the points of `draft` grouped anew.

    Args:
        draft: Whose changes.
        how: ``chosen``, as `placed` says; ``part``, every change apart; ``join``, all in one point;
            ``part-2`` and ``join-2``, the second point only, into its changes or into the one before it.
        placed: For each change of a language, the number of its point. Where it does not fit the
            changes there are, nothing is grouped anew.

    """
    points = points_of(draft)
    what, _, which = how.partition("-")
    at = int(which) - 1 if which.isdecimal() and 0 < int(which) <= len(points) else None
    if what == "part":
        return tuple(one for n, point in enumerate(points) for one in (parted(point) if at in {None, n} else (point,)))
    if what == "join" and at:
        return (*points[: at - 1], joined(points[at - 1 : at + 1]), *points[at + 1 :])
    everything = joined(points)
    if what == "join":
        return (everything,) if points else ()
    fits = all(len(placed[language]) == len(everything[language]) for language in Language)
    return arranged(everything, placed) if points and fits else points


def group(session: orm.Session, *, draft: Draft, by: Membership, points: Sequence[Point], version: int) -> None:
    """Let `points` be how the author groups what `draft` changes; it goes up one version.

    Raises:
        StaleDraft: If somebody saved since `version`; nothing is written.
        OutOfOrder: If it is tabled or discarded.

    """
    _at(draft, version, typed=draft.text)
    draft_states.keep(session, draft, by_hand=False)
    draft.points = [stored(one) for one in points]
    draft.version += 1
    draft.saved_at = now(session)
    session.flush()
    enter_act(session, Entered.DRAFT_SAVED, draft, by)


def bring_up_to_date(session: orm.Session, *, draft: Draft, by: Membership, version: int) -> None:
    """Set `draft` against the text as it stands now; its own text stays as its author wrote it.

    Raises:
        StaleDraft: If somebody saved since `version`.
        OutOfOrder: If it is tabled or discarded, or there is no text left to amend.

    """
    _at(draft, version, typed=draft.text)
    if draft.paragraph is None or draft.paragraph.base is None:
        raise OutOfOrder((Refusal.PARAGRAPH_IS_OUT,))
    draft_states.keep(session, draft, by_hand=False)
    current = draft.paragraph.text or NOTHING
    groups = [restored(one) for one in draft.points]
    told = carried(groups, base=draft.against_text, current=current, words=words_of(draft.agreement))
    draft.points = [stored(one) for one in told.points]  # the same words, where they stand now
    draft.against, draft.against_text = draft.paragraph.base, current
    draft.version += 1
    draft.saved_at = now(session)
    session.flush()
    enter_act(session, Entered.DRAFT_SAVED, draft, by)


def share(session: orm.Session, *, draft: Draft, by: Membership) -> None:
    """Let the own delegation read `draft` and write in it; of what it said before, colleagues read nothing.

    Raises:
        OutOfOrder: If it is tabled or discarded, or stands under a draft that only its author reads.

    """
    _still_a_draft(draft)
    if draft.is_shared:
        return
    if refused := sharing(session, draft):
        raise OutOfOrder(refused)
    _share(session, draft, by)


def _share(session: orm.Session, draft: Draft, by: Membership) -> None:
    draft_states.keep(session, draft, by_hand=False)
    draft.is_shared = True
    draft.shared_from = draft.states[-1].version
    session.flush()
    enter_act(session, Entered.DRAFT_SHARED, draft, by)


def sharing(session: orm.Session, draft: Draft) -> tuple[Refusal, ...]:
    """Return what keeps `draft` from being shared: what it stands under is shared first, or its place would tell."""
    if not draft.is_shared and stands_under_what_is_private(session, draft):
        return (Refusal.STANDS_UNDER_A_PRIVATE_DRAFT,)
    return ()


def discard(session: orm.Session, *, draft: Draft, by: Membership) -> None:
    """Put `draft` away. The row stays; its author alone is shown it, to read what it said.

    Raises:
        OutOfOrder: If it is tabled or discarded already.

    """
    _still_a_draft(draft)
    draft.discarded_at = now(session)
    session.flush()
    enter_act(session, Entered.DRAFT_DISCARDED, draft, by)


def under_last_heading(reading: Reading, *, working_title: Bilingual = NOTHING) -> Place:
    """Return where an agenda item goes: under the last heading of the text, below its lead-in if it has one.

    Source: the December 2019 agreement, and RULES 27.

    """
    paragraphs = [placed.paragraph for placed in reading.in_the_text]
    headings = [one for one in paragraphs if one.kind is ParagraphKind.HEADING]
    parent = headings[-1].id if headings else None
    lead_ins = [one for one in paragraphs if one.kind is ParagraphKind.LEAD_IN and one.parent_id == parent and parent]
    return Place(
        parent=lead_ins[-1].id if lead_ins else parent,
        kind=ParagraphKind.NUMBERED_ITEM,
        label_style=LabelStyle.PARENTHESISED,
        tags=frozenset({Tag.AGENDA_ITEM}),
        working_title=working_title,
    )


def _first_written(text: Bilingual) -> Language:
    """Return the language `text` was begun in: Chinese where only that is written."""
    return Language.ZH if text.pending == (Language.EN,) else Language.EN


def ensure_open(session: orm.Session, agreement: Agreement) -> None:
    """Return if text can be drafted for `agreement`: nobody should write what could never be tabled.

    Raises:
        OutOfOrder: If it is recorded as published, or adopted.

    """
    _open(read(session, agreement.id))


def _open(reading: Reading) -> None:
    if reading.stage is Stage.RECORDED:
        raise OutOfOrder((Refusal.RECORDED_AS_PUBLISHED,))
    if reading.stage is Stage.ADOPTED:
        raise OutOfOrder((Refusal.TEXT_IS_ADOPTED,))


def _still_a_draft(draft: Draft) -> None:
    if not draft.is_open:
        raise OutOfOrder((Refusal.DRAFT_IS_CLOSED,))


def _begun(session: orm.Session, draft: Draft, by: Membership) -> Draft:
    session.add(draft)
    session.flush()
    draft_states.keep(session, draft, by_hand=True)
    enter_act(session, Entered.DRAFT_BEGUN, draft, by)
    return draft


def enter_act(session: orm.Session, act: Entered, draft: Draft, by: Membership) -> None:
    """Enter in the own side's chain that `by` did `act` to `draft`."""
    enter(
        session,
        act,
        by=by,
        dialogue=draft.agreement.dialogue,
        agreement=draft.agreement,
        paragraph=draft.paragraph,
        chain=chain_of(by),
        draft=str(draft.id),
        version=str(draft.version),
        hash=digest([draft.text.en, draft.text.zh, draft.rationale]),
    )

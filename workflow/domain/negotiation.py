"""The rules of a negotiation: which act is in order when, and where a paragraph and a text stand.

This module decides *when* an act is in order; :mod:`workflow.permissions` decides *who*
may perform it. Nothing here knows of the web, the database or the clock, so every rule
can be read, and tested, as arithmetic.

Source: the rules of the negotiation, ``docs/rules.md``; numbers in the comments are theirs.
"""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, TypeAlias
from uuid import UUID

from workflow.domain.bilingual import Bilingual
from workflow.domain.points import NO_POINTS, Point
from workflow.domain.positions import PositionInForce, Stance
from workflow.domain.text import ParagraphKind

DelegationCode: TypeAlias = str


class Stage(StrEnum):
    """Where an agreement stands. Derived, never stored."""

    RECORDED = "recorded"
    """As published elsewhere: nothing is asked of anybody (6)."""
    NEGOTIATION = "negotiation"
    ADOPTED = "adopted"


class AmendmentKind(StrEnum):
    """What an amendment does to the text it is made against."""

    ADD = "add"
    MOD = "mod"
    EDITORIAL = "editorial"
    SUP = "sup"


class Standing(StrEnum):
    """Where a paragraph stands; the weakest that applies wins, in this order (21)."""

    COUNTERPART_PENDING = "counterpart_pending"
    BRACKETED = "bracketed"
    RESERVED = "reserved"
    NO_POSITION = "no_position"
    AD_REFERENDUM = "ad_referendum"
    AGREED = "agreed"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"
    RECORDED = "recorded"


#: A paragraph that stands so is out of the text being closed.
OUT_OF_THE_TEXT: Final = frozenset({Standing.DEFERRED, Standing.WITHDRAWN, Standing.DELETED})

#: And of what stands so nothing more is asked. A deletion asks for positions like any other wording.
SETTLED_OUTSIDE: Final = OUT_OF_THE_TEXT - {Standing.DELETED}


class Act(StrEnum):
    """Something a delegation does to a text, in the sight of the others."""

    TABLE_ADDITION = "table_addition"
    TABLE_AMENDMENT = "table_amendment"
    ACCEPT = "accept"
    ACCEPT_IN_PART = "accept_in_part"
    CARRY_OVER = "carry_over"
    KEEP_IN_BRACKETS = "keep_in_brackets"
    WITHDRAW_AMENDMENT = "withdraw_amendment"
    AGREE = "agree"
    AGREE_WITH_STATEMENT = "agree_with_statement"
    AGREE_AD_REFERENDUM = "agree_ad_referendum"
    RESERVE = "reserve"
    WITHDRAW_POSITION = "withdraw_position"
    CERTIFY = "certify"
    DEFER = "defer"
    REVOKE_DEFERRAL = "revoke_deferral"
    COMMENT = "comment"


#: The stance each act of consent takes.
STANCE_OF: Final[Mapping[Act, Stance]] = {
    Act.AGREE: Stance.AGREE,
    Act.AGREE_WITH_STATEMENT: Stance.AGREE_WITH_STATEMENT,
    Act.AGREE_AD_REFERENDUM: Stance.AD_REFERENDUM,
    Act.RESERVE: Stance.RESERVE,
    Act.WITHDRAW_POSITION: Stance.WITHDRAWN,
}
ACT_OF: Final[Mapping[Stance, Act]] = {stance: act for act, stance in STANCE_OF.items()}


class Refusal(StrEnum):
    """Why an act is out of order. Templates turn these into sentences."""

    RECORDED_AS_PUBLISHED = "recorded_as_published"
    TEXT_IS_ADOPTED = "text_is_adopted"
    PARAGRAPH_IS_OUT = "paragraph_is_out"
    TEXT_HAS_CHANGED = "text_has_changed"
    COUNTERPART_PENDING = "counterpart_pending"
    NOT_YET_COMMON = "not_yet_common"
    NOTHING_WRITTEN = "nothing_written"
    NOTHING_CHANGES = "nothing_changes"
    AMENDMENT_IS_CLOSED = "amendment_is_closed"
    OWN_AMENDMENT = "own_amendment"
    NOT_YOUR_AMENDMENT = "not_your_amendment"
    ALREADY_ACCEPTED = "already_accepted"
    ALREADY_KEPT = "already_kept"
    OTHERS_HAVE_TAKEN_IT_UP = "others_have_taken_it_up"
    MADE_AGAINST_EARLIER_TEXT = "made_against_earlier_text"
    FITS_ALREADY = "fits_already"
    COLLIDES_WITH_NEW_TEXT = "collides_with_new_text"
    NO_SUCH_POINTS = "no_such_points"
    DRAFT_IS_CLOSED = "draft_is_closed"
    HEAD_HAS_SPOKEN = "head_has_spoken"
    ALREADY_YOUR_POSITION = "already_your_position"
    NO_POSITION_TO_WITHDRAW = "no_position_to_withdraw"
    ALREADY_CERTIFIED = "already_certified"
    ALREADY_CONSENTED_TO_DEFER = "already_consented_to_defer"
    NO_DEFERRAL_TO_REVOKE = "no_deferral_to_revoke"
    ONLY_A_HEAD_REVOKES = "only_a_head_revokes"
    NOTHING_TO_ISSUE = "nothing_to_issue"
    NOT_READY_TO_ADOPT = "not_ready_to_adopt"
    ALREADY_ADOPTED_BY_YOU = "already_adopted_by_you"
    LIST_ALREADY_CONFIRMED = "list_already_confirmed"
    NOT_YOUR_LIST = "not_your_list"
    NOT_ON_THIS_AGENDA = "not_on_this_agenda"
    ALREADY_DISPOSED = "already_disposed"
    NOT_YOURS_TO_INVITE = "not_yours_to_invite"
    INVITED_ALREADY = "invited_already"
    INVITATION_IS_CLOSED = "invitation_is_closed"
    NOT_YOUR_INVITATION = "not_your_invitation"
    TAKES_PART_ALREADY = "takes_part_already"
    MEMBERSHIP_HAS_ENDED = "membership_has_ended"
    LEAVES_NO_HEAD = "leaves_no_head"
    LEAVES_NO_SECRETARIAT = "leaves_no_secretariat"
    ORDINAL_IS_TAKEN = "ordinal_is_taken"
    SESSION_HAS_ITS_AGREEMENT = "session_has_its_agreement"
    MOTION_IS_CLOSED = "motion_is_closed"
    MOTION_IS_BEFORE_YOU = "motion_is_before_you"
    ALREADY_SAID_SO = "already_said_so"
    NOTHING_SAID = "nothing_said"
    NOT_YOUR_MOTION = "not_your_motion"
    NO_SUCH_PLACE = "no_such_place"
    STANDS_THERE_ALREADY = "stands_there_already"
    NOT_ASKED_FOR = "not_asked_for"
    NO_STATEMENT_IN_FORCE = "no_statement_in_force"
    NOTHING_TO_FINALISE = "nothing_to_finalise"
    NOT_ADOPTED_YET = "not_adopted_yet"
    MOMENT_IS_PAST = "moment_is_past"
    NO_SILENCE_RUNS = "no_silence_runs"
    NOT_ONE_SUCH_PLACE = "not_one_such_place"
    WORDS_NOT_IN_TEXT = "words_not_in_text"
    WORDS_OCCUR_SEVERAL_TIMES = "words_occur_several_times"
    NAMES_A_COLLEAGUE = "names_a_colleague"
    THREAD_IS_RESOLVED = "thread_is_resolved"
    THREAD_IS_OPEN = "thread_is_open"
    COMMENT_IS_WITHDRAWN = "comment_is_withdrawn"
    COMMENT_HAS_CHANGED = "comment_has_changed"
    NOT_A_COLLEAGUE = "not_a_colleague"
    TASK_IS_CLOSED = "task_is_closed"
    TASK_IS_OPEN = "task_is_open"
    ONLY_HEADS_TABLE = "only_heads_table"
    NOTHING_CHOSEN = "nothing_chosen"
    TWO_FOR_ONE_PARAGRAPH = "two_for_one_paragraph"
    STANDS_UNDER_A_DRAFT = "stands_under_a_draft"
    STANDS_UNDER_A_PRIVATE_DRAFT = "stands_under_a_private_draft"
    HAND_OVER_IS_CLOSED = "hand_over_is_closed"
    TEXT_IS_BEGUN = "text_is_begun"
    SIDES_ARE_SETTLED = "sides_are_settled"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAmendment:
    """An amendment before the others, neither settled nor withdrawn."""

    key: UUID
    by: DelegationCode
    kind: AmendmentKind
    text: Bilingual
    """What it wants the paragraph to say; nothing for SUP."""
    against: UUID | None
    """The wording, or the tabled addition, it was made against; ``None`` for an addition."""
    accepted_by: frozenset[DelegationCode] = frozenset()
    kept_by: frozenset[DelegationCode] = frozenset()
    """Who has read it and leaves it in brackets."""
    points: tuple[Point, ...] = NO_POINTS
    """As its author grouped what it changes; none for additions and deletions, which are taken or left whole."""
    is_severable: bool = False
    """Whether its points can be taken one by one, at once (10)."""
    other_stands: bool = False
    """Whether its author said that where it changes one language only, the other stands (16)."""
    taken_by: Mapping[DelegationCode, frozenset[int]] = field(default_factory=dict)
    """Who accepts some of its points, and which, by their numbers from 1."""
    answered_by_heads: frozenset[DelegationCode] = frozenset()
    """Whose answer is a head's: nobody else of that side gives another (19)."""

    @property
    def answered_by(self) -> frozenset[DelegationCode]:
        """Who has said what they think of it, of the whole or of some points."""
        return self.accepted_by | self.kept_by | frozenset(self.taken_by)

    @property
    def is_complete(self) -> bool:
        """Whether the other side can accept it: both languages stand as meant, or it is a deletion (5)."""
        return self.kind is AmendmentKind.SUP or (self.text.is_complete and not self.lacks_counterpart)

    @property
    def lacks_counterpart(self) -> bool:
        """Whether some point changes one language only, and its author has not said that the other stands (16)."""
        return not self.other_stands and any(len(point.touches) == 1 for point in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphState:
    """A paragraph reduced to what the rules need to know about it."""

    stage: Stage
    sides: tuple[DelegationCode, ...]
    """In their fixed order."""
    kind: ParagraphKind = ParagraphKind.NARRATIVE
    current: Bilingual | None
    """The wording all sides have made common; ``None`` while it is a tabled addition only."""
    base: UUID | None
    """What an amendment is made against: the current wording, or the addition as tabled."""
    face: str
    """Names the text a person has before them, for consent: its content hash."""
    live: tuple[LiveAmendment, ...] = ()
    """In the order in which they were tabled."""
    positions: Mapping[DelegationCode, PositionInForce] = field(default_factory=dict)
    """In force on the current wording; earlier ones have lapsed."""
    said: Mapping[UUID, Stance] = field(default_factory=dict)
    """The last word of each member on the current wording: of two heads, each takes back only the own."""
    certified_by: frozenset[DelegationCode] = frozenset()
    """Whose language officers certified the current pair."""
    lapsed_under: frozenset[DelegationCode] = frozenset()
    """Whose word on this very wording lapsed because the lead-in over it changed (3)."""
    deferred_by: frozenset[DelegationCode] = frozenset()
    """Who wants it carried to the next session; it is, once that is everybody (26)."""
    heads_on_deferral: frozenset[DelegationCode] = frozenset()
    """Whose last word on that, either way, is a head's."""
    is_deleted: bool = False
    has_placeholder: bool = False

    @property
    def addition(self) -> LiveAmendment | None:
        """The tabled addition this paragraph still is; ``None`` once it is common text or gone."""
        return next((one for one in self.live if one.kind is AmendmentKind.ADD), None)

    @property
    def is_deferred(self) -> bool:
        """Whether every side consented to carry it over."""
        return self.deferred_by == frozenset(self.sides)

    @property
    def text(self) -> Bilingual | None:
        """What a person reads as the text in question: the common wording, or the addition as tabled."""
        if self.current is not None:
            return self.current
        return self.addition.text if self.addition else None

    def amendment(self, key: UUID) -> LiveAmendment | None:
        """Return the live amendment `key`, if it still is one."""
        return next((one for one in self.live if one.key == key), None)

    def amendment_of(self, side: DelegationCode) -> LiveAmendment | None:
        """Return the one live amendment of `side`, if it has one (8).

        The author of an addition that others have taken up may want it gone: that is the later one.
        """
        return next((one for one in reversed(self.live) if one.by == side), None)

    @property
    def is_taken_up(self) -> bool:
        """Whether another side has accepted or amended the addition this still is, or all carry it along (8)."""
        addition = self.addition
        if addition is None:
            return False
        return bool(addition.accepted_by) or self.is_deferred or any(one.by != addition.by for one in self.live)

    def awaited(self, amendment: LiveAmendment) -> tuple[DelegationCode, ...]:
        """Return whose act the live `amendment` waits for.

        That is its author's where it lacks a language, or was made against an earlier text;
        otherwise of those who have not answered; and once all have, of all who disagree.
        """
        if not amendment.is_complete or amendment.against not in {None, self.base}:
            return (amendment.by,)
        silent = tuple(one for one in self.sides if one != amendment.by and one not in amendment.answered_by)
        return silent or tuple(one for one in self.sides if one not in amendment.accepted_by)

    @property
    def standing(self) -> Standing:
        """Where it stands (21)."""
        return standing(self)

    @property
    def held(self) -> Standing:
        """How firmly its present wording is held, be it a deletion: the weakest position of any side."""
        return next(standing for standing, applies in _HELD if applies(self))


def _stances(paragraph: ParagraphState) -> tuple[Stance | None, ...]:
    return tuple(one.stance if (one := paragraph.positions.get(side)) else None for side in paragraph.sides)


def _counterpart_pends(paragraph: ParagraphState) -> bool:
    common_text_pends = paragraph.current is not None and not paragraph.current.is_complete
    return common_text_pends or not all(amendment.is_complete for amendment in paragraph.live)


#: What the positions make of it: the first that applies.
_HELD: Final[tuple[tuple[Standing, Callable[[ParagraphState], bool]], ...]] = (
    (Standing.RESERVED, lambda paragraph: Stance.RESERVE in _stances(paragraph)),
    (Standing.NO_POSITION, lambda paragraph: None in _stances(paragraph)),
    (Standing.AD_REFERENDUM, lambda paragraph: Stance.AD_REFERENDUM in _stances(paragraph)),
    (Standing.AGREED, lambda _paragraph: True),
)

#: What makes a paragraph stand so: the first that applies does. Those that take it out of the
#: text come first, then the weakest (21).
_APPLIES: Final[tuple[tuple[Standing, Callable[[ParagraphState], bool]], ...]] = (
    (Standing.RECORDED, lambda paragraph: paragraph.stage is Stage.RECORDED),
    (Standing.DELETED, lambda paragraph: paragraph.is_deleted),
    (Standing.DEFERRED, lambda paragraph: paragraph.is_deferred),
    (Standing.WITHDRAWN, lambda paragraph: paragraph.text is None),
    (Standing.COUNTERPART_PENDING, _counterpart_pends),
    (Standing.BRACKETED, lambda paragraph: bool(paragraph.live) or paragraph.has_placeholder),
    *_HELD,
)


def agreed_to(paragraph: ParagraphState, *, by: DelegationCode) -> ParagraphState:
    """Return `paragraph` as it would be if the head of `by` agreed to its present text."""
    given = PositionInForce(stance=Stance.AGREE, by_head=True)
    return replace(paragraph, positions={**paragraph.positions, by: given})


def standing(paragraph: ParagraphState) -> Standing:
    """Return where `paragraph` stands: what took it out of the text, else the weakest of what applies (21)."""
    return next(standing for standing, applies in _APPLIES if applies(paragraph))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An act by one delegation, on the text it was looking at."""

    act: Act
    by: DelegationCode
    as_head: bool = False
    member: UUID | None = None
    """Who acts, where it matters which of two heads does."""
    face: str = ""
    """Of the text on the page an act of consent was sent from."""
    base: UUID | None = None
    """What the text tabled was written against."""
    amendment: UUID | None = None
    """The amendment accepted, kept or withdrawn."""
    wanted: Bilingual | None = None
    """The text tabled."""
    deletes: bool = False
    """Whether what is tabled is a SUP."""
    points: tuple[Point, ...] = NO_POINTS
    """How what is tabled is grouped."""
    is_severable: bool = False
    other_stands: bool = False
    chosen: frozenset[int] = frozenset()
    """The points accepted, by their numbers."""


Guard: TypeAlias = Callable[[ParagraphState, Move], Refusal | None]


def _stage_is_open(stage: Stage) -> Refusal | None:
    if stage is Stage.RECORDED:
        return Refusal.RECORDED_AS_PUBLISHED
    return Refusal.TEXT_IS_ADOPTED if stage is Stage.ADOPTED else None


def _open(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    return _stage_is_open(paragraph.stage)


def _not_recorded(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    """Comments stay possible on adopted text; a published text is not under discussion here."""
    return Refusal.RECORDED_AS_PUBLISHED if paragraph.stage is Stage.RECORDED else None


def _in_the_text(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    return Refusal.PARAGRAPH_IS_OUT if standing(paragraph) in OUT_OF_THE_TEXT else None


def _not_settled_outside(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    """A deletion is a wording: it is held, reserved on and reopened like any other (9, 20, 22)."""
    return Refusal.PARAGRAPH_IS_OUT if standing(paragraph) in SETTLED_OUTSIDE else None


def _on_current_text(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Nobody acts on a text they have not seen."""
    return Refusal.TEXT_HAS_CHANGED if move.face != paragraph.face else None


def _on_current_wording(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Nobody amends a text they have not seen (7)."""
    return Refusal.TEXT_HAS_CHANGED if move.base != paragraph.base else None


def _deletes_common_text(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """What is not common text yet needs no deletion: it is not accepted, or withdrawn by its author.

    Once others have taken it up, its author can only ask them to let it go (8).
    """
    addition = paragraph.addition
    if not move.deletes or addition is None or (addition.by == move.by and paragraph.is_taken_up):
        return None
    return Refusal.NOT_YET_COMMON


def _something_written(_paragraph: ParagraphState, move: Move) -> Refusal | None:
    if not move.deletes and (move.wanted is None or move.wanted.is_empty):
        return Refusal.NOTHING_WRITTEN
    return None


def _something_changes(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """An amendment says something else than the text it is against, and than its author's live one.

    One made against an earlier text may say again what it said: that is how its author confirms it (11).
    """
    own = paragraph.amendment_of(move.by)
    if own and own.against not in {None, paragraph.base}:
        own = None
    if move.deletes:
        is_said = paragraph.is_deleted or (own and own.kind is AmendmentKind.SUP)
        return Refusal.NOTHING_CHANGES if is_said else None
    if move.wanted == paragraph.text:
        return Refusal.NOTHING_CHANGES
    return Refusal.NOTHING_CHANGES if own and _says_the_same(own, move) else None


def _says_the_same(own: LiveAmendment, move: Move) -> bool:
    """Whether what is tabled again is what stands tabled, grouped and declared the same way (7, 10, 16)."""
    if own.kind is AmendmentKind.SUP or own.text != move.wanted:
        return False
    before = (own.points, own.is_severable, own.other_stands)
    return own.kind is AmendmentKind.ADD or before == (move.points, move.is_severable, move.other_stands)


def _is_common(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    return Refusal.NOT_YET_COMMON if paragraph.current is None else None


def _in_both_languages(paragraph: ParagraphState, _move: Move) -> Refusal | None:
    """A deletion has no text in either language, and lacks none."""
    if paragraph.current is not None and not paragraph.is_deleted and not paragraph.current.is_complete:
        return Refusal.COUNTERPART_PENDING
    return None


def _amendment_is_live(paragraph: ParagraphState, move: Move) -> Refusal | None:
    return Refusal.AMENDMENT_IS_CLOSED if _named(paragraph, move) is None else None


def _amendment_is_complete(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.COUNTERPART_PENDING if named and not named.is_complete else None


def _amendment_fits(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """What was made against an earlier text waits until its author confirms it against this one (11)."""
    named = _named(paragraph, move)
    if named and named.against is not None and named.against != paragraph.base:
        return Refusal.MADE_AGAINST_EARLIER_TEXT
    return None


def _amendment_is_behind(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """What fits the text as it stands needs no carrying over."""
    named = _named(paragraph, move)
    return Refusal.FITS_ALREADY if named and named.against in {None, paragraph.base} else None


def _amendment_carries_over(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Where the same words were changed otherwise meanwhile, its author writes anew (11)."""
    if move.deletes:
        return None
    if move.wanted is None:
        return Refusal.COLLIDES_WITH_NEW_TEXT
    return Refusal.NOTHING_CHANGES if move.wanted == paragraph.text else None


def _some_of_its_points(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Some points, and not all: who wants all accepts the amendment (10)."""
    named = _named(paragraph, move)
    if named is None:
        return None
    numbers = frozenset(range(1, len(named.points) + 1))
    return None if move.chosen and move.chosen < numbers else Refusal.NO_SUCH_POINTS


def _not_yet_taken(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.ALREADY_ACCEPTED if named and named.taken_by.get(move.by) == move.chosen else None


def _by_another(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.OWN_AMENDMENT if named and named.by == move.by else None


def _by_its_author(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.NOT_YOUR_AMENDMENT if named and named.by != move.by else None


def _not_yet_accepted(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.ALREADY_ACCEPTED if named and move.by in named.accepted_by else None


def _not_yet_kept(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return Refusal.ALREADY_KEPT if named and move.by in named.kept_by else None


def _nobody_took_it_up(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Text can be withdrawn alone until another side has taken it up (8).

    An addition is taken up by who accepts or amends it, or carries it along; a change, by who
    accepts it whole or in part. What was made against an earlier text nobody can take any more.
    """
    named = _named(paragraph, move)
    if named is None:
        return None
    if named.kind is AmendmentKind.ADD:
        return Refusal.OTHERS_HAVE_TAKEN_IT_UP if paragraph.is_taken_up else None
    is_accepted = named.against == paragraph.base and (named.accepted_by or named.taken_by)
    return Refusal.OTHERS_HAVE_TAKEN_IT_UP if is_accepted else None


def head_has_spoken(by: DelegationCode | None, *, as_head: bool, heads: Container[DelegationCode]) -> Refusal | None:
    """Refuse what would overwrite a head: nobody else of the side changes what its head said, of whatever (19).

    Args:
        by: The side that acts; ``None`` for who acts for none.
        as_head: Whether a head acts; with two, either may speak.
        heads: The sides whose word on this matter is a head's.

    """
    return Refusal.HEAD_HAS_SPOKEN if by is not None and by in heads and not as_head else None


def _head_has_no_position(paragraph: ParagraphState, move: Move) -> Refusal | None:
    heads = {side for side, position in paragraph.positions.items() if position.by_head}
    return head_has_spoken(move.by, as_head=move.as_head, heads=heads)


def _head_has_not_answered(paragraph: ParagraphState, move: Move) -> Refusal | None:
    named = _named(paragraph, move)
    return head_has_spoken(move.by, as_head=move.as_head, heads=named.answered_by_heads) if named else None


def _head_has_not_spoken_of_deferral(paragraph: ParagraphState, move: Move) -> Refusal | None:
    return head_has_spoken(move.by, as_head=move.as_head, heads=paragraph.heads_on_deferral)


def _new_position(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """The same stance again says nothing, unless a head makes it the head's own (19).

    Of two heads each has a word. What anybody else said is their side's position or, once another spoke, nothing.
    """
    stance = STANCE_OF[move.act]
    if move.as_head:
        is_said = move.member is not None and paragraph.said.get(move.member) is stance
        return Refusal.ALREADY_YOUR_POSITION if is_said else None
    own = paragraph.positions.get(move.by)
    if own is None:
        return None
    recorded_already = own.awaits_head and move.act is Act.AGREE
    return Refusal.ALREADY_YOUR_POSITION if own.stance is stance or recorded_already else None


def _has_position(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """A head takes back the own word, or what a drafter said; never the other head's (19, 22)."""
    own = paragraph.positions.get(move.by)
    if own is None:
        return Refusal.NO_POSITION_TO_WITHDRAW
    has_spoken = paragraph.said.get(move.member, Stance.WITHDRAWN) is not Stance.WITHDRAWN if move.member else True
    return None if has_spoken or not own.by_head else Refusal.NO_POSITION_TO_WITHDRAW


def _not_yet_certified(paragraph: ParagraphState, move: Move) -> Refusal | None:
    return Refusal.ALREADY_CERTIFIED if move.by in paragraph.certified_by else None


def _not_deferring(paragraph: ParagraphState, move: Move) -> Refusal | None:
    return Refusal.ALREADY_CONSENTED_TO_DEFER if move.by in paragraph.deferred_by else None


def _deferring(paragraph: ParagraphState, move: Move) -> Refusal | None:
    return None if move.by in paragraph.deferred_by else Refusal.NO_DEFERRAL_TO_REVOKE


def _head_revokes(paragraph: ParagraphState, move: Move) -> Refusal | None:
    """Once it has taken effect, only a head revokes a deferral (26)."""
    return Refusal.ONLY_A_HEAD_REVOKES if paragraph.is_deferred and not move.as_head else None


def _named(paragraph: ParagraphState, move: Move) -> LiveAmendment | None:
    return paragraph.amendment(move.amendment) if move.amendment else None


_CONSENT: Final[tuple[Guard, ...]] = (
    _open,
    _not_settled_outside,
    _on_current_text,
    _is_common,
    _in_both_languages,
    _head_has_no_position,
    _new_position,
)

#: What must hold for an act to be in order, in the order a person should read the reasons.
GUARDS: Final[Mapping[Act, tuple[Guard, ...]]] = {
    Act.TABLE_ADDITION: (_open, _something_written),
    Act.TABLE_AMENDMENT: (
        _open,
        _not_settled_outside,
        _on_current_wording,
        _deletes_common_text,
        _something_written,
        _something_changes,
    ),
    Act.ACCEPT: (
        _open,
        _not_settled_outside,
        _amendment_is_live,
        _by_another,
        _amendment_fits,
        _amendment_is_complete,
        _not_yet_accepted,
        _head_has_not_answered,
    ),
    Act.ACCEPT_IN_PART: (
        _open,
        _not_settled_outside,
        _amendment_is_live,
        _by_another,
        _amendment_fits,
        _amendment_is_complete,
        _some_of_its_points,
        _not_yet_accepted,
        _not_yet_taken,
        _head_has_not_answered,
    ),
    Act.CARRY_OVER: (
        _open,
        _not_settled_outside,
        _amendment_is_live,
        _by_its_author,
        _amendment_is_behind,
        _on_current_wording,
        _amendment_carries_over,
    ),
    Act.KEEP_IN_BRACKETS: (
        _open,
        _not_settled_outside,
        _amendment_is_live,
        _by_another,
        _not_yet_kept,
        _head_has_not_answered,
    ),
    Act.WITHDRAW_AMENDMENT: (_open, _amendment_is_live, _by_its_author, _nobody_took_it_up),
    Act.AGREE: _CONSENT,
    Act.AGREE_WITH_STATEMENT: _CONSENT,
    Act.AGREE_AD_REFERENDUM: _CONSENT,
    Act.RESERVE: _CONSENT,
    Act.WITHDRAW_POSITION: (_open, _on_current_text, _has_position, _head_has_no_position),
    Act.CERTIFY: (_open, _in_the_text, _on_current_text, _is_common, _in_both_languages, _not_yet_certified),
    Act.DEFER: (_open, _in_the_text, _on_current_text, _not_deferring, _head_has_not_spoken_of_deferral),
    Act.REVOKE_DEFERRAL: (_open, _deferring, _head_revokes, _head_has_not_spoken_of_deferral),
    Act.COMMENT: (_not_recorded,),
}


def refusals_to_propose(paragraph: ParagraphState) -> tuple[Refusal, ...]:
    """Return what keeps anybody from putting a motion about `paragraph`, whatever it would ask for."""
    verdicts = (guard(paragraph, Move(act=Act.TABLE_AMENDMENT, by="")) for guard in (_open, _in_the_text))
    return tuple(verdict for verdict in verdicts if verdict is not None)


def refusals_to_amend(paragraph: ParagraphState) -> tuple[Refusal, ...]:
    """Return what keeps anybody from amending `paragraph`, whatever they would write; empty when nothing does."""
    verdicts = (guard(paragraph, Move(act=Act.TABLE_AMENDMENT, by="")) for guard in (_open, _not_settled_outside))
    return tuple(verdict for verdict in verdicts if verdict is not None)


class OutOfOrder(Exception):  # noqa: N818 -- the chair's own words
    """An act the rules refuse.

    Attributes:
        refusals: Every reason, in the order a person should read them. Never empty.

    """

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        self.refusals = refusals
        super().__init__(", ".join(refusals))


def refusals(paragraph: ParagraphState, move: Move) -> tuple[Refusal, ...]:
    """Return every reason `move` is out of order; empty when it is in order.

    Pages call this to explain a disabled button; the services call `check` to refuse.
    There is no second copy of the rules to keep in step.
    """
    verdicts = (guard(paragraph, move) for guard in GUARDS[move.act])
    return tuple(verdict for verdict in verdicts if verdict is not None)


def check(paragraph: ParagraphState, move: Move) -> None:
    """Return if `move` is in order.

    Raises:
        OutOfOrder: With every reason, if it is not.

    """
    if reasons := refusals(paragraph, move):
        raise OutOfOrder(reasons)


def takes_effect(paragraph: ParagraphState, move: Move) -> frozenset[int] | None:
    """Return the points that become common text with `move`, an acceptance, by their numbers.

    Returns:
        ``None`` while another side has yet to accept (9). An empty set: the whole
        amendment, which is every point of it. In part, it is what all others accept (10).

    """
    named = _named(paragraph, move)
    if named is None or move.act not in {Act.ACCEPT, Act.ACCEPT_IN_PART}:
        return None
    everything = frozenset(range(1, len(named.points) + 1))
    taken = {**named.taken_by, **dict.fromkeys(named.accepted_by, everything)}
    taken[move.by] = everything if move.act is Act.ACCEPT else move.chosen
    others = [side for side in paragraph.sides if side != named.by]
    if not all(side in taken for side in others):
        return None
    if all(taken[side] == everything for side in others):
        return frozenset()
    return everything.intersection(*(taken[side] for side in others)) or None

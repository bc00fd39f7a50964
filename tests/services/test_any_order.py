"""Whatever members do, and in whatever order: what the rules promise of a text always holds."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import orm

from tests.databases import Clock
from tests.factories import Cast, a_cast, a_session, an_agreement
from tests.services.moves import CHANGED, OTHER, TEXT, common
from workflow.db import Base, begin_writing, make_engine
from workflow.domain.bilingual import Bilingual
from workflow.domain.closing import obstacles
from workflow.domain.negotiation import ACT_OF, OUT_OF_THE_TEXT, AmendmentKind, OutOfOrder, Stage, Standing
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind, Tag
from workflow.models import Agreement, Membership, Paragraph, Scope
from workflow.permissions import PERMISSION_FOR, Permission, permits
from workflow.services import (
    adoptions,
    amendments,
    certificates,
    comments,
    deferrals,
    drafts,
    issues,
    journal,
    positions,
)
from workflow.services.clock import FIXED
from workflow.services.drafts import Place, StaleDraft
from workflow.services.reading import items_after, read

TEXTS: Final = (
    TEXT,
    CHANGED,
    OTHER,
    TEXT,
    CHANGED,
    Bilingual("", OTHER.zh),
    Bilingual("Within [ ] days.", "在[ ]天内。"),
)
#: By their place among the members; heads and drafters can do most.
MEMBER: Final = st.sampled_from((1, 5, 0, 4, 1, 5, 0, 4, 2, 6, 3, 7, 8, 9))
WHICH: Final = st.integers(0, 20)
SAYS: Final = st.sampled_from(TEXTS)


class Negotiation(RuleBasedStateMachine):
    """Two delegations with every role, one text, and every act in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.engine = make_engine("sqlite://", poolclass=sa.StaticPool)
        self.session = orm.Session(self.engine, expire_on_commit=False)
        begin_writing(self.session)
        Base.metadata.create_all(self.session.connection())
        self.session.info[FIXED] = Clock()
        self.frozen: str | None = None
        self.given: dict[Any, tuple[int, str]] = {}

    @initialize()
    def open(self) -> None:
        """Begin."""
        self.cast: Cast = a_cast(self.session)
        self.agreement: Agreement = an_agreement(self.session, a_session(self.session, self.cast.dialogue))
        for text in (TEXT, OTHER):
            common(self.session, self.agreement, self.cast, text)

    def teardown(self) -> None:
        """Leave nothing."""
        self.session.close()
        self.engine.dispose()

    def _act(self, by: Membership, permission: Permission, act: Callable[[], object], *, on: Any = None) -> None:
        """Let `by` do `act` as the gate would: with the right to it, in one transaction, or not at all."""
        if not permits(by.actor, permission, on or self.agreement):
            return
        try:
            with self.session.begin_nested():
                act()
        except (OutOfOrder, StaleDraft):
            pass
        self.session.flush()
        self.session.expire_all()

    def _who(self, number: int) -> Membership:
        return self.cast.members[number]

    def _paragraph(self, number: int) -> Paragraph | None:
        found = sorted(self.agreement.paragraphs, key=lambda one: one.position)
        return found[number % len(found)] if found else None

    @rule(who=MEMBER, text=SAYS, after=WHICH, kind=st.sampled_from([ParagraphKind.LEAD_IN, ParagraphKind.NARRATIVE]),
          agenda=st.booleans())  # fmt: skip
    def adds(self, who: int, text: Bilingual, after: int, kind: ParagraphKind, *, agenda: bool) -> None:
        """Draft a paragraph and table it."""
        by, neighbour = self._who(who), self._paragraph(after)
        under = neighbour is not None and neighbour.kind is ParagraphKind.LEAD_IN
        place = Place(
            parent=neighbour.id if neighbour and under else None,
            after=neighbour.id if neighbour and not under else None,
            kind=kind,
            tags=frozenset({Tag.AGENDA_ITEM} if agenda else ()),
        )

        def act() -> None:
            draft = drafts.begin_addition(self.session, agreement=self.agreement, by=by, place=place, text=text)
            amendments.table(self.session, draft=draft, by=by, version=1)

        if len(self.agreement.paragraphs) < 6 and by.delegation and permits(by.actor, Permission.DRAFT, self.agreement):
            self._act(by, Permission.ANSWER, act)

    @rule(who=MEMBER, which=WHICH, text=SAYS, kind=st.sampled_from([AmendmentKind.MOD, AmendmentKind.SUP]))
    def amends(self, who: int, which: int, text: Bilingual, kind: AmendmentKind) -> None:
        """Draft an amendment and table it."""
        by, paragraph = self._who(who), self._paragraph(which)
        if paragraph is None:
            return

        def act() -> None:
            draft = drafts.begin_amendment(
                self.session, paragraph=paragraph, by=by, kind=kind, text=text, against=paragraph.base
            )
            amendments.table(self.session, draft=draft, by=by, version=1)

        self._act(by, Permission.ANSWER, act)

    @rule(who=MEMBER, which=WHICH, one=WHICH, act=st.sampled_from(["accept", "accept", "keep_in_brackets", "withdraw"]))
    def answers(self, who: int, which: int, one: int, act: str) -> None:
        """Accept, keep or withdraw any amendment there ever was."""
        by, paragraph = self._who(who), self._paragraph(which)
        if paragraph is None:
            return
        amendment = paragraph.amendments[one % len(paragraph.amendments)]
        self._act(by, Permission.ANSWER, lambda: getattr(amendments, act)(self.session, amendment=amendment, by=by))

    @rule(who=MEMBER, which=WHICH, stance=st.sampled_from(Stance), for_head=st.booleans())
    def holds(self, who: int, which: int, stance: Stance, *, for_head: bool) -> None:
        """Take a position on the text as it stands."""
        by, paragraph = self._who(who), self._paragraph(which)
        if paragraph is None:
            return
        face = read(self.session, self.agreement.id).faces[paragraph.id]
        right = Permission.TAKE_POSITION if for_head else PERMISSION_FOR[ACT_OF[stance]]
        self._act(
            by,
            right,
            lambda: positions.take(
                self.session, paragraph=paragraph, by=by, stance=stance, face=face, for_head=for_head
            ),
        )

    @rule(which=WHICH)
    def settles(self, which: int) -> None:
        """Bring a paragraph as far as it goes: everything live accepted, agreed by both heads, certified."""
        paragraph = self._paragraph(which)
        if paragraph is None:
            return
        us, cn = self.cast.of("US"), self.cast.of("CN")
        for amendment in paragraph.live_amendments:
            by = cn[1] if amendment.delegation is self.cast.us else us[1]
            self._act(by, Permission.ANSWER, partial(amendments.accept, self.session, amendment=amendment, by=by))
        face = read(self.session, self.agreement.id).faces[paragraph.id]
        for by in (us[0], cn[0]):
            agree = partial(positions.take, paragraph=paragraph, by=by, stance=Stance.AGREE, face=face)
            self._act(by, Permission.AGREE, partial(agree, self.session))
        for by in (us[2], cn[2]):
            certify = partial(certificates.certify, paragraph=paragraph, by=by, face=face)
            self._act(by, Permission.CERTIFY, partial(certify, self.session))

    @rule(adopting=st.sampled_from([(), ("us_head",), ("cn_head",), ("us_head", "cn_head")]))
    def settles_everything(self, adopting: tuple[str, ...]) -> None:
        """Bring every paragraph as far as it goes, and the whole."""
        for number in range(len(self.agreement.paragraphs)):
            self.settles(number)
        for head in adopting:
            self._adopts(getattr(self.cast, head))

    @rule(who=MEMBER, which=WHICH, revokes=st.booleans())
    def defers(self, who: int, which: int, *, revokes: bool) -> None:
        """Consent to carry a paragraph over, or take that back."""
        by, paragraph = self._who(who), self._paragraph(which)
        if paragraph is None:
            return
        face = read(self.session, self.agreement.id).faces[paragraph.id]
        if revokes:
            self._act(by, Permission.DEFER, lambda: deferrals.revoke(self.session, paragraph=paragraph, by=by))
        else:
            self._act(
                by, Permission.DEFER, lambda: deferrals.consent(self.session, paragraph=paragraph, by=by, face=face)
            )

    @rule(who=MEMBER, which=WHICH, scope=st.sampled_from(Scope))
    def remarks(self, who: int, which: int, scope: Scope) -> None:
        """Comment."""
        by, paragraph = self._who(who), self._paragraph(which)
        right = Permission.COMMENT if scope is Scope.SHARED else Permission.COMMENT_INTERNALLY
        if paragraph is not None:
            self._act(
                by, right, lambda: comments.write(self.session, paragraph=paragraph, by=by, scope=scope, text="So.")
            )

    @precondition(lambda self: read(self.session, self.agreement.id).has_changed_since_rev)
    @rule()
    def issues_a_rev(self) -> None:
        """Issue the text."""
        by = self.cast.secretariat
        self._act(by, Permission.ISSUE, lambda: issues.issue(self.session, agreement=self.agreement, by=by))

    @rule(by=st.sampled_from(["us_head", "cn_head", "us_drafter", "secretariat"]))
    def adopts(self, by: str) -> None:
        """Adopt the text as it stands."""
        self._adopts(getattr(self.cast, by))

    def _adopts(self, by: Membership) -> None:
        before = read(self.session, self.agreement.id)
        hindered = bool(obstacles(before.closing))
        count = len(self.agreement.adoptions)
        self._act(
            by,
            Permission.ADOPT,
            lambda: adoptions.adopt(self.session, agreement=self.agreement, by=by, listing_hash=before.listing),
        )
        assert len(self.agreement.adoptions) == count or not hindered, "adopted in spite of obstacles"

    @invariant()
    def agreed_means_that_both_heads_agreed_to_this_very_text(self) -> None:
        """Standing AGREED is earned."""
        reading = read(self.session, self.agreement.id)
        for key, standing in reading.standings.items():
            if standing is not Standing.AGREED:
                continue
            paragraph = reading.states[key]
            assert paragraph.current
            assert paragraph.current.is_complete
            assert not paragraph.live
            taken = next(one.paragraph for one in reading.order if one.paragraph.id == key).positions
            for side in self.agreement.dialogue.sides:
                assert any(
                    one.as_head
                    and one.stance in {Stance.AGREE, Stance.AGREE_WITH_STATEMENT}
                    and one.content_hash == reading.faces[key]
                    and one.delegation.code == side
                    for one in taken
                ), "agreed without a head's word on this text"

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        """Nothing is counted that others do not see."""
        for paragraph in self.agreement.paragraphs:
            for rows in (paragraph.wordings, paragraph.amendments, paragraph.positions, paragraph.deferral_voices):
                assert [one.number for one in rows] == list(range(1, len(rows) + 1))

    @invariant()
    def a_side_has_one_live_amendment_to_a_paragraph_at_the_most(self) -> None:
        """And one addition in all."""
        for paragraph in self.agreement.paragraphs:
            sides = [one.delegation.code for one in paragraph.live_amendments]
            assert len(sides) == len(set(sides))
            assert sum(one.is_addition for one in paragraph.live_amendments) <= (not paragraph.wordings)

    @invariant()
    def the_record_is_whole(self) -> None:
        """Every chain and every hash fits."""
        assert journal.verify(self.session) == ()

    @invariant()
    def a_working_number_once_given_holds_until_the_next_rev_and_names_one_paragraph(self) -> None:
        """What has been cited stays what it was."""
        reading = read(self.session, self.agreement.id)
        assert len(set(reading.numbers.values())) == len(reading.numbers)
        rev = reading.rev or 0
        for key, number in reading.numbers.items():
            since, before = self.given.get(key, (0, ""))
            assert not (rev and since == rev and before != number), f"{before} became {number}"
            self.given[key] = (rev, number)

    @invariant()
    def what_stands_on_the_agenda_has_a_text(self) -> None:
        """An item points to something to discuss."""
        for item in items_after(self.session, self.agreement.session):
            assert item.paragraph.text
            assert not item.paragraph.text.is_empty

    @invariant()
    def an_adopted_text_never_changes(self) -> None:
        """Not by anybody, not by anything."""
        reading = read(self.session, self.agreement.id)
        shown = repr(
            [
                (str(one.paragraph.id), reading.faces[one.paragraph.id], reading.standings[one.paragraph.id],
                 len(one.paragraph.amendments), len(one.paragraph.positions))
                for one in reading.order
            ]
        )  # fmt: skip
        if self.frozen is not None:
            assert reading.stage is Stage.ADOPTED
            assert shown == self.frozen
        elif reading.stage is Stage.ADOPTED:
            agreed = {one for one in reading.standings.values() if one not in OUT_OF_THE_TEXT}
            assert agreed == {Standing.AGREED}
            self.frozen = shown


Negotiation.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestNegotiation = Negotiation.TestCase

"""The states of a draft: kept by every save, restored by a new one, and before sharing nobody's but the author's."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import orm

from tests.databases import Clock
from tests.factories import Cast
from tests.services.moves import CHANGED, OTHER, TEXT, common, drafted, refusals, rewritten
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import Refusal
from workflow.models import ALONE, Agreement, Draft, Entered, JournalEntry, Membership
from workflow.services import draft_states, drafting, drafts
from workflow.services.drafts import StaleDraft
from workflow.services.visible import visible


def save(session: orm.Session, draft: Draft, by: Membership, text: Bilingual, **more: bool) -> None:
    drafts.save(session, draft=draft, by=by, text=text, rationale="", version=draft.version, **more)


def autosave(session: orm.Session, draft: Draft, by: Membership, text: Bilingual) -> None:
    drafts.autosave(session, draft=draft, by=by, text=text, rationale="", version=draft.version)


def said(session: orm.Session, draft: Draft, reader: Membership) -> list[Bilingual]:
    return [one.state.text for one in draft_states.history(session, draft, reader.actor)]


def acts(session: orm.Session, member: Membership) -> list[Entered]:
    found = session.scalars(visible(member.actor).journal().where(JournalEntry.chain != ""))
    return [one.act for one in found]


def test_every_save_by_hand_is_kept_with_who_wrote_it(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    save(session, draft, cast.us_translator, CHANGED)
    save(session, draft, cast.us_head, OTHER)

    found = draft_states.history(session, draft, cast.us_drafter.actor)

    assert [(one.state.version, one.state.text, one.state.membership_id, one.is_present) for one in found] == [
        (3, OTHER, cast.us_head.id, True),
        (2, CHANGED, cast.us_translator.id, False),
        (1, TEXT, cast.us_drafter.id, False),
    ]
    assert "".join(span.text for span in found[-1].redline.en if span.kind != "inserted") == TEXT.en


def test_a_save_that_changes_nothing_is_no_new_state(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    save(session, draft, cast.us_drafter, TEXT)

    assert said(session, draft, cast.us_drafter) == [TEXT]


def test_what_was_said_before_sharing_stays_the_authors(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    save(session, draft, cast.us_drafter, CHANGED)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    save(session, draft, cast.us_head, OTHER)

    assert said(session, draft, cast.us_drafter) == [OTHER, CHANGED, TEXT]
    assert said(session, draft, cast.us_head) == said(session, draft, cast.us_adviser) == [OTHER, CHANGED]
    assert draft_states.find(session, draft, 1, cast.us_head.actor) is None
    assert draft_states.base_of(session, draft, 1, cast.us_head.actor) is None
    for stranger in (cast.cn_drafter, cast.secretariat, cast.observer):
        assert said(session, draft, stranger) == []
    assert draft.shared_from == 2


def test_to_restore_is_to_save_anew_and_nothing_is_lost(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    autosave(session, draft, cast.us_drafter, CHANGED)
    autosave(session, draft, cast.us_drafter, OTHER)
    first = draft_states.find(session, draft, 1, cast.us_drafter.actor)
    assert first is not None

    drafts.restore(session, draft=draft, by=cast.us_drafter, state=first, version=draft.version)

    assert (draft.text, draft.version) == (TEXT, 4)
    assert said(session, draft, cast.us_drafter)[:2] == [TEXT, OTHER]
    assert acts(session, cast.us_drafter)[0] is Entered.DRAFT_RESTORED
    assert Entered.DRAFT_RESTORED in ALONE
    again = lambda: drafts.restore(session, draft=draft, by=cast.us_drafter, state=first, version=4)  # noqa: E731 -- one act
    assert refusals(again) == (Refusal.NOTHING_CHANGES,)
    with pytest.raises(StaleDraft):
        drafts.restore(session, draft=draft, by=cast.us_drafter, state=first, version=1)


def test_what_the_page_saves_by_itself_is_kept_once_a_minute(
    session: orm.Session, cast: Cast, agreement: Agreement, clock: Clock
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    for number in range(1, 5):
        autosave(session, draft, cast.us_drafter, Bilingual(f"{number}", ""))
    clock.time += timedelta(minutes=2)
    autosave(session, draft, cast.us_drafter, Bilingual("5", ""))

    assert [one.en for one in said(session, draft, cast.us_drafter)] == ["5", "4", "1", TEXT.en]
    assert acts(session, cast.us_drafter).count(Entered.DRAFT_SAVED) == 2


def test_whatever_another_writes_over_is_kept_first(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    autosave(session, draft, cast.us_drafter, Bilingual("1", ""))
    autosave(session, draft, cast.us_drafter, Bilingual("2", ""))
    autosave(session, draft, cast.us_head, Bilingual("3", ""))
    autosave(session, draft, cast.us_head, Bilingual("4", ""))
    save(session, draft, cast.us_drafter, Bilingual("5", ""))

    found = draft_states.history(session, draft, cast.us_drafter.actor)
    assert [one.state.text.en for one in found] == ["5", "4", "3", "2", "1", TEXT.en]
    assert [one.state.membership_id for one in found[1:4]] == [cast.us_head.id, cast.us_head.id, cast.us_drafter.id]


def test_a_page_on_which_a_colleagues_page_saved_once_more_is_merged_from_what_it_showed(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    autosave(session, draft, cast.us_drafter, Bilingual("1", ""))
    autosave(session, draft, cast.us_drafter, Bilingual("2", ""))
    shown = draft.version
    autosave(session, draft, cast.us_drafter, Bilingual("3", ""))
    draft_states.keep_shown(session, draft, shown)

    base = draft_states.base_of(session, draft, shown, cast.us_head.actor)
    assert base is not None
    assert (base.version, base.text.en) == (3, "2")
    listed = [(one.number, one.state.text.en) for one in draft_states.history(session, draft, cast.us_head.actor)]
    assert listed == [(3, "2"), (2, "1"), (1, TEXT.en)]
    assert draft_states.count(session, draft, cast.us_head.actor) == 3


def test_nothing_else_stands_in_for_a_base_that_nobody_kept(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    for number in "1234":
        autosave(session, draft, cast.us_drafter, Bilingual(number, ""))

    assert draft_states.base_of(session, draft, 3, cast.us_head.actor) is None


class Windows:
    """Pages of one draft, in two windows of its drafter and one of the head, and what each may still be saved from."""

    def __init__(self, session: orm.Session, cast: Cast, draft: Draft, clock: Clock) -> None:
        self.session, self.draft, self.clock = session, draft, clock
        self.people = (cast.us_drafter, cast.us_drafter, cast.us_head)
        self.said = {draft.version: draft.text}
        self.held: list[set[int]] = [{draft.version}, set(), set()]
        self.made: list[int | None] = [None] * 3
        """Pages on their way, and the version they show."""
        self.lost: set[int] = set()
        """What a page showed that was heard of too late."""

    def waits(self, _at: int, _text: Bilingual) -> None:
        self.clock.time += timedelta(seconds=25)

    def reads(self, at: int, _text: Bilingual) -> None:
        self.made[at] = self.draft.version

    def shows(self, at: int, _text: Bilingual) -> None:
        if (shown := self.made[at]) is not None:
            draft_states.keep_shown(self.session, self.draft, shown)
            self.held[at], self.made[at] = {shown}, None
            if all(one.version != shown for one in self.draft.states):
                assert self.draft.version > shown + 1, "what was passed over once is still there"
                self.lost.add(shown)

    def loses(self, at: int, text: Bilingual) -> None:
        """Save by itself, and never hear of it."""
        if self.draft.version in self.held[at]:
            autosave(self.session, self.draft, self.people[at], text)

    def autosaves(self, at: int, text: Bilingual) -> None:
        if self.draft.version in self.held[at]:
            autosave(self.session, self.draft, self.people[at], text)
            self.held[at] = {self.draft.version}

    def saves(self, at: int, text: Bilingual) -> None:
        if self.draft.version in self.held[at]:
            save(self.session, self.draft, self.people[at], text)
            self._leads_to_a_page(at)
        elif self.held[at]:  # both texts are shown, to be merged
            draft_states.keep_shown(self.session, self.draft, self.draft.version)
            self.held[at].add(self.draft.version)

    def groups(self, at: int, _text: Bilingual) -> None:
        if (version := self.draft.version) in self.held[at]:
            drafts.group(self.session, draft=self.draft, by=self.people[at], points=(), version=version)
            self._leads_to_a_page(at)

    def restores(self, at: int, _text: Bilingual) -> None:
        first, version = self.draft.states[0], self.draft.version
        if version in self.held[at] and first.text != self.draft.text:
            drafts.restore(self.session, draft=self.draft, by=self.people[at], state=first, version=version)
            self._leads_to_a_page(at)

    def _leads_to_a_page(self, at: int) -> None:
        self.held[at], self.made[at] = set(), self.draft.version

    def check(self) -> None:
        self.said[self.draft.version] = self.draft.text
        for reader, versions in zip(self.people, self.held, strict=True):
            for version in versions - {self.draft.version}:
                base = draft_states.base_of(self.session, self.draft, version, reader.actor)
                assert base is not None or version in self.lost
                assert base is None or base.text == self.said[version]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["autosaves", "autosaves", "loses", "saves", "reads", "shows", "groups", "restores", "waits"]),
        st.integers(0, 2),
        st.sampled_from("abc"),
    ),
    min_size=10,
    max_size=30,
)


@given(acts=ACTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_page_was_shown_is_kept_while_it_may_be_saved_from(
    session: orm.Session, cast: Cast, agreement: Agreement, clock: Clock, acts: list[tuple[str, int, str]]
) -> None:
    savepoint = session.begin_nested()
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    windows = Windows(session, cast, draft, clock)
    for act, at, letter in acts:
        getattr(windows, act)(at, Bilingual(letter, ""))
        windows.check()
    event(f"{draft.version} versions, {len(draft.states)} states")
    savepoint.rollback()
    session.expire_all()


def test_an_autosave_that_started_from_an_earlier_version_writes_nothing(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    save(session, draft, cast.us_drafter, CHANGED)

    with pytest.raises(StaleDraft):
        drafts.autosave(session, draft=draft, by=cast.us_drafter, text=OTHER, rationale="", version=1)
    assert draft.text == CHANGED


def test_that_the_other_language_stands_is_an_act_of_its_own(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    paragraph = common(session, agreement, cast)
    draft = rewritten(session, paragraph, cast.us_drafter, Bilingual(CHANGED.en, TEXT.zh))
    assert draft_states.left_behind(draft) is Language.ZH

    save(session, draft, cast.us_drafter, Bilingual(CHANGED.en, TEXT.zh), other_stands=True)
    save(session, draft, cast.us_drafter, Bilingual(OTHER.en, TEXT.zh), other_stands=True)

    stands = draft_states.said_to_stand(session, draft, cast.us_drafter.actor)
    assert stands is not None
    assert (stands.version, stands.membership_id) == (2, cast.us_drafter.id)
    assert acts(session, cast.us_drafter).count(Entered.OTHER_LANGUAGE_STANDS) == 1
    assert draft.other_stands


def test_of_a_new_paragraph_it_is_said_each_time_anew(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    save(session, draft, cast.us_drafter, Bilingual(CHANGED.en, TEXT.zh), other_stands=True)
    assert draft_states.left_behind(draft) is None
    assert not draft.other_stands

    save(session, draft, cast.us_drafter, Bilingual(OTHER.en, TEXT.zh))

    assert drafting.page(session, draft, cast.us_drafter.actor).preview.stale is Language.ZH
    assert acts(session, cast.us_drafter).count(Entered.OTHER_LANGUAGE_STANDS) == 1


def test_a_collision_is_told_from_what_both_were_written_from(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    save(session, draft, cast.us_head, CHANGED)

    found = drafting.collision(session, draft, typed=OTHER, rationale="why", version=1, actor=cast.us_translator.actor)

    assert found.base is not None
    assert found.base.text == TEXT
    assert found.forks > 0
    with pytest.raises(ValueError, match="shorter"):
        found.resolved(dict.fromkeys(found.passages, ()))

"""Builders of rows for tests. What a test does not say is plausible, complete and the same every time.

Nobody here has a name: members are called by their role, people on participant lists by
their place. Builders add to the session and flush; nothing checks the rules, so that a test
can also build what the rules would refuse. What is *done* goes through the services.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import orm

from workflow.db import Base
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.discussion import TaskAct, ThreadAct
from workflow.domain.motions import MotionKind, Voice
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.points import Point as Asked
from workflow.domain.points import stored
from workflow.domain.positions import Stance
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind, Tag
from workflow.models import (
    Account,
    Adoption,
    AgendaItem,
    Agreement,
    Amendment,
    AmendmentAnswer,
    AmendmentEnding,
    Answer,
    Certificate,
    Comment,
    CommentVersion,
    DeferralVoice,
    Delegation,
    Dialogue,
    DialogueSession,
    Disposal,
    Disposition,
    Document,
    Draft,
    DraftPresence,
    Entered,
    HandOver,
    HandOverEnding,
    HandOverOutcome,
    Host,
    Invitation,
    InvitationEnding,
    InvitationOutcome,
    Issue,
    IssueEntry,
    JournalEntry,
    ListConfirmation,
    Look,
    Membership,
    Mention,
    MentionSeen,
    Motion,
    MotionEnding,
    MotionOutcome,
    MotionVoice,
    Outcome,
    Paragraph,
    ParticipantList,
    Participation,
    Person,
    Place,
    Point,
    Position,
    Scope,
    SessionDates,
    TableView,
    Task,
    TaskEvent,
    Term,
    Thread,
    ThreadEvent,
    Wording,
)
from workflow.permissions import OF_A_DELEGATION, Role
from workflow.services import draft_states, journal
from workflow.services.clock import now

Row = TypeVar("Row", bound=Base)

US: Final = "US"
CN: Final = "CN"

#: Of each side: its name, and what it is called before a noun.
CALLED: Final[Mapping[str, tuple[Bilingual, Bilingual]]] = {
    US: (Bilingual("United States", "美方"), Bilingual("U.S.", "美方")),
    CN: (Bilingual("China", "中方"), Bilingual("Chinese", "中方")),
}

PROSE: Final = Bilingual(
    "Participants recommend that both governments publish their rules.", "与会者建议两国政府公布各自的规则。"
)
OTHER_PROSE: Final = Bilingual(
    "Participants recommend that both governments publish all their rules.", "与会者建议两国政府公布各自的全部规则。"
)


#: Set while rows are stored together.
_AT_ONCE: Final = "at once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """A dialogue between two delegations, and a member for every role."""

    dialogue: Dialogue
    us: Delegation
    cn: Delegation
    us_head: Membership
    us_drafter: Membership
    us_translator: Membership
    us_adviser: Membership
    cn_head: Membership
    cn_drafter: Membership
    cn_translator: Membership
    cn_adviser: Membership
    observer: Membership
    secretariat: Membership

    @property
    def members(self) -> tuple[Membership, ...]:
        """All of them, the sides in their order."""
        return (*self.of(US), *self.of(CN), self.observer, self.secretariat)

    def of(self, side: str) -> tuple[Membership, ...]:
        """Return the members of one delegation: head, drafter, translator, adviser."""
        if side == US:
            return self.us_head, self.us_drafter, self.us_translator, self.us_adviser
        return self.cn_head, self.cn_drafter, self.cn_translator, self.cn_adviser


def a_cast(session: orm.Session, *, short_name: str = "exercise-dialogue") -> Cast:
    """Return a new dialogue of the United States and China with a member for every role."""
    with _at_once(session):
        dialogue = a_dialogue(session, short_name=short_name)
        us = a_delegation(session, dialogue, US)
        cn = a_delegation(session, dialogue, CN)
        members = {
            f"{delegation.code.lower()}_{role}": a_member(session, dialogue, role, delegation)
            for delegation in (us, cn)
            for role in (Role.HEAD, Role.DRAFTER, Role.TRANSLATOR, Role.ADVISER)
        }
        return Cast(
            dialogue=dialogue,
            us=us,
            cn=cn,
            observer=a_member(session, dialogue, Role.OBSERVER),
            secretariat=a_member(session, dialogue, Role.SECRETARIAT),
            **members,
        )


def a_dialogue(session: orm.Session, *, short_name: str = "exercise-dialogue") -> Dialogue:
    """Return a new dialogue without delegations."""
    dialogue = Dialogue(short_name=short_name, name=Bilingual("Exercise dialogue", "演练对话"))
    return _added(session, dialogue)


def a_delegation(session: orm.Session, dialogue: Dialogue, code: str) -> Delegation:
    """Return a new side of `dialogue`, last in its order."""
    place = len(dialogue.delegations) + 1
    name, adjective = CALLED.get(code, (Bilingual(code, code), Bilingual(code, code)))
    delegation = Delegation(dialogue=dialogue, code=code, name=name, adjective=adjective, colour=place, position=place)
    return _added(session, delegation)


def an_account(
    session: orm.Session, *, email: str, name: str, password: str | None = None, locale: str | None = None
) -> Account:
    """Return a new account; `password` is the hash, if it is to sign in."""
    account = Account(email=email, name=name, password=password, fs_uniquifier=uuid4().hex, locale=locale)
    return _added(session, account)


def a_member(
    session: orm.Session,
    dialogue: Dialogue,
    role: Role,
    delegation: Delegation | None = None,
    *,
    account: Account | None = None,
) -> Membership:
    """Return a new member of `dialogue`, called by the role: ``us-drafter@example.org``."""
    if account is None:
        side = f"{delegation.code}-" if delegation else ""
        local = f"{side}{role}@{dialogue.short_name}".lower()
        account = an_account(session, email=f"{local}.example.org", name=f"{side.replace('-', ' ')}{role}".strip())
    membership = Membership(
        account=account,
        dialogue=dialogue,
        delegation=delegation if role in OF_A_DELEGATION else None,
        role=role,
        began_at=now(session),
    )
    return _added(session, membership)


def a_session(
    session: orm.Session, dialogue: Dialogue, *, ordinal: int | None = None, is_exercise: bool = True
) -> DialogueSession:
    """Return a new meeting of `dialogue`, after those it had: two days in one place, one host."""
    number = ordinal or len(dialogue.sessions) + 1
    meeting = DialogueSession(
        dialogue=dialogue,
        ordinal=number,
        name=Bilingual(f"Exercise session {number}", f"第{number}次演练会议"),
        is_exercise=is_exercise,
        off_the_record=Bilingual("Off the record", "不公开"),
        places=[Place(position=1, name=Bilingual("Exercise room", "演练室"))],
        dates=[
            SessionDates(
                position=1,
                side=None,
                first_day=dt.date(2026, 1, 12),
                last_day=dt.date(2026, 1, 13),
                time_zone="Asia/Shanghai",
            )
        ],
        hosts=[Host(position=1, name=Bilingual("Exercise host", "演练主办方"))],
    )
    return _added(session, meeting)


def an_agreement(
    session: orm.Session,
    meeting: DialogueSession,
    *,
    short_name: str = "exercise",
    kind: AgreementKind = AgreementKind.NEGOTIATED,
) -> Agreement:
    """Return a new agreement of `meeting`, without any text."""
    agreement = Agreement(
        session=meeting, short_name=short_name, name=Bilingual("Exercise agreement", "演练共识"), kind=kind
    )
    return _added(session, agreement)


def a_text(session: orm.Session, meeting: DialogueSession, *, short_name: str = "exercise") -> Agreement:
    """Return a new agreement with a title, a heading, two paragraphs under it, and a lead-in with two bullets."""
    agreement = an_agreement(session, meeting, short_name=short_name)
    a_paragraph(session, agreement, Bilingual("EXERCISE", "演练"), kind=ParagraphKind.TITLE)
    heading = a_paragraph(session, agreement, Bilingual("RULES", "规则"), kind=ParagraphKind.HEADING)
    a_paragraph(session, agreement, parent=heading)
    a_paragraph(
        session,
        agreement,
        Bilingual("Both sides noted the importance of clear rules.", "双方注意到规则明确的重要性。"),
        parent=heading,
        tags=frozenset(),
    )
    lead_in = a_paragraph(
        session,
        agreement,
        Bilingual("Participants recommend:", "与会者建议："),
        kind=ParagraphKind.LEAD_IN,
        parent=heading,
        tags=frozenset(),
    )
    for text in (
        Bilingual("a list of contact points;", "建立联络点名单；"),
        Bilingual("a yearly review.", "每年开展一次评估。"),
    ):
        a_paragraph(
            session,
            agreement,
            text,
            kind=ParagraphKind.BULLET,
            parent=lead_in,
            label_style=LabelStyle.BULLET,
        )
    return agreement


def a_paragraph(
    session: orm.Session,
    agreement: Agreement,
    text: Bilingual | None = PROSE,
    *,
    kind: ParagraphKind = ParagraphKind.NARRATIVE,
    parent: Paragraph | None = None,
    tags: frozenset[Tag] | None = None,
    speaker: str | None = None,
    label_style: LabelStyle = LabelStyle.NONE,
    key: str | None = None,
) -> Paragraph:
    """Return a new paragraph, last under `parent`, whose first wording is `text`; none if that is ``None``."""
    parent_id = parent.id if parent else None
    if tags is None:
        tags = frozenset({Tag.RECOMMENDATION}) if kind is ParagraphKind.NARRATIVE else frozenset()
    paragraph = Paragraph(
        agreement=agreement,
        parent_id=parent_id,
        position=1 + sum(one.parent_id == parent_id for one in agreement.paragraphs),
        kind=kind,
        tags=frozenset(str(tag) for tag in tags),
        speaker=speaker,
        label_style=label_style,
        working_title=Bilingual("Working title", "暂用标题"),
        key=key,
    )
    _added(session, paragraph)
    if text is not None:
        a_wording(session, paragraph, text)
    return paragraph


def a_wording(
    session: orm.Session, paragraph: Paragraph, text: Bilingual = OTHER_PROSE, *, amendment: Amendment | None = None
) -> Wording:
    """Return a new wording of `paragraph`, after those it had, entered in the journal; no text deletes it."""
    governing = next(
        (placed.governing for placed in paragraph.agreement.reading_order if placed.paragraph is paragraph), None
    )
    governing_hash = governing.current_wording.content_hash if governing and governing.current_wording else None
    wording = Wording(
        paragraph=paragraph,
        number=len(paragraph.wordings) + 1,
        text=text,
        is_deletion=text == NOTHING,
        kind=paragraph.kind,
        tags=paragraph.tags,
        speaker=paragraph.speaker,
        governing_hash=governing_hash,
        content_hash=paragraph.hash_of(text, governing_hash),
        amendment_id=amendment.id if amendment else None,
        at=now(session),
    )
    _added(session, wording)
    journal.enter_wording(session, wording, by=None, agreement=paragraph.agreement)
    return wording


def an_amendment(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: Bilingual = OTHER_PROSE,
    *,
    kind: AmendmentKind | None = None,
    is_severable: bool = False,
    points: Sequence[Asked] = (),
) -> Amendment:
    """Return a new amendment before the other side, against what `paragraph` says now; in one point unless given."""
    against = paragraph.text or NOTHING
    if kind is None:
        kind = AmendmentKind.ADD if paragraph.base is None else AmendmentKind.MOD
    amendment = Amendment(
        paragraph=paragraph,
        delegation=_delegation_of(by),
        membership=by,
        number=len(paragraph.amendments) + 1,
        kind=kind,
        text=text,
        against=paragraph.base,
        against_text=against,
        is_severable=is_severable,
        at=now(session),
        points=[Point(number=n, edits=stored(one)) for n, one in enumerate(points, 1)] or [Point(number=1)],
    )
    return _added(session, amendment)


def an_addition(
    session: orm.Session,
    agreement: Agreement,
    by: Membership,
    text: Bilingual = OTHER_PROSE,
    *,
    parent: Paragraph | None = None,
) -> Paragraph:
    """Return a new paragraph that one side has tabled and nobody accepted: it has no wording."""
    paragraph = a_paragraph(session, agreement, None, parent=parent)
    an_amendment(session, paragraph, by, text)
    return paragraph


def an_answer(
    session: orm.Session, amendment: Amendment, by: Membership, answer: Answer = Answer.ACCEPTS
) -> AmendmentAnswer:
    """Return what another side said to `amendment`."""
    given = AmendmentAnswer(
        amendment=amendment, delegation=_delegation_of(by), membership_id=by.id, answer=answer, at=now(session)
    )
    return _added(session, given)


def an_ending(session: orm.Session, amendment: Amendment, outcome: Outcome = Outcome.WITHDRAWN) -> AmendmentEnding:
    """Return the end of `amendment`."""
    return _added(session, AmendmentEnding(amendment=amendment, outcome=outcome, at=now(session)))


def a_draft(
    session: orm.Session,
    agreement: Agreement,
    by: Membership,
    text: Bilingual = OTHER_PROSE,
    *,
    paragraph: Paragraph | None = None,
    is_shared: bool = False,
) -> Draft:
    """Return a new draft of `by`: an amendment to `paragraph`, or an addition if none is given."""
    at = now(session)
    draft = Draft(
        agreement=agreement,
        paragraph=paragraph,
        delegation=_delegation_of(by),
        membership=by,
        kind=AmendmentKind.MOD if paragraph else AmendmentKind.ADD,
        against=paragraph.base if paragraph else None,
        against_text=(paragraph.text or NOTHING) if paragraph else NOTHING,
        text=text,
        is_shared=is_shared,
        shared_from=1 if is_shared else None,
        began_at=at,
        saved_at=at,
    )
    _added(session, draft)
    draft_states.keep(session, draft, by_hand=True)
    return draft


def a_draft_presence(session: orm.Session, draft: Draft, by: Membership) -> DraftPresence:
    """Return that `by` has `draft` open."""
    at = now(session)
    return _added(session, DraftPresence(draft=draft, membership=by, opened_at=at, seen_at=at))


def a_hand_over(
    session: orm.Session, draft: Draft, by: Membership, colleague: Membership, request: str = "Please add the Chinese."
) -> HandOver:
    """Return that `by` asks `colleague` to go on with `draft`, by no moment."""
    return _added(
        session,
        HandOver(draft=draft, membership=by, colleague=colleague, request=request, due_at=None, at=now(session)),
    )


def a_hand_over_ending(session: orm.Session, hand_over: HandOver, by: Membership) -> HandOverEnding:
    """Return that what was asked for is done."""
    return _added(
        session,
        HandOverEnding(hand_over=hand_over, membership_id=by.id, outcome=HandOverOutcome.DONE, at=now(session)),
    )


def a_position(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    stance: Stance = Stance.AGREE,
    *,
    reason: str = "",
    for_head: bool = False,
) -> Position:
    """Return what `by` said of the current wording of `paragraph`."""
    wording = _current(paragraph)
    position = Position(
        paragraph=paragraph,
        delegation=_delegation_of(by),
        membership=by,
        number=len(paragraph.positions) + 1,
        stance=stance,
        as_head=by.role is Role.HEAD,
        for_head=for_head,
        reason=reason,
        content_hash=wording.content_hash,
        wording_number=wording.number,
        at=now(session),
    )
    return _added(session, position)


def a_certificate(session: orm.Session, paragraph: Paragraph, by: Membership) -> Certificate:
    """Return the certificate of `by` on the current wording of `paragraph`."""
    wording = _current(paragraph)
    certificate = Certificate(
        paragraph=paragraph,
        delegation=_delegation_of(by),
        membership=by,
        content_hash=wording.content_hash,
        wording_number=wording.number,
        at=now(session),
    )
    return _added(session, certificate)


def a_deferral_voice(
    session: orm.Session, paragraph: Paragraph, by: Membership, *, consents: bool = True
) -> DeferralVoice:
    """Return what `by` said of carrying `paragraph` to the next session."""
    voice = DeferralVoice(
        paragraph=paragraph,
        delegation=_delegation_of(by),
        membership_id=by.id,
        number=len(paragraph.deferral_voices) + 1,
        wording_number=len(paragraph.wordings),
        consents=consents,
        at=now(session),
    )
    return _added(session, voice)


def a_thread(
    session: orm.Session,
    paragraph: Paragraph,
    by: Membership,
    text: str = "A remark for the exercise.",
    *,
    scope: Scope = Scope.SHARED,
) -> Thread:
    """Return a thread about `paragraph` that `by` began with a remark."""
    thread = Thread(
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        scope=scope,
        base=paragraph.base,
        wording_number=paragraph.current_wording.number if paragraph.current_wording else None,
        at=now(session),
    )
    _added(session, thread)
    a_comment(session, thread, by, text)
    return thread


def a_comment(
    session: orm.Session, thread: Thread, by: Membership, text: str = "A remark for the exercise."
) -> Comment:
    """Return what `by` said in `thread`."""
    comment = Comment(
        thread=thread,
        delegation=by.delegation,
        membership=by,
        number=len(thread.comments) + 1,
        wording_number=thread.wording_number,
        at=now(session),
    )
    _added(session, comment)
    _added(session, CommentVersion(comment=comment, number=1, text=text, at=comment.at))
    return comment


def a_thread_event(
    session: orm.Session, thread: Thread, by: Membership, act: ThreadAct = ThreadAct.RESOLVED
) -> ThreadEvent:
    """Return that `by` resolved `thread`, or reopened it."""
    event = ThreadEvent(
        thread=thread,
        delegation=by.delegation,
        membership=by,
        number=len(thread.events) + 1,
        act=act,
        at=now(session),
    )
    return _added(session, event)


def a_mention(session: orm.Session, comment: Comment, of: Membership) -> Mention:
    """Return that `comment` names `of`."""
    return _added(session, Mention(comment=comment, membership=of, number=len(comment.mentions) + 1, at=now(session)))


def a_mention_seen(session: orm.Session, mention: Mention, by: Membership) -> MentionSeen:
    """Return that `by` has seen `mention`."""
    return _added(session, MentionSeen(mention=mention, membership=by, at=now(session)))


def a_task(session: orm.Session, comment: Comment, by: Membership, to: Membership) -> Task:
    """Return that `by` gave `comment` to `to`, to see to within a day."""
    at = now(session)
    task = Task(
        comment=comment,
        delegation=_delegation_of(by),
        giver=by,
        assignee=to,
        due_at=at + dt.timedelta(days=1),
        at=at,
    )
    return _added(session, task)


def a_task_event(session: orm.Session, task: Task, by: Membership, act: TaskAct = TaskAct.DONE) -> TaskEvent:
    """Return what `by` did about `task`."""
    event = TaskEvent(task=task, membership=by, number=len(task.events) + 1, act=act, at=now(session))
    return _added(session, event)


def an_agenda_item(
    session: orm.Session, paragraph: Paragraph, *, delegation: Delegation | None = None, is_deferred_text: bool = False
) -> AgendaItem:
    """Return `paragraph` as an item for the session after its own."""
    meeting = paragraph.agreement.session
    last = session.scalar(sa.select(sa.func.max(AgendaItem.number)).where(AgendaItem.session_id == meeting.id))
    item = AgendaItem(
        session=meeting,
        paragraph=paragraph,
        delegation=delegation,
        number=(last or 0) + 1,
        is_deferred_text=is_deferred_text,
        at=now(session),
    )
    return _added(session, item)


def a_disposal(
    session: orm.Session, item: AgendaItem, at_session: DialogueSession, disposition: Disposition = Disposition.KEPT
) -> Disposal:
    """Return what became of `item` at `at_session`."""
    disposal = Disposal(
        agenda_item=item, session_id=at_session.id, membership_id=None, disposition=disposition, at=now(session)
    )
    return _added(session, disposal)


def a_participant_list(
    session: orm.Session, meeting: DialogueSession, delegation: Delegation, *, people: int = 2
) -> ParticipantList:
    """Return the list of `delegation` at `meeting`: people called by their place on it, the leader first."""
    listed = ParticipantList(
        session=meeting,
        delegation=delegation,
        position=delegation.position,
        heading=Bilingual(f"{delegation.name.en} participants", f"{delegation.name.zh}与会者"),
    )
    _added(session, listed)
    for place in range(1, people + 1):
        name = Bilingual(f"{delegation.code} participant {place}", "")
        key = f"{delegation.code.lower()}-{meeting.ordinal}-{place}"
        person = _added(session, Person(dialogue=meeting.dialogue, key=key, name=name, position=place))
        participation = Participation(
            person=person,
            position=place,
            display=name,
            separator=", ",
            title=Bilingual("Exercise delegate", "演练代表"),
            is_leader=place == 1,
        )
        listed.participations.append(participation)
    session.flush()
    return listed


def a_list_confirmation(session: orm.Session, listed: ParticipantList, by: Membership) -> ListConfirmation:
    """Return the word of `by` that `listed` is right as it stands."""
    confirmation = ListConfirmation(
        participant_list=listed, membership_id=by.id, content_hash=listed.confirmable_hash, at=now(session)
    )
    return _added(session, confirmation)


def an_issue(session: orm.Session, agreement: Agreement, by: Membership) -> Issue:
    """Return `agreement` as it stands, issued as its next Rev., the paragraphs numbered from 1."""
    issue = Issue(
        agreement=agreement,
        membership_id=by.id,
        number=len(agreement.issues) + 1,
        state_hash=agreement.issuable,
        at=now(session),
    )
    _added(session, issue)
    for position, placed in enumerate(agreement.reading_order, start=1):
        entry = IssueEntry(
            issue=issue,
            paragraph=placed.paragraph,
            wording=placed.paragraph.current_wording,
            position=position,
            depth=placed.depth,
            number=str(position),
        )
        _added(session, entry)
    return issue


def an_adoption(session: orm.Session, agreement: Agreement, by: Membership) -> Adoption:
    """Return the adoption of `agreement` by `by`, exactly as it stands."""
    adoption = Adoption(
        agreement=agreement,
        delegation=_delegation_of(by),
        membership_id=by.id,
        listing_hash=agreement.listing(agreement.faces),
        at=now(session),
    )
    return _added(session, adoption)


def a_document(session: orm.Session, agreement: Agreement, by: Membership) -> Document:
    """Return that `by` had a document made of `agreement`."""
    document = Document(
        agreement=agreement,
        delegation=by.delegation,
        membership_id=by.id,
        layout="two-column",
        format="docx",
        paper="a4",
        edition=US,
        rev=None,
        listing_hash=agreement.listing(agreement.faces),
        sha256="0" * 64,
        at=now(session),
    )
    return _added(session, document)


def an_entry(
    session: orm.Session, dialogue: Dialogue, act: Entered = Entered.DIALOGUE_LOADED, *, by: Membership | None = None
) -> JournalEntry:
    """Return a new entry in the shared chain of `dialogue`."""
    return journal.enter(session, act, by=by, dialogue=dialogue, note="for the exercise")


def a_motion(session: orm.Session, agreement: Agreement, by: Membership, *, kind: MotionKind) -> Motion:
    """Return a motion that `by` put, on the text as it stands."""
    motion = Motion(
        agreement=agreement,
        delegation=by.delegation,
        membership=by,
        number=len(agreement.motions) + 1,
        kind=kind,
        stands_on=agreement.listing(agreement.faces),
        at=now(session),
    )
    return _added(session, motion)


def a_motion_voice(session: orm.Session, motion: Motion, by: Membership) -> MotionVoice:
    """Return that `by` consents to `motion`."""
    voice = MotionVoice(
        motion=motion,
        delegation=_delegation_of(by),
        membership=by,
        number=len(motion.voices) + 1,
        says=Voice.CONSENTS,
        at=now(session),
    )
    return _added(session, voice)


def a_motion_ending(session: orm.Session, motion: Motion, outcome: MotionOutcome) -> MotionEnding:
    """Return that `motion` ended so."""
    return _added(session, MotionEnding(motion=motion, outcome=outcome, at=now(session)))


def a_look(session: orm.Session, agreement: Agreement, by: Membership) -> Look:
    """Return that `by` has looked at `agreement`."""
    return _added(session, Look(agreement=agreement, membership=by, at=now(session)))


def a_table_view(session: orm.Session, paragraph: Paragraph, by: Membership, number: int = 1) -> TableView:
    """Return that `by` put `paragraph` on the table."""
    return _added(
        session,
        TableView(agreement=paragraph.agreement, number=number, paragraph=paragraph, membership=by, at=now(session)),
    )


def an_invitation(
    session: orm.Session,
    by: Membership,
    *,
    role: Role = Role.ADVISER,
    email: str = "invited@example.org",
    delegation: Delegation | None = None,
) -> Invitation:
    """Return that `by` invited somebody, by default into the own delegation, for a fortnight."""
    at = now(session)
    invitation = Invitation(
        dialogue=by.dialogue,
        delegation=(delegation or by.delegation) if role in OF_A_DELEGATION else None,
        role=role,
        email=email,
        membership=by,
        at=at,
        expires_at=at + dt.timedelta(days=14),
    )
    return _added(session, invitation)


def an_invitation_ending(session: orm.Session, invitation: Invitation, by: Membership) -> InvitationEnding:
    """Return that `by` withdrew `invitation`."""
    ending = InvitationEnding(
        invitation=invitation, outcome=InvitationOutcome.WITHDRAWN, membership_id=by.id, at=now(session)
    )
    return _added(session, ending)


def one_of_everything(session: orm.Session) -> Cast:
    """Put at least one row in every table; return who is there."""
    cast = a_cast(session)
    cast.dialogue.terms.append(Term(position=1, text=Bilingual("subsidies", "补贴")))
    meeting = a_session(session, cast.dialogue)
    following = a_session(session, cast.dialogue)
    for delegation, head in ((cast.us, cast.us_head), (cast.cn, cast.cn_head)):
        a_list_confirmation(session, a_participant_list(session, meeting, delegation), head)
    agreement = a_text(session, meeting)
    paragraph = a_paragraph(session, agreement)
    amendment = an_amendment(session, paragraph, cast.us_drafter)
    an_answer(session, amendment, cast.cn_drafter)
    an_ending(session, amendment, Outcome.ACCEPTED)
    a_wording(session, paragraph, amendment=amendment)
    draft = a_draft(session, agreement, cast.us_drafter, paragraph=paragraph, is_shared=True)
    a_draft_presence(session, draft, cast.us_translator)
    asked = a_hand_over(session, draft, cast.us_drafter, cast.us_translator)
    a_hand_over_ending(session, asked, cast.us_translator)
    a_position(session, paragraph, cast.us_head)
    a_certificate(session, paragraph, cast.us_translator)
    a_deferral_voice(session, paragraph, cast.us_drafter)
    thread = a_thread(session, paragraph, cast.us_adviser)
    a_thread_event(session, thread, cast.us_head)
    a_mention_seen(session, a_mention(session, thread.comments[0], cast.us_drafter), cast.us_head)
    a_task_event(session, a_task(session, thread.comments[0], cast.us_head, cast.us_drafter), cast.us_drafter)
    item = an_agenda_item(session, paragraph, delegation=cast.us)
    a_disposal(session, item, following)
    an_issue(session, agreement, cast.secretariat)
    an_adoption(session, agreement, cast.us_head)
    a_document(session, agreement, cast.us_drafter)
    motion = a_motion(session, agreement, cast.us_head, kind=MotionKind.FINALISING)
    a_motion_voice(session, motion, cast.us_head)
    a_motion_ending(session, motion, MotionOutcome.WITHDRAWN)
    a_look(session, agreement, cast.us_head)
    a_table_view(session, paragraph, cast.secretariat)
    an_invitation_ending(session, an_invitation(session, cast.us_head), cast.us_head)
    an_entry(session, cast.dialogue)
    return cast


def _added(session: orm.Session, row: Row) -> Row:
    session.add(row)
    if not session.info.get(_AT_ONCE):
        session.flush()
    return row


@contextmanager
def _at_once(session: orm.Session) -> Iterator[None]:
    """Store what is made inside with one flush at the end: the setting of most tests is a dozen rows."""
    session.info[_AT_ONCE] = True
    try:
        yield
    finally:
        del session.info[_AT_ONCE]
    session.flush()


def _delegation_of(member: Membership) -> Delegation:
    if member.delegation is None:
        raise ValueError(f"{member.role} belongs to no delegation")
    return member.delegation


def _current(paragraph: Paragraph) -> Wording:
    if paragraph.current_wording is None:
        raise ValueError("a paragraph without a wording")
    return paragraph.current_wording

"""A dialogue in which every word is a script: what a page does not escape runs, or breaks the page open.

In it are texts at every stage and, of whatever can be answered, ended or gone on with, one that is open: the pages that
lead on from here have every form there is.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm

from tests import factories
from tests.factories import US, Cast
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.corrigenda import Correction
from workflow.domain.discussion import ThreadAct
from workflow.domain.motions import MotionKind, Voice
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.points import parted, stored, whole
from workflow.domain.positions import Stance
from workflow.domain.text import AgreementKind, LabelStyle, ParagraphKind
from workflow.models import (
    Account,
    Agreement,
    Amendment,
    CommentVersion,
    Delegation,
    Dialogue,
    DialogueSession,
    Draft,
    Entered,
    Membership,
    Motion,
    MotionVoice,
    Paragraph,
    ParticipantList,
    Point,
    Position,
    Scope,
    Term,
    Thread,
)
from workflow.segmenter import words_for
from workflow.services import (
    alterations,
    compromises,
    corrigenda,
    draft_states,
    drafts,
    journal,
    motions,
    moves,
    silences,
    statements,
    table_views,
)
from workflow.services.alterations import Alteration
from workflow.services.clock import now
from workflow.services.reading import read

#: As short as the shortest bound. With it: an end of an attribute, an address that is a script, an expression of a
#: template, marks that make a text read in another order or take no room.
SCRIPT: Final = "<script>ran=1</script>\"'><img src=x onerror=ran=1>{{7*191}}\u200f\u200bjavascript:ran=1"
#: What a text becomes in which a change cuts the script in two.
CUT: Final = SCRIPT.replace("<script>", "<script>ran=1</script><b>").replace("src=x", 'src="x"')
ZH: Final = f"规则{SCRIPT}"
BOTH: Final = Bilingual(f"Rules {SCRIPT} in force", ZH)
CHANGED: Final = Bilingual(f"The rules {CUT} now in force", f"各项规则{CUT}生效")


#: Who between them have every page and every form.
PEOPLE: Final = ("us_head", "us_drafter", "us_translator", "cn_head", "cn_drafter", "secretariat")


@dataclass(frozen=True, kw_only=True)
class Inscribed:
    """Who is there, and what no page leads to."""

    people: Mapping[str, Account]
    """By the names they have in a cast."""
    dialogue: UUID
    paragraph: UUID
    """One that can be amended and talked of."""
    draft: UUID
    """One that several have saved."""
    invitations: Mapping[str | None, UUID]
    """By whom they invite; ``None`` for somebody without an account."""


def inscribe(session: orm.Session) -> Inscribed:
    """Return a dialogue of which nothing is not a script."""
    cast = factories.a_cast(session)
    _name(session, cast)
    first, before, meeting, after, _bare = (_a_session(session, cast.dialogue) for _ in range(5))
    about = {"meeting": str(meeting.id)}
    _alter(session, cast.dialogue, cast.secretariat, Entered.SESSION_CHANGED, "note.en", **about)
    published = _an_agreement(session, before, "published", kind=AgreementKind.RECORDED)
    carried = factories.a_paragraph(session, published, BOTH, tags=frozenset())
    factories.an_agenda_item(session, _titled(carried), delegation=cast.us)
    for delegation, head in ((cast.us, cast.us_head), (cast.cn, cast.cn_head)):
        factories.a_list_confirmation(session, _list(session, first, delegation), head)
        _list(session, meeting, delegation)
    agreement = _an_agreement(session, meeting, "open")
    paragraph = _negotiated(session, cast, agreement)
    _adopted(session, cast, _an_agreement(session, before, "adopted"))
    _finalised(session, cast, _an_agreement(session, first, "all-agreed"))
    _silent(session, cast, _finalised(session, cast, _an_agreement(session, first, "nearly-done")))
    _an_agreement(session, after, "empty")
    people = {name: session.get_one(Account, getattr(cast, name).account_id) for name in PEOPLE}
    people["invited"] = factories.an_account(session, email="invited@example.org", name=SCRIPT)
    asked = {None: "o'invited+script@example.org", "invited": people["invited"].email}
    invitations = {who: factories.an_invitation(session, cast.us_head, email=to).id for who, to in asked.items()}
    for account in people.values():
        session.refresh(account)
    draft = next(one for one in session.scalars(sa.select(Draft).order_by(Draft.id)) if one.passed_over)
    return Inscribed(
        people=people, dialogue=cast.dialogue.id, paragraph=paragraph.id, draft=draft.id, invitations=invitations
    )


def _name(session: orm.Session, cast: Cast) -> None:
    """Let whoever and whatever has a name be called by the script."""
    dialogue = cast.dialogue
    dialogue.name, dialogue.cover = BOTH, BOTH
    dialogue.names_since = now(session) - dt.timedelta(days=1)
    dialogue.terms.append(Term(position=1, text=BOTH))
    for delegation in (cast.us, cast.cn):
        delegation.name = delegation.adjective = delegation.named_first = BOTH
        delegation.names_persons = True
    for member in cast.members:
        member.account.name = f"{member.role} {SCRIPT}"
    session.get_one(Account, cast.secretariat.account_id).opens_dialogues = True
    _alter(session, dialogue, cast.secretariat, Entered.DIALOGUE_CHANGED, f"{US}/name.en")


def _a_session(session: orm.Session, dialogue: Dialogue) -> DialogueSession:
    meeting = factories.a_session(session, dialogue)
    meeting.name = meeting.off_the_record = meeting.note = BOTH
    for place in meeting.places:
        place.name = BOTH
    for host in meeting.hosts:
        host.name = BOTH
    session.flush()
    return meeting


def _alter(session: orm.Session, dialogue: Dialogue, by: Membership, act: Entered, field: str, **about: str) -> None:
    """Tell in the journal that `field` said the script before."""
    said = alterations.as_details([Alteration(field=field, before=BOTH.en, after=CHANGED.en)])
    journal.enter(session, act, by=by, dialogue=dialogue, agreement=None, paragraph=None, **about, **said)


def _an_agreement(
    session: orm.Session, meeting: DialogueSession, name: str, *, kind: AgreementKind = AgreementKind.NEGOTIATED
) -> Agreement:
    agreement = factories.an_agreement(session, meeting, short_name=name, kind=kind)
    agreement.name = agreement.source = BOTH
    session.flush()
    return agreement


def _list(session: orm.Session, meeting: DialogueSession, delegation: Delegation) -> ParticipantList:
    listed = factories.a_participant_list(session, meeting, delegation)
    listed.heading = BOTH
    for one in listed.participations:
        one.display = one.title = one.person.name = BOTH
        one.separator = "<i>, "
    session.flush()
    return listed


def _titled(paragraph: Paragraph) -> Paragraph:
    paragraph.working_title, paragraph.addressee = BOTH, SCRIPT
    return paragraph


def _negotiated(session: orm.Session, cast: Cast, agreement: Agreement) -> Paragraph:
    """Leave open whatever can be, and return what most is open about."""
    text = factories.a_paragraph
    text(session, agreement, BOTH, kind=ParagraphKind.TITLE)
    text(session, agreement, BOTH)
    heading = text(session, agreement, BOTH, kind=ParagraphKind.HEADING)
    first = _titled(text(session, agreement, BOTH, parent=heading, speaker=US))
    stale, spoken, held, deferred, shared = (_titled(text(session, agreement, BOTH, parent=heading)) for _ in range(5))
    lead_in = text(session, agreement, BOTH, kind=ParagraphKind.LEAD_IN, parent=heading, tags=frozenset())
    text(session, agreement, BOTH, kind=ParagraphKind.BULLET, parent=lead_in, label_style=LabelStyle.BULLET)
    factories.a_certificate(session, first, cast.us_translator)
    ours, theirs = _amend(session, first, cast.us_drafter), _amend(session, first, cast.cn_drafter)
    factories.an_answer(session, theirs, cast.us_drafter)
    factories.an_ending(session, _amend(session, first, cast.us_drafter))
    factories.an_issue(session, agreement, cast.secretariat)
    _say(session, spoken, cast.us_head, Stance.AGREE_WITH_STATEMENT)
    _say(session, spoken, cast.cn_drafter, Stance.RESERVE)
    for who in (cast.us_drafter, cast.cn_drafter):
        _say(session, held, who, Stance.AD_REFERENDUM, as_head=False)
    factories.a_deferral_voice(session, deferred, cast.us_drafter)
    for who in (cast.us_drafter, cast.cn_drafter):
        factories.a_deferral_voice(session, shared, who)
    factories.an_agenda_item(session, shared, delegation=cast.us, is_deferred_text=True)
    _amend(session, stale, cast.us_drafter)
    _amend(session, stale, cast.cn_drafter)
    factories.a_draft(session, agreement, cast.us_drafter, BOTH, paragraph=stale, is_shared=True)
    factories.a_wording(session, stale, CHANGED)
    _tabled(session, agreement, cast.cn_drafter)
    _tabled(session, agreement, cast.us_drafter)
    _talk(session, cast, first, ours)
    _draft(session, cast, agreement, first)
    factories.a_document(session, agreement, cast.us_drafter)
    table_views.put(session, agreement=agreement, key=first.id, by=cast.secretariat)
    agreed = session.query(Position).filter_by(paragraph_id=spoken.id).first()
    assert agreed is not None
    for kind, paragraph, by, details in (
        (MotionKind.MOVE, stale, cast.us_drafter, moves.asked(parent=None, before=first.id)),
        (MotionKind.COMPROMISE_REQUEST, first, cast.us_head, {}),
        (MotionKind.COMPROMISE, first, cast.secretariat, compromises.asked(CHANGED)),
        (MotionKind.STATEMENT, spoken, cast.us_head, statements.asked(agreed)),
        (MotionKind.FINALISING, None, cast.us_head, {}),
    ):
        _put(session, agreement, paragraph, by, kind, details)
    _asked_of_all(session, cast, stale)
    return first


def _asked_of_all(session: orm.Session, cast: Cast, paragraph: Paragraph) -> None:
    """Let both heads ask for a compromise, so that the secretariat can offer one."""
    motion = _put(session, paragraph.agreement, paragraph, cast.us_head, MotionKind.COMPROMISE_REQUEST, {})
    _voice(session, motion, cast.cn_head, Voice.CONSENTS)
    factories.a_motion_ending(session, motion, factories.MotionOutcome.CARRIED)


def _finalised(session: orm.Session, cast: Cast, agreement: Agreement) -> Agreement:
    """Leave nothing open in a text."""
    paragraph = factories.a_paragraph(session, agreement, BOTH)
    for head, translator in ((cast.us_head, cast.us_translator), (cast.cn_head, cast.cn_translator)):
        factories.a_position(session, paragraph, head)
        factories.a_certificate(session, paragraph, translator)
    return agreement


def _silent(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    """Let a silence run over a text."""
    until = dt.datetime.now(dt.UTC) + dt.timedelta(days=40)
    motion = _put(session, agreement, None, cast.us_head, MotionKind.SILENCE, silences.asked(until))
    _voice(session, motion, cast.cn_head, Voice.CONSENTS)
    factories.a_motion_ending(session, motion, factories.MotionOutcome.CARRIED)


def _adopted(session: orm.Session, cast: Cast, agreement: Agreement) -> None:
    paragraph = factories.a_paragraph(session, agreement, BOTH)
    for head in (cast.us_head, cast.cn_head):
        factories.a_position(session, paragraph, head)
        factories.an_adoption(session, agreement, head)
    wrong = corrigenda.asked(Correction(language=Language.EN, wrong=SCRIPT, right=CUT))
    _put(session, agreement, paragraph, cast.us_head, MotionKind.CORRIGENDUM, wrong)


def _amend(session: orm.Session, paragraph: Paragraph, by: Membership) -> Amendment:
    asked = parted(whole(BOTH, CHANGED, words_for())[0])
    assert by.delegation is not None
    amendment = Amendment(
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        number=len(paragraph.amendments) + 1,
        kind=AmendmentKind.MOD,
        text=CHANGED,
        against=paragraph.base,
        against_text=paragraph.text or BOTH,
        rationale=SCRIPT,
        at=now(session),
        points=[Point(number=n, edits=stored(one)) for n, one in enumerate(asked, 1)],
    )
    session.add(amendment)
    session.flush()
    return amendment


def _tabled(session: orm.Session, agreement: Agreement, by: Membership) -> None:
    paragraph = _titled(factories.a_paragraph(session, agreement, None))
    factories.an_amendment(session, paragraph, by, BOTH)


def _say(session: orm.Session, paragraph: Paragraph, by: Membership, stance: Stance, *, as_head: bool = True) -> None:
    wording = paragraph.current_wording
    assert wording is not None
    assert by.delegation is not None
    session.add(
        Position(
            paragraph=paragraph,
            delegation=by.delegation,
            membership=by,
            number=len(paragraph.positions) + 1,
            stance=stance,
            as_head=as_head,
            reason=SCRIPT,
            statement=BOTH,
            content_hash=wording.content_hash,
            wording_number=wording.number,
            at=now(session),
        )
    )
    session.flush()


def _talk(session: orm.Session, cast: Cast, paragraph: Paragraph, amendment: Amendment) -> None:
    """Talk of the paragraph, of its words and of an amendment, among ourselves and before all sides."""
    for scope in Scope:
        for about in (None, amendment):
            thread = Thread(
                paragraph=paragraph,
                amendment=about,
                delegation=cast.us,
                membership=cast.us_adviser,
                scope=scope,
                language=None if about else Language.EN,
                start=None if about else BOTH.en.index(SCRIPT),
                quoted="" if about else SCRIPT,
                base=paragraph.base,
                wording_number=1,
                at=now(session),
            )
            session.add(thread)
            session.flush()
            comment = factories.a_comment(session, thread, cast.us_adviser, SCRIPT)
            factories.a_comment(session, thread, cast.us_head, SCRIPT)
            session.add(CommentVersion(comment=comment, number=2, text=f"{SCRIPT} {CUT}", at=now(session)))
            factories.a_thread_event(session, thread, cast.us_head)
            if about is None:
                factories.a_thread_event(session, thread, cast.us_head, ThreadAct.REOPENED)
            if scope is Scope.DELEGATION:
                factories.a_mention(session, comment, cast.us_drafter)
            if scope is Scope.DELEGATION and about:  # of a mention the desk tells unless it tells of the task
                factories.a_task(session, comment, cast.us_head, cast.us_drafter)
                factories.a_task_event(
                    session, factories.a_task(session, comment, cast.us_head, cast.us_head), cast.us_head
                )
    session.flush()


def _draft(session: orm.Session, cast: Cast, agreement: Agreement, paragraph: Paragraph) -> None:
    """Write in private and together; hand it over."""
    private = factories.a_draft(session, agreement, cast.us_drafter, BOTH)
    private.working_title, private.addressee, private.rationale = BOTH, SCRIPT, SCRIPT
    for text in (CHANGED, Bilingual(CHANGED.en, f"{ZH}。")):
        shared = factories.a_draft(session, agreement, cast.us_drafter, BOTH, paragraph=paragraph, is_shared=True)
        shared.rationale = SCRIPT
        draft_states.keep(session, shared, by_hand=True)
        for typed in (text, BOTH, text):  # the one but last is passed over
            drafts.autosave(
                session, draft=shared, by=cast.us_drafter, text=typed, rationale=SCRIPT, version=shared.version
            )
        factories.a_draft_presence(session, shared, cast.us_translator)
        factories.a_hand_over(session, shared, cast.us_drafter, cast.us_translator, SCRIPT)
        factories.a_hand_over(session, shared, cast.us_head, cast.us_drafter, SCRIPT)
    heading = factories.a_draft(session, agreement, cast.us_head, BOTH, is_shared=True)
    heading.paragraph_kind, heading.working_title = ParagraphKind.HEADING, BOTH
    session.flush()


def _put(
    session: orm.Session,
    agreement: Agreement,
    paragraph: Paragraph | None,
    by: Membership,
    kind: MotionKind,
    details: Mapping[str, object],
) -> Motion:
    session.flush()
    session.expire_all()
    motion = Motion(
        agreement=agreement,
        paragraph=paragraph,
        delegation=by.delegation,
        membership=by,
        number=len(agreement.motions) + 1,
        kind=kind,
        stands_on=motions.KINDS[kind].stands_on(read(session, agreement.id), paragraph),
        details=dict(details),
        reason=SCRIPT,
        at=now(session),
    )
    session.add(motion)
    session.flush()
    if by.delegation is not None:
        _voice(session, motion, by, Voice.CONSENTS)
    return motion


def _voice(session: orm.Session, motion: Motion, by: Membership, says: Voice) -> None:
    assert by.delegation is not None
    session.add(
        MotionVoice(
            motion=motion,
            delegation=by.delegation,
            membership=by,
            number=len(motion.voices) + 1,
            says=says,
            as_head=True,
            reason=SCRIPT,
            at=now(session),
        )
    )
    session.flush()

"""Models: one file per aggregate; each hands the rules a plain snapshot of itself."""

from workflow.models.account import Account, Membership
from workflow.models.agenda import AgendaItem, Disposal, Disposition
from workflow.models.agreement import Agreement, Paragraph, Placed, Wording
from workflow.models.amendment import Amendment, AmendmentAnswer, AmendmentEnding, Answer, Outcome, Point
from workflow.models.closing import Adoption, Document, Issue, IssueEntry
from workflow.models.comment import Comment, CommentVersion, Mention, MentionSeen
from workflow.models.consent import Certificate, DeferralVoice, Position
from workflow.models.dialogue import (
    Delegation,
    Dialogue,
    DialogueSession,
    Host,
    ListConfirmation,
    ParticipantList,
    Participation,
    Person,
    Place,
    SessionDates,
    Term,
)
from workflow.models.draft import Draft, DraftPresence, DraftState, HandOver, HandOverEnding, HandOverOutcome
from workflow.models.invitation import Invitation, InvitationEnding, InvitationOutcome
from workflow.models.journal import ALONE, SHARED, Entered, JournalEntry
from workflow.models.motion import Look, Motion, MotionEnding, MotionOutcome, MotionVoice
from workflow.models.table_view import TableView
from workflow.models.task import Task, TaskEvent
from workflow.models.thread import Scope, Thread, ThreadEvent

__all__ = [
    "ALONE",
    "SHARED",
    "Account",
    "Adoption",
    "AgendaItem",
    "Agreement",
    "Amendment",
    "AmendmentAnswer",
    "AmendmentEnding",
    "Answer",
    "Certificate",
    "Comment",
    "CommentVersion",
    "DeferralVoice",
    "Delegation",
    "Dialogue",
    "DialogueSession",
    "Disposal",
    "Disposition",
    "Document",
    "Draft",
    "DraftPresence",
    "DraftState",
    "Entered",
    "HandOver",
    "HandOverEnding",
    "HandOverOutcome",
    "Host",
    "Invitation",
    "InvitationEnding",
    "InvitationOutcome",
    "Issue",
    "IssueEntry",
    "JournalEntry",
    "ListConfirmation",
    "Look",
    "Membership",
    "Mention",
    "MentionSeen",
    "Motion",
    "MotionEnding",
    "MotionOutcome",
    "MotionVoice",
    "Outcome",
    "Paragraph",
    "ParticipantList",
    "Participation",
    "Person",
    "Place",
    "Placed",
    "Point",
    "Position",
    "Scope",
    "SessionDates",
    "TableView",
    "Task",
    "TaskEvent",
    "Term",
    "Thread",
    "ThreadEvent",
    "Wording",
]

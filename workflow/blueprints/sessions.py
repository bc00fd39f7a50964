"""Sessions: where and when, who hosts, who takes part."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.sessions import ListForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of_session
from workflow.models import DialogueSession, ParticipantList
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.services import participants
from workflow.transactions import db

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/<uuid:dialogue_session_id>")
@requires(Permission.READ, on=DialogueSession)
def show(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Show a session and its participant lists."""
    return render_template(
        "sessions/show.html",
        meeting=dialogue_session,
        negotiated=not all(agreement.is_recorded for agreement in dialogue_session.agreements),
        own_delegation=current_member().delegation_id,
        sides=sides_of(dialogue_session.dialogue),
        marks=marks_of_session(dialogue_session),
    )


@bp.post("/participant-lists/<uuid:participant_list_id>/confirmations")
@requires(Permission.CONFIRM_LIST, on=ParticipantList)
def confirm(participant_list: ParticipantList) -> ResponseReturnValue:
    """Confirm the own list as the page showed it."""
    seen = ListForm().seen.data or ""
    participants.confirm(db.session, participant_list=participant_list, by=current_member(), seen=seen)
    flash(_("The list is confirmed as it stands."))
    return redirect(url_for("sessions.show", dialogue_session_id=participant_list.session_id), HTTPStatus.SEE_OTHER)

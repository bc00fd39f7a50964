"""Sessions: where and when, who hosts, who takes part."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.rows import rearranged
from workflow.forms.sessions import DetailsForm, ListForm, filled
from workflow.i18n import gettext as _
from workflow.marks import marks_of_session
from workflow.models import Dialogue, DialogueSession, Entered, ParticipantList
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.reader_language import in_reader_language
from workflow.services import alterations, participants, sessions
from workflow.services.reading import closed_by
from workflow.transactions import db

bp = Blueprint("sessions", __name__)


@bp.get("/sessions/<uuid:dialogue_session_id>")
@requires(Permission.READ, on=DialogueSession)
def show(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Show a session and its participant lists."""
    return render_template(
        "sessions/show.html",
        meeting=dialogue_session,
        negotiated=not dialogue_session.agreements
        or not all(agreement.is_recorded for agreement in dialogue_session.agreements),
        own_delegation=current_member().delegation_id,
        is_open=closed_by(db.session, dialogue_session) is None,
        sides=sides_of(dialogue_session.dialogue),
        marks=marks_of_session(dialogue_session),
        altered=alterations.told(
            db.session, current_actor(), Entered.SESSION_CHANGED, meeting=str(dialogue_session.id)
        ),
    )


@bp.post("/participant-lists/<uuid:participant_list_id>/confirmations")
@requires(Permission.CONFIRM_LIST, on=ParticipantList)
def confirm(participant_list: ParticipantList) -> ResponseReturnValue:
    """Confirm the own list as the page showed it."""
    seen = ListForm().seen.data or ""
    participants.confirm(db.session, participant_list=participant_list, by=current_member(), seen=seen)
    flash(_("The list is confirmed as it stands."))
    return redirect(url_for("sessions.show", dialogue_session_id=participant_list.session_id), HTTPStatus.SEE_OTHER)


@bp.get("/dialogues/<uuid:dialogue_id>/sessions/new")
@requires(Permission.OPEN_SESSION, on=Dialogue)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Show the form for a session."""
    following = 1 + max((one.ordinal for one in dialogue.sessions), default=0)
    begun: dict[str, object] = {"ordinal": following, "places": [{}], "dates": [{}], "hosts": [{}]}
    return _new_page(dialogue, DetailsForm(formdata=None, data=begun))


@bp.post("/dialogues/<uuid:dialogue_id>/sessions")
@requires(Permission.OPEN_SESSION, on=Dialogue)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Open a session."""
    if (changed := rearranged(request.form)) is not None:
        return _new_page(dialogue, DetailsForm(formdata=changed))
    form = _offered(DetailsForm(), dialogue)
    if not form.validate():
        return _new_page(dialogue, form), HTTPStatus.UNPROCESSABLE_ENTITY
    meeting = sessions.open_session(db.session, dialogue=dialogue, by=current_member(), details=form.written)
    flash(_("The session is open. Each delegation can write its participant list now."))
    return redirect(url_for("sessions.show", dialogue_session_id=meeting.id), HTTPStatus.SEE_OTHER)


@bp.get("/sessions/<uuid:dialogue_session_id>/edit")
@requires(Permission.EDIT_SESSION, on=DialogueSession)
def edit(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Show the form that corrects what is said of a session."""
    sessions.ensure_open(db.session, dialogue_session)
    said = filled(sessions.said_of(dialogue_session), dialogue_session.details_hash)
    return _edit_page(dialogue_session, DetailsForm(formdata=None, data=said))


@bp.post("/sessions/<uuid:dialogue_session_id>")
@requires(Permission.EDIT_SESSION, on=DialogueSession)
def update(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Correct what is said of a session."""
    sessions.ensure_open(db.session, dialogue_session)
    if (changed := rearranged(request.form)) is not None:
        return _edit_page(dialogue_session, DetailsForm(formdata=changed))
    form = _offered(DetailsForm(), dialogue_session.dialogue, dialogue_session)
    if not form.validate():
        return _edit_page(dialogue_session, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.seen.data != dialogue_session.details_hash:
        form.seen.data = dialogue_session.details_hash  # the page shows both; saving it again is said knowingly
        return _edit_page(dialogue_session, form, collides=True), HTTPStatus.CONFLICT
    seen = form.seen.data or ""
    sessions.change(db.session, meeting=dialogue_session, by=current_member(), details=form.written, seen=seen)
    flash(_("Saved. All sides read it so."))
    return redirect(url_for("sessions.show", dialogue_session_id=dialogue_session.id), HTTPStatus.SEE_OTHER)


def _offered(form: DetailsForm, dialogue: Dialogue, mine: DialogueSession | None = None) -> DetailsForm:
    form.offer([(side.code, in_reader_language(side.name)) for side in dialogue.delegations])
    form.taken = frozenset(one.ordinal for one in dialogue.sessions if one is not mine)
    return form


def _new_page(dialogue: Dialogue, form: DetailsForm) -> str:
    return render_template("sessions/new.html", dialogue=dialogue, form=_offered(form, dialogue))


def _edit_page(meeting: DialogueSession, form: DetailsForm, *, collides: bool = False) -> str:
    return render_template(
        "sessions/edit.html",
        meeting=meeting,
        form=_offered(form, meeting.dialogue, meeting),
        collides=collides,
        sides=sides_of(meeting.dialogue),
        marks=marks_of_session(meeting),
    )

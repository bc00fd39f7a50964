"""Participant lists: each side writes its own."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.participants import EditForm, filled, whom
from workflow.forms.rows import rearranged
from workflow.i18n import gettext as _
from workflow.marks import marks_of_session
from workflow.models import ParticipantList
from workflow.pages import side_of
from workflow.permissions import Permission
from workflow.services import participants
from workflow.transactions import db

bp = Blueprint("participants", __name__)


@bp.get("/participant-lists/<uuid:participant_list_id>/edit")
@requires(Permission.EDIT_LIST, on=ParticipantList)
def edit(participant_list: ParticipantList) -> ResponseReturnValue:
    """Show the own list to be written."""
    participants.ensure_open(db.session, participant_list)
    said = filled(participant_list.heading, participant_list.participations, participant_list.shown_hash)
    return _page(participant_list, EditForm(formdata=None, data=said))


@bp.post("/participant-lists/<uuid:participant_list_id>")
@requires(Permission.EDIT_LIST, on=ParticipantList)
def update(participant_list: ParticipantList) -> ResponseReturnValue:
    """Save the own list, or come back with its rows as the button pressed asks."""
    participants.ensure_open(db.session, participant_list)
    known = participants.known_to(db.session, participant_list)
    if (changed := rearranged(request.form, whom(known, request.form.get("whom")))) is not None:
        return _page(participant_list, EditForm(formdata=changed))
    form = _offered(EditForm(), participant_list)
    if not form.validate():
        return _page(participant_list, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        _save(participant_list, form)
    except participants.StaleList:
        form.seen.data = participant_list.shown_hash  # the page shows both; saving it again is said knowingly
        return _page(participant_list, form, collides=True), HTTPStatus.CONFLICT
    flash(_("The list is saved. The other side reads it so; your head confirms it as it stands."))
    return redirect(url_for("sessions.show", dialogue_session_id=participant_list.session_id), HTTPStatus.SEE_OTHER)


def _save(participant_list: ParticipantList, form: EditForm) -> None:
    participants.change(
        db.session,
        participant_list=participant_list,
        by=current_member(),
        heading=form.heading,
        people=form.written,
        seen=form.seen.data or "",
    )


def _offered(form: EditForm, participant_list: ParticipantList) -> EditForm:
    known = participants.known_to(db.session, participant_list)
    form.offer((one.separator for one in (*known, *participant_list.participations)), known)
    return form


def _page(participant_list: ParticipantList, form: EditForm, *, collides: bool = False) -> str:
    return render_template(
        "participants/edit.html",
        listed=participant_list,
        form=_offered(form, participant_list),
        side=side_of(participant_list.delegation),
        collides=collides,
        marks=marks_of_session(participant_list.session),
    )

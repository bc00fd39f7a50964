"""Members: who is on the own side, and how a membership ends."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.members import EndForm
from workflow.i18n import gettext as _
from workflow.models import Dialogue, Membership
from workflow.permissions import Permission
from workflow.services import invitations, members
from workflow.transactions import db

bp = Blueprint("members", __name__)


@bp.get("/dialogues/<uuid:dialogue_id>/members")
@requires(Permission.READ, on=Dialogue)
def index(dialogue: Dialogue) -> ResponseReturnValue:
    """Show who is, and was, on the reader's own side, and whom it has invited."""
    actor = current_actor()
    return render_template(
        "members/index.html",
        dialogue=dialogue,
        members=members.side_of(db.session, actor),
        invitations=invitations.open_of(db.session, actor),
        can_invite=bool(invitations.seats(db.session, dialogue, actor)),
    )


@bp.get("/members/<uuid:membership_id>/end")
@requires(Permission.END_MEMBERSHIP, on=Membership)
def confirm(membership: Membership) -> ResponseReturnValue:
    """Say what follows when somebody no longer takes part, and ask."""
    left = members.leaving(db.session, membership)
    return render_template(
        "members/confirm.html",
        leaver=membership,
        left=left,
        form=EndForm(formdata=None, told="yes" if left.tells else ""),
        is_oneself=membership.id == current_member().id,
    )


@bp.post("/members/<uuid:membership_id>/end")
@requires(Permission.END_MEMBERSHIP, on=Membership)
def end(membership: Membership) -> ResponseReturnValue:
    """Let somebody take part no longer."""
    members.end(db.session, member=membership, by=current_member(), told=EndForm().told.data == "yes")
    if membership.id == current_member().id:
        flash(_("You no longer take part in this dialogue."))
        return redirect(url_for("desk.show"), HTTPStatus.SEE_OTHER)
    flash(_("The membership has ended. What was done in it stays on record."))
    return redirect(url_for("members.index", dialogue_id=membership.dialogue_id), HTTPStatus.SEE_OTHER)

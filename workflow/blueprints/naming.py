"""Whether persons are named to all sides: the heads of all of them decide."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.i18n import gettext as _
from workflow.models import Dialogue
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.services import naming
from workflow.transactions import db

bp = Blueprint("naming", __name__)


@bp.get("/dialogues/<uuid:dialogue_id>/naming")
@requires(Permission.READ, on=Dialogue)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """Show whether persons are named to all sides, and who consents to it."""
    return render_template(
        "naming/show.html", naming=naming.page(db.session, dialogue, current_actor()), sides=sides_of(dialogue)
    )


@bp.post("/dialogues/<uuid:dialogue_id>/naming/consent")
@requires(Permission.CONSENT_TO_NAMING, on=Dialogue)
def consent(dialogue: Dialogue) -> ResponseReturnValue:
    """Consent for the own delegation."""
    if naming.consent(db.session, dialogue=dialogue, by=current_member()):
        flash(_("All sides consent: whoever acts from now on is named to all sides."))
    else:
        flash(_("Your delegation consents. Nobody is named before every other side does."))
    return redirect(url_for("naming.show", dialogue_id=dialogue.id), HTTPStatus.SEE_OTHER)


@bp.post("/dialogues/<uuid:dialogue_id>/naming/take-back")
@requires(Permission.CONSENT_TO_NAMING, on=Dialogue)
def take_back(dialogue: Dialogue) -> ResponseReturnValue:
    """Take back the consent of the own delegation."""
    naming.take_back(db.session, dialogue=dialogue, by=current_member())
    flash(_("Taken back. From now on shared pages name delegations only."))
    return redirect(url_for("naming.show", dialogue_id=dialogue.id), HTTPStatus.SEE_OTHER)

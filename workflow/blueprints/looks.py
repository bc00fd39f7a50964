"""Looks: a reader says to have looked at a text, and is shown from then on what changed since."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.looks import LookForm
from workflow.i18n import gettext as _
from workflow.models import Agreement
from workflow.permissions import Permission
from workflow.services import looks
from workflow.transactions import db

bp = Blueprint("looks", __name__)


@bp.post("/agreements/<uuid:agreement_id>/looks")
@requires(Permission.READ, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Record that the reader has looked at the text the page showed; nobody else learns of it."""
    looks.look(db.session, agreement=agreement, by=current_member(), seen=LookForm().seen.data or "")
    flash(_("Noted, for you alone. “Changes since I looked” begins here."))
    return redirect(
        url_for("agreements.show", agreement_id=agreement.id, mode="changes", since="looked"), HTTPStatus.SEE_OTHER
    )

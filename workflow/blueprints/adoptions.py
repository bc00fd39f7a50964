"""Closing a text: what is still in the way, issuing it, adopting it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.adoptions import AdoptionForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.services import adoptions, agreements
from workflow.transactions import db

bp = Blueprint("adoptions", __name__)


@bp.get("/agreements/<uuid:agreement_id>/closing")
@requires(Permission.READ, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show every cause that keeps the text from being adopted, and the whole text that would be."""
    return render_template(
        "adoptions/show.html",
        page=agreements.closing(db.session, agreement.id, current_actor()),
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        marks=marks_of(agreement),
    )


@bp.post("/agreements/<uuid:agreement_id>/adoptions")
@requires(Permission.ADOPT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Adopt the text whose listing the page showed."""
    seen = AdoptionForm().listing.data or ""
    if adoptions.adopt(db.session, agreement=agreement, by=current_member(), listing_hash=seen):
        flash(_("Both sides have adopted. The text is frozen."))
    else:
        flash(_("Your adoption is recorded. The text stays open until the other side adopts it too."))
    return redirect(url_for("adoptions.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)

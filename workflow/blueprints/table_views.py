"""The table view: one paragraph, large, for the room; and putting one there."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires, requires_seat
from workflow.accounts import asked_by_the_page_itself
from workflow.forms import key_in
from workflow.forms.table_views import PutForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.pages import home, page_sent_from, sides_of
from workflow.permissions import Permission
from workflow.services import table_views
from workflow.transactions import db

bp = Blueprint("table_views", __name__)


@bp.get("/agreements/<uuid:agreement_id>/table")
@requires_seat(on=Agreement)
def show(agreement_id: UUID) -> ResponseReturnValue:
    """Show what lies on the table, the same to whoever asks; 204 if that is what ``?seen=`` names."""
    mark = table_views.mark(db.session, agreement_id, current_actor())
    if "seen" in request.args:
        asked_by_the_page_itself()
    if mark == request.args.get("seen"):
        return "", HTTPStatus.NO_CONTENT
    page = table_views.page(db.session, agreement_id, current_actor())
    agreement = page.reading.agreement
    return render_template(
        "table_views/show.html",
        page=page,
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        mark=mark,
        marks=marks_of(agreement),
    )


@bp.post("/agreements/<uuid:agreement_id>/table")
@requires(Permission.PUT_ON_TABLE, on=Agreement)
def put(agreement: Agreement) -> ResponseReturnValue:
    """Put a paragraph on the table, or take off what lies there."""
    key = key_in(PutForm().paragraph.data)
    table_views.put(db.session, agreement=agreement, key=key, by=current_member())
    flash(_("It is on the table.") if key else _("Nothing is on the table any more."))
    back = page_sent_from() or home()
    return redirect(f"{back}#p-{key}" if key else back, HTTPStatus.SEE_OTHER)

"""Confirmations: everything a side can confirm in one text, read in full and confirmed at once."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.confirmations import ConfirmationForm
from workflow.i18n import ngettext
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.open_pages import tells_news
from workflow.pages import next_that_waits, said
from workflow.permissions import Permission
from workflow.services import confirmations
from workflow.services.confirmations import Refused
from workflow.transactions import db

bp = Blueprint("confirmations", __name__)


@bp.get("/agreements/<uuid:agreement_id>/confirmation")
@requires(Permission.TAKE_POSITION, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show every text the reader can confirm, in both languages, with what changed since the side agreed."""
    return _page(agreement)


@bp.post("/agreements/<uuid:agreement_id>/confirmation")
@requires(Permission.TAKE_POSITION, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Confirm the texts that were ticked, each as it was shown: all of them or none."""
    chosen = ConfirmationForm().chosen
    if not chosen:
        return _page(agreement, nothing_chosen=True), HTTPStatus.UNPROCESSABLE_ENTITY
    if refused := confirmations.refused(db.session, agreement, current_actor(), chosen):
        return _page(agreement, refused=refused, chosen=frozenset(map(str, chosen))), HTTPStatus.CONFLICT
    count = confirmations.confirm(db.session, agreement=agreement, by=current_member(), chosen=chosen)
    said(
        ngettext("%(num)s paragraph is confirmed.", "%(num)s paragraphs are confirmed.", count),
        next_that_waits(db.session, agreement),
    )
    return redirect(url_for("confirmations.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)


@tells_news("confirmations.show")
def _page(
    agreement: Agreement,
    *,
    refused: tuple[Refused, ...] = (),
    chosen: frozenset[str] = frozenset(),
    nothing_chosen: bool = False,
) -> str:
    return render_template(
        "confirmations/show.html",
        page=confirmations.page(db.session, agreement.id, current_actor()),
        agreement=agreement,
        refused=refused,
        chosen=chosen,
        nothing_chosen=nothing_chosen,
        marks=marks_of(agreement),
    )

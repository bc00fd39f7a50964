"""Tabling several drafts at once, after a page that shows what the other side will see of each."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.tablings import TablingForm, chosen
from workflow.i18n import ngettext
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.pages import next_that_waits, said
from workflow.permissions import Permission
from workflow.services import tablings
from workflow.services.drafts import StaleDraft
from workflow.transactions import db

bp = Blueprint("tablings", __name__)


@bp.get("/agreements/<uuid:agreement_id>/tabling")
@requires(Permission.TABLE_TOGETHER, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show the drafts the reader can table, each as the other side will see it."""
    return _page(agreement)


@bp.post("/agreements/<uuid:agreement_id>/tabling")
@requires(Permission.TABLE_TOGETHER, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Table the drafts ticked, all or none."""
    ticked = chosen(request.form.getlist("draft"))
    if not ticked:
        return _page(agreement, nothing_chosen=True), HTTPStatus.UNPROCESSABLE_ENTITY
    made = tablings.table_together(db.session, agreement=agreement, by=current_member(), chosen=ticked)
    told = ngettext(
        "%(num)s draft is tabled. The other side sees it now.",
        "%(num)s drafts are tabled. The other side sees them now.",
        len(made),
    )
    said(told, next_that_waits(db.session, agreement))
    return redirect(url_for("agreements.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)


@bp.errorhandler(StaleDraft)
def outrun(error: StaleDraft) -> ResponseReturnValue:
    """Show the drafts anew, none of them tabled: a colleague saved one meanwhile."""
    return _page(error.draft.agreement, outrun=True), HTTPStatus.CONFLICT


def _page(agreement: Agreement, *, outrun: bool = False, nothing_chosen: bool = False) -> str:
    return render_template(
        "tablings/show.html",
        agreement=agreement,
        found=tablings.page(db.session, agreement, current_actor()),
        delegation=current_member().delegation,
        outrun=outrun,
        nothing_chosen=nothing_chosen,
        form=TablingForm(formdata=None),
        marks=marks_of(agreement),
    )

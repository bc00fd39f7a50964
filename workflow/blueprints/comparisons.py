"""Comparisons: any two Revs of a text, or a Rev. and the text as it stands, paragraph by paragraph."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import requires
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.permissions import Permission
from workflow.services import comparisons
from workflow.transactions import db

bp = Blueprint("comparisons", __name__)


@bp.get("/agreements/<uuid:agreement_id>/compare")
@requires(Permission.READ, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Compare the Rev. that ``?from=`` names with the one ``?to=`` names; ``now`` is the text as it stands."""
    return render_template(
        "comparisons/show.html",
        page=comparisons.page(
            db.session,
            agreement.id,
            first=request.args.get("from", type=int),
            second=request.args.get("to", type=int),
        ),
        revs=[issue.number for issue in agreement.issues],
        agreement=agreement,
        marks=marks_of(agreement),
    )

"""Phrases: how words stand in the agreements that are published or adopted."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, requires
from workflow.marks import marks_of, marks_of_all
from workflow.models import Agreement
from workflow.pages import is_part
from workflow.permissions import Permission
from workflow.services import phrases
from workflow.transactions import db

bp = Blueprint("phrases", __name__)


@bp.get("/agreements/<uuid:agreement_id>/phrases")
@requires(Permission.READ, on=Agreement)
def index(agreement: Agreement) -> ResponseReturnValue:
    """Show where ``?q=`` stands in the closed agreements of the dialogue; to a script, what was found and no more."""
    found = phrases.find(db.session, agreement, current_actor(), request.args.get("q", ""))
    if is_part():
        return render_template("phrases/found.html", found=found)
    marks = dict.fromkeys((*marks_of(agreement), *marks_of_all(one.agreement for one in found.passages)))
    return render_template("phrases/index.html", found=found, agreement=agreement, marks=tuple(marks))

"""Rev.n: issuing the text, and reading what was issued."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Issue
from workflow.pages import said
from workflow.permissions import Permission
from workflow.services import issues
from workflow.transactions import db

bp = Blueprint("issues", __name__)


@bp.post("/agreements/<uuid:agreement_id>/issues")
@requires(Permission.ISSUE, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Issue the text as it stands."""
    issue = issues.issue(db.session, agreement=agreement, by=current_member())
    documents = (_("Make its documents"), url_for("documents.index", agreement_id=agreement.id))
    said(_("Rev.%(number)s is issued.", number=issue.number), documents)
    return redirect(url_for("issues.show", issue_id=issue.id), HTTPStatus.SEE_OTHER)


@bp.get("/issues/<uuid:issue_id>")
@requires(Permission.READ, on=Issue)
def show(issue: Issue) -> ResponseReturnValue:
    """Show a Rev. as it was issued, whatever has become of the text since."""
    return render_template(
        "issues/show.html",
        issue=issue,
        entries=issues.entries(db.session, issue),
        numbers=issues.renumberings(db.session, issue),
        revs=[one.number for one in issue.agreement.issues],
        agreement=issue.agreement,
        marks=marks_of(issue.agreement),
    )

"""The states a draft was saved in: seen, compared with the present, restored."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.draft_states import RestoreForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Draft
from workflow.permissions import Permission
from workflow.services import draft_states, drafts
from workflow.services.drafts import StaleDraft
from workflow.transactions import db

bp = Blueprint("draft_states", __name__)


@bp.get("/drafts/<uuid:draft_id>/states")
@requires(Permission.READ_DRAFT, on=Draft)
def index(draft: Draft) -> ResponseReturnValue:
    """Show every state the reader may see, newest first, beside what the draft says now."""
    return _page(draft)


@bp.post("/drafts/<uuid:draft_id>/states/<int:version>/restore")
@requires(Permission.EDIT_DRAFT, on=Draft)
def restore(draft: Draft, version: int) -> ResponseReturnValue:
    """Let the draft say again what it said at `version`: a new save."""
    state = draft_states.find(db.session, draft, version, current_actor())
    if state is None:
        abort(HTTPStatus.NOT_FOUND)
    drafts.restore(db.session, draft=draft, by=current_member(), state=state, version=RestoreForm().seen_version)
    flash(_("The draft says again what it said then. What it said until now is kept."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.errorhandler(StaleDraft)
def outrun(error: StaleDraft) -> ResponseReturnValue:
    """Show the states anew: a colleague saved meanwhile."""
    return _page(error.draft, outrun=True), HTTPStatus.CONFLICT


def _page(draft: Draft, *, outrun: bool = False) -> str:
    return render_template(
        "draft_states/index.html",
        draft=draft,
        states=draft_states.history(db.session, draft, current_actor()),
        outrun=outrun,
        marks=marks_of(draft.agreement),
    )

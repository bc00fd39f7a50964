"""Who has a draft open, said to the own side while the page is open."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import format_time

from workflow.access import current_actor, current_member, requires
from workflow.accounts import asked_by_the_page_itself
from workflow.forms.drafts import VersionForm
from workflow.i18n import gettext as _
from workflow.models import Draft
from workflow.permissions import Permission
from workflow.services import draft_presences
from workflow.transactions import db

bp = Blueprint("draft_presences", __name__)


@bp.post("/drafts/<uuid:draft_id>/presence")
@requires(Permission.EDIT_DRAFT, on=Draft)
def renew(draft: Draft) -> ResponseReturnValue:
    """Note that the reader has the draft open, or still has; say which colleagues have, and its version.

    The version a page shows is sent once, when it was opened.
    """
    asked_by_the_page_itself()
    if draft.is_open:
        draft_presences.note(db.session, draft=draft, by=current_member(), opened_on=VersionForm().seen_version)
    found = draft_presences.others(db.session, draft, current_actor())
    says = [
        _(
            "%(name)s has this draft open since %(time)s UTC.",
            name=one.membership.account.name,
            time=format_time(one.opened_at, "HH:mm"),
        )
        for one in found
    ]
    return {"editing": says, "version": draft.version}

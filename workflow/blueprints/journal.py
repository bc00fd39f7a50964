"""The history of an agreement: what the journal says, to whom it may be said."""

from typing import Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.marks import marks_of
from workflow.models import Agreement
from workflow.permissions import Permission
from workflow.services import desk
from workflow.services.visible import whole_agreement
from workflow.transactions import db

bp = Blueprint("journal", __name__)

SHOWN: Final = 300
"""How many entries the page shows at the most; it says so when there are more."""


@bp.get("/agreements/<uuid:agreement_id>/history")
@requires(Permission.READ, on=Agreement)
def index(agreement: Agreement) -> ResponseReturnValue:
    """Show what happened, newest first: what is shared, and what the own side did by itself."""
    whole_agreement(db.session, agreement.id)  # an entry names the paragraph it is about
    found = desk.history(db.session, agreement, current_member(), limit=SHOWN + 1)
    return render_template(
        "journal/index.html",
        journal=found[:SHOWN],
        shown=SHOWN,
        has_more=len(found) > SHOWN,
        agreement=agreement,
        marks=marks_of(agreement),
    )

"""What a delegation decides about itself, by the word of its head."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.delegations import TablingForm
from workflow.i18n import gettext as _
from workflow.models import Delegation
from workflow.permissions import Permission
from workflow.services import delegations
from workflow.transactions import db

bp = Blueprint("delegations", __name__)


@bp.get("/delegations/<uuid:delegation_id>/tabling")
@requires(Permission.DECIDE_TABLING, on=Delegation)
def show(delegation: Delegation) -> ResponseReturnValue:
    """Show who of the own delegation tables text."""
    form = TablingForm(who="drafters" if delegation.drafters_table else "heads", formdata=None)
    return render_template("delegations/show.html", delegation=delegation, form=form)


@bp.post("/delegations/<uuid:delegation_id>/tabling")
@requires(Permission.DECIDE_TABLING, on=Delegation)
def decide(delegation: Delegation) -> ResponseReturnValue:
    """Decide who of the own delegation tables text."""
    form = TablingForm()
    if not form.validate():
        page = render_template("delegations/show.html", delegation=delegation, form=form)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    drafters_table = form.who.data == "drafters"
    delegations.decide_tabling(db.session, delegation=delegation, by=current_member(), drafters_table=drafters_table)
    flash(_("Decided. It holds from now on."))
    return redirect(url_for("delegations.show", delegation_id=delegation.id), HTTPStatus.SEE_OTHER)

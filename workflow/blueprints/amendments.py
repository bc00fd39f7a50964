"""What delegations answer to an amendment, and what its author does with it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.amendments import CarryOverForm, PartForm
from workflow.i18n import gettext as _
from workflow.models import Amendment, Wording
from workflow.permissions import Permission
from workflow.services import amendments
from workflow.transactions import db

bp = Blueprint("amendments", __name__)


@bp.post("/amendments/<uuid:amendment_id>/accept")
@requires(Permission.ANSWER, on=Amendment)
def accept(amendment: Amendment) -> ResponseReturnValue:
    """Accept an amendment whole."""
    wording = amendments.accept(db.session, amendment=amendment, by=current_member())
    if wording is not None:
        flash(_("Accepted: wording %(number)s, ad referendum.", number=wording.number))
    elif amendment.ending is not None:
        flash(_("Accepted: the addition is out of the text."))
    else:
        flash(_("Accepted. It takes effect when every side has accepted."))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/accept-in-part")
@requires(Permission.ANSWER, on=Amendment)
def accept_in_part(amendment: Amendment) -> ResponseReturnValue:
    """Accept some points of an amendment and not the others."""
    chosen = PartForm().chosen
    made = amendments.accept_in_part(db.session, amendment=amendment, by=current_member(), points=chosen)
    if isinstance(made, Wording):
        flash(_("Accepted in part: wording %(number)s, ad referendum. What is left stays live.", number=made.number))
    elif isinstance(made, Amendment):
        flash(
            _(
                "Tabled as your counter-proposal %(number)s. Its points take effect when their author confirms.",
                number=made.number,
            )
        )
    else:
        flash(_("Accepted in part. It takes effect when every side has answered."))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/carry-over")
@requires(Permission.WITHDRAW, on=Amendment)
def carry_over(amendment: Amendment) -> ResponseReturnValue:
    """Set an amendment of the own side against the text as it stands, as the page suggested."""
    base = CarryOverForm().seen_base
    made = amendments.carry_over(db.session, amendment=amendment, by=current_member(), base=base)
    flash(_("Carried over: it stands as your amendment %(number)s, against the present text.", number=made.number))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/keep")
@requires(Permission.ANSWER, on=Amendment)
def keep(amendment: Amendment) -> ResponseReturnValue:
    """Leave an amendment in brackets, and say so."""
    amendments.keep_in_brackets(db.session, amendment=amendment, by=current_member())
    flash(_("It stays in brackets."))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/withdraw")
@requires(Permission.WITHDRAW, on=Amendment)
def withdraw(amendment: Amendment) -> ResponseReturnValue:
    """Withdraw an amendment of the own side."""
    amendments.withdraw(db.session, amendment=amendment, by=current_member())
    flash(_("Withdrawn. It stays on record."))
    return _back_to(amendment)


def _back_to(amendment: Amendment) -> ResponseReturnValue:
    return redirect(url_for("paragraphs.show", paragraph_id=amendment.paragraph_id), HTTPStatus.SEE_OTHER)

"""What delegations answer to an amendment, and what its author does with it."""

from http import HTTPStatus

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.forms.amendments import CarryOverForm, PartForm
from workflow.i18n import gettext as _
from workflow.models import Amendment, Wording
from workflow.pages import next_that_waits, said
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
        said(_("Accepted: wording %(number)s, ad referendum.", number=wording.number), _next(amendment))
    elif amendment.ending is not None:
        said(_("Accepted: the addition is out of the text."), _next(amendment))
    else:
        said(_("Accepted. It takes effect when every side has accepted."), _next(amendment), _again(amendment))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/accept-in-part")
@requires(Permission.ANSWER, on=Amendment)
def accept_in_part(amendment: Amendment) -> ResponseReturnValue:
    """Accept some points of an amendment and not the others."""
    chosen = PartForm().chosen
    made = amendments.accept_in_part(db.session, amendment=amendment, by=current_member(), points=chosen)
    if isinstance(made, Wording):
        told = _("Accepted in part: wording %(number)s, ad referendum. What is left stays live.", number=made.number)
    elif isinstance(made, Amendment):
        told = _(
            "Tabled as your counter-proposal %(number)s. Its points take effect when their author confirms.",
            number=made.number,
        )
    else:
        told = _("Accepted in part. It takes effect when every side has answered.")
    said(told, _next(amendment))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/carry-over")
@requires(Permission.WITHDRAW, on=Amendment)
def carry_over(amendment: Amendment) -> ResponseReturnValue:
    """Set an amendment of the own side against the text as it stands, as the page suggested."""
    base = CarryOverForm().seen_base
    made = amendments.carry_over(db.session, amendment=amendment, by=current_member(), base=base)
    said(
        _("Carried over: it stands as your amendment %(number)s, against the present text.", number=made.number),
        _next(amendment),
    )
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/keep")
@requires(Permission.ANSWER, on=Amendment)
def keep(amendment: Amendment) -> ResponseReturnValue:
    """Leave an amendment in brackets, and say so."""
    amendments.keep_in_brackets(db.session, amendment=amendment, by=current_member())
    said(_("It stays in brackets."), _next(amendment), _again(amendment))
    return _back_to(amendment)


@bp.post("/amendments/<uuid:amendment_id>/withdraw")
@requires(Permission.WITHDRAW, on=Amendment)
def withdraw(amendment: Amendment) -> ResponseReturnValue:
    """Withdraw an amendment of the own side."""
    amendments.withdraw(db.session, amendment=amendment, by=current_member())
    said(_("Withdrawn. It stays on record."), _next(amendment))
    return _back_to(amendment)


def _next(amendment: Amendment) -> tuple[str, str]:
    return next_that_waits(db.session, amendment.paragraph.agreement, after=amendment.paragraph)


def _again(amendment: Amendment) -> tuple[str, str]:
    """Return the way to answer otherwise, as long as nothing has come of the answer."""
    page = url_for("paragraphs.show", paragraph_id=amendment.paragraph_id, _anchor=f"amendment-{amendment.number}")
    return _("Answer otherwise"), page


def _back_to(amendment: Amendment) -> ResponseReturnValue:
    return redirect(url_for("paragraphs.show", paragraph_id=amendment.paragraph_id), HTTPStatus.SEE_OTHER)

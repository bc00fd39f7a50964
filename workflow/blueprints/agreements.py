"""Agreements: the list of them, and each with both languages side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_memberships, requires, signed_in
from workflow.marks import marks_of, marks_of_all
from workflow.models import Agreement
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.services import agreements
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("agreements", __name__)

MODES = ("negotiating", "clean")
LANGUAGES = ("both", "en", "zh")


@bp.get("/agreements")
@signed_in
def index() -> ResponseReturnValue:
    """List the agreements of every dialogue the reader takes part in."""
    found = [(member, db.session.scalars(visible(member.actor).agreements()).all()) for member in current_memberships()]
    marks = marks_of_all(agreement for _, agreements in found for agreement in agreements)
    return render_template("agreements/index.html", dialogues=found, marks=marks)


@bp.get("/agreements/<uuid:agreement_id>")
@requires(Permission.READ, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show an agreement; ``?mode=`` clean or negotiating, ``?show=`` both languages or one."""
    page = agreements.page(db.session, agreement.id, current_actor())
    return render_template(
        "agreements/show.html",
        page=page,
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        mode=_one_of(MODES, request.args.get("mode")),
        show=_one_of(LANGUAGES, request.args.get("show")),
        marks=marks_of(agreement),
    )


def _one_of(known: tuple[str, ...], asked: str | None) -> str:
    """Return what was asked for if there is such a thing, else the first: an address is no form to be refused."""
    return asked if asked in known else known[0]

"""Agreements: the list of them, and each with both languages side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_memberships, requires, signed_in
from workflow.marks import marks_of, marks_of_all
from workflow.models import Agreement
from workflow.pages import one_of, sides_of
from workflow.permissions import Permission
from workflow.services import agreements, changes
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("agreements", __name__)

MODES = ("negotiating", "clean", "changes")
LANGUAGES = ("both", "en", "zh")
NAMES = ("on", "off")


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
    """Show an agreement.

    ``?mode=`` negotiating, clean, or changes, these ``?since=`` looked, agreed or the number of a Rev.;
    ``?show=`` both languages or one; ``?names=off`` leaves out who proposes what.
    """
    page = agreements.page(db.session, agreement.id, current_actor())
    mode = one_of(MODES, request.args.get("mode"))
    since = one_of(_beginnings(agreement), request.args.get("since"))
    return render_template(
        "agreements/show.html",
        page=page,
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        mode=mode if page.is_open else "clean",
        show=one_of(LANGUAGES, request.args.get("show")),
        names=one_of(NAMES, request.args.get("names")),
        beginnings=_beginnings(agreement),
        since=since,
        changes=changes.since(db.session, page.reading, current_actor(), since) if mode == "changes" else None,
        marks=marks_of(agreement),
    )


def _beginnings(agreement: Agreement) -> tuple[str, ...]:
    """Return since when changes can be shown to the reader."""
    agreed = (changes.AGREED,) if current_actor().delegation else ()
    return (changes.LOOKED, *agreed, *(str(issue.number) for issue in agreement.issues))

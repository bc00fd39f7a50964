"""The outline of a text as one side sees it, own drafts among what is tabled; drafts are put in order here."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.outlines import PlaceForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Draft
from workflow.pages import place_in_words
from workflow.permissions import Permission
from workflow.services import drafts, outlines
from workflow.transactions import db

bp = Blueprint("outlines", __name__)


@bp.get("/agreements/<uuid:agreement_id>/outline")
@requires(Permission.DRAFT, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show paragraphs and own drafts in one outline, with the means to put them elsewhere."""
    drafts.ensure_open(db.session, agreement)
    found = outlines.outline(db.session, agreement.id, current_actor())
    return render_template(
        "outlines/show.html",
        agreement=agreement,
        outline=found,
        places={
            entry.node.id: [(value, place_in_words(value, words, number)) for value, words, number in places]
            for entry, places in found.movable(current_actor())
        },
        moves_on=outlines.moves_on(found),
        form=PlaceForm(formdata=None),
        marks=marks_of(agreement),
    )


@bp.post("/drafts/<uuid:draft_id>/place")
@requires(Permission.EDIT_DRAFT, on=Draft)
def place(draft: Draft) -> ResponseReturnValue:
    """Put a draft of a new paragraph elsewhere; the other side sees nothing of it."""
    form = PlaceForm()
    step = form.step.data or ""
    wanted = outlines.stepped(db.session, draft, step, current_actor()) if step else form.chosen
    outlines.put(db.session, draft=draft, by=current_member(), place=wanted, seen=form.seen.data or "")
    flash(_("Put there. Only your side sees it."))
    there = url_for("outlines.show", agreement_id=draft.agreement_id, _anchor=f"node-{draft.id}")
    return redirect(there, HTTPStatus.SEE_OTHER)

"""Handing a draft over to a colleague of the own delegation."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.hand_overs import HandOverForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Draft, HandOver, Membership
from workflow.pages import role_in_words
from workflow.permissions import Permission
from workflow.services import hand_overs, time_zones
from workflow.transactions import db

bp = Blueprint("hand_overs", __name__)


@bp.get("/drafts/<uuid:draft_id>/hand-over")
@requires(Permission.EDIT_DRAFT, on=Draft)
def new(draft: Draft) -> ResponseReturnValue:
    """Show the form: to whom, what for, by when."""
    meeting = draft.agreement.session
    return _page(draft, HandOverForm(zone=time_zones.zone_of(meeting, current_actor().delegation)))


@bp.post("/drafts/<uuid:draft_id>/hand-over")
@requires(Permission.EDIT_DRAFT, on=Draft)
def create(draft: Draft) -> ResponseReturnValue:
    """Ask a colleague to go on with the draft; the delegation shares it from now on."""
    form = _offered(HandOverForm(), draft)
    if not form.validate():
        return _page(draft, form), HTTPStatus.UNPROCESSABLE_ENTITY
    hand_overs.ask(
        db.session,
        draft=draft,
        by=current_member(),
        colleague=db.session.get_one(Membership, form.chosen),
        request=form.request.data or "",
        due_at=form.moment,
    )
    flash(_("Handed over. It stands on your colleague’s desk."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/hand-overs/<uuid:hand_over_id>/done")
@requires(Permission.EDIT_DRAFT, on=HandOver)
def complete(hand_over: HandOver) -> ResponseReturnValue:
    """Say that what was asked for is done."""
    hand_overs.complete(db.session, hand_over=hand_over, by=current_member())
    flash(_("Done. Your colleague is told nothing more of it; it stays on record."))
    return redirect(url_for("drafts.show", draft_id=hand_over.draft_id), HTTPStatus.SEE_OTHER)


@bp.post("/hand-overs/<uuid:hand_over_id>/take-back")
@requires(Permission.EDIT_DRAFT, on=HandOver)
def take_back(hand_over: HandOver) -> ResponseReturnValue:
    """Ask for it no longer."""
    hand_overs.take_back(db.session, hand_over=hand_over, by=current_member())
    flash(_("Taken back. It stands on nobody’s desk any more."))
    return redirect(url_for("drafts.show", draft_id=hand_over.draft_id), HTTPStatus.SEE_OTHER)


def _offered(form: HandOverForm, draft: Draft) -> HandOverForm:
    there = hand_overs.colleagues(db.session, current_member())
    named = [(str(one.id), f"{one.account.name} ({role_in_words(one.role)})") for one in there]
    form.offer(named, zones=time_zones.zones(draft.agreement.session))
    return form


def _page(draft: Draft, form: HandOverForm) -> str:
    return render_template(
        "hand_overs/new.html", draft=draft, form=_offered(form, draft), marks=marks_of(draft.agreement)
    )

"""Closing a text: what is still in the way, issuing it, adopting it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.domain.motions import MotionKind
from workflow.forms.adoptions import AdoptionForm, BreakForm, SilenceForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Motion
from workflow.open_pages import tells_news
from workflow.pages import home, said, sides_of
from workflow.permissions import Permission
from workflow.services import adoptions, agreements, motions, silences
from workflow.services.reading import read
from workflow.transactions import db

bp = Blueprint("adoptions", __name__)


@bp.get("/agreements/<uuid:agreement_id>/closing")
@requires(Permission.READ, on=Agreement)
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show every cause that keeps the text from being adopted, and the whole text that would be."""
    return _page(agreement)


@bp.post("/agreements/<uuid:agreement_id>/adoptions")
@requires(Permission.ADOPT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Adopt the text whose listing the page showed."""
    seen = AdoptionForm().listing.data or ""
    if adoptions.adopt(db.session, agreement=agreement, by=current_member(), listing_hash=seen):
        documents = (_("Make its documents"), url_for("documents.index", agreement_id=agreement.id))
        said(_("Both sides have adopted. The text is frozen."), documents)
    else:
        said(
            _("Your adoption is recorded. The text stays open until the other side adopts it too."),
            (_("To the desk"), home()),
        )
    return _back_to(agreement)


@bp.post("/agreements/<uuid:agreement_id>/silences")
@requires(Permission.PUT_AS_HEAD, on=Agreement)
def propose_silence(agreement: Agreement) -> ResponseReturnValue:
    """Propose, as a head, to adopt the text at a stated moment unless the silence is broken."""
    form = _offered(SilenceForm(), agreement)
    if not form.validate():
        return _page(agreement, silence=form), HTTPStatus.UNPROCESSABLE_ENTITY
    motions.put(
        db.session,
        kind=MotionKind.SILENCE,
        agreement=agreement,
        by=current_member(),
        seen=form.seen_hash,
        details=silences.asked(form.moment),
        reason=form.reason.data or "",
    )
    flash(_("Put to all sides."))
    return _back_to(agreement)


@bp.post("/motions/<uuid:motion_id>/break")
@requires(Permission.BREAK_SILENCE, on=Motion)
def break_silence(motion: Motion) -> ResponseReturnValue:
    """Object to a silence that runs."""
    form = BreakForm()
    if not form.validate():
        return _page(motion.agreement, breaking=form), HTTPStatus.UNPROCESSABLE_ENTITY
    silences.break_silence(db.session, motion=motion, by=current_member(), reason=form.reason.data or "")
    flash(_("The silence is broken. All sides read why."))
    return _back_to(motion.agreement)


def _offered(form: SilenceForm, agreement: Agreement) -> SilenceForm:
    form.offer(list(dict.fromkeys([*(one.time_zone for one in agreement.session.dates), "UTC"])))
    return form


@tells_news("adoptions.show")
def _page(agreement: Agreement, *, silence: SilenceForm | None = None, breaking: BreakForm | None = None) -> str:
    return render_template(
        "adoptions/show.html",
        page=agreements.closing(db.session, read(db.session, agreement.id), current_actor()),
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        silence=silence or _offered(SilenceForm(formdata=None), agreement),
        breaking=breaking or BreakForm(formdata=None),
        marks=marks_of(agreement),
    )


def _back_to(agreement: Agreement) -> ResponseReturnValue:
    return redirect(url_for("adoptions.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)

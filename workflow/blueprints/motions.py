"""Motions about a paragraph: put to all sides, and answered by each."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.domain.motions import MotionKind
from workflow.forms.motions import CompromiseForm, CorrigendumForm, MotionForm, MoveForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Motion, Paragraph
from workflow.open_pages import tells_news
from workflow.pages import next_that_waits, place_in_words, said, sides_of
from workflow.permissions import Permission
from workflow.services import compromises, corrigenda, motion_pages, motions, moves
from workflow.transactions import db

bp = Blueprint("motions", __name__)


@bp.get("/paragraphs/<uuid:paragraph_id>/motions")
@requires(Permission.READ, on=Paragraph)
def index(paragraph: Paragraph) -> ResponseReturnValue:
    """Show what is, and was, put to all sides about a paragraph, and what the reader can put."""
    return _page(paragraph)


@bp.post("/paragraphs/<uuid:paragraph_id>/moves")
@requires(Permission.MOVE, on=Paragraph)
def move(paragraph: Paragraph) -> ResponseReturnValue:
    """Propose that the paragraph stands elsewhere."""
    form = _offered(MoveForm(), paragraph)
    if not form.validate():
        return _page(paragraph, move=form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _put(paragraph, MotionKind.MOVE, form, moves.asked(**form.chosen))


@bp.post("/paragraphs/<uuid:paragraph_id>/compromise-requests")
@requires(Permission.PUT_AS_HEAD, on=Paragraph)
def ask_for_compromise(paragraph: Paragraph) -> ResponseReturnValue:
    """Ask, as a head, that the secretariat offer a compromise text."""
    return _put(paragraph, MotionKind.COMPROMISE_REQUEST, MotionForm(), {})


@bp.post("/paragraphs/<uuid:paragraph_id>/compromises")
@requires(Permission.OFFER_COMPROMISE, on=Paragraph)
def offer_compromise(paragraph: Paragraph) -> ResponseReturnValue:
    """Offer, as the secretariat, the compromise text that the heads of all sides asked for."""
    form = CompromiseForm()
    if not form.validate():
        return _page(paragraph, compromise=form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _put(paragraph, MotionKind.COMPROMISE, form, compromises.asked(form.written))


@bp.post("/paragraphs/<uuid:paragraph_id>/statements/<uuid:position_id>")
@requires(Permission.PUT_AS_HEAD, on=Paragraph)
def print_statement(paragraph: Paragraph, position_id: UUID) -> ResponseReturnValue:
    """Ask that a statement made on the paragraph be printed with it."""
    return _put(paragraph, MotionKind.STATEMENT, MotionForm(), {"position": str(position_id)})


@bp.post("/paragraphs/<uuid:paragraph_id>/corrigenda")
@requires(Permission.PUT_AS_HEAD, on=Paragraph)
def correct(paragraph: Paragraph) -> ResponseReturnValue:
    """Put a corrigendum to the adopted text, as a head."""
    form = CorrigendumForm()
    if not form.validate():
        return _page(paragraph, corrigendum=form), HTTPStatus.UNPROCESSABLE_ENTITY
    return _put(paragraph, MotionKind.CORRIGENDUM, form, corrigenda.asked(form.written))


@bp.post("/agreements/<uuid:agreement_id>/finalising")
@requires(Permission.PUT_AS_HEAD, on=Agreement)
def finalise(agreement: Agreement) -> ResponseReturnValue:
    """Propose, as a head, to finalise the text exactly as the page lists it."""
    motions.put(
        db.session,
        kind=MotionKind.FINALISING,
        agreement=agreement,
        by=current_member(),
        seen=MotionForm().seen_hash,
        details={},
    )
    flash(_("Put to all sides."))
    return redirect(url_for("adoptions.show", agreement_id=agreement.id, _anchor="finalising"), HTTPStatus.SEE_OTHER)


@bp.post("/motions/<uuid:motion_id>/consent")
@requires(Permission.ANSWER_MOTION, on=Motion)
def consent(motion: Motion) -> ResponseReturnValue:
    """Consent to a motion."""
    if motions.consent(db.session, motion=motion, by=current_member()):
        said(_("All sides consent: it is in effect."), _next(motion))
    else:
        said(_("Your side consents. It takes effect when every side has consented."), _next(motion), _undo(motion))
    return _back_to(motion)


@bp.post("/motions/<uuid:motion_id>/object")
@requires(Permission.ANSWER_MOTION, on=Motion)
def object_to(motion: Motion) -> ResponseReturnValue:
    """Object to a motion."""
    motions.object_to(db.session, motion=motion, by=current_member())
    said(_("Your side objects. All sides read it."), _next(motion), _undo(motion))
    return _back_to(motion)


@bp.post("/motions/<uuid:motion_id>/take-back")
@requires(Permission.ANSWER_MOTION, on=Motion)
def take_back(motion: Motion) -> ResponseReturnValue:
    """Take back what the reader's side said to a motion."""
    motions.take_back(db.session, motion=motion, by=current_member())
    flash(_("Taken back. It stays on record."))
    return _back_to(motion)


@bp.post("/motions/<uuid:motion_id>/withdraw")
@requires(Permission.WITHDRAW_MOTION, on=Motion)
def withdraw(motion: Motion) -> ResponseReturnValue:
    """Withdraw a motion of the reader's side."""
    motions.withdraw(db.session, motion=motion, by=current_member())
    flash(_("Withdrawn. It stays on record."))
    return _back_to(motion)


def _put(paragraph: Paragraph, kind: MotionKind, form: MotionForm, details: dict[str, object]) -> ResponseReturnValue:
    motions.put(
        db.session,
        kind=kind,
        agreement=paragraph.agreement,
        paragraph=paragraph,
        by=current_member(),
        seen=form.seen_hash,
        details=details,
        reason=form.reason.data or "",
    )
    flash(_("Put to all sides."))
    return redirect(url_for("motions.index", paragraph_id=paragraph.id), HTTPStatus.SEE_OTHER)


def _offered(form: MoveForm, paragraph: Paragraph) -> MoveForm:
    form.offer([(one[0], place_in_words(*one)) for one in motion_pages.places(db.session, paragraph)])
    return form


@tells_news("motions.index")
def _page(
    paragraph: Paragraph,
    *,
    move: MoveForm | None = None,
    compromise: CompromiseForm | None = None,
    corrigendum: CorrigendumForm | None = None,
) -> str:
    return render_template(
        "motions/index.html",
        page=motion_pages.page(db.session, paragraph, current_actor()),
        agreement=paragraph.agreement,
        sides=sides_of(paragraph.agreement.dialogue),
        move=move or _offered(MoveForm(formdata=None), paragraph),
        compromise=compromise or CompromiseForm(formdata=None),
        corrigendum=corrigendum or CorrigendumForm(formdata=None),
        marks=marks_of(paragraph.agreement),
    )


def _next(motion: Motion) -> tuple[str, str]:
    return next_that_waits(db.session, motion.agreement, after=motion.paragraph)


def _undo(motion: Motion) -> tuple[str, str]:
    key, anchor = motion.paragraph_id, f"motion-{motion.number}"
    if key is not None:
        return _("Take it back"), url_for("motions.index", paragraph_id=key, _anchor=anchor)
    return _("Take it back"), url_for("adoptions.show", agreement_id=motion.agreement_id, _anchor=anchor)


def _back_to(motion: Motion) -> ResponseReturnValue:
    if motion.paragraph_id is not None:
        return redirect(url_for("motions.index", paragraph_id=motion.paragraph_id), HTTPStatus.SEE_OTHER)
    return redirect(url_for("adoptions.show", agreement_id=motion.agreement_id), HTTPStatus.SEE_OTHER)

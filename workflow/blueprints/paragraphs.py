"""One paragraph: its text, what one may do with it, and everything that was said of it."""

from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.positions import Stance
from workflow.forms.paragraphs import PositionForm, TextForm
from workflow.forms.threads import ThreadForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Paragraph, Scope
from workflow.open_pages import tells_news
from workflow.pages import amendments_of, next_that_waits, one_of, said, sides_of
from workflow.permissions import Permission, permits
from workflow.services import certificates, deferrals, paragraphs, positions, side_texts, table_views
from workflow.transactions import db

bp = Blueprint("paragraphs", __name__)

VIEWS = ("brackets", "redline", "clean", "texts")
NAMES = ("on", "off")


@bp.get("/paragraphs/<uuid:paragraph_id>")
@requires(Permission.READ, on=Paragraph)
def show(paragraph: Paragraph) -> ResponseReturnValue:
    """Show a paragraph.

    ``?view=`` brackets, redline, clean, or texts: the common text and each side's beside each other;
    ``?names=off`` leaves out who proposes what; ``?act=withdraw`` unfolds the withdrawal of a position.
    """
    return _page(paragraph)


@bp.post("/paragraphs/<uuid:paragraph_id>/positions")
@requires(Permission.TAKE_POSITION, on=Paragraph)
def take_position(paragraph: Paragraph) -> ResponseReturnValue:
    """Record the position of the reader's delegation on the text the page showed."""
    form = PositionForm()
    if not form.validate():
        return _page(paragraph, position=form), HTTPStatus.UNPROCESSABLE_ENTITY
    stance = Stance(form.stance.data or "")
    final = stance in {Stance.AGREE, Stance.AGREE_WITH_STATEMENT}
    positions.take(
        db.session,
        paragraph=paragraph,
        by=current_member(),
        stance=stance,
        face=form.seen_face,
        reason=form.reason.data or "",
        statement=Bilingual(en=form.statement_en.data or "", zh=form.statement_zh.data or ""),
        for_head=final and not permits(current_actor(), Permission.AGREE, paragraph),
    )
    undo = (
        _("Withdraw it again"),
        url_for("paragraphs.show", paragraph_id=paragraph.id, act="withdraw", _anchor="acts"),
    )
    said(
        _("Your delegation's position is recorded, on exactly this text."),
        _next(paragraph),
        undo if stance is not Stance.WITHDRAWN else None,
    )
    return _back_to(paragraph)


@bp.post("/paragraphs/<uuid:paragraph_id>/certificates")
@requires(Permission.CERTIFY, on=Paragraph)
def certify(paragraph: Paragraph) -> ResponseReturnValue:
    """Certify that both languages of the text the page showed say the same."""
    certificates.certify(db.session, paragraph=paragraph, by=current_member(), face=TextForm().seen_face)
    said(_("Concordance is certified for exactly this pair of texts."), _next(paragraph))
    return _back_to(paragraph)


@bp.post("/paragraphs/<uuid:paragraph_id>/deferral")
@requires(Permission.DEFER, on=Paragraph)
def defer(paragraph: Paragraph) -> ResponseReturnValue:
    """Consent to carry the paragraph to the next session."""
    if deferrals.consent(db.session, paragraph=paragraph, by=current_member(), face=TextForm().seen_face):
        said(_("Both sides consent: the paragraph is carried to the next session."), _next(paragraph))
    else:
        said(_("Proposed. It takes effect when the other side consents."), _next(paragraph), _acts(paragraph))
    return _back_to(paragraph)


@bp.post("/paragraphs/<uuid:paragraph_id>/deferral/revoke")
@requires(Permission.DEFER, on=Paragraph)
def revoke_deferral(paragraph: Paragraph) -> ResponseReturnValue:
    """Take back the delegation's consent to carry the paragraph over."""
    deferrals.revoke(db.session, paragraph=paragraph, by=current_member())
    said(_("Your delegation no longer consents to carry it over."), _next(paragraph))
    return _back_to(paragraph)


@tells_news("paragraphs.show")
def _page(paragraph: Paragraph, *, position: PositionForm | None = None) -> str:
    page = paragraphs.page(db.session, paragraph, current_actor())
    return render_template(
        "paragraphs/show.html",
        page=page,
        agreement=paragraph.agreement,
        sides=sides_of(paragraph.agreement.dialogue),
        table=table_views.putting(db.session, page.row, current_actor()),
        texts=side_texts.texts(page.row),
        view=one_of(VIEWS, request.args.get("view")),
        names=one_of(NAMES, request.args.get("names")),
        position=position or PositionForm(formdata=None),
        opened=request.args.get("act", ""),
        internal=_thread_form(paragraph, Scope.DELEGATION),
        shared=_thread_form(paragraph, Scope.SHARED),
        marks=marks_of(paragraph.agreement),
    )


def _thread_form(paragraph: Paragraph, scope: Scope) -> ThreadForm:
    form = ThreadForm(scope=scope, base=paragraph.base, formdata=None)
    form.offer(amendments_of(paragraph), quotable=paragraph.text or NOTHING)
    return form


def _next(paragraph: Paragraph) -> tuple[str, str]:
    return next_that_waits(db.session, paragraph.agreement, after=paragraph)


def _acts(paragraph: Paragraph) -> tuple[str, str]:
    return _("Take it back"), url_for("paragraphs.show", paragraph_id=paragraph.id, _anchor="acts")


def _back_to(paragraph: Paragraph) -> ResponseReturnValue:
    return redirect(url_for("paragraphs.show", paragraph_id=paragraph.id), HTTPStatus.SEE_OTHER)

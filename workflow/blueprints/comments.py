"""Comments: other words for one, its withdrawal, the same said anew to all sides, and that a mention was seen."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, requires
from workflow.domain.bilingual import NOTHING, Language
from workflow.domain.discussion import requoted
from workflow.forms.comments import EditForm, ShareForm, WithdrawForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Comment, Mention, Scope
from workflow.pages import amendment_chosen, amendments_of
from workflow.permissions import Permission
from workflow.services import comments, discussion, threads
from workflow.transactions import db

bp = Blueprint("comments", __name__)


@bp.get("/comments/<uuid:comment_id>/edit")
@requires(Permission.EDIT_COMMENT, on=Comment)
def edit(comment: Comment) -> ResponseReturnValue:
    """Show the form that gives a comment of one's own other words."""
    return _edit_page(comment, EditForm(comment=comment.text, version=comment.version, formdata=None))


@bp.post("/comments/<uuid:comment_id>/edit")
@requires(Permission.EDIT_COMMENT, on=Comment)
def update(comment: Comment) -> ResponseReturnValue:
    """Give a comment of one's own other words; the earlier ones stay on record."""
    form = EditForm()
    if not form.validate():
        return _edit_page(comment, form), HTTPStatus.UNPROCESSABLE_ENTITY
    text = form.comment.data or ""
    comments.edit(db.session, comment=comment, by=current_member(), text=text, version=form.seen_version)
    flash(_("Edited. What it said before stays on record."))
    return _back_to(comment)


@bp.post("/comments/<uuid:comment_id>/withdraw")
@requires(Permission.EDIT_COMMENT, on=Comment)
def withdraw(comment: Comment) -> ResponseReturnValue:
    """Withdraw a comment of one's own; it stays on record."""
    seen = WithdrawForm().seen_version
    comments.withdraw(db.session, comment=comment, by=current_member(), version=seen)
    flash(_("Withdrawn. It stays on record."))
    return _back_to(comment)


@bp.get("/comments/<uuid:comment_id>/share")
@requires(Permission.SHARE_COMMENT, on=Comment)
def share(comment: Comment) -> ResponseReturnValue:
    """Show exactly what the other side would read, if the reader said this anew to all sides."""
    return _share_page(comment, _offered(_as_said(comment), comment))


@bp.post("/comments/<uuid:comment_id>/share")
@requires(Permission.SHARE_COMMENT, on=Comment)
def share_anew(comment: Comment) -> ResponseReturnValue:
    """Begin a shared thread with exactly what the preview showed; the one it was taken from stays what it is."""
    form = _offered(ShareForm(), comment)
    paragraph = comment.thread.paragraph
    if not form.validate():
        return _share_page(comment, form), HTTPStatus.UNPROCESSABLE_ENTITY
    comments.refuse_names(db.session, form.comment.data or "", by=current_member(), is_internal=False)
    if not form.is_as_previewed:
        return _share_page(comment, form)
    thread = threads.begin(
        db.session,
        paragraph=paragraph,
        by=current_member(),
        scope=Scope.SHARED,
        text=form.comment.data or "",
        amendment=amendment_chosen(paragraph, form.about.data),
        quotation=form.quotation,
        base=form.seen_base,
    )
    flash(_("Both sides can read your comment."))
    return redirect(url_for("threads.show", thread_id=thread.id), HTTPStatus.SEE_OTHER)


@bp.post("/mentions/<uuid:mention_id>/seen")
@requires(Permission.READ_THREAD, on=Mention)
def see(mention: Mention) -> ResponseReturnValue:
    """Record that the reader has seen where they are named; nobody else learns of it."""
    comments.see(db.session, mention=mention, by=current_member())
    return _back_to(mention.comment)


def _as_said(comment: Comment) -> ShareForm:
    """Return the form that says anew what was said, of the same words where they still stand."""
    thread = comment.thread
    words = requoted(thread.quotation, thread.paragraph.text or NOTHING) if thread.quotation else None
    return ShareForm(
        comment=comment.text,
        scope=Scope.SHARED,
        about=str(thread.amendment_id or ""),
        language=thread.language or Language.EN,
        quoted=words[0] if words else "",
        which=words[1] if words else None,
        base=thread.paragraph.base,
        formdata=None,
    )


def _offered(form: ShareForm, comment: Comment) -> ShareForm:
    paragraph = comment.thread.paragraph
    form.offer(amendments_of(paragraph), quotable=paragraph.text or NOTHING)
    form.is_named = paragraph.agreement.dialogue.names_since is not None
    return form


def _edit_page(comment: Comment, form: EditForm) -> str:
    agreement = comment.thread.paragraph.agreement
    return render_template(
        "comments/edit.html", comment=comment, form=form, agreement=agreement, marks=marks_of(agreement)
    )


def _share_page(comment: Comment, form: ShareForm) -> str:
    agreement = comment.thread.paragraph.agreement
    paragraph, quotation = comment.thread.paragraph, None if form.errors else form.quotation
    amendment = amendment_chosen(paragraph, form.about.data)
    return render_template(
        "comments/share.html",
        comment=comment,
        form=form,
        quotation=quotation,
        preview=discussion.preview(db.session, paragraph, amendment=amendment, quotation=quotation),
        agreement=agreement,
        marks=marks_of(agreement),
    )


def _back_to(comment: Comment) -> ResponseReturnValue:
    there = url_for("threads.show", thread_id=comment.thread_id, _anchor=f"comment-{comment.id}")
    return redirect(there, HTTPStatus.SEE_OTHER)

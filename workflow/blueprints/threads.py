"""Threads: the discussion of an agreement, one thread of it, and the form that begins one."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, permits, requires
from workflow.domain.bilingual import NOTHING
from workflow.forms import key_in
from workflow.forms.threads import ReplyForm, ThreadForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Paragraph, Scope, Thread
from workflow.open_pages import tells_news
from workflow.pages import amendment_chosen, amendments_of, one_of, sides_of
from workflow.permissions import Permission
from workflow.services import discussion, paragraphs, threads
from workflow.services.discussion import Filter
from workflow.transactions import db

bp = Blueprint("threads", __name__)


@bp.get("/agreements/<uuid:agreement_id>/discussion")
@requires(Permission.READ, on=Agreement)
@tells_news("threads.index")
def index(agreement: Agreement) -> ResponseReturnValue:
    """Show what is discussed about an agreement.

    ``?show=`` open, mine, internal, shared, looked (since the reader looked), or all; ``?paragraph=``
    only what is about that one.
    """
    show = Filter(one_of([one.value for one in Filter], request.args.get("show")))
    about = key_in(request.args.get("paragraph"))
    page = discussion.page(db.session, agreement.id, current_actor(), show=show, paragraph=about)
    return render_template("threads/index.html", page=page, agreement=agreement, show=show, marks=marks_of(agreement))


@bp.get("/paragraphs/<uuid:paragraph_id>/threads/new")
@requires(Permission.COMMENT, on=Paragraph)
def new(paragraph: Paragraph) -> ResponseReturnValue:
    """Show the form that begins a thread.

    ``?scope=shared`` for all sides, ``?about=`` an amendment's key, ``?wording=`` the number of one to quote from.
    """
    internal = permits(Permission.COMMENT_INTERNALLY, paragraph) and request.args.get("scope") != Scope.SHARED
    scope = Scope.DELEGATION if internal else Scope.SHARED
    about = key_in(request.args.get("about"))
    chosen = {"scope": scope, "about": str(about or ""), "wording": request.args.get("wording", "")}
    return _new_page(paragraph, ThreadForm(base=paragraph.base, formdata=None, **chosen))


@bp.post("/paragraphs/<uuid:paragraph_id>/threads")
@requires(Permission.COMMENT, on=Paragraph)
def create(paragraph: Paragraph) -> ResponseReturnValue:
    """Begin a thread, read by the own delegation or by all, once and for all."""
    form = _offered(ThreadForm(), paragraph)
    if not form.validate() or not _may_be_read_by(form, paragraph):
        return _new_page(paragraph, form), HTTPStatus.UNPROCESSABLE_ENTITY
    thread = threads.begin(
        db.session,
        paragraph=paragraph,
        by=current_member(),
        scope=Scope(form.scope.data or ""),
        text=form.comment.data or "",
        amendment=amendment_chosen(paragraph, form.about.data),
        quotation=form.quotation,
        base=form.seen_base,
    )
    flash(_("Only your delegation reads it.") if thread.is_internal else _("Both sides can read your comment."))
    there = url_for("paragraphs.show", paragraph_id=paragraph.id, _anchor=f"thread-{thread.id}")
    return redirect(there, HTTPStatus.SEE_OTHER)


@bp.get("/threads/<uuid:thread_id>")
@requires(Permission.READ_THREAD, on=Thread)
def show(thread: Thread) -> ResponseReturnValue:
    """Show a thread with every version of what was said, and what the reader can do in it."""
    return _thread_page(thread, ReplyForm(formdata=None))


@bp.post("/threads/<uuid:thread_id>/replies")
@requires(Permission.COMMENT, on=Thread)
def reply(thread: Thread) -> ResponseReturnValue:
    """Reply, to those who read the thread."""
    form = ReplyForm()
    if not form.validate():
        return _thread_page(thread, form), HTTPStatus.UNPROCESSABLE_ENTITY
    said = threads.reply(db.session, thread=thread, by=current_member(), text=form.comment.data or "")
    flash(_("Only your delegation reads it.") if thread.is_internal else _("Both sides can read your comment."))
    return redirect(url_for("threads.show", thread_id=thread.id, _anchor=f"comment-{said.id}"), HTTPStatus.SEE_OTHER)


@bp.post("/threads/<uuid:thread_id>/resolve")
@requires(Permission.COMMENT, on=Thread)
def resolve(thread: Thread) -> ResponseReturnValue:
    """Say that a thread is resolved."""
    threads.resolve(db.session, thread=thread, by=current_member())
    flash(_("Resolved. It stays on record, and can be reopened."))
    return redirect(url_for("threads.show", thread_id=thread.id), HTTPStatus.SEE_OTHER)


@bp.post("/threads/<uuid:thread_id>/reopen")
@requires(Permission.COMMENT, on=Thread)
def reopen(thread: Thread) -> ResponseReturnValue:
    """Reopen a thread that was resolved."""
    threads.reopen(db.session, thread=thread, by=current_member())
    flash(_("Reopened."))
    return redirect(url_for("threads.show", thread_id=thread.id), HTTPStatus.SEE_OTHER)


def _offered(form: ThreadForm, paragraph: Paragraph) -> ThreadForm:
    quoted = threads.wording_of(paragraph, form.seen_wording)
    form.offer(amendments_of(paragraph), quotable=(quoted or paragraph).text or NOTHING)
    return form


def _may_be_read_by(form: ThreadForm, paragraph: Paragraph) -> bool:
    """Whether the reader can choose that scope; if not, say so at the one field that every such form has."""
    if form.scope.data == Scope.DELEGATION and not permits(Permission.COMMENT_INTERNALLY, paragraph):
        form.comment.errors = [_("You belong to no delegation: what you say is read by all.")]
        return False
    return True


def _new_page(paragraph: Paragraph, form: ThreadForm) -> str:
    return render_template(
        "threads/new.html",
        page=paragraphs.page(db.session, paragraph, current_actor()),
        form=_offered(form, paragraph),
        quoted=threads.wording_of(paragraph, form.seen_wording),
        agreement=paragraph.agreement,
        marks=marks_of(paragraph.agreement),
    )


@tells_news("threads.show")
def _thread_page(thread: Thread, form: ReplyForm) -> str:
    agreement = thread.paragraph.agreement
    return render_template(
        "threads/show.html",
        page=discussion.thread_page(db.session, thread, current_actor()),
        form=form,
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        marks=marks_of(agreement),
    )

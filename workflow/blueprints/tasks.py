"""Tasks: a comment given to a colleague to see to, and what became of it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires
from workflow.forms.tasks import TaskForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Comment, Task
from workflow.permissions import Permission
from workflow.services import tasks, time_zones
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("tasks", __name__)


@bp.get("/comments/<uuid:comment_id>/tasks/new")
@requires(Permission.ASSIGN_TASK, on=Comment)
def new(comment: Comment) -> ResponseReturnValue:
    """Show the form that gives a comment to a colleague."""
    zone = time_zones.zone_of(comment.thread.paragraph.agreement.session, current_actor().delegation)
    return _page(comment, _offered(TaskForm(formdata=None, zone=zone), comment))


@bp.post("/comments/<uuid:comment_id>/tasks")
@requires(Permission.ASSIGN_TASK, on=Comment)
def create(comment: Comment) -> ResponseReturnValue:
    """Give a comment to a colleague to see to by a moment; the other side learns nothing of it."""
    form = _offered(TaskForm(), comment)
    if not form.validate():
        return _page(comment, form), HTTPStatus.UNPROCESSABLE_ENTITY
    tasks.give(db.session, comment=comment, by=current_member(), to=form.chosen, due=form.moment)
    flash(_("It stands on your colleague’s desk. Only your delegation knows of it."))
    return _back_to(comment)


@bp.post("/tasks/<uuid:task_id>/done")
@requires(Permission.CLOSE_TASK, on=Task)
def finish(task: Task) -> ResponseReturnValue:
    """Say that a task is done."""
    tasks.finish(db.session, task=task, by=current_member())
    flash(_("Done. It stays on record."))
    return _back_to(task.comment)


@bp.post("/tasks/<uuid:task_id>/reopen")
@requires(Permission.CLOSE_TASK, on=Task)
def reopen(task: Task) -> ResponseReturnValue:
    """Say that a task is to be done after all."""
    tasks.reopen(db.session, task=task, by=current_member())
    flash(_("Reopened."))
    return _back_to(task.comment)


@bp.post("/tasks/<uuid:task_id>/take-back")
@requires(Permission.CLOSE_TASK, on=Task)
def take_back(task: Task) -> ResponseReturnValue:
    """Say that a task need not be done any more."""
    tasks.take_back(db.session, task=task, by=current_member())
    flash(_("Taken back. It stays on record."))
    return _back_to(task.comment)


def _offered(form: TaskForm, comment: Comment) -> TaskForm:
    colleagues = db.session.scalars(visible(current_actor()).colleagues())
    form.offer(
        colleagues=[(str(one.id), one.account.name) for one in colleagues],
        zones=time_zones.zones(comment.thread.paragraph.agreement.session),
    )
    return form


def _page(comment: Comment, form: TaskForm) -> str:
    agreement = comment.thread.paragraph.agreement
    return render_template("tasks/new.html", comment=comment, form=form, agreement=agreement, marks=marks_of(agreement))


def _back_to(comment: Comment) -> ResponseReturnValue:
    there = url_for("threads.show", thread_id=comment.thread_id, _anchor=f"comment-{comment.id}")
    return redirect(there, HTTPStatus.SEE_OTHER)

"""Dialogues: which one takes part in, what each consists of, and opening one."""

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import check_account, current_memberships, forget_reader, requires, requires_of_account, signed_in
from workflow.forms.dialogues import NewForm
from workflow.forms.rows import rearranged
from workflow.i18n import gettext as _
from workflow.models import Dialogue
from workflow.pages import sides_of
from workflow.permissions import AccountPermission, Permission
from workflow.services import openings
from workflow.transactions import db

bp = Blueprint("dialogues", __name__)


@bp.get("/dialogues")
@signed_in
def index() -> ResponseReturnValue:
    """List the dialogues the reader takes part in."""
    return render_template("dialogues/index.html", members=current_memberships())


@bp.get("/dialogues/new")
@requires_of_account(AccountPermission.OPEN_DIALOGUE)
def new() -> ResponseReturnValue:
    """Show the form for a dialogue."""
    begun = [{"colour": "1"}, {"colour": "2"}]
    return render_template("dialogues/new.html", form=NewForm(formdata=None, data={"sides": begun}))


@bp.post("/dialogues")
@requires_of_account(AccountPermission.OPEN_DIALOGUE)
def create() -> ResponseReturnValue:
    """Open a dialogue; whoever opens it is its secretariat."""
    if (changed := rearranged(request.form)) is not None:
        return render_template("dialogues/new.html", form=NewForm(formdata=changed))
    form = NewForm()
    if not form.validate():
        return render_template("dialogues/new.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        key = _opened(form)
    except openings.NameIsTaken:
        form.short_name.errors = (_("There is a dialogue of this short name already. Choose another."),)
        return render_template("dialogues/new.html", form=form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The dialogue is open, and you are its secretariat. Invite the heads of the delegations next."))
    return redirect(url_for("dialogues.show", dialogue_id=key), HTTPStatus.SEE_OTHER)


def _opened(form: NewForm) -> UUID:
    with db.write() as session:
        forget_reader()
        member = openings.open_dialogue(
            session,
            by=check_account(AccountPermission.OPEN_DIALOGUE),
            short_name=form.short_name.data or "",
            name=form.name,
            sides=form.written,
        )
        return member.dialogue_id


@bp.get("/dialogues/<uuid:dialogue_id>")
@requires(Permission.READ, on=Dialogue)
def show(dialogue: Dialogue) -> ResponseReturnValue:
    """Show a dialogue: its delegations, its sessions and what can be done next."""
    return render_template("dialogues/show.html", dialogue=dialogue, sides=sides_of(dialogue))

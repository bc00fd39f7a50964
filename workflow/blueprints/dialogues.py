"""Dialogues: which one takes part in, what each consists of, opening one, and saying anew what it is called."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import (
    check_account,
    current_actor,
    current_member,
    current_memberships,
    forget_reader,
    requires,
    requires_of_account,
    signed_in,
)
from workflow.forms.dialogues import EditForm, NewForm, filled
from workflow.forms.rows import rearranged
from workflow.i18n import gettext as _
from workflow.models import Dialogue, Entered
from workflow.pages import sides_of
from workflow.permissions import AccountPermission, Permission
from workflow.services import alterations, invitations, openings, particulars
from workflow.services.alterations import Alteration
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
    return render_template(
        "dialogues/show.html",
        dialogue=dialogue,
        sides=sides_of(dialogue),
        awaiting_head=_awaiting_head(dialogue),
        altered=alterations.told(db.session, current_actor(), Entered.DIALOGUE_CHANGED),
    )


def _awaiting_head(dialogue: Dialogue) -> frozenset[str]:
    """Return the delegations that have no head, for who may invite one and is of none of them."""
    seats = invitations.seats(db.session, dialogue, current_actor()) if current_actor().delegation is None else ()
    return frozenset(side.code for _role, side in seats if side is not None)


@bp.get("/dialogues/<uuid:dialogue_id>/edit")
@requires(Permission.EDIT_DIALOGUE, on=Dialogue)
def edit(dialogue: Dialogue) -> ResponseReturnValue:
    """Show the form that says anew what is said of a dialogue."""
    said = filled(particulars.said_of(dialogue), particulars.shown_hash(dialogue))
    return _edit_page(dialogue, EditForm(formdata=None, data=said))


@bp.post("/dialogues/<uuid:dialogue_id>")
@requires(Permission.EDIT_DIALOGUE, on=Dialogue)
def update(dialogue: Dialogue) -> ResponseReturnValue:
    """Show exactly what would change; let it stand so once that was read."""
    if (changed := rearranged(request.form)) is not None:
        return _edit_page(dialogue, EditForm(formdata=changed))
    form, step = EditForm(), request.form.get("step")
    if form.seen.data != particulars.shown_hash(dialogue):
        form.seen.data = particulars.shown_hash(dialogue)  # what would change is shown next, against what now stands
        return _edit_page(dialogue, form, collides=True), HTTPStatus.CONFLICT
    found = _alterations(dialogue, form) if form.validate() else ()
    if not found or step == "again":
        answer = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
        return _edit_page(dialogue, form), answer
    if step != "save":
        return _changes_page(dialogue, form, found)
    particulars.change(
        db.session, dialogue=dialogue, by=current_member(), wanted=form.wanted, seen=form.seen.data or ""
    )
    flash(_("Changed. All sides read it so; what it said before stands on this page."))
    return redirect(url_for("dialogues.show", dialogue_id=dialogue.id), HTTPStatus.SEE_OTHER)


def _alterations(dialogue: Dialogue, form: EditForm) -> tuple[Alteration, ...]:
    """Return what `form` would change; what keeps it from doing so is said in the form."""
    if not particulars.altered(dialogue, form.wanted):
        form.form_errors.append(_("Nothing is changed yet."))
        return ()
    try:
        return particulars.check(db.session, dialogue=dialogue, wanted=form.wanted, seen=form.seen.data or "")
    except openings.NameIsTaken:
        form.short_name.errors = (_("There is a dialogue of this short name already. Choose another."),)
        return ()


def _edit_page(dialogue: Dialogue, form: EditForm, *, collides: bool = False) -> str:
    return render_template(
        "dialogues/edit.html",
        dialogue=dialogue,
        form=form,
        is_settled=particulars.are_settled(db.session, dialogue),
        sides=sides_of(dialogue),
        collides=collides,
    )


def _changes_page(dialogue: Dialogue, form: EditForm, found: Sequence[Alteration]) -> str:
    typed = [(name, text) for name, text in request.form.items(multi=True) if name not in {"csrf_token", "step"}]
    return render_template(
        "dialogues/changes.html",
        dialogue=dialogue,
        form=form,
        alterations=found,
        typed=typed,
        sides=sides_of(dialogue),
    )

"""Invitations: asking somebody to take part, and taking part."""

from datetime import timedelta
from http import HTTPStatus
from typing import Final
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from workflow import passwords
from workflow.access import current_account, current_actor, current_member, forget_reader, public, requires
from workflow.config import Settings
from workflow.forms.invitations import AcceptForm, InviteForm, JoinForm
from workflow.i18n import gettext as _
from workflow.links import invitation_in, invitation_link
from workflow.models import Delegation, Dialogue, Invitation, Membership
from workflow.pages import is_part, seat_words
from workflow.permissions import Permission, Role
from workflow.services import invitations
from workflow.services.locks import lock_dialogue_of
from workflow.services.members import CannotJoin
from workflow.transactions import db

bp = Blueprint("invitations", __name__)

#: Where the session of a browser keeps the token of the link that was opened in it.
_KEPT: Final = "invitation"
#: Where the session keeps which invitation was just made in it: its key, never its token.
_MADE: Final = "invited"
#: What a page with a link is not left by, besides what is sent: loading it anew, and what scripts of open pages ask.
_NO_LEAVING: Final = frozenset({"invitations.made", "news.index", "news.of_agreement", "static"})


@bp.get("/dialogues/<uuid:dialogue_id>/invitations/new")
@requires(Permission.INVITE, on=Dialogue)
def new(dialogue: Dialogue) -> ResponseReturnValue:
    """Show the form for an invitation into the own side."""
    return _new_page(dialogue, InviteForm(formdata=None))


@bp.post("/dialogues/<uuid:dialogue_id>/invitations")
@requires(Permission.INVITE, on=Dialogue)
def create(dialogue: Dialogue) -> ResponseReturnValue:
    """Invite somebody, and lead to the page that shows the link."""
    form = InviteForm()
    form.offer(_seats(dialogue))
    if not form.validate():
        return _new_page(dialogue, form), HTTPStatus.UNPROCESSABLE_ENTITY
    role, delegation = _chosen(dialogue, form)
    settings: Settings = current_app.extensions["settings"]
    invitation = invitations.invite(
        db.session,
        by=current_member(),
        role=role,
        delegation=delegation,
        email=form.email.data or "",
        lasts=timedelta(days=settings.invitation_days),
    )
    session[_MADE] = str(invitation.id)
    return redirect(url_for("invitations.made", invitation_id=invitation.id), HTTPStatus.SEE_OTHER)


@bp.get("/invitations/<uuid:invitation_id>")
@requires(Permission.READ_INVITATION, on=Invitation)
def made(invitation: Invitation) -> ResponseReturnValue:
    """Show the link to be handed on, to the browser it was made in, until another page is opened there."""
    if session.get(_MADE) != str(invitation.id):
        flash(_("The link was shown once, and is not shown again. If it got lost, withdraw it and invite anew."))
        return redirect(url_for("members.index", dialogue_id=invitation.dialogue_id), HTTPStatus.SEE_OTHER)
    return render_template("invitations/created.html", invitation=invitation, link=invitation_link(invitation.id))


@bp.before_app_request
def leave_link() -> None:
    """Forget, once its page is left, which invitation was just made."""
    if request.method == "GET" and request.endpoint not in _NO_LEAVING and not is_part() and _MADE in session:
        session.pop(_MADE)


@bp.post("/invitations/<uuid:invitation_id>/withdrawal")
@requires(Permission.WITHDRAW_INVITATION, on=Invitation)
def withdraw(invitation: Invitation) -> ResponseReturnValue:
    """Take an invitation back."""
    invitations.withdraw(db.session, invitation=invitation, by=current_member())
    flash(_("The invitation is withdrawn. Its link leads nowhere any more."))
    return redirect(url_for("members.index", dialogue_id=invitation.dialogue_id), HTTPStatus.SEE_OTHER)


@bp.get("/invitation")
@public
def show() -> ResponseReturnValue:
    """Say who invites whom to what, and ask; nothing is taken up by looking.

    ``?token=`` is the link's. The browser's session keeps it, and it is in no address after: in no log, in no way back
    from signing in, on no screen that others see.
    """
    if "token" in request.args:
        session[_KEPT] = request.args["token"] if invitation_in(request.args["token"]) else ""
        return redirect(url_for("invitations.show"), HTTPStatus.SEE_OTHER)
    token = session.get(_KEPT)
    invitation = invitations.find_open(db.session, invitation_in(token))
    return _dead() if invitation is None else _page(invitation, JoinForm(formdata=None, token=token))


@bp.post("/invitation/membership")
@public
def accept() -> ResponseReturnValue:
    """Take part, with the account that is signed in and was invited."""
    form = AcceptForm()
    with db.write() as writing:
        invitation = _locked(invitation_in(form.token.data))
        account = current_account()
        if invitation is None:
            return _dead()
        if account is None or account.email != invitation.email:
            return _page(invitation, JoinForm(formdata=None, token=form.token.data)), HTTPStatus.FORBIDDEN
        member = invitations.accept(writing, invitation=invitation, account=account)
        return _welcome(member)


@bp.post("/invitation/account")
@public
def join() -> ResponseReturnValue:
    """Open an account for the address invited, and take part."""
    form = JoinForm()
    key = invitation_in(form.token.data)
    invitation = invitations.find_open(db.session, key)
    if invitation is None:
        return _dead()
    if current_account() is not None:
        return _page(invitation, form), HTTPStatus.FORBIDDEN
    if not form.validate():
        return _page(invitation, form), HTTPStatus.UNPROCESSABLE_ENTITY
    password = passwords.hashed(form.new_password.data or "")  # before the lock: it takes its time, on purpose
    try:
        return _joined(key, name=form.name.data or "", password=password)
    except CannotJoin:
        return _not_joined(key, form)


def _joined(key: UUID | None, *, name: str, password: str) -> ResponseReturnValue:
    with db.write() as writing:
        invitation = _locked(key)
        if invitation is None:
            return _dead()
        invitations.accept_as_new(writing, invitation=invitation, name=name, password=password)
        session.pop(_KEPT, None)
        flash(_("Your account is open, and you take part. Sign in to begin."))
        return redirect(url_for("security.login"), HTTPStatus.SEE_OTHER)


def _not_joined(key: UUID | None, form: JoinForm) -> ResponseReturnValue:
    """Show the form again, in the same words whoever has the account: where it takes part is nobody's to learn."""
    invitation = invitations.find_open(db.session, key)
    if invitation is None:
        return _dead()
    form.form_errors.append(
        _("No account could be opened for this address. If you have one here, sign in with it first.")
    )
    return _page(invitation, form), HTTPStatus.UNPROCESSABLE_ENTITY


def _locked(key: UUID | None) -> Invitation | None:
    """Return the invitation `key` if it can be taken up, its dialogue locked and the reader read again."""
    if key is None or lock_dialogue_of(db.session, Invitation, key) is None:
        return None
    forget_reader()
    return invitations.find_open(db.session, key)


def _welcome(member: Membership) -> ResponseReturnValue:
    session.pop(_KEPT, None)
    flash(_("You take part now, as: %(seat)s.", seat=seat_words(member.role, member.delegation)))
    return redirect(url_for("dialogues.show", dialogue_id=member.dialogue_id), HTTPStatus.SEE_OTHER)


def _dead() -> ResponseReturnValue:
    """Answer every link that leads nowhere alike: expired, used, withdrawn, made up."""
    session.pop(_KEPT, None)
    return render_template("invitations/gone.html"), HTTPStatus.NOT_FOUND


def _page(invitation: Invitation, form: JoinForm) -> str:
    account = current_account()
    return render_template(
        "invitations/show.html",
        invitation=invitation,
        form=form,
        account=account,
        fits=account is not None and account.email == invitation.email,
    )


def _seats(dialogue: Dialogue) -> list[tuple[str, str]]:
    return [
        (f"{role}:{side.code if side else ''}", seat_words(role, side))
        for role, side in invitations.seats(db.session, dialogue, current_actor())
    ]


def _chosen(dialogue: Dialogue, form: InviteForm) -> tuple[Role, Delegation | None]:
    role, _sep, code = (form.seat.data or "").partition(":")
    return Role(role), next((one for one in dialogue.delegations if one.code == code), None)


def _new_page(dialogue: Dialogue, form: InviteForm) -> str:
    form.offer(_seats(dialogue))
    settings: Settings = current_app.extensions["settings"]
    return render_template("invitations/new.html", dialogue=dialogue, form=form, days=settings.invitation_days)

"""Agreements: the list of them, and each with both languages side by side."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, current_memberships, permits, requires, signed_in
from workflow.domain.negotiation import OUT_OF_THE_TEXT, OutOfOrder, Refusal, Standing
from workflow.forms.agreements import NewForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of, marks_of_all, marks_of_list, marks_of_session
from workflow.models import Agreement, DialogueSession
from workflow.open_pages import tells_news
from workflow.pages import one_of, sides_of
from workflow.permissions import Permission
from workflow.services import agreements, changes, discussion, kept_readings, openings, selection, table_views
from workflow.services.agreements import AgreementPage
from workflow.services.discussion import MarginNotes
from workflow.services.selection import Selection
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("agreements", __name__)

MODES = ("negotiating", "clean", "changes")
LANGUAGES = ("both", "en", "zh")
NAMES = ("on", "off")
STANDINGS = ("any", *(one.value for one in Standing if one not in OUT_OF_THE_TEXT))
WAITS = ("anybody", "us")
COMMENTS = ("off", "on")
_CHOICES = {
    "mode": MODES,
    "show": LANGUAGES,
    "names": NAMES,
    "standing": STANDINGS,
    "waits": WAITS,
    "comments": COMMENTS,
}


@bp.get("/agreements")
@signed_in
def index() -> ResponseReturnValue:
    """List the agreements of every dialogue the reader takes part in."""
    found = [(member, db.session.scalars(visible(member.actor).agreements()).all()) for member in current_memberships()]
    listed = [agreement for _, agreements in found for agreement in agreements]
    return render_template(
        "agreements/index.html", dialogues=found, marks=marks_of_list(listed), marks_of_texts=marks_of_all(listed)
    )


@bp.get("/agreements/<uuid:agreement_id>")
@requires(Permission.READ, on=Agreement)
@tells_news("agreements.show")
def show(agreement: Agreement) -> ResponseReturnValue:
    """Show an agreement.

    ``?mode=`` negotiating, clean, or changes, these ``?since=`` looked, agreed or the number of a Rev.;
    ``?show=`` both languages or one; ``?names=off`` leaves out who proposes what. ``?standing=`` and ``?waits=us``
    show some of the paragraphs only, ``?comments=on`` what is discussed about each beside it.
    """
    reading = kept_readings.shown(db.session, agreement)
    agreement = reading.agreement  # all of it has been read
    page = agreements.page(db.session, reading, current_actor())
    asked = {name: one_of(known, request.args.get(name)) for name, known in _CHOICES.items()}
    mode = asked["mode"] if page.is_open else "clean"
    since = one_of(_beginnings(agreement), request.args.get("since"))
    return render_template(
        "agreements/show.html",
        page=page,
        agreement=agreement,
        sides=sides_of(agreement.dialogue),
        mode=mode,
        choices=asked,
        selection=_selection(page, asked),
        margin=_margin(agreement, asked, mode),
        show=asked["show"],
        names=asked["names"],
        beginnings=_beginnings(agreement),
        since=since,
        lying=table_views.lying(db.session, agreement.id, current_actor())
        if permits(Permission.PUT_ON_TABLE, agreement)
        else None,
        changes=changes.since(db.session, reading, current_actor(), since) if asked["mode"] == "changes" else None,
        marks=marks_of(agreement),
    )


@bp.get("/sessions/<uuid:dialogue_session_id>/agreements/new")
@requires(Permission.OPEN_AGREEMENT, on=DialogueSession)
def new(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Show the form for the agreement of a session."""
    if dialogue_session.agreements:
        raise OutOfOrder((Refusal.SESSION_HAS_ITS_AGREEMENT,))
    suggested = f"{dialogue_session.dialogue.short_name}-{dialogue_session.ordinal}"
    return _new_page(dialogue_session, NewForm(formdata=None, short_name=suggested))


@bp.post("/sessions/<uuid:dialogue_session_id>/agreements")
@requires(Permission.OPEN_AGREEMENT, on=DialogueSession)
def create(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Open the agreement of a session, with nothing in it."""
    form = NewForm()
    if not form.validate():
        return _new_page(dialogue_session, form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        agreement = openings.open_agreement(
            db.session, meeting=dialogue_session, by=current_member(), short_name=form.chosen_short_name, name=form.name
        )
    except openings.NameIsTaken:
        form.short_name.errors = (_("There is an agreement of this short name already. Choose another."),)
        return _new_page(dialogue_session, form), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(_("The agreement is open. Whoever drafts for a delegation can propose its first text."))
    return redirect(url_for("agreements.show", agreement_id=agreement.id), HTTPStatus.SEE_OTHER)


def _selection(page: AgreementPage, asked: Mapping[str, str]) -> Selection:
    """Return what of the text was asked for; of one that is not open, where nothing is asked of anybody, all."""
    chosen = None if asked["standing"] == "any" or not page.is_open else Standing(asked["standing"])
    if asked["waits"] == "us" and page.is_open and current_actor().delegation:
        return selection.waiting(page.rows, standing=chosen)
    return selection.everything(page.rows, standing=chosen)


def _margin(agreement: Agreement, asked: Mapping[str, str], mode: str) -> Mapping[UUID, MarginNotes]:
    """Return what stands in the margin; nothing where it was not asked for, or there is no text to stand beside."""
    if asked["comments"] == "off" or mode == "changes" or agreement.is_recorded:
        return {}
    return discussion.in_the_margin(db.session, agreement.id, current_actor())


def _new_page(meeting: DialogueSession, form: NewForm) -> str:
    return render_template("agreements/new.html", meeting=meeting, form=form, marks=marks_of_session(meeting))


def _beginnings(agreement: Agreement) -> tuple[str, ...]:
    """Return since when changes can be shown to the reader."""
    agreed = (changes.AGREED,) if current_actor().delegation else ()
    return (changes.LOOKED, *agreed, *(str(issue.number) for issue in agreement.issues))

"""The agenda: what the last session carried over, and what goes to the next."""

from http import HTTPStatus

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from workflow.access import current_member, current_memberships, requires, signed_in
from workflow.domain.bilingual import Bilingual
from workflow.forms.agenda import DispositionForm, ItemForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of, marks_of_all, marks_of_session
from workflow.models import AgendaItem, Agreement, DialogueSession, Disposition
from workflow.pages import sides_of
from workflow.permissions import Permission
from workflow.services import agenda, agendas, drafts
from workflow.services.reading import read
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("agenda", __name__)


@bp.get("/agenda")
@signed_in
def index() -> ResponseReturnValue:
    """List the sessions of every dialogue the reader takes part in, each with its agenda."""
    found = [(member, db.session.scalars(visible(member.actor).sessions()).all()) for member in current_memberships()]
    return render_template("agenda/index.html", dialogues=found)


@bp.get("/sessions/<uuid:dialogue_session_id>/agenda")
@requires(Permission.READ, on=DialogueSession)
def show(dialogue_session: DialogueSession) -> ResponseReturnValue:
    """Show what stands on the agenda of a session, and what it puts on that of the session after."""
    page = agendas.page(db.session, dialogue_session)
    return render_template(
        "agenda/show.html",
        page=page,
        meeting=dialogue_session,
        form=DispositionForm(formdata=None),
        sides=sides_of(dialogue_session.dialogue),
        marks=tuple(dict.fromkeys((*marks_of_session(dialogue_session), *marks_of_all(page.origins)))),
    )


@bp.post("/agenda/<uuid:agenda_item_id>/dispositions")
@requires(Permission.DISPOSE_AGENDA_ITEM, on=AgendaItem)
def dispose(agenda_item: AgendaItem) -> ResponseReturnValue:
    """Record what a session did with an item it had on its agenda."""
    form = DispositionForm()
    meeting = agendas.meeting_of(db.session, agenda_item, form.chosen_meeting)
    if meeting is None or not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    chosen = Disposition(form.disposition.data or "")
    agenda.dispose(db.session, item=agenda_item, meeting=meeting, by=current_member(), disposition=chosen)
    flash(_("Recorded."))
    return redirect(url_for("agenda.show", dialogue_session_id=meeting.id), HTTPStatus.SEE_OTHER)


@bp.get("/agreements/<uuid:agreement_id>/agenda/new")
@requires(Permission.PROPOSE_AGENDA_ITEM, on=Agreement)
def new(agreement: Agreement) -> ResponseReturnValue:
    """Show the form for proposing an item for the next session."""
    drafts.ensure_open(db.session, agreement)
    return _new_page(agreement, ItemForm())


@bp.post("/agreements/<uuid:agreement_id>/agenda")
@requires(Permission.PROPOSE_AGENDA_ITEM, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Draft an item for the next session; tabling the draft puts it on the agenda."""
    form = ItemForm()
    if not form.validate():
        return _new_page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    title = Bilingual(en=form.title_en.data or "", zh=form.title_zh.data or "")
    draft = drafts.begin_addition(
        db.session,
        agreement=agreement,
        by=current_member(),
        place=drafts.under_last_heading(read(db.session, agreement.id), working_title=title),
        text=Bilingual(en=form.en.data or "", zh=form.zh.data or ""),
        rationale=form.rationale.data or "",
    )
    flash(_("Saved as your private draft. Tabling it puts it on the agenda of the next session."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


def _new_page(agreement: Agreement, form: ItemForm) -> str:
    return render_template("agenda/new.html", form=form, agreement=agreement, marks=marks_of(agreement))

"""Documents of an agreement: making them, and the list of those the own side made."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from workflow.access import current_actor, current_member, requires, requires_reading
from workflow.forms.documents import DocumentForm
from workflow.i18n import gettext as _
from workflow.marks import marks_of
from workflow.models import Agreement, Document, Membership
from workflow.pages import in_reader_language
from workflow.permissions import Permission
from workflow.services import documents
from workflow.services.locks import lock_dialogue_of
from workflow.services.reading import read
from workflow.services.visible import visible
from workflow.transactions import db

bp = Blueprint("documents", __name__)


@bp.get("/agreements/<uuid:agreement_id>/documents")
@requires(Permission.READ, on=Agreement)
def index(agreement: Agreement) -> ResponseReturnValue:
    """Show what can be made of the text, and what the own side has made of it."""
    return _page(agreement, DocumentForm())


@bp.post("/agreements/<uuid:agreement_id>/documents")
@requires_reading(Permission.MAKE_DOCUMENT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Make a document and send it; that it was made goes on record, for the own side only."""
    form = DocumentForm()
    form.offer(_editions(agreement))
    if not form.validate():
        return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    reading = read(db.session, agreement.id)
    if not reading.in_the_text:
        form.form.errors = [_("Nothing is tabled yet: there is no text to make a document of.")]
        return _page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    making = form.chosen
    made = documents.made(reading, making)
    member = current_member()
    with db.write() as session:
        lock_dialogue_of(session, Agreement, agreement.id)
        by = session.get_one(Membership, member.id)
        documents.record(session, agreement=session.get_one(Agreement, agreement.id), by=by, made=made)
    return Response(
        made.file,
        mimetype=making.mimetype,
        headers={"Content-Disposition": f"attachment; filename={making.file_name(agreement.short_name)}"},
    )


def _editions(agreement: Agreement) -> list[tuple[str, str]]:
    own = [
        (delegation.code, _("own edition of %(side)s", side=in_reader_language(delegation.name)))
        for delegation in agreement.dialogue.delegations
    ]
    return [("", _("as in the record, English first")), *own]


def _page(agreement: Agreement, form: DocumentForm) -> str:
    form.offer(_editions(agreement))
    made = db.session.scalars(
        visible(current_actor()).documents().where(Document.agreement_id == agreement.id).limit(50)
    ).all()
    return render_template("documents/index.html", form=form, made=made, agreement=agreement, marks=marks_of(agreement))

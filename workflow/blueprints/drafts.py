"""Writing text inside a delegation, and tabling it."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time

from workflow.access import current_actor, current_member, requires, requires_reading
from workflow.domain.bilingual import Bilingual
from workflow.domain.merging import forks
from workflow.domain.negotiation import AmendmentKind
from workflow.forms.drafts import AdditionForm, AmendmentForm, MergeForm, PointsForm, SaveForm, VersionForm, written
from workflow.i18n import gettext as _
from workflow.i18n import zone_name
from workflow.marks import marks_of
from workflow.models import Agreement, Draft, Paragraph
from workflow.pages import is_part, next_that_waits, place_in_words, said
from workflow.permissions import Permission
from workflow.reader_language import in_reader_language
from workflow.services import amendments, drafting, drafts, outlines, previews
from workflow.services.drafting import Collision
from workflow.services.drafts import StaleDraft
from workflow.services.previews import Preview
from workflow.services.time_zones import in_each_zone
from workflow.transactions import db

bp = Blueprint("drafts", __name__)


@bp.get("/agreements/<uuid:agreement_id>/drafts/new")
@requires(Permission.DRAFT, on=Agreement)
def new(agreement: Agreement) -> ResponseReturnValue:
    """Show the form for a new paragraph; ``?place=`` says where."""
    drafts.ensure_open(db.session, agreement)
    return _new_page(agreement, AdditionForm(place=request.args.get("place", "end")))


@bp.post("/agreements/<uuid:agreement_id>/drafts")
@requires(Permission.DRAFT, on=Agreement)
def create(agreement: Agreement) -> ResponseReturnValue:
    """Begin a private draft of a new paragraph."""
    form = AdditionForm()
    _offer(form, agreement)
    if not form.validate():
        return _new_page(agreement, form), HTTPStatus.UNPROCESSABLE_ENTITY
    draft = drafts.begin_addition(
        db.session,
        agreement=agreement,
        by=current_member(),
        place=form.chosen_place,
        text=written(form),
        rationale=form.rationale.data or "",
    )
    flash(_("Saved as your private draft. Nobody else reads it yet."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/agreements/<uuid:agreement_id>/drafts/preview")
@requires_reading(Permission.DRAFT, on=Agreement)
def preview_addition(agreement: Agreement) -> ResponseReturnValue:
    """Show a new paragraph as it would be read; nothing is saved."""
    form = AdditionForm()
    _offer(form, agreement)
    shown = previews.of_addition(agreement, written(form)) if form.validate() else None
    return _part(form, shown) if is_part() else (_new_page(agreement, form, shown), _answered(shown))


@bp.get("/paragraphs/<uuid:paragraph_id>/drafts/new")
@requires(Permission.DRAFT, on=Paragraph)
def amend(paragraph: Paragraph) -> ResponseReturnValue:
    """Show the form for an amendment, starting from the text as it stands.

    ``?answers=`` starts from another side's amendment, to counter it; ``?anew=`` from an own one that collides.
    """
    drafts.ensure_open(db.session, paragraph.agreement)
    answered, own = (drafting.amendment_of(paragraph, request.args.get(name)) for name in ("answers", "anew"))
    text = (answered or own or paragraph).text or Bilingual("", "")
    form = AmendmentForm(base=paragraph.base, en=text.en, zh=text.zh, answers=str(answered.id) if answered else "")
    return _amend_page(paragraph, form)


@bp.post("/paragraphs/<uuid:paragraph_id>/drafts")
@requires(Permission.DRAFT, on=Paragraph)
def create_amendment(paragraph: Paragraph) -> ResponseReturnValue:
    """Begin a private draft of an amendment; when the text changed meanwhile, show both."""
    form = AmendmentForm()
    if not form.validate():
        return _amend_page(paragraph, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if form.seen_base != paragraph.base:
        form.base.data = str(paragraph.base or "")
        return _amend_page(paragraph, form, typed=written(form)), HTTPStatus.CONFLICT
    draft = drafts.begin_amendment(
        db.session,
        paragraph=paragraph,
        by=current_member(),
        kind=AmendmentKind(form.kind.data),
        text=written(form),
        against=form.seen_base,
        rationale=form.rationale.data or "",
        answers=form.answered,
    )
    flash(_("Saved as your private draft. Nobody else reads it yet."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/paragraphs/<uuid:paragraph_id>/drafts/preview")
@requires_reading(Permission.DRAFT, on=Paragraph)
def preview_amendment(paragraph: Paragraph) -> ResponseReturnValue:
    """Show what an amendment would change in the text as it stands; nothing is saved."""
    form = AmendmentForm()
    shown = None
    if form.validate():
        shown = previews.of_amendment(paragraph, kind=AmendmentKind(form.kind.data), text=written(form))
    return _part(form, shown) if is_part() else (_amend_page(paragraph, form, preview=shown), _answered(shown))


@bp.get("/drafts/<uuid:draft_id>")
@requires(Permission.READ_DRAFT, on=Draft)
def show(draft: Draft) -> ResponseReturnValue:
    """Show a draft: what one writes, and exactly what the other side would see."""
    return _draft_page(draft, _as_saved(draft))


@bp.post("/drafts/<uuid:draft_id>")
@requires(Permission.EDIT_DRAFT, on=Draft)
def save(draft: Draft) -> ResponseReturnValue:
    """Save a draft; when a colleague saved meanwhile, show both texts word by word and lose neither."""
    form = SaveForm()
    if not form.validate():
        return _draft_page(draft, form), HTTPStatus.UNPROCESSABLE_ENTITY
    if draft.is_open and form.seen_version != draft.version:
        return _collision_page(draft, form, base=form.seen_version), HTTPStatus.CONFLICT
    drafts.save(
        db.session,
        draft=draft,
        by=current_member(),
        text=written(form),
        rationale=form.rationale.data or "",
        version=form.seen_version,
        is_severable=form.is_severable.data,
        other_stands=form.other_stands.data,
    )
    flash(_("Saved."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<uuid:draft_id>/preview")
@requires_reading(Permission.EDIT_DRAFT, on=Draft)
def preview(draft: Draft) -> ResponseReturnValue:
    """Show what the page holds as the other side would see it; nothing is saved."""
    form = SaveForm()
    shown = None
    if form.validate():
        shown = previews.of_draft(draft, text=written(form), stands=form.other_stands.data)
    return _part(form, shown) if is_part() else (_draft_page(draft, form, preview=shown), _answered(shown))


@bp.post("/drafts/<uuid:draft_id>/autosave")
@requires(Permission.EDIT_DRAFT, on=Draft)
def autosave(draft: Draft) -> ResponseReturnValue:
    """Save what the page holds without being asked; say the version it now has, or why it could not be saved."""
    form = SaveForm()
    if not form.validate():
        return {"errors": form.errors}, HTTPStatus.UNPROCESSABLE_ENTITY
    if draft.is_open and form.seen_version != draft.version and drafts.says(draft, written(form), form.rationale.data):
        return _saved(draft)
    if not draft.is_open or form.seen_version != draft.version:
        return {"why": "collision" if draft.is_open else "closed"}, HTTPStatus.CONFLICT
    drafts.autosave(
        db.session,
        draft=draft,
        by=current_member(),
        text=written(form),
        rationale=form.rationale.data or "",
        version=form.seen_version,
        is_severable=form.is_severable.data,
    )
    return _saved(draft)


@bp.post("/drafts/<uuid:draft_id>/merge")
@requires(Permission.EDIT_DRAFT, on=Draft)
def merge(draft: Draft) -> ResponseReturnValue:
    """Show the text merged as chosen, to be read and saved; where a colleague saved again, the choices begin anew."""
    form = MergeForm()
    if not form.validate():
        return _collision_page(draft, form, base=form.base_version), HTTPStatus.UNPROCESSABLE_ENTITY
    found = _collision(draft, form, base=form.base_version)
    chosen = form.choices_for({name: len(forks(pieces)) for name, pieces in found.passages.items()})
    if form.seen_version != draft.version or chosen is None:
        missing = form.seen_version == draft.version
        page = _collision_page(draft, form, base=form.base_version, missing=missing)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if missing else HTTPStatus.CONFLICT
    text, rationale = found.resolved(chosen)
    merged = _as_saved(draft, text=text, rationale=rationale)
    return _draft_page(draft, merged, merged=text)


@bp.errorhandler(StaleDraft)
def outrun(error: StaleDraft) -> ResponseReturnValue:
    """Show a draft as it now stands to whoever acted on one that a colleague has saved since."""
    return _draft_page(error.draft, _as_saved(error.draft), outrun=True), HTTPStatus.CONFLICT


@bp.post("/drafts/<uuid:draft_id>/points")
@requires(Permission.EDIT_DRAFT, on=Draft)
def group(draft: Draft) -> ResponseReturnValue:
    """Group the changes of a draft into points that stand or fall together."""
    form = PointsForm()
    points = drafts.rearranged(draft, form.how.data or "", form.chosen)
    drafts.group(db.session, draft=draft, by=current_member(), points=points, version=form.seen_version)
    return redirect(url_for("drafts.show", draft_id=draft.id, _anchor="points"), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<uuid:draft_id>/table")
@requires(Permission.TABLE, on=Draft)
def table(draft: Draft) -> ResponseReturnValue:
    """Put a draft before the other side, exactly as the page showed it."""
    form = VersionForm()
    amendment = amendments.table(db.session, draft=draft, by=current_member(), version=form.seen_version)
    said(
        _("Tabled. The other side sees it now."),
        next_that_waits(db.session, draft.agreement, after=amendment.paragraph),
        (_("Write another paragraph"), url_for("drafts.new", agreement_id=draft.agreement_id)),
    )
    return redirect(url_for("paragraphs.show", paragraph_id=amendment.paragraph_id), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<uuid:draft_id>/share")
@requires(Permission.EDIT_DRAFT, on=Draft)
def share(draft: Draft) -> ResponseReturnValue:
    """Let the own delegation read a draft and write in it."""
    drafts.share(db.session, draft=draft, by=current_member())
    flash(_("Your delegation can read this draft now, and write in it."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<uuid:draft_id>/update")
@requires(Permission.EDIT_DRAFT, on=Draft)
def bring_up_to_date(draft: Draft) -> ResponseReturnValue:
    """Set a draft against the text as it stands now, its own words unchanged."""
    form = VersionForm()
    drafts.bring_up_to_date(db.session, draft=draft, by=current_member(), version=form.seen_version)
    flash(_("The draft is now set against the text as it stands. Read it once more before you table it."))
    return redirect(url_for("drafts.show", draft_id=draft.id), HTTPStatus.SEE_OTHER)


@bp.post("/drafts/<uuid:draft_id>/discard")
@requires(Permission.EDIT_DRAFT, on=Draft)
def discard(draft: Draft) -> ResponseReturnValue:
    """Put a draft away."""
    drafts.discard(db.session, draft=draft, by=current_member())
    own = draft.membership_id == current_member().id
    said(
        _("The draft is put away."),
        (_("Read what it said"), url_for("drafts.show", draft_id=draft.id)) if own else None,
    )
    return redirect(url_for("agreements.show", agreement_id=draft.agreement_id), HTTPStatus.SEE_OTHER)


def _part(form: AdditionForm | AmendmentForm | SaveForm, shown: Preview | None) -> ResponseReturnValue:
    """Return what is being written, for the page's script, or what is wrong with it, where it could not be saved."""
    return render_template("drafts/preview.html", form=form, preview=shown), _answered(shown)


def _answered(shown: Preview | None) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if shown is None else HTTPStatus.OK


def _saved(draft: Draft) -> dict[str, object]:
    """Return what the page's script is told once it has saved: the version, and when in the zones of the session."""
    times = in_each_zone(draft.agreement.session, draft.saved_at)
    said = _(
        "Saved by itself at %(times)s.",
        times=_("; ").join(
            _("%(time)s %(zone)s", time=format_time(one, "HH:mm", rebase=False), zone=zone_name(one.tzinfo))
            for one in times
        ),
    )
    return {"version": draft.version, "says": said}


def _as_saved(draft: Draft, *, text: Bilingual | None = None, rationale: str | None = None) -> SaveForm:
    """Return the form as the draft was saved, or holding another text.

    That the other language of a new paragraph stands is said each time anew.
    """
    return SaveForm(
        version=draft.version,
        en=(text or draft.text).en,
        zh=(text or draft.text).zh,
        rationale=draft.rationale if rationale is None else rationale,
        is_severable=draft.is_severable,
        other_stands=draft.other_stands and not draft.is_addition,
        formdata=None,
    )


def _offer(form: AdditionForm, agreement: Agreement) -> None:
    """Let the form choose among the places of the text and the delegations of its dialogue."""
    found = outlines.outline(db.session, agreement.id, current_actor())
    sides = [(one.code, in_reader_language(one.name)) for one in agreement.dialogue.delegations]
    form.offer([(value, place_in_words(value, words, number)) for value, words, number in found.places()], sides=sides)


def _new_page(agreement: Agreement, form: AdditionForm, preview: Preview | None = None) -> str:
    _offer(form, agreement)
    return render_template(
        "drafts/new.html", form=form, agreement=agreement, preview=preview, marks=marks_of(agreement)
    )


def _amend_page(
    paragraph: Paragraph, form: AmendmentForm, *, typed: Bilingual | None = None, preview: Preview | None = None
) -> str:
    return render_template(
        "drafts/amend.html",
        form=form,
        page=drafting.beside(db.session, paragraph, current_actor()),
        answered=drafting.amendment_of(paragraph, form.answers.data),
        typed=typed,
        preview=preview,
        marks=marks_of(paragraph.agreement),
    )


def _draft_page(
    draft: Draft,
    form: SaveForm,
    *,
    merged: Bilingual | None = None,
    outrun: bool = False,
    preview: Preview | None = None,
) -> str:
    return render_template(
        "drafts/put_away.html" if draft.is_put_away else "drafts/show.html",
        form=form,
        page=drafting.page(db.session, draft, current_actor()),
        merged=merged,
        outrun=outrun,
        preview=preview,
        marks=marks_of(draft.agreement),
    )


def _collision(draft: Draft, form: SaveForm, *, base: int) -> Collision:
    return drafting.collision(
        db.session,
        draft,
        typed=written(form),
        rationale=form.rationale.data or "",
        version=base,
        actor=current_actor(),
    )


def _collision_page(draft: Draft, form: SaveForm, *, base: int, missing: bool = False) -> str:
    return render_template(
        "drafts/collision.html",
        draft=draft,
        form=form,
        base=base,
        collision=_collision(draft, form, base=base),
        typed=written(form),
        missing=missing,
        chosen=form.chosen if isinstance(form, MergeForm) and missing else None,
        marks=marks_of(draft.agreement),
    )

"""What is said of a dialogue: when it is opened, and when that is changed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms.validators import ValidationError

from workflow.dialogue_file.fields import CODE, FILE_NAME, LONGEST_LINE, NAME
from workflow.domain.bilingual import Bilingual, is_blank
from workflow.domain.document_names import COVER_FIELDS, FILE_NAME_FIELDS, unknown_fields
from workflow.forms import PageForm
from workflow.forms.fields import LineField, Matching, NotBlank, NoteField, choices
from workflow.forms.rows import Row
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.services.openings import Side
from workflow.services.particulars import Particulars

FEWEST_SIDES = 2
MOST_SIDES = 3
"""Sides that screens have a colour and an underline for."""

MOST_ON_A_COVER: Final = 10 * LONGEST_LINE

COVER_SPELLING = _l(
    "A line each; the fields are {dialogue}, {agreement}, {session}, {dates}, {places} and {hosts}. "
    "Empty for the usual cover."
)
FILE_NAME_SPELLING = _l(
    "The fields are {agreement}, {dialogue}, {session}, {rev}, {document}, {layout}, {edition}, {house} and {paper}. "
    "Empty for the usual name."
)
SPELLING = _l("Small letters, digits and hyphens, such as digital-economy.")


class SideRow(Row):
    """One delegation."""

    WRITTEN = ("code", "name_en", "name_zh", "adjective_en", "adjective_zh")

    code = LineField(
        _l("Letters that stand for it"),
        (NotBlank(), Matching(CODE, _l("Two to eight capital letters or digits, a letter first, such as US."))),
        description=_l("Two to eight capitals, in brackets and on flags: US."),
    )
    name_en = LineField(_l("Name in English"), (NotBlank(),))
    name_zh = LineField(_l("Name in Chinese"), (NotBlank(),))
    adjective_en = LineField(
        _l("In front of a noun, in English"), (NotBlank(),), description=_l("As in “U.S. participants”.")
    )
    adjective_zh = LineField(_l("In front of a noun, in Chinese"), (NotBlank(),))
    first_en = LineField(
        _l("Sides named together, its own first, in English"),
        description=_l("As in “U.S.-China”. May stay empty; for titles, never for agreed text."),
    )
    first_zh = LineField(_l("Sides named together, its own first, in Chinese"))
    colour = SelectField(
        _l("Colour and underline"),
        choices=choices(
            [("1", _l("first (solid line)")), ("2", _l("second (dotted line)")), ("3", _l("third (dashed line)"))]
        ),
    )

    def validate_first_zh(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse one language without the other."""
        if bool((self.first_en.data or "").strip()) != bool((field.data or "").strip()):
            raise ValidationError(_("Write it in both languages, or in neither."))


class NewForm(PageForm):
    """``dialogues/new.html``: open a dialogue with its delegations."""

    name_en = LineField(_l("Name in English"), (NotBlank(),))
    name_zh = LineField(_l("Name in Chinese"), (NotBlank(),))
    short_name = LineField(_l("Short name"), (NotBlank(), Matching(NAME, SPELLING)), description=SPELLING)
    sides = FieldList(FormField(SideRow), label=_l("Delegations"), min_entries=FEWEST_SIDES, max_entries=MOST_SIDES)

    @property
    def written(self) -> tuple[Side, ...]:
        """The delegations, in their order."""
        return tuple(
            Side(
                code=row.code.data or "",
                name=Bilingual(row.name_en.data or "", row.name_zh.data or ""),
                adjective=Bilingual(row.adjective_en.data or "", row.adjective_zh.data or ""),
                colour=int(row.colour.data),
                named_first=Bilingual(row.first_en.data or "", row.first_zh.data or ""),
            )
            for entry in self.sides
            if not (row := entry.form).is_empty
        )

    @property
    def name(self) -> Bilingual:
        """What the dialogue is called."""
        return Bilingual(self.name_en.data or "", self.name_zh.data or "")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether all of it is in order, and the delegations can be told apart; all that is wrong is said at once."""
        in_order = super().validate(extra_validators)
        self.form_errors.extend(_alike([entry.form for entry in self.sides if not entry.form.is_empty]))
        return in_order and not self.form_errors


class KnownSideRow(SideRow):
    """A delegation there is: its letters stand."""

    code = HiddenField()  # type: ignore[assignment]  # a field all the same


class EditForm(NewForm):
    """``dialogues/edit.html`` and ``dialogues/changes.html``: say anew what is said of a dialogue."""

    seen = HiddenField()
    """The hash of what was said when the page was opened."""
    cover_en = NoteField(_l("Cover of documents, in English"), most=MOST_ON_A_COVER, description=COVER_SPELLING)
    cover_zh = NoteField(_l("Cover of documents, in Chinese"), most=MOST_ON_A_COVER)
    file_name = LineField(_l("Names of files"), description=FILE_NAME_SPELLING)
    sides = FieldList(FormField(KnownSideRow), label=_l("Delegations"), max_entries=MOST_SIDES)

    @property
    def wanted(self) -> Particulars:
        """What the dialogue is to say."""
        return Particulars(
            short_name=self.short_name.data or "",
            name=self.name,
            cover=Bilingual(self.cover_en.data or "", self.cover_zh.data or ""),
            file_name=self.file_name.data or "",
            sides=self.written,
        )

    def validate_cover_en(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse fields there are not."""
        _check_fields(field.data, COVER_FIELDS)

    def validate_cover_zh(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse fields there are not, and lines that stand in one language only."""
        _check_fields(field.data, COVER_FIELDS)
        english, chinese = (_lines(one.data) for one in (self.cover_en, field))
        if len(english) != len(chinese) or any(is_blank(line) for line in (*english, *chinese)):
            raise ValidationError(_("Each line stands in both languages, and none is empty."))

    def validate_file_name(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse what no file is called."""
        _check_fields(field.data, FILE_NAME_FIELDS)
        if field.data and not FILE_NAME.fullmatch(field.data):
            raise ValidationError(_("Letters, digits, hyphens and fields in braces only."))


def filled(said: Particulars, seen: str) -> dict[str, Any]:
    """Return what a form shows that says `said`; ``EditForm(data=…)`` takes it."""
    return {
        "seen": seen,
        "name_en": said.name.en,
        "name_zh": said.name.zh,
        "short_name": said.short_name,
        "cover_en": said.cover.en,
        "cover_zh": said.cover.zh,
        "file_name": said.file_name,
        "sides": [
            {
                "code": one.code,
                "name_en": one.name.en,
                "name_zh": one.name.zh,
                "adjective_en": one.adjective.en,
                "adjective_zh": one.adjective.zh,
                "first_en": one.named_first.en,
                "first_zh": one.named_first.zh,
                "colour": str(one.colour),
            }
            for one in said.sides
        ],
    }


def _alike(sides: Sequence[SideRow]) -> list[str]:
    """Return why `sides` cannot be told apart, or are too few; what is wrong within one of them, it says itself."""
    wrong = []
    if len(sides) < FEWEST_SIDES:
        wrong.append(_("A dialogue has two delegations at least. One of which nothing is written does not count."))
    if _has_twice(one.code.data for one in sides):
        wrong.append(_("Two delegations have the same letters."))
    if _has_twice(one.colour.data for one in sides):
        wrong.append(_("Two delegations have the same colour."))
    return wrong


def _has_twice(said: Iterable[str | None]) -> bool:
    given = [one for one in said if one]
    return len(set(given)) < len(given)


def _lines(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _check_fields(pattern: str | None, known: frozenset[str]) -> None:
    if unknown := unknown_fields(pattern or "", known):
        fields = ", ".join(f"{{{one}}}" for one in sorted(known))
        raise ValidationError(
            _("There is no field “%(field)s”. There are: %(fields)s.", field=unknown[0], fields=fields)
        )

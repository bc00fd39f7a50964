"""What is said of a dialogue when it is opened."""

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList, FormField, SelectField
from wtforms.validators import ValidationError

from workflow.dialogue_file.fields import CODE, NAME
from workflow.domain.bilingual import Bilingual
from workflow.forms import PageForm
from workflow.forms.fields import LineField, Matching, NotBlank, choices
from workflow.forms.rows import Row
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.services.openings import Side

FEWEST_SIDES = 2
MOST_SIDES = 3
"""Sides that screens have a colour and an underline for."""

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
        """Whether all of it is in order, and the delegations can be told apart."""
        if not super().validate(extra_validators):
            return False
        sides = self.written
        if len(sides) < FEWEST_SIDES:
            self.form_errors.append(_("A dialogue has two delegations at least."))
        elif len({one.code for one in sides}) < len(sides):
            self.form_errors.append(_("Two delegations have the same letters."))
        elif len({one.colour for one in sides}) < len(sides):
            self.form_errors.append(_("Two delegations have the same colour."))
        return not self.form_errors

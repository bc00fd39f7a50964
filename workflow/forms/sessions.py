"""What the pages of a session send: what is said of it, and the participant list that was shown."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from workflow.domain.bilingual import Bilingual
from workflow.forms import PageForm
from workflow.forms.fields import KnownTimeZone, LineField, NotBlank, choices
from workflow.forms.rows import Row
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.services.sessions import Days, Details, Hosting

MOST_PLACES: Final = 10
LARGEST_ORDINAL: Final = 999
"""Of a session, in files too."""


class ListForm(PageForm):
    """``sessions/show.html``: confirm the own list."""

    seen = HiddenField()
    """The hash of the list on the page."""


class PlaceRow(Row):
    """Where a session is held."""

    WRITTEN = ("en", "zh")

    en = LineField(_l("In English"), (NotBlank(),))
    zh = LineField(_l("In Chinese"), (NotBlank(),))


class DatesRow(Row):
    """First and last day in one side's calendar."""

    WRITTEN = ("first", "last", "time_zone")

    side = SelectField(_l("Whose calendar"), choices=[])
    first = DateField(_l("First day"), validators=(InputRequired(_l("Write the first day.")),))
    last = DateField(_l("Last day"), validators=(InputRequired(_l("Write the last day.")),))
    time_zone = LineField(
        _l("Time zone"),
        (NotBlank(), KnownTimeZone()),
        description=_l("Such as Asia/Shanghai or America/New_York."),
    )

    def validate_last(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse a last day before the first."""
        if self.first.data and field.data and field.data < self.first.data:
            raise ValidationError(_("The last day lies before the first."))


class HostRow(Row):
    """An institution that hosts."""

    WRITTEN = ("en", "zh")

    en = LineField(_l("In English"), (NotBlank(),))
    zh = LineField(_l("In Chinese"), (NotBlank(),))
    side = SelectField(_l("Belongs to"), choices=[])


class DetailsForm(PageForm):
    """``sessions/new.html`` and ``sessions/edit.html``: what is said of a session."""

    seen = HiddenField()
    """The hash of what was said when the page was opened."""
    ordinal = IntegerField(
        _l("Number"),
        validators=(
            InputRequired(_l("Write the number of the session.")),
            NumberRange(1, LARGEST_ORDINAL, _l("From 1 to 999.")),
        ),
        description=_l("Among the sessions of this dialogue."),
    )
    name_en = LineField(_l("Name in English"), (NotBlank(),))
    name_zh = LineField(_l("Name in Chinese"), (NotBlank(),))
    places = FieldList(FormField(PlaceRow), label=_l("Places"), max_entries=MOST_PLACES)
    dates = FieldList(FormField(DatesRow), label=_l("Dates"), max_entries=MOST_PLACES)
    hosts = FieldList(FormField(HostRow), label=_l("Hosts"), max_entries=MOST_PLACES)
    label_en = LineField(
        _l("Off the record, in English"), description=_l("The label it is held under; may stay empty.")
    )
    label_zh = LineField(_l("Off the record, in Chinese"))
    is_exercise = BooleanField(
        _l("This is an exercise"), description=_l("Then every page and document of it says that it is fictional.")
    )
    note_en = LineField(
        _l("Note in English"), description=_l("What a reader of the record should know; may stay empty.")
    )
    note_zh = LineField(_l("Note in Chinese"))

    taken: frozenset[int] = frozenset()
    """The numbers of the dialogue's other sessions."""

    def offer(self, sides: Sequence[tuple[str, str]]) -> None:
        """Let dates be of `sides`, and hosts belong to them, as ``(code, words)``."""
        for entry in self.dates:
            entry.form.side.choices = choices([("", _("all sides")), *sides])
        for one in self.hosts:
            one.form.side.choices = choices([("", _("no one side")), *sides])

    @property
    def written(self) -> Details:
        """What is said, rows in which nothing is written left out."""
        return Details(
            ordinal=self.ordinal.data or 0,
            name=_pair(self.name_en, self.name_zh),
            is_exercise=bool(self.is_exercise.data),
            off_the_record=_pair(self.label_en, self.label_zh),
            note=_pair(self.note_en, self.note_zh),
            places=tuple(_pair(row.en, row.zh) for row in _written(self.places)),
            dates=tuple(
                Days(side=row.side.data or None, first=row.first.data, last=row.last.data, time_zone=row.time_zone.data)
                for row in _written(self.dates)
            ),
            hosts=tuple(
                Hosting(name=_pair(row.en, row.zh), side=row.side.data or None) for row in _written(self.hosts)
            ),
        )

    def validate_ordinal(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse the number of another session."""
        if field.data in self.taken:
            raise ValidationError(_("Another session has this number."))

    def validate_label_zh(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse one language without the other."""
        _both(self.label_en, field)

    def validate_note_zh(self, field: Any) -> None:  # noqa: ANN401 -- a WTForms field
        """Refuse one language without the other."""
        _both(self.note_en, field)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Whether all of it is in order, and no calendar stands there twice."""
        if not super().validate(extra_validators):
            return False
        calendars = [row.side.data or "" for row in _written(self.dates)]
        if len(set(calendars)) < len(calendars) or ("" in calendars and len(calendars) > 1):
            self.form_errors.append(_("Dates are of all sides, or of each side once."))
        return not self.form_errors


def filled(details: Details, seen: str) -> dict[str, Any]:
    """Return what a form shows that says `details`; ``DetailsForm(data=…)`` takes it."""
    return {
        "seen": seen,
        "ordinal": details.ordinal,
        "name_en": details.name.en,
        "name_zh": details.name.zh,
        "is_exercise": details.is_exercise,
        "label_en": details.off_the_record.en,
        "label_zh": details.off_the_record.zh,
        "note_en": details.note.en,
        "note_zh": details.note.zh,
        "places": [{"en": one.en, "zh": one.zh} for one in details.places],
        "dates": [
            {"side": one.side or "", "first": one.first, "last": one.last, "time_zone": one.time_zone}
            for one in details.dates
        ],
        "hosts": [{"en": one.name.en, "zh": one.name.zh, "side": one.side or ""} for one in details.hosts],
    }


def _pair(en: Any, zh: Any) -> Bilingual:  # noqa: ANN401 -- WTForms fields
    return Bilingual(en.data or "", zh.data or "")


def _written(rows: Any) -> list[Any]:  # noqa: ANN401 -- a WTForms field and its rows
    return [entry.form for entry in rows if not entry.form.is_empty]


def _both(en: Any, zh: Any) -> None:  # noqa: ANN401 -- WTForms fields
    if bool((en.data or "").strip()) != bool((zh.data or "").strip()):
        raise ValidationError(_("Write it in both languages, or in neither."))

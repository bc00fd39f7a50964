"""What a side writes on its participant list."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField

from workflow.domain.bilingual import Bilingual
from workflow.forms import PageForm, key_in
from workflow.forms.fields import LineField, NotBlank, choices
from workflow.forms.rows import MOST_ROWS, Row
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.models import Participation
from workflow.services.participants import Listed

#: What usually stands between a name and a title.
USUAL: Final = (" ", ", ", "，", "\u3000")


class PersonRow(Row):
    """One person on the list."""

    WRITTEN = ("display_en", "display_zh", "title_en", "title_zh")

    person = HiddenField()
    """The key of somebody the dialogue knows; empty for somebody new."""
    display_en = LineField(_l("Name, in Latin letters"), (NotBlank(),), description=_l("As it is to be printed."))
    display_zh = LineField(
        _l("Name, in Chinese characters"),
        description=_l("Only where the characters are attested; else the Latin form stands."),
    )
    title_en = LineField(_l("Title or post, in English"), (NotBlank(),))
    title_zh = LineField(_l("Title or post, in Chinese"))
    separator = SelectField(_l("Between name and title"), choices=[])
    is_leader = BooleanField(_l("Leads the delegation"))


class EditForm(PageForm):
    """``participants/edit.html``: write the own list."""

    seen = HiddenField()
    """The hash of the list that was shown."""
    heading_en = LineField(_l("Heading in English"), (NotBlank(),))
    heading_zh = LineField(_l("Heading in Chinese"), (NotBlank(),))
    people = FieldList(FormField(PersonRow), label=_l("People"), max_entries=MOST_ROWS)
    whom = SelectField(_l("Whom to add"), choices=[], default="", validate_choice=False)

    def offer(self, separators: Iterable[str], known: Sequence[Participation]) -> None:
        """Let `separators` stand between name and title beside the usual, and people who are `known` be added."""
        every = dict.fromkeys((*USUAL, *separators))
        for entry in self.people:
            entry.form.separator.choices = choices((spelt(one), in_words(one)) for one in every)
        on_it = {entry.form.person.data for entry in self.people}
        again = [(str(one.person_id), one.display.en) for one in known if str(one.person_id) not in on_it]
        self.whom.choices = choices([("", _("somebody new")), *again])

    @property
    def heading(self) -> Bilingual:
        """What stands above the list."""
        return Bilingual(self.heading_en.data or "", self.heading_zh.data or "")

    @property
    def written(self) -> tuple[Listed, ...]:
        """The people, in their order; rows in which nothing is written left out."""
        return tuple(
            Listed(
                person=key_in(row.person.data),
                display=Bilingual(row.display_en.data or "", row.display_zh.data or ""),
                separator=read(row.separator.data or ""),
                title=Bilingual(row.title_en.data or "", row.title_zh.data or ""),
                is_leader=bool(row.is_leader.data),
            )
            for entry in self.people
            if not (row := entry.form).is_empty
        )


def filled(heading: Bilingual, participations: Iterable[Participation], seen: str) -> dict[str, Any]:
    """Return what a form shows of a list; ``EditForm(data=…)`` takes it."""
    return {
        "seen": seen,
        "heading_en": heading.en,
        "heading_zh": heading.zh,
        "people": [row(one) | {"is_leader": one.is_leader} for one in participations],
    }


def row(listed: Participation) -> dict[str, str]:
    """Return the fields of the row of somebody who is listed, as a browser sends them, but for who leads."""
    return {
        "person": str(listed.person_id),
        "display_en": listed.display.en,
        "display_zh": listed.display.zh,
        "title_en": listed.title.en,
        "title_zh": listed.title.zh,
        "separator": spelt(listed.separator),
    }


def whom(known: Iterable[Participation], key: str | None) -> Mapping[str, str]:
    """Return what the row of somebody `known` begins with; a blank between name and title for somebody new."""
    found = next((one for one in known if str(one.person_id) == key), None)
    return {"separator": spelt(USUAL[0]), "display_en": ""} if found is None else row(found)


def spelt(separator: str) -> str:
    """Return `separator` by its code points: nothing on the way can take a no-break space for a blank."""
    return "-".join(f"{ord(character):04X}" for character in separator)


def read(spelling: str) -> str:
    """Return the separator that :func:`spelt` spelt so."""
    return "".join(chr(int(point, 16)) for point in spelling.split("-") if point)


def in_words(separator: str) -> str:
    """Return what a person reads of `separator`: its usual name, or its code points."""
    usual = {
        " ": _("a blank"),
        ", ": _("a comma and a blank"),
        "，": _("a full-width comma"),
        "\u3000": _("a full-width blank"),
        "\u00a0": _("a no-break space"),
    }
    points = " ".join(f"U+{ord(character):04X}" for character in separator)
    return usual.get(separator) or (f"{separator.strip()} ({points})" if separator.strip() else points)

"""What people choose, type or bring to begin a text."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from wtforms import BooleanField, FieldList, FileField, HiddenField, SelectField, StringField

from workflow.domain.bilingual import Bilingual
from workflow.domain.openings import FIELDS
from workflow.domain.plain_text import Layout
from workflow.domain.text import ParagraphKind
from workflow.forms import PageForm
from workflow.forms.fields import LineField, WordingField, choices
from workflow.i18n import lazy_gettext as _l

MOST_IN_A_TEXT: Final = 60_000
"""Characters a whole text can have in one language, typed or brought: three times the longest agreement there was."""


class Source(StrEnum):
    """What a text is begun from."""

    LAST = "last"
    TYPED = "typed"
    FILE = "file"


class BeginningForm(PageForm):
    """``beginnings/show.html`` and, hidden, ``beginnings/understood.html``."""

    source = HiddenField()

    headings = BooleanField(_l("Its headings"))
    everything = BooleanField(_l("Every paragraph of it"))
    opening_en = WordingField(_l("Opening paragraph in English"))
    opening_zh = WordingField(_l("Opening paragraph in Chinese"))
    ordinal_en = LineField(_l("Ordinal in English"))
    ordinal_zh = LineField(_l("Ordinal in Chinese"))
    dates_en = LineField(_l("Dates in English"))
    dates_zh = LineField(_l("Dates in Chinese"))
    place_en = LineField(_l("Place in English"))
    place_zh = LineField(_l("Place in Chinese"))
    hosts_en = LineField(_l("Hosts in English"))
    hosts_zh = LineField(_l("Hosts in Chinese"))

    en = WordingField(_l("English text"), most=MOST_IN_A_TEXT, description=_l("One paragraph a line."))
    zh = WordingField(
        _l("Chinese text"), most=MOST_IN_A_TEXT, description=_l("One paragraph a line, in the same order.")
    )
    layout = SelectField(
        _l("How the languages stand"),
        choices=choices(
            [
                (Layout.APART.value, _l("English in one area, Chinese in the other")),
                (Layout.IN_TURN.value, _l("each English paragraph with its Chinese after it")),
            ]
        ),
        default=Layout.APART.value,
    )
    file = FileField(
        _l("Or a file"),
        description=_l("Plain text in UTF-8, or an agreement in the format of the dialogue file (.yaml)."),
    )
    yaml = WordingField(_l("The agreement as its file says it"), most=2 * MOST_IN_A_TEXT)
    kind = FieldList(StringField())
    """For each line of what was typed, what it is."""

    @property
    def opening(self) -> Bilingual:
        """The opening paragraph as the person left it, fields in braces among it."""
        return Bilingual(en=self.opening_en.data or "", zh=self.opening_zh.data or "")

    @property
    def given(self) -> Mapping[str, Bilingual]:
        """What the person gave for each field."""
        return {name: Bilingual(en=self[f"{name}_en"].data or "", zh=self[f"{name}_zh"].data or "") for name in FIELDS}

    @property
    def kinds(self) -> list[ParagraphKind] | None:
        """What each line is, as the person confirmed it; ``None`` where something unreadable was sent, or nothing."""
        sent = [one for one in self.kind.data if one in set(ParagraphKind)]
        return [ParagraphKind(one) for one in sent] if sent and len(sent) == len(self.kind.data) else None

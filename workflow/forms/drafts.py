"""What people type when they write text: new paragraphs, amendments, and saves of either."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from wtforms import BooleanField, FieldList, HiddenField, IntegerField, RadioField, SelectField, StringField

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.merging import Whose
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.forms import OnTextForm, PageForm, key_in, version_in
from workflow.forms.fields import LineField, NoteField, WordingField, choices
from workflow.i18n import lazy_gettext as _l
from workflow.services.drafts import Place

#: How the kinds a person can add print their labels.
LABEL_STYLE_OF: Final = {
    ParagraphKind.BULLET: LabelStyle.BULLET,
    ParagraphKind.NUMBERED_ITEM: LabelStyle.PARENTHESISED,
}


class _TextFields:
    """The two texts, and why."""

    en = WordingField(_l("English text"))
    zh = WordingField(_l("Chinese text"))
    rationale = NoteField(
        _l("Why"), description=_l("The other side reads this together with the text. It may stay empty.")
    )


def written(form: "AdditionForm | AmendmentForm | SaveForm") -> Bilingual:
    """Return both texts as typed."""
    return Bilingual(en=form.en.data or "", zh=form.zh.data or "")


class AdditionForm(_TextFields, PageForm):
    """``drafts/new.html``: begin a new paragraph."""

    place = SelectField(_l("Where it goes"))
    kind = SelectField(
        _l("What it is"),
        choices=choices(
            [
                (ParagraphKind.NARRATIVE.value, _l("paragraph")),
                (ParagraphKind.LEAD_IN.value, _l("lead-in to a list")),
                (ParagraphKind.BULLET.value, _l("bullet")),
                (ParagraphKind.NUMBERED_ITEM.value, _l("numbered item")),
                (ParagraphKind.HEADING.value, _l("heading")),
            ]
        ),
        default=ParagraphKind.NARRATIVE.value,
    )
    recommendation = BooleanField(_l("It is a recommendation"))
    speaker = SelectField(_l("Whose statement it is"), default="")
    addressee = SelectField(_l("Whom it addresses"), default="")
    title_en = LineField(_l("Working title in English"), description=_l("To speak of it by; not part of the text."))
    title_zh = LineField(_l("Working title in Chinese"))

    def offer(self, places: Sequence[tuple[str, str]], *, sides: Sequence[tuple[str, str]]) -> None:
        """Let `places`, and the delegations `sides`, be chosen from; both as ``(value, words)``."""
        self.place.choices = choices(places)
        self.speaker.choices = choices([("", _l("both sides")), *sides])
        self.addressee.choices = choices(
            [
                ("", _l("nobody in particular")),
                ("governments", _l("both governments")),
                ("industry", _l("industry")),
                *sides,
            ]
        )

    @property
    def chosen_place(self) -> Place:
        """Where and what the new paragraph is to be."""
        kind = ParagraphKind(self.kind.data)
        return replace(
            place_of(self.place.data or ""),
            kind=kind,
            label_style=LABEL_STYLE_OF.get(kind, LabelStyle.NONE),
            tags=frozenset({Tag.RECOMMENDATION}) if self.recommendation.data else frozenset(),
            speaker=self.speaker.data or None,
            addressee=self.addressee.data or None,
            working_title=Bilingual(en=self.title_en.data or "", zh=self.title_zh.data or ""),
        )


def place_of(value: str) -> Place:
    """Return the place that a choice stands for.

    ``first``, ``end``, or ``first-under``, ``under`` (last) or ``after`` a paragraph or, with ``-draft``, a draft.
    """
    where, _, key = value.partition(":")
    return Place(
        parent=key_in(key) if where in {"under", "first-under"} else None,
        after=key_in(key) if where == "after" else None,
        parent_draft=key_in(key) if where in {"under-draft", "first-under-draft"} else None,
        after_draft=key_in(key) if where == "after-draft" else None,
        is_first=where.startswith("first"),
    )


class AmendmentForm(_TextFields, OnTextForm):
    """``drafts/amend.html``: begin an amendment to a paragraph."""

    answers = HiddenField()
    """The key of the other side's amendment it is a counter-proposal to; empty where it is none."""

    kind = RadioField(
        _l("What it does"),
        choices=choices(
            [
                (AmendmentKind.MOD.value, _l("changes the text")),
                (AmendmentKind.EDITORIAL.value, _l("editorial: changes no meaning")),
                (AmendmentKind.SUP.value, _l("deletes the paragraph")),
            ]
        ),
        default=AmendmentKind.MOD.value,
    )

    @property
    def answered(self) -> UUID | None:
        """The amendment it is a counter-proposal to; ``None`` where it is none, or nothing readable."""
        return key_in(self.answers.data)


class SaveForm(_TextFields, PageForm):
    """``drafts/show.html``: go on writing."""

    version = HiddenField()
    """The version of the draft the page showed."""
    is_severable = BooleanField(
        _l("The points are severable"),
        description=_l("The other side can accept some of them, at once, and leave the others."),
    )
    other_stands = BooleanField(
        _l("Where I change one language only, the other stands as it is"),
        description=_l(
            "Say so only after reading the other language: this is recorded. Otherwise its counterpart is pending."
        ),
    )

    @property
    def seen_version(self) -> int:
        """The version of the draft the page showed; 0 where the page forgot, which fits none."""
        return version_in(self.version.data)


class MergeForm(SaveForm):
    """``drafts/collision.html``: whose words stand, place by place; it carries all that was typed."""

    base = HiddenField()
    """The version that what was typed was written from."""
    how = StringField()
    """``chosen``; ``mine`` or ``theirs``: everywhere."""
    choice_en = FieldList(StringField())
    choice_zh = FieldList(StringField())
    choice_rationale = FieldList(StringField())

    @property
    def base_version(self) -> int:
        """The version written from; 0 where the page forgot."""
        return version_in(self.base.data)

    @property
    def chosen(self) -> Mapping[str, str]:
        """What was chosen so far, by the name of the field: ``choice_en-0``; nothing where nobody was asked yet."""
        every = (*self.choice_en, *self.choice_zh, *self.choice_rationale)
        return {field.name: field.data for field in every if field.data in set(Whose)}

    def choices_for(self, forks: Mapping[str, int]) -> dict[str, list[Whose]] | None:
        """Return the choice for each of so many `forks` in each passage; ``None`` where one is missing."""
        if self.how.data in set(Whose):
            return {name: [Whose(self.how.data)] * count for name, count in forks.items()}
        sent = {"en": self.choice_en.data, "zh": self.choice_zh.data, "rationale": self.choice_rationale.data}
        chosen = {name: [Whose(one) for one in sent[name] if one in set(Whose)] for name in forks}
        return chosen if all(len(chosen[name]) == count for name, count in forks.items()) else None


class PointsForm(SaveForm):
    """``drafts/show.html``: group the changes into points that stand or fall together."""

    how = StringField()
    """``chosen``: as the lists say; ``part``: every change apart; ``join``: all in one; with a number, that point."""
    place_en = FieldList(IntegerField())
    """For each change in English, in the order of the text, the number of its point."""
    place_zh = FieldList(IntegerField())

    @property
    def chosen(self) -> dict[Language, list[int]]:
        """The number of the point chosen for each change, in both languages; 0 where nothing readable was sent."""
        return {
            Language.EN: [number or 0 for number in self.place_en.data],
            Language.ZH: [number or 0 for number in self.place_zh.data],
        }


class VersionForm(SaveForm):
    """The buttons that act on a draft exactly as the page showed it."""

"""The table at which the cast sits: each act in one line, through the services."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import orm

from workflow.domain.bilingual import NOTHING, Language
from workflow.domain.discussion import quote
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.positions import Stance
from workflow.domain.text import LabelStyle, ParagraphKind, Tag
from workflow.models import Agreement, Disposition, Draft, Membership, Paragraph, Scope, Thread
from workflow.services import (
    agenda,
    amendments,
    certificates,
    deferrals,
    drafts,
    hand_overs,
    issues,
    positions,
    tasks,
    threads,
)
from workflow.services.demonstration.calendar import Calendar
from workflow.services.demonstration.script import script
from workflow.services.drafts import Place
from workflow.services.reading import carried_items


class Exercise:
    """The table at which the cast sits: each act in one line, through the services."""

    def __init__(
        self, session: orm.Session, agreement: Agreement, cast: Mapping[str, Membership], clock: Calendar
    ) -> None:
        self.session = session
        self.agreement = agreement
        self.cast = cast
        self.clock = clock
        self.script = script()
        self.paragraphs: dict[str, Paragraph] = {}

    def draft(
        self,
        text: str,
        *,
        by: str,
        under: str | Draft | None = None,
        kind: ParagraphKind = ParagraphKind.NARRATIVE,
        tags: frozenset[Tag] = frozenset(),
        speaker: str | None = None,
        addressee: str | None = None,
        drafted_in: Language = Language.EN,
    ) -> Draft:
        """Have `by` begin a draft of a new paragraph, last under the paragraph, or the draft, named."""
        self.clock.pause()
        label_style = {
            ParagraphKind.BULLET: LabelStyle.BULLET,
            ParagraphKind.NUMBERED_ITEM: LabelStyle.PARENTHESISED,
        }.get(kind, LabelStyle.NONE)
        place = Place(
            parent=self.paragraphs[under].id if isinstance(under, str) else None,
            parent_draft=under.id if isinstance(under, Draft) else None,
            kind=kind,
            label_style=label_style,
            tags=tags,
            speaker=speaker,
            addressee=addressee,
            working_title=self.script.titles.get(text, NOTHING),
        )
        return drafts.begin_addition(
            self.session,
            agreement=self.agreement,
            by=self.cast[by],
            place=place,
            text=self.script.texts[text],
            drafted_in=drafted_in,
        )

    def redraft(
        self, paragraph: str, text: str | None, *, by: str, kind: AmendmentKind = AmendmentKind.MOD, why: str = ""
    ) -> Draft:
        """Have `by` begin a draft of a change to `paragraph`; no `text` deletes it."""
        self.clock.pause()
        changed = self.paragraphs[paragraph]
        return drafts.begin_amendment(
            self.session,
            paragraph=changed,
            by=self.cast[by],
            kind=kind,
            text=self.script.texts[text] if text else NOTHING,
            against=changed.base,
            rationale=self.script.rationales[why] if why else "",
        )

    def share(self, draft: Draft, *, by: str) -> None:
        """Have `by` show `draft` to the own delegation."""
        drafts.share(self.session, draft=draft, by=self.cast[by])

    def correct(self, draft: Draft, text: str, *, by: str) -> None:
        """Have `by` save other words into `draft`."""
        self.clock.pause()
        drafts.save(
            self.session,
            draft=draft,
            by=self.cast[by],
            text=self.script.texts[text],
            rationale=draft.rationale,
            version=draft.version,
        )

    def hand_over(self, draft: Draft, request: str, *, by: str, to: str, day: int, hour: int) -> None:
        """Have `by` ask `to` to go on with `draft` until `hour` hours into `day`."""
        self.clock.pause()
        hand_overs.ask(
            self.session,
            draft=draft,
            by=self.cast[by],
            colleague=self.cast[to],
            request=self.script.requests[request],
            due_at=self.clock.moment(day, hour),
        )

    def part(self, draft: Draft, *, by: str) -> None:
        """Have `by` make the first change of `draft` a point of its own: the other side can take either alone."""
        [everything] = drafts.points_of(draft)
        apart = {one: [1, *[2] * (len(everything[one]) - 1)] for one in Language}
        points = drafts.rearranged(draft, "chosen", apart)
        drafts.group(self.session, draft=draft, by=self.cast[by], points=points, version=draft.version)
        drafts.save(
            self.session,
            draft=draft,
            by=self.cast[by],
            text=draft.text,
            rationale=draft.rationale,
            version=draft.version,
            is_severable=True,
        )

    def table(self, name: str, draft: Draft, *, by: str) -> None:
        """Have `by` put `draft` before the other side, as (a change to) the paragraph `name`."""
        self.share(draft, by=by)
        self.clock.pause()
        made = amendments.table(self.session, draft=draft, by=self.cast[by], version=draft.version)
        self.paragraphs[name] = made.paragraph

    def accept(self, *names: str, by: str) -> None:
        """Have `by` accept the other side's amendment to each of the paragraphs `names`."""
        for name in names:
            self.clock.pause()
            side = self.cast[by].delegation
            [tabled] = [one for one in self.paragraphs[name].live_amendments if one.delegation is not side]
            amendments.accept(self.session, amendment=tabled, by=self.cast[by])

    def accept_in_part(self, name: str, *points: int, by: str) -> None:
        """Have `by` accept these points of the other side's amendment to `name`, and not the others."""
        self.clock.pause()
        side = self.cast[by].delegation
        [tabled] = [one for one in self.paragraphs[name].live_amendments if one.delegation is not side]
        amendments.accept_in_part(self.session, amendment=tabled, by=self.cast[by], points=frozenset(points))

    def keep(self, name: str, *, by: str) -> None:
        """Have `by` leave the other side's amendment to `name` in brackets."""
        self.clock.pause()
        side = self.cast[by].delegation
        for tabled in self.paragraphs[name].live_amendments:
            if tabled.delegation is not side:
                amendments.keep_in_brackets(self.session, amendment=tabled, by=self.cast[by])

    def withdraw(self, name: str, *, by: str) -> None:
        """Have `by` take back what the own side tabled to `name`."""
        self.clock.pause()
        [tabled] = self.paragraphs[name].live_amendments
        amendments.withdraw(self.session, amendment=tabled, by=self.cast[by])

    def agree(self, *names: str, by: str) -> None:
        """Have the head `by` give the side's final word on each of `names`."""
        for name in names:
            self._take(name, by, Stance.AGREE)

    def reserve(self, name: str, *, by: str) -> None:
        """Have `by` withhold agreement to `name`, with the reason the script gives."""
        self._take(name, by, Stance.RESERVE, reason=self.script.reservations[name])

    def reopen(self, name: str, *, by: str) -> None:
        """Have the head `by` take back what the own side said of `name`, with the reason the script gives."""
        self._take(name, by, Stance.WITHDRAWN, reason=self.script.withdrawals[name])

    def certify(self, *names: str) -> None:
        """Have both translators certify the two texts of each of `names`."""
        for name in names:
            for translator in ("us.translator", "cn.translator"):
                self.clock.pause()
                paragraph = self.paragraphs[name]
                certificates.certify(
                    self.session, paragraph=paragraph, by=self.cast[translator], face=self._face(paragraph)
                )

    def defer(self, name: str, *, by: str) -> None:
        """Have `by` consent to carry `name` over to the next session."""
        self.clock.pause()
        paragraph = self.paragraphs[name]
        deferrals.consent(self.session, paragraph=paragraph, by=self.cast[by], face=self._face(paragraph))

    def say(
        self,
        comment: str,
        name: str,
        *,
        by: str,
        scope: Scope = Scope.SHARED,
        quoting: str = "",
        language: Language = Language.EN,
    ) -> Thread:
        """Have `by` begin a thread about the paragraph `name`, or about words of it."""
        self.clock.pause()
        paragraph = self.paragraphs[name]
        text = paragraph.text or NOTHING
        return threads.begin(
            self.session,
            paragraph=paragraph,
            by=self.cast[by],
            scope=scope,
            text=self.script.comments[comment],
            quotation=quote(text, quoting, language=language, which=None) if quoting else None,
            base=paragraph.base,
        )

    def reply(self, comment: str, thread: Thread, *, by: str) -> None:
        """Have `by` reply in `thread`."""
        self.clock.pause()
        threads.reply(self.session, thread=thread, by=self.cast[by], text=self.script.comments[comment])

    def resolve(self, thread: Thread, *, by: str) -> None:
        """Have `by` take `thread` for resolved."""
        self.clock.pause()
        threads.resolve(self.session, thread=thread, by=self.cast[by])

    def give(self, thread: Thread, *, by: str, to: str, days: int) -> None:
        """Have `by` give the first comment of `thread` to the colleague `to`, to see to within `days`."""
        self.clock.pause()
        due = (self.clock() + timedelta(days=days)).replace(minute=0, second=0)
        tasks.give(self.session, comment=thread.comments[0], by=self.cast[by], to=self.cast[to].id, due=due)

    def issue(self) -> None:
        """Have the secretariat issue the text as the next Rev."""
        self.clock.pause()
        issues.issue(self.session, agreement=self.agreement, by=self.cast["secretariat"])

    def dispose(self, key: str, disposition: Disposition) -> None:
        """Have the secretariat record what the session did with the carried item whose paragraph is `key`."""
        self.clock.pause()
        meeting = self.agreement.session
        [item] = [one for one in carried_items(self.session, meeting) if one.paragraph.key == key]
        agenda.dispose(self.session, item=item, meeting=meeting, by=self.cast["secretariat"], disposition=disposition)

    def _take(self, name: str, by: str, stance: Stance, reason: str = "") -> None:
        self.clock.pause()
        paragraph = self.paragraphs[name]
        positions.take(
            self.session,
            paragraph=paragraph,
            by=self.cast[by],
            stance=stance,
            face=self._face(paragraph),
            reason=reason,
        )

    def _face(self, paragraph: Paragraph) -> str:
        return self.agreement.faces[paragraph.id]

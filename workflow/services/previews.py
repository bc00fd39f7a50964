"""What is being written, as the other side would see it: worked out from what is typed, never kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.concordance import Sign, signs
from workflow.domain.counterparts import Saved, stale
from workflow.domain.negotiation import AmendmentKind
from workflow.domain.points import Point, grouped
from workflow.domain.redline import Kind, Redline, Span, bilingual_redline
from workflow.domain.unseen import Shown, Unseen, found, shown
from workflow.models import Agreement, Draft, Paragraph
from workflow.services import draft_states
from workflow.services.drafts import other_stands, points_of
from workflow.services.terms import counterparts, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A text that is being written, and what one must know of it before it is tabled."""

    text: Bilingual
    redline: Redline
    """Against the text it is to change; of a new paragraph, the text and nothing else."""
    deletes: bool
    pending: tuple[Language, ...]
    """The languages not written yet: it can be tabled without them, but not accepted."""
    one_language: tuple[Language, ...]
    """The languages changed alone in some point, while nobody has said that the other stands."""
    stale: Language | None
    """The language not written on when the other was; ``None`` where both stand together."""
    signs: tuple[Sign, ...]

    @property
    def left_alone(self) -> Language | None:
        """The one language that did not change with the other; ``None`` where none did so, or each in some point."""
        if len(self.one_language) != 1:
            return None if self.one_language else self.stale
        return next(language for language in Language if language not in self.one_language)

    @property
    def en(self) -> tuple[Shown, ...]:
        """The English, with what is not seen told apart."""
        return shown(self.redline.en)

    @property
    def zh(self) -> tuple[Shown, ...]:
        """The Chinese, with what is not seen told apart."""
        return shown(self.redline.zh)

    @property
    def unseen(self) -> Mapping[Language, Mapping[Unseen, int]]:
        """What is not seen in each language, and how often it occurs."""
        return {language: counted for language in Language if (counted := found(self.text[language]))}


def of_draft(draft: Draft, *, text: Bilingual | None = None, stands: bool | None = None) -> Preview:
    """Return `draft` as the other side would see it, as it was saved or with the `text` that is being typed.

    Args:
        draft: What is written in.
        text: What is typed; ``None``: what was saved.
        stands: Whether the page says that the language left alone stands; ``None``: what was saved.

    """
    deletes = draft.kind is AmendmentKind.SUP
    typed = NOTHING if deletes else draft.text if text is None else text
    says_so = other_stands(draft, said=stands)
    return _preview(
        draft.agreement,
        None if draft.is_addition else draft.against_text,
        typed,
        deletes=deletes,
        one_language=() if says_so else _alone(points_of(draft, typed)),
        stale=None if stands else draft_states.left_behind(draft, typed),
    )


def of_amendment(paragraph: Paragraph, *, kind: AmendmentKind, text: Bilingual) -> Preview:
    """Return an amendment of which no draft is begun yet, against the text as it stands."""
    deletes = kind is AmendmentKind.SUP
    against = paragraph.text or NOTHING
    typed = NOTHING if deletes else text
    points = () if deletes else grouped((), against, typed, words_of(paragraph.agreement))
    return _preview(
        paragraph.agreement,
        against,
        typed,
        deletes=deletes,
        one_language=_alone(points) if against.is_complete else (),
        stale=stale((Saved(text=against), Saved(text=typed))) if against.is_complete else None,
    )


def of_addition(agreement: Agreement, text: Bilingual) -> Preview:
    """Return a new paragraph of which no draft is begun yet."""
    return _preview(agreement, None, text)


def _preview(
    agreement: Agreement,
    against: Bilingual | None,
    text: Bilingual,
    *,
    deletes: bool = False,
    one_language: tuple[Language, ...] = (),
    stale: Language | None = None,
) -> Preview:
    words = words_of(agreement)
    return Preview(
        text=text,
        redline=_as_it_is(text) if against is None else bilingual_redline(against, text, words),
        deletes=deletes,
        pending=() if deletes or text.is_empty else text.pending,
        one_language=one_language if text.is_complete else (),
        stale=stale if text.is_complete else None,
        signs=signs(text, words, terms=counterparts(agreement)),
    )


def _as_it_is(text: Bilingual) -> Redline:
    return Redline(*((Span(Kind.EQUAL, one),) if one else () for one in (text.en, text.zh)))


def _alone(points: tuple[Point, ...]) -> tuple[Language, ...]:
    return tuple(dict.fromkeys(point.touches[0] for point in points if len(point.touches) == 1))

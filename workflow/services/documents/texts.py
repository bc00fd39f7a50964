"""The text itself, agreed or as it is negotiated, and what all its documents take from it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import orm

import exports
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.bracket_display import attributed, written
from workflow.domain.negotiation import Stage
from workflow.domain.positions import Stance
from workflow.domain.text import ParagraphKind
from workflow.models import Comment, Paragraph, Placed, Position, Thread
from workflow.services import corrigenda
from workflow.services.corrigenda import Corrigendum
from workflow.services.documents.choices import Making
from workflow.services.documents.frame import frame, lists_in_order
from workflow.services.documents.words import SECRETARIAT, STANDINGS, day, numbered, pair
from workflow.services.reading import Reading
from workflow.services.rows import negotiating
from workflow.services.terms import words_of
from workflow.services.visible import open_to_all


def text(reading: Reading, making: Making) -> exports.TextDocument:
    """Return the text of `reading`.

    What is not agreed stands in square brackets, without attribution; what was deferred,
    withdrawn or deleted is left out. An adopted text reads as its corrigenda have it, and a
    footnote says where one does (29).
    """
    return exports.TextDocument(
        **frame(reading, making),
        layout=exports.Layout(making.layout),
        paragraphs=tuple(_paragraph(reading, placed) for placed in reading.in_the_text),
        participant_lists=lists_in_order(reading, making.edition),
    )


def negotiating_text(reading: Reading, making: Making) -> exports.TextDocument:
    """Return the text of `reading` as the sides negotiate it: numbers, brackets, standings, reservations."""
    return exports.TextDocument(
        **frame(reading, making),
        layout=exports.Layout(making.layout),
        paragraphs=tuple(_negotiated(reading, placed, making) for placed in reading.in_the_text),
    )


def bracketed(reading: Reading, paragraph: Paragraph, *, sides: Sequence[str] = ()) -> Bilingual:
    """Return what `paragraph` says with what is not agreed in brackets; `sides` named in them, where given."""
    if reading.stage is Stage.ADOPTED:
        return corrigenda.text_of(reading, paragraph) or NOTHING
    found = negotiating(reading.state_of(paragraph), words_of(reading.agreement))
    if found is None:
        return paragraph.text or NOTHING
    if sides:
        return Bilingual(*(attributed(found[language], sides) for language in Language))
    return Bilingual(*(written(found[language]) for language in Language))


def number_of(reading: Reading, paragraph: Paragraph) -> exports.Pair:
    """Return the working number of `paragraph` as both languages cite it; nothing where it has none."""
    return numbered(reading.numbers.get(paragraph.id, ""))


def reservations(reading: Reading, paragraph: Paragraph) -> tuple[exports.Pair, ...]:
    """Return what sides reserve on the present text of `paragraph`, one note each, in the order of sides."""
    return tuple(_reservation(one) for one in held(reading, paragraph) if one.stance is Stance.RESERVE)


def corrections(reading: Reading, paragraph: Paragraph) -> tuple[exports.Pair, ...]:
    """Return what corrigenda have changed in the adopted text of `paragraph`, one note each, in order."""
    made = corrigenda.by_paragraph(reading).get(paragraph.id, ()) if reading.stage is Stage.ADOPTED else ()
    return tuple(map(correction, made))


def correction(made: Corrigendum) -> exports.Pair:
    """Say what `made` changed, in which language, and when it took effect."""
    one, at = made.correction, made.motion.ending.at if made.motion.ending else made.motion.at
    en, zh = ("English", "英文") if one.language is Language.EN else ("Chinese", "中文")
    return exports.Pair(
        f"Corr.{made.number} of {day(at).en}, {en} text: for “{one.wrong}” read “{one.right}”.",
        f"Corr.{made.number}（{day(at).zh}），{zh}文本：“{one.wrong}”应为“{one.right}”。",
    )


def held(reading: Reading, paragraph: Paragraph) -> Iterable[Position]:
    """Yield the position in force of each side that has one on the present text."""
    state = reading.state_of(paragraph)
    for side in state.sides:
        found = state.positions.get(side)
        fitting = [
            one
            for one in paragraph.positions
            if found
            and one.delegation.code == side
            and one.wording_number == len(paragraph.wordings)
            and one.content_hash == state.face
            and one.stance is found.stance
        ]
        yield from fitting[-1:]


def _reservation(position: Position) -> exports.Pair:
    name, reason = position.delegation.name, position.reason.strip()
    return exports.Pair(
        f"The {name.en} reserves its position{f': {reason}' if reason else '.'}",
        f"{name.zh}保留立场{f'：{reason}' if reason else '。'}",
    )


def level(paragraph: Paragraph, depth: int) -> int:
    """Return how deep a heading that stands at `depth` is, from 1; what is no heading has no depth of its own."""
    return 1 + depth if paragraph.kind is ParagraphKind.HEADING else 1


def _paragraph(reading: Reading, placed: Placed) -> exports.Paragraph:
    paragraph = placed.paragraph
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(bracketed(reading, paragraph)),
        label=pair(reading.labels[paragraph.id]),
        level=level(paragraph, placed.depth),
        notes=corrections(reading, paragraph),
    )


def _negotiated(reading: Reading, placed: Placed, making: Making) -> exports.Paragraph:
    paragraph = placed.paragraph
    number, standing = number_of(reading, paragraph), STANDINGS[reading.standings[paragraph.id]]
    aside = exports.Pair(f"{number.en} · {standing.en}", f"{number.zh} · {standing.zh}") if number.en else standing
    sides = reading.agreement.dialogue.sides if making.is_attributed else ()
    return exports.Paragraph(
        kind=exports.ParagraphKind(paragraph.kind),
        texts=pair(bracketed(reading, paragraph, sides=sides)),
        label=pair(reading.labels[paragraph.id]),
        level=level(paragraph, placed.depth),
        aside=aside,
        notes=(*reservations(reading, paragraph), *corrections(reading, paragraph)),
    )


# -- comments --------------------------------------------------------------------------


def shared_comments(
    session: orm.Session, reading: Reading, language: Language
) -> dict[UUID, tuple[exports.Comment, ...]]:
    """Return what is said openly beside each paragraph, in order, as it stands; what was withdrawn is left out.

    Read as an observer reads it, whoever the document is for: nothing internal is in it.

    Args:
        session: Reading.
        reading: Whose paragraphs.
        language: In which delegations are named.

    """
    found: dict[UUID, tuple[exports.Comment, ...]] = {}
    everybody = open_to_all(reading.agreement.dialogue_key)
    asked = (
        everybody.comments()
        .where(Paragraph.agreement_id == reading.agreement.id)
        .options(orm.joinedload(Comment.delegation))
        .order_by(None)
        .order_by(Thread.at, Thread.id, Comment.number)
    )
    for one in session.scalars(asked):
        if not one.is_withdrawn:
            author = one.delegation.name if one.delegation else SECRETARIAT
            said = exports.Comment(author=author[language], at=one.at, text=one.text)
            found[one.thread.paragraph_id] = (*found.get(one.thread.paragraph_id, ()), said)
    return found

"""What goes with a text: the next agenda, who came, statements, the certificate page."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import orm

import exports
from exports import Pair, Paragraph, ParagraphKind
from workflow.domain.negotiation import Stage
from workflow.domain.text import AgreementKind
from workflow.models import Delegation
from workflow.services import corrigenda, statements
from workflow.services.documents.choices import Making, NothingToPrint
from workflow.services.documents.frame import draft_mark, frame, lists_in_order, sides_in_order
from workflow.services.documents.texts import correction, number_of
from workflow.services.documents.words import moment, pair
from workflow.services.reading import Reading, items_after
from workflow.services.rows import quoted


def agenda(session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return what the session puts on the agenda of the next one, numbered, each with who asked for it.

    Raises:
        NothingToPrint: If it puts nothing there.

    """
    items = items_after(session, reading.agreement.session)
    if not items:
        raise NothingToPrint("agenda", "this session puts nothing on the agenda of the next one yet")
    paragraphs = []
    for number, item in enumerate(items, start=1):
        if item.is_deferred_text:
            aside = Pair("text carried over", "顺延案文")
        elif item.delegation is not None:
            aside = Pair(f"proposed by the {item.delegation.name.en}", f"{item.delegation.name.zh}提出")
        else:
            aside = Pair("as recorded", "依记录")
        paragraphs.append(
            Paragraph(
                kind=ParagraphKind.NUMBERED_ITEM,
                texts=pair(item.paragraph.last_text),
                label=Pair(f"{number}.", f"{number}．"),
                aside=aside,
            )
        )
    described = frame(reading, making)
    draft = described["draft_mark"]
    mark = Pair(f"PROVISIONAL · {draft.en}", f"临时 · {draft.zh}") if draft else Pair("PROVISIONAL", "临时")
    described["draft_mark"] = mark  # text carried over is not adopted, whatever became of the rest
    return exports.TextDocument(**described, layout=exports.Layout(making.layout), paragraphs=tuple(paragraphs))


def participants(_session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return the participant lists of the session.

    Raises:
        NothingToPrint: If nobody is on any.

    """
    lists = lists_in_order(reading, making.edition)
    if not lists:
        raise NothingToPrint("participants", "no delegation has listed its participants yet")
    return exports.TextDocument(
        **frame(reading, making), layout=exports.Layout(making.layout), paragraphs=(), participant_lists=lists
    )


def statements_for_the_record(_session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return the statements whose printing all sides consent to, each after the paragraph it is about (18).

    Raises:
        NothingToPrint: If there is none.

    """
    order = [side.code for side in sides_in_order(reading.agreement, making.edition)]
    found: list[Paragraph] = []
    for placed in reading.in_the_text:
        said = sorted(statements.printed(reading, placed.paragraph), key=lambda one: order.index(one.delegation.code))
        for one in said:
            number = number_of(reading, placed.paragraph)
            name = one.delegation.name
            heading = Pair(f"Statement by the {name.en}", f"{name.zh}的声明")
            found += (
                Paragraph(kind=ParagraphKind.HEADING, texts=heading, aside=number),
                Paragraph(kind=ParagraphKind.NARRATIVE, texts=pair(one.statement)),
            )
    if not found:
        raise NothingToPrint("statements", "no statement for the record may be printed: all sides consent to none")
    return exports.TextDocument(**frame(reading, making), layout=exports.Layout(making.layout), paragraphs=tuple(found))


def certificate(_session: orm.Session, reading: Reading, making: Making) -> exports.TextDocument:
    """Return the page that says which text exactly this is: its hash, each certificate, who adopted when, corrigenda.

    It names delegations and no person. The paragraphs are counted in reading order, for
    working numbers vanish with adoption.
    """
    heading, plain, item = ParagraphKind.HEADING, ParagraphKind.NARRATIVE, ParagraphKind.BULLET
    bullet = Pair.alike("•")
    sides = sides_in_order(reading.agreement, making.edition)
    said = [
        Paragraph(kind=plain, texts=_what_it_is(reading)),
        Paragraph(kind=heading, texts=Pair("Content hash", "内容哈希值")),
        Paragraph(kind=plain, texts=Pair.alike(reading.listing)),
        Paragraph(
            kind=plain,
            texts=Pair(
                "SHA-256 over every paragraph in both languages, its place, and the participant lists. Whoever has "
                "the record can compute it again.",
                "以SHA-256算法就各段中英文文本、各段位置及与会人员名单计算得出；凡持有记录者均可重新计算核对。",
            ),
        ),
    ]
    if reading.agreement.kind is AgreementKind.NEGOTIATED:
        said += (
            Paragraph(kind=heading, texts=Pair("Concordance of the two languages", "两种文本一致性的认证")),
            *(Paragraph(kind=item, texts=_certified(reading, side), label=bullet) for side in sides),
            *_certificates(reading, sides),
            Paragraph(kind=heading, texts=Pair("Adoption", "通过")),
            *(Paragraph(kind=item, texts=_adopted(reading, side), label=bullet) for side in sides),
        )
    if made := corrigenda.in_effect(reading):
        said += (
            Paragraph(kind=heading, texts=Pair("Corrigenda", "更正")),
            *(Paragraph(kind=item, texts=correction(one), label=bullet) for one in made),
            Paragraph(
                kind=plain,
                texts=Pair(
                    "The content hash is that of the text as it was adopted, before these corrigenda.",
                    "内容哈希值系就通过时的案文计算，不含上述更正。",
                ),
            ),
        )
    return exports.TextDocument(**frame(reading, making), layout=exports.Layout(making.layout), paragraphs=tuple(said))


def fields_of_the_hash(reading: Reading) -> bytes:
    """Return, as JSON, everything the content hash of `reading` is computed from. docs/content-hash.md says how.

    What is not adopted says so first: it must not leave without its mark in this form either.
    """
    paragraphs = [
        {
            "en": (placed.paragraph.text or placed.paragraph.last_text).en,
            "zh": (placed.paragraph.text or placed.paragraph.last_text).zh,
            "kind": str(placed.paragraph.kind),
            "tags": sorted(placed.paragraph.tags),
            "speaker": placed.paragraph.speaker or "",
            "governing": reading.agreement.governing_hash(placed) or "",
            "depth": placed.depth,
            "label_style": str(placed.paragraph.label_style),
            "wording": len(placed.paragraph.wordings),
        }
        for placed in reading.order
        if placed.paragraph.is_in_the_text(reading.agreement.dialogue.sides)
    ]
    lists = [
        {
            "side": listed.delegation.code,
            "heading": [listed.heading.en, listed.heading.zh],
            "participants": [
                [one.display.en, one.display.zh, one.separator, one.title.en, one.title.zh]
                for one in listed.participations
            ],
        }
        for listed in reading.agreement.session.participant_lists
    ]
    draft = draft_mark(reading)
    mark = [draft.en, draft.zh] if draft else []
    record = {"draft": mark, "hash": reading.listing, "paragraphs": paragraphs, "participants": lists}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _what_it_is(reading: Reading) -> Pair:
    name = reading.agreement.name
    said = {
        Stage.NEGOTIATION: (
            "is still negotiated; this page certifies nothing yet.",
            "仍在谈判中，本页尚不构成任何证明。",
        ),
        Stage.ADOPTED: ("was adopted by all delegations.", "已由各代表团通过。"),
        Stage.RECORDED: ("is recorded as published.", "系按发布文本收录。"),
    }[reading.stage]
    return Pair(f"The text “{name.en}” {said[0]}", f"《{name.zh}》{said[1]}")


def _certified(reading: Reading, side: Delegation) -> Pair:
    whole = [placed.paragraph for placed in reading.in_the_text]
    done = sum(side.code in reading.state_of(one).certified_by for one in whole)
    return Pair(
        f"{side.name.en}: {done} of {len(whole)} paragraphs certified by its language officer",
        f"{side.name.zh}：共{len(whole)}段，经其语言官员认证{done}段",
    )


def _certificates(reading: Reading, sides: Sequence[Delegation]) -> Iterator[Paragraph]:
    """Yield the certificates of each paragraph that has any: for which text, by whom, when."""
    for number, placed in enumerate(reading.in_the_text, start=1):
        paragraph = placed.paragraph
        face, present = reading.faces[paragraph.id], len(paragraph.wordings)
        given = {
            one.delegation.code: one.at
            for one in paragraph.certificates
            if one.wording_number == present and one.content_hash == face
        }
        told = [(side.name, moment(given[side.code])) for side in sides if side.code in given]
        if not told:
            continue
        words = quoted(paragraph.last_text)
        yield Paragraph(
            kind=ParagraphKind.NUMBERED_ITEM,
            label=Pair(f"{number}.", f"{number}．"),
            texts=Pair(
                f"“{words.en or words.zh}”, SHA-256 {face}: " + "; ".join(f"{name.en}, {at.en}" for name, at in told),
                f"“{words.zh or words.en}”，SHA-256 {face}：" + "；".join(f"{name.zh}，{at.zh}" for name, at in told),
            ),
        )


def _adopted(reading: Reading, side: Delegation) -> Pair:
    if reading.closing.adopted_by.get(side.code) != reading.listing:
        return Pair(f"{side.name.en}: not adopted yet", f"{side.name.zh}：尚未通过")
    at = moment(next(_moments(reading, side)))
    return Pair(f"{side.name.en}: adopted on {at.en}", f"{side.name.zh}：{at.zh}通过")


def _moments(reading: Reading, side: Delegation) -> Iterator[datetime]:
    """Yield when `side` adopted the text, last first; by silence it did when that ended."""
    yield from (one.at for one in reversed(reading.agreement.adoptions) if one.delegation_id == side.id)
    if reading.silence is not None:
        yield reading.silence.expires

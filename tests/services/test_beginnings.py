"""Beginnings: the first drafts of a text, from the last agreement, from lines, or from a file; shared, and in order."""

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from tests.factories import Cast, a_paragraph, a_session, an_agreement
from tests.services.moves import refusals, tabled
from workflow.dialogue_file import FaultyFile, read_agreement
from workflow.domain.bilingual import NOTHING, Bilingual
from workflow.domain.negotiation import Refusal
from workflow.domain.plain_text import MOST_PARAGRAPHS, Layout, understood
from workflow.domain.text import ParagraphKind
from workflow.models import Agreement
from workflow.services import beginnings, outlines, tablings
from workflow.services.beginnings import Planned
from workflow.services.visible import visible

OPENING = Bilingual("The hosts held the first session in Geneva.", "第一次会议在日内瓦举行。")
YAML = """
short_name: new
name: {en: A new text, zh: 新文本}
kind: negotiated
authentic: [en, zh]
text:
  - kind: heading
    en: RULES
    zh: 规则
    children:
      - kind: lead_in
        en: "Both sides should:"
        children:
          - {kind: bullet, en: publish rules;, tags: [recommendation], speaker: US}
          - {kind: bullet, en: review them.}
"""


@pytest.fixture
def last(session: orm.Session, cast: Cast) -> Agreement:
    """The agreement of the first session: an opening, a heading, a paragraph under it."""
    meeting = a_session(session, cast.dialogue)
    meeting.places[0].name = Bilingual("Geneva", "日内瓦")
    made = an_agreement(session, meeting, short_name="last")
    a_paragraph(session, made, OPENING)
    heading = a_paragraph(session, made, Bilingual("RULES", "规则"), kind=ParagraphKind.HEADING)
    a_paragraph(session, made, Bilingual("Both sides met.", "双方会晤。"), parent=heading)
    return made


@pytest.fixture
def empty(session: orm.Session, cast: Cast, last: Agreement) -> Agreement:
    """The agreement of the next session, without a text."""
    assert last.session.ordinal
    meeting = a_session(session, cast.dialogue)
    meeting.places[0].name = Bilingual("Nairobi", "内罗毕")
    return an_agreement(session, meeting, short_name="empty")


def test_every_further_paragraph_costs_the_same(session: orm.Session, cast: Cast, last: Agreement) -> None:
    def statements(count: int) -> int:
        meeting = a_session(session, cast.dialogue)
        made = an_agreement(session, meeting, short_name=f"of-{count}")
        planned = [Planned(kind=ParagraphKind.NARRATIVE, text=Bilingual(f"{n}", f"{n}")) for n in range(count)]
        asked: list[str] = []
        listener = lambda *_: asked.append("")  # noqa: E731 -- removed below by its name
        engine = session.connection().engine
        sa.event.listen(engine, "before_cursor_execute", listener)
        beginnings.begin(session, agreement=made, by=cast.us_drafter, planned=planned)
        sa.event.remove(engine, "before_cursor_execute", listener)
        return len(asked)

    ten, twenty, forty = (statements(count) for count in (10, 20, 40))
    assert 0 < forty - twenty <= 2 * (twenty - ten) <= 20 * 12


def shown(session: orm.Session, cast: Cast, agreement: Agreement, reader: str = "us_head") -> list[str]:
    found = outlines.outline(session, agreement.id, getattr(cast, reader).actor)
    return [f"{'  ' * one.depth}{one.text.en}" for one in found.entries]


def test_the_last_agreement_is_offered_with_fields_for_what_belonged_to_its_session(
    session: orm.Session, cast: Cast, last: Agreement, empty: Agreement
) -> None:
    found = beginnings.last_agreement(session, empty, cast.us_drafter)

    assert found is not None
    assert (found.agreement, found.was) == (last, OPENING)
    assert found.opening.en == "The hosts held the {ordinal} session in {place}."
    assert found.opening.zh == "{ordinal}次会议在{place}举行。"
    assert found.fields == ("ordinal", "place")
    assert found.given["place"] == Bilingual("Nairobi", "内罗毕")
    assert beginnings.last_agreement(session, last, cast.us_drafter) is None


def test_headings_or_everything_is_taken_over_and_the_opening_written_anew(
    session: orm.Session, cast: Cast, empty: Agreement
) -> None:
    found = beginnings.last_agreement(session, empty, cast.us_drafter)
    assert found is not None

    some = beginnings.from_last(found, opening=found.opening, given=found.given, headings=True, everything=False)
    whole = beginnings.from_last(found, opening=NOTHING, given={}, headings=False, everything=True)

    assert [one.text.en for one in some] == ["The hosts held the second session in Nairobi.", "RULES"]
    assert some[0].was == OPENING
    assert [(one.depth, one.text.en) for one in whole] == [(0, "RULES"), (1, "Both sides met.")]
    beginnings.begin(session, agreement=empty, by=cast.us_drafter, planned=whole)
    assert shown(session, cast, empty) == ["RULES", "  Both sides met."]
    assert shown(session, cast, empty, "cn_head") == []


def test_an_agreement_without_an_opening_offers_none(session: orm.Session, cast: Cast, last: Agreement) -> None:
    nothing = an_agreement(session, a_session(session, cast.dialogue), short_name="second")
    third = an_agreement(session, a_session(session, cast.dialogue), short_name="third")
    found = beginnings.last_agreement(session, third, cast.us_drafter)

    assert found is not None
    assert (found.agreement, found.was, found.fields) == (nothing, NOTHING, ())
    a_paragraph(session, nothing, Bilingual("RULES", "规则"), kind=ParagraphKind.HEADING)
    session.expire_all()
    again = beginnings.last_agreement(session, third, cast.us_drafter)
    assert again is not None
    assert again.was == NOTHING
    assert last.short_name == "last"


def test_lines_stand_under_the_heading_and_the_lead_in_before_them(
    session: orm.Session, cast: Cast, empty: Agreement
) -> None:
    lines = understood(
        "Both met.\nRULES\nMore.\nBoth should:\n• publish;\n• review.\nEnd.\n(1) Item.", "", Layout.APART
    )
    planned = beginnings.from_lines(lines, [line.kind for line in lines])

    made = beginnings.begin(session, agreement=empty, by=cast.us_drafter, planned=planned)

    arranged = ["Both met.", "RULES", "  More.", "  Both should:", "    publish;", "    review.", "  End.", "  Item."]
    assert shown(session, cast, empty) == arranged
    tablings.table_together(
        session, agreement=empty, by=cast.us_head, chosen={one.id: one.version for one in reversed(made)}
    )
    session.expire_all()
    assert shown(session, cast, empty, "cn_head") == arranged


def test_the_file_of_an_agreement_becomes_drafts_with_all_it_says(
    session: orm.Session, cast: Cast, empty: Agreement
) -> None:
    entry = read_agreement(YAML, name="new.yaml", sides=("US", "CN"))

    beginnings.begin(session, agreement=empty, by=cast.us_drafter, planned=beginnings.from_blocks(entry.text))

    assert shown(session, cast, empty) == ["RULES", "  Both sides should:", "    publish rules;", "    review them."]
    made = {one.text.en: one for one in session.scalars(visible(cast.us_head.actor).drafts())}
    bullet = made["publish rules;"]
    assert (bullet.tags, bullet.speaker, bullet.is_shared) == (frozenset({"recommendation"}), "US", True)


def test_a_file_may_name_it_as_a_dialogue_file_does_and_faults_have_lines() -> None:
    nested = "agreement:\n" + "\n".join(f"  {line}" for line in YAML.strip().splitlines())

    assert read_agreement(nested, name="new.yaml", sides=("US",)).short_name == "new"
    for text in (YAML.replace("speaker: US", "speaker: XX"), "[]", "- a"):
        with pytest.raises(FaultyFile) as refused:
            read_agreement(text, name="new.yaml", sides=("US", "CN"))
        assert refused.value.faults[0].line >= 1


def test_a_text_that_is_begun_or_closed_is_not_begun_again(
    session: orm.Session, cast: Cast, empty: Agreement, published: Agreement
) -> None:
    one = Planned(kind=ParagraphKind.NARRATIVE, text=OPENING)

    def begin(agreement: Agreement, planned: tuple[Planned, ...]) -> tuple[Refusal, ...]:
        return refusals(lambda: beginnings.begin(session, agreement=agreement, by=cast.us_drafter, planned=planned))

    assert begin(empty, ()) == begin(empty, (one,) * (MOST_PARAGRAPHS + 1)) == (Refusal.NOTHING_CHOSEN,)
    assert begin(published, (one,)) == (Refusal.RECORDED_AS_PUBLISHED,)
    tabled(session, empty, cast.us_drafter)
    assert begin(empty, (one,)) == (Refusal.TEXT_IS_BEGUN,)

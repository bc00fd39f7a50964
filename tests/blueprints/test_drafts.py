"""Drafts: written out of the other side's sight, saved without loss, tabled exactly as they were read."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from lxml import html

from tests import factories
from tests.blueprints.tables import BELL, OVERRIDE, Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.text import AgreementKind
from workflow.models import Agreement, Draft, Paragraph

EN, ZH = "Both sides should meet.", "双方应会晤。"


@pytest.fixture
def new(table: Table) -> str:
    """The form for a new paragraph."""
    return f"/agreements/{table.agreement.id}/drafts/new"


@pytest.fixture
def amend(table: Table) -> str:
    """The form for an amendment."""
    return f"/paragraphs/{table.paragraph.id}/drafts/new"


@pytest.fixture
def private(writing: Begin, table: Table) -> Draft:
    """A private draft of the U.S. drafter."""
    with writing() as session:
        return factories.a_draft(session, session.merge(table.agreement), session.merge(table.cast.us_drafter))


@pytest.fixture
def shared(writing: Begin, table: Table) -> Draft:
    """A draft of the U.S. drafter that colleagues write in."""
    with writing() as session:
        agreement, drafter = session.merge(table.agreement), session.merge(table.cast.us_drafter)
        return factories.a_draft(session, agreement, drafter, is_shared=True)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("us_head", 200),
        ("us_translator", 200),
        ("us_adviser", 403),
        ("observer", 403),
        ("secretariat", 403),
        ("outsider", 404),
    ],
)
def test_who_may_write(sign_in: SignIn, table: Table, new: str, amend: str, who: str, status: int) -> None:
    person = sign_in(table.who(who)).opens("/")

    for path in (new, amend):
        assert sends(person.opens("/"), path.removesuffix("/new"), place="end", kind="narrative").status in (
            {422, 200} if status == 200 else {status}
        )
        assert person.opens(path).status == status


def test_strangers_sign_in_first(sign_in: SignIn, new: str, amend: str, private: Draft) -> None:
    for path in (new, amend, f"/drafts/{private.id}"):
        assert sign_in(None).opens(path).title == "Sign in"
    assert sends(sign_in(None).opens("/sign-in"), f"/drafts/{private.id}/table").status == 401


def test_of_what_there_is_not_nothing_is_written(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter)

    for path in (f"/agreements/{uuid4()}/drafts/new", f"/paragraphs/{uuid4()}/drafts/new", f"/drafts/{uuid4()}"):
        assert drafter.opens(path).status == 404


@pytest.mark.parametrize("what", ["", "/table", "/share", "/update", "/discard"])
@pytest.mark.parametrize(
    "who", ["us_head", "us_adviser", "cn_drafter", "cn_head", "observer", "secretariat", "outsider"]
)
def test_somebody_elses_private_draft_does_not_exist(
    sign_in: SignIn, table: Table, private: Draft, who: str, what: str
) -> None:
    person = sign_in(table.who(who)).opens("/")

    assert sends(person, f"/drafts/{private.id}{what}", version="1").status == 404
    assert person.opens(f"/drafts/{private.id}").status == 404


@pytest.mark.parametrize(
    ("who", "reads", "writes", "tables"),
    [
        ("us_head", 200, True, True),
        ("us_translator", 200, True, False),
        ("us_adviser", 200, False, False),
        ("cn_head", 404, False, False),
        ("secretariat", 404, False, False),
    ],
)
def test_a_shared_draft_is_the_delegations(
    sign_in: SignIn, table: Table, shared: Draft, who: str, reads: int, *, writes: bool, tables: bool
) -> None:
    person = sign_in(table.who(who)).opens(f"/drafts/{shared.id}")

    assert person.status == reads
    assert person.can_press("Save") == writes
    assert person.can_press("Table this text") == tables
    if reads == 200:
        for what, may in (("", writes), ("/table", tables)):
            if not may:
                assert sends(person.opens(f"/drafts/{shared.id}"), f"/drafts/{shared.id}{what}").status == 403


def test_what_is_typed_is_kept_to_the_blank(sign_in: SignIn, reading: Begin, table: Table, new: str) -> None:
    en, zh = "\n  Two\tblanks, no\u00a0break. \n\n", " 案文　末尾空格 \n"
    drafter = sign_in(table.cast.us_drafter).opens(new)

    drafter.presses("Save as my private draft", en=en, zh=zh, place="end")

    assert (drafter.typed("en"), drafter.typed("zh")) == (en, zh)
    with reading() as session:
        assert session.scalars(sa.select(Draft)).one().text == Bilingual(en, zh)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        pytest.param({"en": "x" * 20_001}, "This has 20,001 characters; at most 20,000", id="too long"),
        pytest.param({"zh": f"案文{OVERRIDE}"}, "Character 3 (U+202E)", id="reads backwards"),
        pytest.param({"rationale": "y" * 5_001}, "This has 5,001 characters; at most 5,000", id="too many reasons"),
    ],
)
@pytest.mark.parametrize("which", ["new", "amend", "shared"])
def test_what_cannot_be_taken_is_said_at_the_field_and_all_is_kept(
    sign_in: SignIn,
    table: Table,
    new: str,
    amend: str,
    shared: Draft,
    which: str,
    typed: dict[str, str],
    said: str,
) -> None:
    path = {"new": new, "amend": amend, "shared": f"/drafts/{shared.id}"}[which]
    label = "Save" if which == "shared" else "Save as my private draft"
    whole = {"en": EN, "zh": ZH, "rationale": "Why."} | typed

    drafter = sign_in(table.cast.us_drafter).opens(path).presses(label, **whole)

    assert drafter.status == 422
    assert said in drafter.text
    assert {name: drafter.typed(name) for name in whole} == whole


def test_a_control_character_is_named_and_nothing_saved(
    sign_in: SignIn, reading: Begin, table: Table, new: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(new)

    drafter.presses("Save as my private draft", en=f"{BELL}Text.", place="end")

    assert drafter.status == 422
    assert "Character 1 (U+0007)" in drafter.text
    with reading() as session:
        assert session.scalars(sa.select(Draft)).all() == []


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"place": "after:nowhere"}, id="no such place"),
        pytest.param({"place": f"under:{uuid4()}"}, id="a place in no text"),
        pytest.param({"place": ""}, id="no place"),
        pytest.param({"kind": "title"}, id="a kind nobody adds"),
        pytest.param({"kind": "song"}, id="no such kind"),
    ],
)
def test_choices_tampered_with_are_refused_and_the_text_kept(
    sign_in: SignIn, reading: Begin, table: Table, new: str, fields: dict[str, str]
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(new)

    drafter.presses("Save as my private draft", **({"en": EN, "zh": ZH, "place": "end"} | fields))

    assert drafter.status == 422
    assert (drafter.typed("en"), drafter.typed("zh")) == (EN, ZH)
    with reading() as session:
        assert session.scalars(sa.select(Draft)).all() == []


def test_an_amendment_of_no_known_sort_is_refused(sign_in: SignIn, table: Table, amend: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend)

    drafter.presses("Save as my private draft", kind="add", en=EN, zh=ZH)

    assert drafter.status == 422
    assert drafter.typed("en") == EN


@pytest.mark.parametrize("blank", ["", " \n\t", "\u200b"])
def test_a_draft_in_which_nothing_can_be_read_is_not_tabled(
    sign_in: SignIn, reading: Begin, table: Table, new: str, blank: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(new)

    drafter.presses("Save as my private draft", en=blank, zh=blank, place="end")

    assert not drafter.can_press("Table this text")
    assert "Nothing is written in either language." in drafter.text
    sends(drafter, f"{drafter.path}/table", version="1")
    assert drafter.status == 409
    with reading() as session:
        assert len(session.get_one(type(table.agreement), table.agreement.id).paragraphs) == 2


def test_an_amendment_that_says_what_stands_there_is_not_tabled(sign_in: SignIn, table: Table, amend: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend).presses("Save as my private draft")

    assert not drafter.can_press("Table this text")
    assert "This says what is there already." in drafter.text


def test_an_amendment_to_a_text_that_changed_shows_both_and_keeps_what_was_typed(
    sign_in: SignIn, writing: Begin, reading: Begin, table: Table, amend: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend)
    with writing() as session:
        factories.a_wording(session, session.get_one(Paragraph, table.paragraph.id))

    drafter.presses("Save as my private draft", en=EN, zh=ZH, rationale="Why.")

    assert drafter.status == 409
    assert "The text has changed since you opened it" in drafter.text
    for text in (EN, ZH, factories.OTHER_PROSE.en, factories.OTHER_PROSE.zh):
        assert text in drafter.text
    assert (drafter.typed("en"), drafter.typed("zh"), drafter.typed("rationale")) == (EN, ZH, "Why.")
    assert drafter.presses("Save as my private draft").status == 200
    assert drafter.can_press("Table this text")


def test_a_draft_left_behind_by_the_text_is_brought_up_to_date_first(
    sign_in: SignIn, writing: Begin, table: Table, amend: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend).presses("Save as my private draft", en=EN, zh=ZH)
    draft = drafter.path
    with writing() as session:
        factories.a_wording(session, session.get_one(Paragraph, table.paragraph.id))
    drafter.opens(draft)
    assert not drafter.can_press("Table this text")

    drafter.presses("Set it against the text as it stands")

    assert drafter.typed("en") == EN
    assert drafter.presses("Table this text").path == f"/paragraphs/{table.paragraph.id}"


@pytest.mark.parametrize("version", ["", "0", "2", "-1", "1e3", "９", "x" * 50])
@pytest.mark.parametrize("label", ["Save", "Table this text"])
def test_a_version_the_page_did_not_show_saves_and_tables_nothing(
    sign_in: SignIn, reading: Begin, table: Table, shared: Draft, label: str, version: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}")

    drafter.presses(label, version=version)

    assert drafter.status == 409
    with reading() as session:
        draft = session.get_one(Draft, shared.id)
        assert (draft.version, draft.tabled_as) == (1, None)


def test_a_draft_put_away_is_closed_for_good(sign_in: SignIn, table: Table, private: Draft) -> None:
    page = f"/drafts/{private.id}"
    drafter, again = sign_in(table.cast.us_drafter).opens(page), sign_in(table.cast.us_drafter).opens(page)

    drafter.presses("Put away")

    assert "The draft is put away." in drafter.text
    again.presses("Save", en="Late words.")
    assert again.status == 409
    assert "Late words." in again.text
    assert "was tabled or put away already" in again.text
    assert not again.opens(page).can_press("Table this text")
    assert not again.sees_button("Save")


def test_a_draft_put_away_says_so_to_its_author_and_is_not_there_for_anybody_else(
    sign_in: SignIn, table: Table, shared: Draft
) -> None:
    page = f"/drafts/{shared.id}"
    drafter, head, translator = (
        sign_in(table.who(who)).opens(page) for who in ("us_drafter", "us_head", "us_translator")
    )
    assert "Only you can still read what it said" in drafter.text
    assert "Only its author can still read what it said" in head.text

    drafter.presses("Put away").follows("Read what it said")

    assert (drafter.status, drafter.path, drafter.title) == (200, page, "Put away: New paragraph")
    assert "Only you can open this page." in drafter.text
    assert "Your delegation reads this draft" not in drafter.text
    assert shared.text.en in drafter.text
    translator.presses("Save", en="Late words.")
    assert translator.status == 404
    assert "Late words." in translator.text
    assert [head.opens(path).status for path in (page, f"{page}/states", f"{page}/hand-over")] == [404, 404, 404]


def test_who_puts_a_colleagues_draft_away_is_not_led_to_it(sign_in: SignIn, table: Table, shared: Draft) -> None:
    head = sign_in(table.cast.us_head).opens(f"/drafts/{shared.id}").presses("Put away")

    assert "The draft is put away." in head.text
    assert not [link for link in head.page.iter("a") if str(link.get("href")).startswith("/drafts/")]
    assert shared.text.en in sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}").text


def test_a_draft_is_tabled_once(sign_in: SignIn, reading: Begin, table: Table, private: Draft) -> None:
    page = f"/drafts/{private.id}"
    drafter, again = sign_in(table.cast.us_drafter).opens(page), sign_in(table.cast.us_drafter).opens(page)
    drafter.presses("Table this text")

    again.presses("Table this text")

    assert again.status == 409
    with reading() as session:
        assert len(session.get_one(type(table.agreement), table.agreement.id).paragraphs) == 3


def test_a_paragraph_can_be_proposed_for_deletion(sign_in: SignIn, table: Table, amend: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend)

    drafter.presses("Save as my private draft", kind="sup", rationale="It says nothing.")
    assert "The whole paragraph is to be deleted:" in drafter.text
    drafter.presses("Table this text")

    other = sign_in(table.cast.cn_drafter).opens(f"/paragraphs/{table.paragraph.id}")
    assert "It says nothing." in other.text
    assert "Deleted" in other.presses("Accept amendment 1").text


@pytest.mark.parametrize("path", ["/agreements/{published.id}/drafts", "/paragraphs/{published_paragraph.id}/drafts"])
def test_a_published_text_takes_no_draft_and_what_was_typed_comes_back(
    sign_in: SignIn, table: Table, path: str
) -> None:
    drafter = sign_in(table.cast.us_drafter).opens("/")
    base = str(table.published_paragraph.base)

    kind = "mod" if path.startswith("/paragraphs") else "narrative"
    sends(drafter, path.format_map(vars(table)), en=EN, zh=ZH, place="end", kind=kind, base=base)

    assert drafter.status == 409
    assert EN in drafter.text
    assert "recorded as it was published" in drafter.text


def test_a_statement_of_one_side_can_be_drafted_and_says_whose_it_is(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/drafts/new")
    drafter.presses(
        "Save as my private draft", en="U.S. participants encouraged China.", speaker="US", addressee="CN", place="end"
    )

    drafter.presses("Table this text")

    assert "Statement of one side: US" in drafter.text


def test_a_text_begun_in_chinese_is_recorded_as_drafted_in_chinese(
    sign_in: SignIn, table: Table, reading: Begin
) -> None:
    drafter = sign_in(table.cast.cn_drafter).opens(f"/agreements/{table.agreement.id}/drafts/new")
    drafter.presses("Save as my private draft", zh="双方应加强交流。", place="end").presses("Table this text")

    with reading() as session:
        paragraph = session.get_one(Paragraph, UUID(drafter.path.rsplit("/", 1)[1]))
        assert paragraph.drafted_in is Language.ZH


@pytest.mark.parametrize("page", ["drafts/new", "agenda/new"])
def test_nobody_is_given_a_form_for_a_text_that_is_closed(
    sign_in: SignIn, table: Table, writing: Begin, page: str
) -> None:
    with writing() as session:
        session.get_one(Agreement, table.agreement.id).kind = AgreementKind.RECORDED

    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/{page}")

    assert drafter.status == 409
    assert not list(drafter.page.iter("textarea"))


# -- previews --------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["new", "amend", "shared"])
def test_the_preview_shows_what_is_typed_and_saves_nothing(
    sign_in: SignIn, reading: Begin, table: Table, new: str, amend: str, shared: Draft, which: str
) -> None:
    path = {"new": new, "amend": amend, "shared": f"/drafts/{shared.id}"}[which]
    drafter = sign_in(table.cast.us_drafter).opens(path)

    drafter.presses("Preview", en="Typed  twice.", zh=ZH, rationale="Why.")

    assert drafter.status == 200
    [preview] = drafter.page.find_class("preview")
    assert "hidden" not in preview.attrib
    assert "1 double space" in str(preview.text_content())
    assert ("underlined: new." in str(preview.text_content())) == (which == "amend")
    come = preview.xpath(".//p[@lang='en']")[0]
    for gone in come.findall("del"):
        gone.drop_tree()
    assert str(come.text_content()) == "Typed  twice."
    assert (drafter.typed("en"), drafter.typed("zh"), drafter.typed("rationale")) == ("Typed  twice.", ZH, "Why.")
    with reading() as session:
        assert [one.text for one in session.scalars(sa.select(Draft))] == [factories.OTHER_PROSE]


@pytest.mark.parametrize(
    ("who", "status"), [("us_drafter", 200), ("us_adviser", 403), ("cn_head", 404), ("outsider", 404)]
)
def test_a_preview_is_for_who_writes(sign_in: SignIn, table: Table, shared: Draft, who: str, status: int) -> None:
    person = sign_in(table.who(who)).opens("/")

    assert sends(person, f"/drafts/{shared.id}/preview", en=EN, zh=ZH, version="1").status == status


@pytest.mark.parametrize("which", ["new", "amend", "shared"])
def test_a_script_is_given_the_part_and_told_what_is_wrong(
    sign_in: SignIn, table: Table, new: str, amend: str, shared: Draft, which: str
) -> None:
    path = {"new": new, "amend": amend, "shared": f"/drafts/{shared.id}"}[which]
    drafter = sign_in(table.cast.us_drafter).opens(path)
    [part] = (str(one.get("data-preview")) for one in drafter.page.find_class("preview"))
    token = drafter.typed("csrf_token")
    sent = {"csrf_token": token, "place": "end", "kind": "mod" if which == "amend" else "narrative", "en": EN, "zh": ZH}
    asking = {"headers": {"X-Part": "preview", "Origin": "http://localhost"}}

    good = drafter.client.post(part, data=sent, **asking)
    bad = drafter.client.post(part, data=sent | {"zh": f"案文{OVERRIDE}"}, **asking)

    assert (good.status_code, bad.status_code) == (200, 422)
    assert "<html" not in good.text + bad.text
    assert ZH in "".join(str(one) for one in html.fromstring(good.text).itertext())
    assert "Character 3 (U+202E)" in bad.text


@pytest.mark.parametrize("which", ["new", "amend", "shared"])
def test_the_preview_stands_directly_under_the_boxes(
    sign_in: SignIn, table: Table, new: str, amend: str, shared: Draft, which: str
) -> None:
    path = {"new": new, "amend": amend, "shared": f"/drafts/{shared.id}"}[which]

    [boxes] = sign_in(table.cast.us_drafter).opens(path).page.find_class("writing")

    following = boxes.getnext()
    assert following is not None
    assert following.get("id") == "preview"


def test_the_language_left_alone_is_named_in_the_preview(sign_in: SignIn, table: Table, amend: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(amend)

    drafter.presses("Preview", en=EN)

    assert "The English has changed, and this has not." in drafter.text


def test_a_page_that_saves_again_what_it_saved_is_no_colleague(sign_in: SignIn, table: Table, shared: Draft) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/drafts/{shared.id}")
    autosave = f"/drafts/{shared.id}/autosave"

    for _ in range(2):
        assert sends(drafter, autosave, version="1", en=EN, zh=ZH).status == 200
        assert b'"version":2' in drafter.body.replace(b" ", b"")
    assert sends(drafter, autosave, version="1", en=EN, zh=ZH + ZH).status == 409

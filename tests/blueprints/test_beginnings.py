"""Beginning a text: what was understood is shown first; what is made is the own delegation's."""

from io import BytesIO

import pytest

from tests import factories
from tests.blueprints.tables import Table, sends
from tests.conftest import Begin
from tests.web import SignIn
from workflow.models import Agreement

YAML = """
short_name: new
name: {en: A new text, zh: 新文本}
kind: negotiated
authentic: [en, zh]
text:
  - {kind: heading, en: RULES OF THE FILE, zh: 文件规则}
"""


@pytest.fixture
def empty(writing: Begin, table: Table) -> Agreement:
    """The agreement of a further session, without a text."""
    with writing() as session:
        meeting = factories.a_session(session, session.merge(table.cast.dialogue))
        return factories.an_agreement(session, meeting, short_name="further")


def test_from_the_last_agreement(sign_in: SignIn, table: Table, empty: Agreement) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{empty.id}").follows("Start the text…")
    drafter.presses("Show what would be drafted", everything="y")
    assert "What we understood" in drafter.text
    assert sign_in(table.cast.us_head).opens(f"/agreements/{empty.id}/outline").page.find(".//li[@id]") is None

    drafter.presses("Make these drafts")

    assert "drafts are made" in drafter.text
    assert "RULES" in sign_in(table.cast.us_head).opens(f"/agreements/{empty.id}/outline").text
    assert "RULES" not in sign_in(table.cast.cn_head).opens(f"/agreements/{empty.id}/outline").text


def test_from_what_is_typed_each_line_as_the_person_says(sign_in: SignIn, table: Table, empty: Agreement) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{empty.id}/beginning")
    drafter.presses("Show what was understood", en="TYPED HEADING\nA sentence.", zh="键入的标题\n一句话。")
    assert "2 paragraphs" in drafter.text

    drafter.presses("Make these drafts", **{"kind-1": "bullet"})

    assert "Bullet · draft of your side" in drafter.text
    assert "一句话。" in drafter.text


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("text.txt", "HEADING IN A FILE\n文件中的标题\n".encode(), "HEADING IN A FILE"),
        ("text.yaml", YAML.encode(), "RULES OF THE FILE"),
        ("text.yaml", YAML.replace("heading", "headline").encode(), "Line 7"),
        ("text.txt", b"\xff\xfe", "not UTF-8"),
        ("text.txt", b"  \n", "There is nothing in it to be drafted."),
    ],
)
def test_from_a_file(sign_in: SignIn, table: Table, empty: Agreement, name: str, content: bytes, says: str) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{empty.id}/beginning")
    token = next(str(one.get("value")) for one in drafter.page.iter("input") if one.get("name") == "csrf_token")
    sent = {"csrf_token": token, "source": "typed", "layout": "apart", "file": (BytesIO(content), name)}
    response = drafter.client.post(
        f"/agreements/{empty.id}/beginning/understood", data=sent, headers={"Origin": "http://localhost"}
    )

    assert says in response.text
    assert response.status_code == (200 if says.isupper() else 422)


def test_confirmed_from_a_file_it_is_made(sign_in: SignIn, table: Table, empty: Agreement) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{empty.id}/beginning")
    action = f"/agreements/{empty.id}/beginning"
    sends(drafter, f"{action}/understood", source="file", yaml=YAML, layout="apart")
    assert "RULES OF THE FILE" in drafter.presses("Make these drafts").text

    assert sends(drafter, action, source="file", yaml="- a", layout="apart").status == 422
    assert sends(drafter, action, source="typed", en="One.\nTwo.", layout="apart", **{"kind-0": "title?"}).status == 200


def test_a_text_that_is_there_is_not_begun_again(sign_in: SignIn, table: Table) -> None:
    drafter = sign_in(table.cast.us_drafter).opens(f"/agreements/{table.agreement.id}/beginning")

    assert drafter.status == 409
    assert "There is a text on the table already." in drafter.text


@pytest.mark.parametrize(
    ("who", "status"),
    [("us_translator", 403), ("us_adviser", 403), ("observer", 403), ("secretariat", 403), ("outsider", 404)],
)
def test_who_may_not_begin_one(sign_in: SignIn, table: Table, empty: Agreement, who: str, status: int) -> None:
    person = sign_in(table.who(who))

    assert person.opens(f"/agreements/{empty.id}/beginning").status == status
    for path in ("", "/understood"):
        assert sends(person.opens("/"), f"/agreements/{empty.id}/beginning{path}").status == status

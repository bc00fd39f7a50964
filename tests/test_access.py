"""The gate: who reaches a view, what it is handed, and what becomes of what it did."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask, request
from flask.typing import ResponseReturnValue
from sqlalchemy import orm

from tests import factories
from tests.conftest import Begin
from tests.web import SignIn
from workflow import access
from workflow.access import Openness, current_actor, current_member, permits, requires, requires_reading, requires_seat
from workflow.db import Base
from workflow.domain.bilingual import Bilingual
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.models import Account, Agreement, Dialogue, Draft, JournalEntry, Membership, Paragraph
from workflow.permissions import Permission, Role
from workflow.services.locks import lock_dialogue_of
from workflow.transactions import db

bp = Blueprint("trial", __name__, url_prefix="/trial")


@bp.get("/paragraphs/<uuid:paragraph_id>")
@requires(Permission.READ, on=Paragraph)
def read(paragraph: Paragraph) -> ResponseReturnValue:
    return f"{paragraph.id} {current_member().role} {current_actor().delegation}"


@bp.post("/paragraphs/<uuid:paragraph_id>")
@requires(Permission.DRAFT, on=Paragraph)
def write(paragraph: Paragraph) -> ResponseReturnValue:
    paragraph.working_title = Bilingual(request.form["title"], "")
    if request.form.get("then") == "raise":
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED, Refusal.COUNTERPART_PENDING))
    return "", int(request.form.get("status", 204))


@bp.post("/paragraphs/<uuid:paragraph_id>/add")
@requires(Permission.READ, on=Paragraph)
def add(paragraph: Paragraph) -> ResponseReturnValue:
    """Count up by reading, waiting and writing: two at once lose one, unless they take turns."""
    count = int(paragraph.working_title.en)
    threading.Event().wait(0.01)
    paragraph.working_title = Bilingual(str(count + 1), "")
    return "", 204


@bp.post("/paragraphs/<uuid:paragraph_id>/later")
@requires_reading(Permission.DRAFT, on=Paragraph)
def later(paragraph: Paragraph) -> ResponseReturnValue:
    with db.write() as session:
        session.get_one(Paragraph, paragraph.id).working_title = Bilingual("later", "")
    return "", 204


@bp.get("/drafts/<uuid:draft_id>")
@requires(Permission.READ_DRAFT, on=Draft)
def read_draft(draft: Draft) -> ResponseReturnValue:
    return str(draft.id)


@bp.post("/drafts/<uuid:draft_id>")
@requires(Permission.TABLE, on=Draft)
def table_draft(draft: Draft) -> ResponseReturnValue:
    return str(draft.id)


@dataclass
class Scene:
    cast: factories.Cast
    other: factories.Cast
    paragraph: UUID
    own: Draft
    shared: Draft


@pytest.fixture
def app(own_app: Flask) -> Flask:
    """An application of its own: these tests change it."""
    return own_app


@pytest.fixture
def scene(writing: Begin) -> Scene:
    with writing() as session:
        cast = factories.a_cast(session)
        meeting = factories.a_session(session, cast.dialogue)
        agreement = factories.an_agreement(session, meeting)
        paragraph = factories.a_paragraph(session, agreement)
        paragraph.working_title = Bilingual("0", "")
        return Scene(
            cast=cast,
            other=factories.a_cast(session, short_name="another-dialogue"),
            paragraph=paragraph.id,
            own=factories.a_draft(session, agreement, cast.us_drafter, paragraph=paragraph),
            shared=factories.a_draft(session, agreement, cast.us_drafter, paragraph=paragraph, is_shared=True),
        )


@pytest.fixture(autouse=True)
def _trial(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False  # these views have no pages
    app.register_blueprint(bp)


@pytest.fixture
def title(reading: Begin, scene: Scene) -> Callable[[], str]:
    """Return what the paragraph's working title is in the database."""

    def told() -> str:
        with reading() as session:
            return session.get_one(Paragraph, scene.paragraph).working_title.en

    return told


def test_every_route_says_who_may_use_it(app: Flask) -> None:
    undeclared = [name for name, view in app.view_functions.items() if name != "static" and not hasattr(view, "access")]

    assert undeclared == [], "add @requires(...), @signed_in or @public"


def test_only_a_few_routes_are_open_to_strangers(app: Flask) -> None:
    public = {name for name, view in app.view_functions.items() if getattr(view, "access", "") is Openness.PUBLIC}

    assert public == {
        "health.lives",
        "health.is_ready",
        "invitations.accept",  # each asks for the token of a link
        "invitations.join",
        "invitations.show",
        "language.choose",
        "security.login",
        "security.logout",
        "glossary.show",
        "style.show",  # in development only
    }


def test_the_row_arrives_in_place_of_its_key_and_the_member_with_it(sign_in: SignIn, scene: Scene) -> None:
    answer = sign_in(scene.cast.cn_drafter).client.get(f"/trial/paragraphs/{scene.paragraph}")

    assert answer.text == f"{scene.paragraph} drafter CN"


@bp.get("/seats/<uuid:agreement_id>")
@requires_seat(on=Agreement)
def seat(agreement_id: UUID) -> ResponseReturnValue:
    return f"{agreement_id} {current_member().role}"


def test_a_seat_is_enough_where_all_who_take_part_may_read_and_the_row_is_not_read(
    app: Flask, sign_in: SignIn, scene: Scene, reading: Begin
) -> None:
    with reading() as session:
        key = session.get_one(Paragraph, scene.paragraph).agreement_id
    asked: list[str] = []
    sa.event.listen(app.extensions["database"], "before_cursor_execute", lambda *told: asked.append(told[2]))

    assert sign_in(scene.cast.observer).client.get(f"/trial/seats/{key}").text == f"{key} observer"
    assert sum(one.startswith("SELECT") for one in asked) == 2, "the account, and the seat"
    assert sign_in(scene.other.us_head).client.get(f"/trial/seats/{key}").status_code == 404
    assert sign_in(scene.cast.us_head).client.get(f"/trial/seats/{uuid4()}").status_code == 404
    assert sign_in(None).client.get(f"/trial/seats/{key}").status_code == 303


@pytest.mark.parametrize("kind", [Draft, Account])
def test_a_seat_is_not_enough_where_more_is_asked_or_no_path_leads(kind: type[Base]) -> None:
    with pytest.raises(TypeError, match="to take part is not enough"):
        requires_seat(on=kind)


def test_strangers_are_asked_to_sign_in_and_led_back(sign_in: SignIn, scene: Scene) -> None:
    answer = sign_in(None).client.get(f"/trial/paragraphs/{scene.paragraph}?show=zh")

    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next=/trial/paragraphs/{scene.paragraph}?show%3Dzh"


def test_strangers_never_hold_the_lock(sign_in: SignIn, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "lock_dialogue_of", lambda *_: pytest.fail("locked for a stranger"))

    assert sign_in(None).client.post(f"/trial/paragraphs/{scene.paragraph}", data={}).status_code == 401


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_there_is_not_is_not_found(sign_in: SignIn, scene: Scene, method: str) -> None:
    client = sign_in(scene.cast.us_head).client

    assert client.open(f"/trial/paragraphs/{uuid4()}", method=method).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_belongs_to_another_dialogue_does_not_exist(sign_in: SignIn, scene: Scene, method: str) -> None:
    client = sign_in(scene.other.us_head).client

    assert client.open(f"/trial/paragraphs/{scene.paragraph}", method=method).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["cn_head", "secretariat", "us_head of another dialogue"])
def test_what_is_not_ones_own_takes_as_many_statements_as_what_there_is_not_and_no_lock(
    app: Flask, sign_in: SignIn, scene: Scene, monkeypatch: pytest.MonkeyPatch, method: str, who: str
) -> None:
    monkeypatch.setattr(access, "lock_dialogue_of", lambda *_: pytest.fail("locked for what is not theirs"))
    client = sign_in(scene.other.us_head if "another" in who else getattr(scene.cast, who)).client
    engine = app.extensions["database"]
    asked: list[str] = []
    sa.event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))

    told = []
    client.open(f"/trial/drafts/{uuid4()}", method=method)  # what is asked once, of a connection, is asked here
    for key in (scene.shared.id, scene.own.id, uuid4()):
        asked.clear()
        answer = client.open(f"/trial/drafts/{key}", method=method)
        told.append((answer.status_code, list(asked)))

    assert told[0] == told[1] == told[2]
    assert told[0][0] == 404


def test_what_one_may_read_but_not_do_is_forbidden(sign_in: SignIn, scene: Scene, title: Callable[[], str]) -> None:
    answer = sign_in(scene.cast.observer).client.post(f"/trial/paragraphs/{scene.paragraph}", data={"title": "x"})

    assert answer.status_code == 403
    assert title() == "0"


@pytest.mark.parametrize(
    ("who", "own", "shared"),
    [
        pytest.param("us_drafter", 200, 200, id="its author reads both"),
        pytest.param("us_head", 404, 200, id="a head reads what is shared, not a drafter's private draft"),
        pytest.param("us_adviser", 404, 200, id="so does an adviser"),
        pytest.param("cn_head", 404, 404, id="to the other side there are no drafts"),
        pytest.param("observer", 404, 404, id="nor to an observer"),
        pytest.param("secretariat", 404, 404, id="nor to the secretariat"),
    ],
)
def test_drafts_exist_for_those_only_who_may_read_them(
    sign_in: SignIn, scene: Scene, who: str, own: int, shared: int
) -> None:
    client = sign_in(getattr(scene.cast, who)).client

    assert client.get(f"/trial/drafts/{scene.own.id}").status_code == own
    assert client.get(f"/trial/drafts/{scene.shared.id}").status_code == shared


@pytest.mark.parametrize(
    ("who", "status"), [("us_head", 200), ("us_translator", 403), ("us_adviser", 403), ("cn_head", 404)]
)
def test_a_draft_one_may_not_read_is_not_found_before_it_is_forbidden(
    sign_in: SignIn, scene: Scene, who: str, status: int
) -> None:
    assert sign_in(getattr(scene.cast, who)).client.post(f"/trial/drafts/{scene.shared.id}").status_code == status


def test_who_no_longer_takes_part_finds_nothing(sign_in: SignIn, scene: Scene, writing: Begin) -> None:
    client = sign_in(scene.cast.us_head).client
    with writing() as session:
        session.get_one(Membership, scene.cast.us_head.id).ended_at = datetime(2026, 1, 6, tzinfo=UTC)

    assert client.get(f"/trial/paragraphs/{scene.paragraph}").status_code == 404


def test_one_acts_in_the_capacity_one_has_in_that_dialogue(sign_in: SignIn, scene: Scene, writing: Begin) -> None:
    """Whoever is head in one dialogue and observes another is an observer there."""
    with writing() as session:
        factories.a_member(
            session,
            session.get_one(Dialogue, scene.cast.dialogue.id),
            Role.OBSERVER,
            account=session.get_one(Account, scene.other.us_head.account_id),
        )
    client = sign_in(scene.other.us_head).client

    assert client.get(f"/trial/paragraphs/{scene.paragraph}").text == f"{scene.paragraph} observer None"
    assert client.post(f"/trial/paragraphs/{scene.paragraph}", data={"title": "x"}).status_code == 403


def test_an_account_that_was_closed_is_a_stranger(sign_in: SignIn, scene: Scene, writing: Begin) -> None:
    client = sign_in(scene.cast.us_head).client
    with writing() as session:
        session.get_one(Account, scene.cast.us_head.account_id).active = False

    assert client.get(f"/trial/paragraphs/{scene.paragraph}").status_code == 303


@pytest.mark.parametrize(("status", "kept"), [(204, "done"), (303, "done"), (400, "0"), (422, "0"), (500, "0")])
def test_what_a_post_did_is_kept_below_400_and_undone_from_there(
    sign_in: SignIn, scene: Scene, title: Callable[[], str], status: int, kept: str
) -> None:
    client = sign_in(scene.cast.us_drafter).client

    answer = client.post(f"/trial/paragraphs/{scene.paragraph}", data={"title": "done", "status": str(status)})

    assert answer.status_code == status
    assert title() == kept


def test_what_a_refused_act_had_begun_is_undone(sign_in: SignIn, scene: Scene, title: Callable[[], str]) -> None:
    client = sign_in(scene.cast.us_drafter).client

    answer = client.post(f"/trial/paragraphs/{scene.paragraph}", data={"title": "begun", "then": "raise"})

    assert answer.status_code == 409
    assert title() == "0"


def test_a_get_cannot_write(app: Flask, sign_in: SignIn, scene: Scene, title: Callable[[], str]) -> None:
    def sly(paragraph: Paragraph) -> ResponseReturnValue:
        paragraph.working_title = Bilingual("written by a GET", "")
        db.session.flush()
        return ""

    app.add_url_rule("/sly/<uuid:paragraph_id>", view_func=requires(Permission.READ, on=Paragraph)(sly))

    assert sign_in(scene.cast.us_drafter).client.get(f"/sly/{scene.paragraph}").status_code >= 500
    assert title() == "0"


@pytest.mark.parametrize("change", ["membership ends", "account closes", "role changes"])
def test_who_is_acting_is_read_again_once_the_lock_is_held(
    sign_in: SignIn,
    scene: Scene,
    title: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    change: str,
) -> None:
    """What somebody else committed while we waited for the lock decides, not what was read before."""

    def lock(session: orm.Session, kind: type[Base], key: UUID) -> UUID | None:
        locked = lock_dialogue_of(session, kind, key)
        member = sa.update(Membership).where(Membership.id == scene.cast.us_drafter.id)
        if change == "account closes":
            account = sa.update(Account).where(Account.id == scene.cast.us_drafter.account_id)
            session.execute(account.values(active=False))
        elif change == "membership ends":
            session.execute(member.values(ended_at=datetime(2026, 1, 6, tzinfo=UTC)))
        else:
            session.execute(member.values(role=Role.ADVISER))
        return locked

    monkeypatch.setattr(access, "lock_dialogue_of", lock)

    answer = sign_in(scene.cast.us_drafter).client.post(f"/trial/paragraphs/{scene.paragraph}", data={"title": "x"})

    assert answer.status_code == {"membership ends": 404, "account closes": 401, "role changes": 403}[change]
    assert title() == "0"


def test_posts_to_one_dialogue_take_turns(sign_in: SignIn, scene: Scene, title: Callable[[], str]) -> None:
    people = [sign_in(member).client for member in scene.cast.members]

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(lambda client: client.post(f"/trial/paragraphs/{scene.paragraph}/add"), people))

    assert {answer.status_code for answer in answers} == {204}
    assert title() == str(len(people))


def test_a_view_that_reads_first_opens_its_own_transaction(
    sign_in: SignIn, scene: Scene, title: Callable[[], str]
) -> None:
    assert sign_in(scene.cast.us_drafter).client.post(f"/trial/paragraphs/{scene.paragraph}/later").status_code == 204
    assert title() == "later"


def test_the_gate_needs_to_know_what_to_lock() -> None:
    with pytest.raises(TypeError, match="JournalEntry"):
        requires(Permission.READ, on=JournalEntry)


def test_nobody_acts_as_a_member_where_no_row_is_at_hand(app: Flask, scene: Scene) -> None:
    with app.test_request_context("/"):
        assert not permits(Permission.READ, scene.cast.dialogue)
        with pytest.raises(LookupError):
            current_member()

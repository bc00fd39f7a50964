"""What the frame of every page shows: who is reading, the ways about, the language, where one is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, flash, g, get_template_attribute, request, url_for
from flask_babel.speaklater import LazyString
from sqlalchemy import orm

from workflow.access import (
    account_may,
    current_account,
    current_actor,
    current_memberships,
    member_at_hand,
    permits,
)
from workflow.addresses import own_path, path_of
from workflow.domain.bilingual import Bilingual
from workflow.domain.bracket_display import shown
from workflow.domain.negotiation import Act, Refusal
from workflow.domain.placeholders import pieces
from workflow.domain.words import beginning, tag_of
from workflow.i18n import current_locale
from workflow.i18n import gettext as _
from workflow.i18n import lazy_gettext as _l
from workflow.models import (
    Account,
    Agreement,
    Amendment,
    Comment,
    Delegation,
    Dialogue,
    Draft,
    Entered,
    JournalEntry,
    Membership,
    Paragraph,
    Participation,
    Position,
    ThreadEvent,
)
from workflow.permissions import AccountPermission, Permission, Role
from workflow.reader_language import (
    in_one_language,
    in_reader_language,
    in_reader_order,
    name_of,
    names_of,
    place_of,
)
from workflow.services import paragraphs
from workflow.services.naming import author_of
from workflow.services.time_zones import in_each_zone

#: The ways about: what a link says and the endpoint it leads to. An endpoint that is not there is no way.
WAYS: Final[tuple[tuple[LazyString, str], ...]] = (
    (_l("Desk"), "desk.show"),
    (_l("Dialogues"), "dialogues.index"),
    (_l("Agreements"), "agreements.index"),
    (_l("Agenda"), "agenda.index"),
    (_l("Password"), "security.change_password"),
)


#: Where acts lead that are about a dialogue as a whole.
_OF_THE_DIALOGUE: Final[Mapping[Entered, str]] = {
    Entered.DIALOGUE_OPENED: "dialogues.show",
    Entered.DIALOGUE_CHANGED: "dialogues.show",
    Entered.NAMING_CONSENTED: "naming.show",
    Entered.NAMING_TAKEN_BACK: "naming.show",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A delegation, or the secretariat, as a flag shows it to this reader."""

    code: str
    name: str
    order: int | None
    """Its place among the delegations; ``None`` for the secretariat, which is no side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who is reading, as the head of the page shows it."""

    side: Side | None
    role: str
    """In words; the account's name for somebody who takes part in nothing yet."""
    name: str


def init_app(app: Flask) -> None:
    """Give the templates of `app` what every page needs."""
    app.jinja_env.globals.update(
        AccountPermission=AccountPermission,
        Act=Act,
        Permission=Permission,
        Refusal=Refusal,
        account_may=account_may,
        permits=permits,
        in_one_language=in_one_language,
        in_reader_language=in_reader_language,
        in_reader_order=in_reader_order,
        name_of=name_of,
        names_of=names_of,
        place_of=place_of,
        seat_words=seat_words,
        side_of=side_of,
        due_in=in_each_zone,
    )
    app.jinja_env.filters["as_listed"] = as_listed
    app.jinja_env.filters["author_for"] = author_for
    app.jinja_env.filters["entries"] = entries
    app.jinja_env.filters["pieces"] = pieces  # components/placeholder.html
    app.jinja_env.filters["tag_of"] = tag_of
    app.jinja_env.filters["truncate"] = beginning  # Jinja's own would end Chinese with three full stops
    app.jinja_env.filters["shown"] = shown  # components/negotiating.html
    app.context_processor(_frame)


def side_of(delegation: Delegation | None) -> Side:
    """Return `delegation` as a flag shows it to this reader; who acts for none is the secretariat."""
    if delegation is None:
        return Side(code="SEC", name=_("Secretariat"), order=None)
    return Side(code=delegation.code, name=in_reader_language(delegation.name), order=delegation.colour)


def sides_of(dialogue: Dialogue) -> Mapping[str, Side]:
    """Return the delegations of `dialogue` as flags show them, by their codes, in their fixed order."""
    return {delegation.code: side_of(delegation) for delegation in dialogue.delegations}


def seat_words(role: Role, delegation: Delegation | None) -> str:
    """Return what somebody takes part as, in the reader's words: "Drafter, United States"."""
    words = role_in_words(role)
    return _("%(role)s, %(side)s", role=words, side=in_reader_language(delegation.name)) if delegation else words


def amendments_of(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Return the amendments to `paragraph` as a list to choose from: ``(key, words)``."""
    return [
        (str(one.id), _("amendment %(number)s (%(side)s)", number=one.number, side=one.delegation.code))
        for one in paragraph.amendments
    ]


def amendment_chosen(paragraph: Paragraph, key: str | None) -> Amendment | None:
    """Return the amendment to `paragraph` whose `key` was chosen from `amendments_of`; ``None`` where none was."""
    return next((one for one in paragraph.amendments if str(one.id) == key), None)


def place_in_words(value: str, quoted: Bilingual, number: str) -> str:
    """Return a place of an outline, or of a motion to move a paragraph, in words."""
    where = value.partition(":")[0]
    about = {"text": in_reader_language(quoted), "number": f"¶{number}" if number else ""}
    sentences: Mapping[str, LazyString] = {
        "first": _l("before everything else"),
        "before": _l("before %(number)s “%(text)s”", **about),
        "first-under": _l("first under “%(text)s”", **about),
        "first-under-draft": _l("first under the draft “%(text)s”", **about),
        "under": _l("last under “%(text)s”", **about),
        "under-draft": _l("last under the draft “%(text)s”", **about),
        "after": _l("after %(number)s “%(text)s”", **about),
        "after-draft": _l("after the draft “%(text)s”", **about),
        "end": _l("at the end of the text"),
    }
    return str(sentences[where])


def as_listed(participations: Iterable[Participation]) -> list[dict[str, Any]]:
    """Return people as `participant_list` shows them, each by the display form that was printed."""
    return [{"name": one.display, "title": one.title, "is_leader": one.is_leader} for one in participations]


def author_for(said: Comment | Position | Draft | ThreadEvent, member: Membership) -> str | None:
    """Return the person who said something, where `member` may read it; shared pages name delegations."""
    return author_of(said, member.actor)


def entries(journal: Iterable[JournalEntry], *, named: bool = True) -> list[dict[str, Any]]:
    """Return what the journal says as the list `history` shows it; `named`, with the paragraph each is about."""
    sentence = get_template_attribute("components/entry.html", "entry_text")
    return [
        {
            "moment": entry.at,
            "side": side_of(entry.delegation) if entry.delegation else None,
            "text": str(sentence(entry)).strip(),
            "about": name_of(entry.paragraph) if named and entry.paragraph else "",
            "url": _leads_to(entry),
        }
        for entry in journal
    ]


def _leads_to(entry: JournalEntry) -> str | None:
    """Return where what `entry` is about is to be read; ``None`` where no page is about that."""
    said = entry.said
    if "thread" in said:
        place = f"comment-{said['comment']}" if "comment" in said else None
        return url_for("threads.show", thread_id=said["thread"], _anchor=place)
    if "motion" in said:
        return _leads_to_motion(entry)
    if entry.paragraph_id:
        place = f"amendment-{said['number']}" if "amendment" in said and "number" in said else None
        return url_for("paragraphs.show", paragraph_id=entry.paragraph_id, _anchor=place)
    if "meeting" in said:
        place = f"list-{said['list']}" if "list" in said else None
        return url_for("sessions.show", dialogue_session_id=said["meeting"], _anchor=place)
    if entry.act in _OF_THE_DIALOGUE:
        return url_for(_OF_THE_DIALOGUE[entry.act], dialogue_id=entry.dialogue_id)
    closes = entry.act in {Entered.ISSUED, Entered.ADOPTED, Entered.FROZEN}
    return url_for("adoptions.show", agreement_id=entry.agreement_id) if closes else None


def _leads_to_motion(entry: JournalEntry) -> str:
    place = f"motion-{entry.said['number']}"
    if entry.paragraph_id:
        return url_for("motions.index", paragraph_id=entry.paragraph_id, _anchor=place)
    return url_for("adoptions.show", agreement_id=entry.agreement_id, _anchor=place)


def one_of(known: Sequence[str], asked: str | None) -> str:
    """Return what was asked for if there is such a thing, else the first: an address is no form to be refused."""
    return asked if asked is not None and asked in known else known[0]


def said(text: str, *links: tuple[str, str] | None) -> None:
    """Have the next page say what was done, with links to what can be done next or undone: ``(label, url)`` each."""
    ways = [(str(link[0]), link[1]) for link in links if link is not None]
    flash({"text": str(text), "links": ways})  # type: ignore[arg-type]  # the session holds what JSON does


def next_that_waits(session: orm.Session, agreement: Agreement, after: Paragraph | None = None) -> tuple[str, str]:
    """Return the way to the next paragraph that waits for the reader; to the desk, where nothing else in it does."""
    found = paragraphs.next_waiting(session, agreement.id, current_actor(), after=after)
    if found is None:
        return _("Nothing else in this text waits for you: to the desk"), home()
    name = place_of(found.paragraph, found.number)
    return _("Next that waits for you: %(place)s", place=str(name)), url_for("paragraphs.show", paragraph_id=found.key)


def is_part() -> bool:
    """Return whether a script of a page asks for that part of it which it shows anew."""
    return "X-Part" in request.headers


def home() -> str:
    """Return the path of the page one starts from."""
    return url_for("desk.show") if "desk.show" in current_app.view_functions else "/"


def page_sent_from() -> str | None:
    """Return the path of the page of this site that the present form was sent from."""
    return path_of(request.referrer, host=request.host)


def _frame() -> dict[str, Any]:
    member = member_at_hand()
    account = current_account()
    return {
        "locale": current_locale(),
        "member": member,
        "reader": _reader(member or next(iter(current_memberships()), None), account) if account else None,
        "navigation": _navigation() if account else [],
        "account_key": account.id if account else "",
        "home_url": home(),
        "language_url": url_for("language.choose"),
        "sign_out_url": url_for("security.logout"),
        "here": _here(),
        "news_url": g.get("news_url"),
        "page_url": g.get("page_url"),
        "named_across": member is not None and member.dialogue.names_since is not None,
    }


def role_in_words(role: Role) -> str:
    """Return the capacity in which somebody takes part, in the reader's words."""
    role_word = get_template_attribute("components/role.html", "role_word")
    return str(role_word(role)).strip()


def _reader(member: Membership | None, account: Account) -> Reader:
    if member is None:
        return Reader(side=None, role=account.name, name=account.name)
    return Reader(
        side=side_of(member.delegation) if member.delegation else None,
        role=role_in_words(member.role),
        name=member.account.name,
    )


def _navigation() -> list[tuple[str, str, bool]]:
    return [
        (str(label), url_for(endpoint), request.endpoint == endpoint)
        for label, endpoint in WAYS
        if endpoint in current_app.view_functions
    ]


def _here() -> str:
    """Return the path the language switch comes back to: this page, or the one its form was sent from."""
    if request.method == "GET":
        query = request.query_string.decode("ascii", "replace")
        return own_path(request.path + (f"?{query}" if query else "")) or home()
    return own_path(g.get("page_url") or "") or page_sent_from() or home()

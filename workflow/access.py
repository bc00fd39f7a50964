"""The gate in front of a route: who is it, may they, and, for a POST, is the row locked before it is read.

Every view function carries what may reach it as its `access`; a test reads it from there.
The policy itself stands in :mod:`workflow.permissions` and nowhere else.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache, wraps
from http import HTTPStatus
from typing import Any, Final, TypeAlias, TypeVar, cast
from uuid import UUID

import sqlalchemy as sa
from flask import abort, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import orm

from workflow.db import Base
from workflow.models import Account, Comment, Dialogue, Draft, HandOver, Invitation, Membership, Mention, Task, Thread
from workflow.permissions import AccountPermission, Actor, Permission, Subject, account_permits
from workflow.permissions import permits as policy_permits
from workflow.services.locks import PATHS, lock_dialogue_of
from workflow.services.visible import OWN
from workflow.transactions import db

View: TypeAlias = Callable[..., ResponseReturnValue]
Gated = TypeVar("Gated", bound=View)

#: What it takes to read a row, where that is not `READ`: to all others it does not exist.
READING: Final[Mapping[type[Base], Permission]] = {
    Draft: Permission.READ_DRAFT,
    HandOver: Permission.READ_DRAFT,
    Membership: Permission.READ_MEMBER,
    Invitation: Permission.READ_INVITATION,
    Thread: Permission.READ_THREAD,
    Comment: Permission.READ_THREAD,
    Mention: Permission.READ_THREAD,
    Task: Permission.READ_TASK,
}


class Openness(StrEnum):
    """Who may reach a view that is about no row."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"


def public(view: Gated) -> Gated:
    """Let anybody reach the view."""
    view.access = Openness.PUBLIC  # type: ignore[attr-defined]  # functions have attributes
    return view


def signed_in(view: View) -> View:
    """Let whoever is signed in reach the view; 401 otherwise. It is about no row of a dialogue."""

    @wraps(view)
    def gate(**arguments: object) -> ResponseReturnValue:
        if current_account() is None:
            abort(HTTPStatus.UNAUTHORIZED)
        return view(**arguments)

    gate.access = Openness.SIGNED_IN  # type: ignore[attr-defined]  # functions have attributes
    return gate


def requires_of_account(permission: AccountPermission) -> Callable[[View], View]:
    """Let whoever's account holds `permission` reach the view; to all others it does not exist.

    A POST opens ``db.write()`` itself, and asks again there.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def gate(**arguments: object) -> ResponseReturnValue:
            check_account(permission)
            return view(**arguments)

        gate.access = permission  # type: ignore[attr-defined]  # functions have attributes
        return gate

    return decorate


def check_account(permission: AccountPermission) -> Account:
    """Return the account that is signed in; answer 401 to strangers, 404 where it does not hold `permission`."""
    account = current_account()
    if account is None:
        abort(HTTPStatus.UNAUTHORIZED)
    if not account_permits(account, permission):
        abort(HTTPStatus.NOT_FOUND)
    return account


def account_may(permission: AccountPermission) -> bool:
    """Return whether the account that is signed in holds `permission`; for templates."""
    account = current_account()
    return account is not None and account_permits(account, permission)


def requires(permission: Permission, *, on: type[Base]) -> Callable[[View], View]:
    """Hand the row named by the URL to the view, if the actor holds `permission` over it.

    ``<uuid:paragraph_id>`` in the rule becomes a ``paragraph`` argument. Answers 401 to
    strangers; 404 when the row does not exist *or the actor may not read it*, so that
    nobody can probe for what is not theirs; 403 when they may read it but lack `permission`.

    A POST runs in one write transaction, begun, with the dialogue's lock, before anything
    is read that decides it. It is kept when the view answers below 400, and rolled back
    when it raises or shows its form again.
    """
    return _gate(permission, on, _in_one_transaction)


def requires_reading(permission: Permission, *, on: type[Base]) -> Callable[[View], View]:
    """Hand the row named by the URL to the view like `requires`, but hold no lock for a POST.

    For views that hash, build a document or read an upload: they do so first, then open
    ``db.write()`` themselves, lock the dialogue there and read again what decides.
    """
    return _gate(permission, on, _on_a_reading)


def requires_seat(*, on: type[Base]) -> Callable[[View], View]:
    """Hand the key named by the URL to the view, if the person signed in takes part in the dialogue it belongs to.

    For what open pages ask every other second: the row itself, which all who take part may read, is not
    read. Answers 401 to strangers; 404 where there is no such row or the person takes no part.

    Raises:
        TypeError: If rows of that kind are not open to all who take part.

    """
    if on in READING or on not in PATHS:
        raise TypeError(f"to take part is not enough to read any {on.__name__}")
    name = f"{on.__tablename__}_id"

    def decorate(view: View) -> View:
        @wraps(view)
        def gate(**arguments: Any) -> ResponseReturnValue:  # noqa: ANN401 -- what the URL says
            if current_account() is None:
                abort(HTTPStatus.UNAUTHORIZED)
            member = _seat_at(on, arguments[name])
            if member is None or not policy_permits(member.actor, Permission.READ, member):
                abort(HTTPStatus.NOT_FOUND)
            g.member = member
            return view(**arguments)

        gate.access = Permission.READ  # type: ignore[attr-defined]  # functions have attributes
        return gate

    return decorate


def read_again(kind: type[Base], key: UUID, permission: Permission) -> Base:
    """Return the row `key` under the lock of its dialogue, if whoever is signed in may still do what the gate let them.

    For the ``db.write()`` of a view behind `requires_reading`; it answers like the gate.
    """
    _lock(kind, key)
    return _readable(kind, key, permission)


def current_account() -> Account | None:
    """Return the account that is signed in; ``None`` for a stranger."""
    return cast("Account", current_user.account) if current_user.is_authenticated else None


def current_memberships() -> tuple[Membership, ...]:
    """Return the capacities the person signed in takes part in now, oldest first; none for a stranger."""
    account = current_account()
    if account is None:
        return ()
    taking_part = (
        sa.select(Membership)
        .where(Membership.account_id == account.id, Membership.ended_at.is_(None))
        .options(orm.joinedload(Membership.delegation), orm.joinedload(Membership.dialogue))
        .order_by(Membership.began_at, Membership.id)
    )
    return tuple(db.session.scalars(taking_part))


def member_at_hand() -> Membership | None:
    """Return the membership in whose capacity this request is made; ``None`` before the gate, or about no row."""
    return cast("Membership | None", g.get("member"))


def current_member() -> Membership:
    """Return the membership in whose capacity this request is made.

    Raises:
        LookupError: In a view that is about no row of a dialogue.

    """
    member = member_at_hand()
    if member is None:
        raise LookupError("no row of a dialogue is at hand, so nobody acts here as a member of one")
    return member


def current_actor() -> Actor:
    """Return the person acting, as the policy sees them.

    Raises:
        LookupError: In a view that is about no row of a dialogue.

    """
    return current_member().actor


def row_at_hand() -> Base | None:
    """Return the row the URL names, once the gate has let the reader see it."""
    return cast("Base | None", g.get("row"))


def permits(permission: Permission, subject: Subject) -> bool:
    """Return whether the person acting holds `permission` over `subject`; for templates, which never ask for roles."""
    member = member_at_hand()
    return member is not None and policy_permits(member.actor, permission, subject)


_Answer: TypeAlias = Callable[[], ResponseReturnValue]


def _gate(
    permission: Permission, kind: type[Base], post: Callable[[type[Base], UUID, _Answer], ResponseReturnValue]
) -> Callable[[View], View]:
    if kind not in PATHS:
        raise TypeError(f"no path leads from {kind.__name__} to the dialogue to be locked")
    name = kind.__tablename__

    def decorate(view: View) -> View:
        @wraps(view)
        def gate(**arguments: Any) -> ResponseReturnValue:  # noqa: ANN401 -- what the URL says
            if current_account() is None:
                abort(HTTPStatus.UNAUTHORIZED)  # before the lock: strangers never hold it
            key: UUID = arguments.pop(f"{name}_id")

            def answer() -> ResponseReturnValue:
                return view(**{name: _readable(kind, key, permission)}, **arguments)

            return answer() if request.method in {"GET", "HEAD"} else post(kind, key, answer)

        gate.access = permission  # type: ignore[attr-defined]  # functions have attributes
        return gate

    return decorate


def _on_a_reading(_kind: type[Base], _key: UUID, answer: _Answer) -> ResponseReturnValue:
    return answer()


def _in_one_transaction(kind: type[Base], key: UUID, answer: _Answer) -> ResponseReturnValue:
    if _seat_at(kind, key) is None:
        abort(HTTPStatus.NOT_FOUND)  # before the lock: nobody waits for a dialogue that is not theirs
    with db.write() as session:
        _lock(kind, key)
        response = make_response(answer())
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            session.rollback()
        return response


def _lock(kind: type[Base], key: UUID) -> None:
    """Lock the dialogue of the row `key`, and make sure that the person signed in still is."""
    if lock_dialogue_of(db.session, kind, key) is None:
        abort(HTTPStatus.NOT_FOUND)
    forget_reader()
    if current_account() is None:
        abort(HTTPStatus.UNAUTHORIZED)


def forget_reader() -> None:
    """Have the account read again: Flask-Login's copy was read without the lock, and must not decide an act."""
    g.pop("_login_user", None)
    g.pop("member", None)


def _readable(kind: type[Base], key: UUID, permission: Permission) -> Base:
    """Return the row `key`, if the person signed in may read it and holds `permission` over it."""
    account = current_account()
    found = account and db.session.execute(_path(kind, with_row=True), {"key": key, "account": account.id}).first()
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    member, row = found
    subject = cast("Subject", row)
    if not policy_permits(member.actor, READING.get(kind, Permission.READ), subject):
        abort(HTTPStatus.NOT_FOUND)
    g.member, g.row = member, row
    if not policy_permits(member.actor, permission, subject):
        abort(HTTPStatus.FORBIDDEN)
    return cast("Base", row)


def _seat_at(kind: type[Base], key: UUID) -> Membership | None:
    """Return the membership through which the person signed in reaches the row `key` of `kind`."""
    account = current_account()
    if account is None:
        return None
    return cast(
        "Membership | None", db.session.scalar(_path(kind, with_row=False), {"key": key, "account": account.id})
    )


@cache
def _path(kind: type[Base], *, with_row: bool) -> sa.Select[Any]:
    """Select the membership through which ``:account`` reaches the row ``:key`` of `kind`, and the row if asked for.

    One statement, whether there is no such row, the person takes no part in its dialogue, or
    it is another delegation's own: neither the answer nor the time it takes tells which.
    Made once, for every request asks it.
    """
    seat = orm.aliased(Membership)
    path: sa.Select[Any] = sa.select(*([seat, kind] if with_row else [seat]))
    dialogue = orm.joinedload(seat.dialogue)
    if with_row:  # whoever reads more of it can ask whether it was read before; an open page that polls does not
        dialogue = dialogue.undefer(Dialogue.last_act)
    path = path.select_from(kind).options(orm.joinedload(seat.delegation), dialogue)
    for step in PATHS[kind]:
        path = path.join(step)
    if PATHS[kind] and with_row:
        path = path.options(orm.contains_eager(*PATHS[kind]))  # the policy follows it
    path = path.join(seat, seat.dialogue_id == Dialogue.id).where(
        kind.id == sa.bindparam("key"),  # type: ignore[attr-defined]  # every model has an id
        seat.account_id == sa.bindparam("account"),
        seat.ended_at.is_(None),
    )
    return path.where(OWN[kind](seat)) if kind in READING else path

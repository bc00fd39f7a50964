"""Who may do what: the policy, role by role."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Act
from workflow.permissions import (
    GRANTS,
    OF_A_DELEGATION,
    PERMISSION_FOR,
    Actor,
    Permission,
    Role,
    is_left_to_heads,
    permits,
)

DIALOGUE, MEMBER = uuid4(), uuid4()


@dataclass(frozen=True)
class Matter:
    """Something of the dialogue; of one delegation, or one member of it, where a test says so."""

    dialogue_key: UUID = DIALOGUE
    delegation_code: str | None = None
    owner: UUID | None = None


def actor(role: Role, *, delegation: str = "US", membership: UUID = MEMBER) -> Actor:
    return Actor(
        membership=membership,
        role=role,
        dialogue=DIALOGUE,
        delegation=delegation if role in OF_A_DELEGATION else None,
    )


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.READ, set(Role)),
        (Permission.DRAFT, {Role.HEAD, Role.DRAFTER, Role.TRANSLATOR}),
        (Permission.ANSWER, {Role.HEAD, Role.DRAFTER}),
        (Permission.WITHDRAW, {Role.HEAD, Role.DRAFTER}),
        (Permission.TAKE_POSITION, {Role.HEAD, Role.DRAFTER}),
        (Permission.AGREE, {Role.HEAD}),
        (Permission.CERTIFY, {Role.TRANSLATOR}),
        (Permission.DEFER, {Role.HEAD, Role.DRAFTER}),
        (Permission.COMMENT, {*OF_A_DELEGATION, Role.SECRETARIAT}),
        (Permission.COMMENT_INTERNALLY, set(OF_A_DELEGATION)),
        (Permission.PROPOSE_AGENDA_ITEM, {Role.HEAD, Role.DRAFTER}),
        (Permission.DISPOSE_AGENDA_ITEM, {Role.HEAD, Role.DRAFTER, Role.SECRETARIAT}),
        (Permission.ISSUE, {Role.SECRETARIAT}),
        (Permission.CONFIRM_LIST, {Role.HEAD}),
        (Permission.ADOPT, {Role.HEAD}),
        (Permission.MAKE_DOCUMENT, set(Role)),
        (Permission.TABLE_TOGETHER, {Role.HEAD, Role.DRAFTER}),
        (Permission.BEGIN_TEXT, {Role.HEAD, Role.DRAFTER}),
    ],
)
def test_a_right_belongs_to_exactly_these_roles(permission: Permission, roles: set[Role]) -> None:
    assert {role for role in Role if permits(actor(role), permission, Matter())} == roles


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_nobody_has_any_right_in_a_dialogue_they_take_no_part_in(permission: Permission, role: Role) -> None:
    assert not permits(actor(role), permission, Matter(dialogue_key=uuid4(), delegation_code="US"))


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.READ_DRAFT, set(OF_A_DELEGATION)),
        (Permission.EDIT_DRAFT, {Role.HEAD, Role.DRAFTER, Role.TRANSLATOR}),
        (Permission.TABLE, {Role.HEAD, Role.DRAFTER}),
        (Permission.DECIDE_TABLING, {Role.HEAD}),
    ],
)
def test_a_draft_is_its_delegations_and_until_shared_its_authors(permission: Permission, roles: set[Role]) -> None:
    def holders(matter: Matter, delegation: str = "US", membership: UUID = MEMBER) -> set[Role]:
        return {
            role
            for role in Role
            if permits(actor(role, delegation=delegation, membership=membership), permission, matter)
        }

    private, shared = Matter(delegation_code="US", owner=MEMBER), Matter(delegation_code="US")

    assert holders(shared) == roles
    assert holders(private) == roles
    assert holders(private, membership=uuid4()) == set(), "a colleague reads no private draft"
    assert holders(shared, delegation="CN") == set(), "the other side reads none"
    assert holders(Matter()) == set(), "what is no delegation's own is no draft"


@dataclass(frozen=True)
class Put(Matter):
    """A motion of some kind."""

    kind: MotionKind = MotionKind.MOVE


@pytest.mark.parametrize("permission", [Permission.ANSWER_MOTION, Permission.WITHDRAW_MOTION])
@pytest.mark.parametrize("kind", MotionKind)
def test_a_drafter_settles_places_and_compromises_and_a_head_everything_put_to_all_sides(
    permission: Permission, kind: MotionKind
) -> None:
    assert permits(actor(Role.HEAD), permission, Put(kind=kind))
    assert permits(actor(Role.DRAFTER), permission, Put(kind=kind)) == (
        kind in {MotionKind.MOVE, MotionKind.COMPROMISE}
    )
    assert not permits(actor(Role.DRAFTER), permission, Matter())
    assert not permits(actor(Role.TRANSLATOR), permission, Put(kind=kind))


@dataclass(frozen=True)
class LeftToHeads(Matter):
    """A draft of a delegation in which heads alone table."""

    drafters_table: bool = False


@pytest.mark.parametrize("role", Role)
def test_where_a_delegation_leaves_tabling_to_heads_a_drafter_is_told_so(role: Role) -> None:
    draft, other = LeftToHeads(delegation_code="US"), LeftToHeads(delegation_code="CN")

    assert permits(actor(role), Permission.TABLE, draft) == (role is Role.HEAD)
    assert is_left_to_heads(actor(role), draft) == (role is Role.DRAFTER)
    assert not is_left_to_heads(actor(role), other)
    assert not is_left_to_heads(actor(role), Matter(delegation_code="US"))


def test_the_policy_is_complete() -> None:
    assert GRANTS.keys() == set(Permission)
    assert PERMISSION_FOR.keys() == set(Act)


def test_who_belongs_to_no_delegation_acts_for_none() -> None:
    assert actor(Role.HEAD).side == "US"
    assert actor(Role.HEAD).is_head
    with pytest.raises(ValueError, match="acts for no delegation"):
        _ = actor(Role.SECRETARIAT).side

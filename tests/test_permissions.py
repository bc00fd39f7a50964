"""Who may do what: the policy, role by role."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest

from workflow.domain.motions import MotionKind
from workflow.domain.negotiation import Act
from workflow.permissions import (
    ACCOUNT_GRANTS,
    GRANTS,
    OF_A_DELEGATION,
    PERMISSION_FOR,
    AccountPermission,
    Actor,
    Permission,
    Role,
    Seat,
    account_permits,
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
        (Permission.PUT_ON_TABLE, {Role.SECRETARIAT}),
        (Permission.EDIT_DIALOGUE, {Role.SECRETARIAT}),
        (Permission.CONSENT_TO_NAMING, {Role.HEAD}),
        (Permission.OPEN_SESSION, {Role.SECRETARIAT}),
        (Permission.EDIT_SESSION, {Role.SECRETARIAT}),
        (Permission.OPEN_AGREEMENT, {Role.HEAD, Role.SECRETARIAT}),
        (Permission.INVITE, {Role.HEAD, Role.SECRETARIAT}),
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
class Part(Matter):
    """Somebody's membership, or an invitation of their side."""

    id: UUID = MEMBER


@pytest.mark.parametrize(
    ("permission", "own_side", "office", "oneself"),
    [
        (Permission.READ_MEMBER, set(OF_A_DELEGATION), {Role.SECRETARIAT}, {Role.OBSERVER}),
        (Permission.END_MEMBERSHIP, {Role.HEAD}, {Role.SECRETARIAT}, set(Role)),
        (Permission.READ_INVITATION, set(OF_A_DELEGATION), {Role.SECRETARIAT}, set()),
        (Permission.WITHDRAW_INVITATION, {Role.HEAD}, {Role.SECRETARIAT}, set()),
        (Permission.EDIT_LIST, {Role.HEAD, Role.DRAFTER}, set(), set()),
    ],
)
def test_what_is_of_one_side_is_that_sides(
    permission: Permission, own_side: set[Role], office: set[Role], oneself: set[Role]
) -> None:
    def holders(part: Part, delegation: str = "US") -> set[Role]:
        return {role for role in Role if permits(actor(role, delegation=delegation), permission, part)}

    somebody = uuid4()

    assert holders(Part(delegation_code="US", id=somebody)) == own_side
    assert holders(Part(delegation_code="US", id=somebody), "CN") == set()
    assert holders(Part(id=somebody)) == office
    assert holders(Part(delegation_code="US")) | holders(Part()) >= oneself


@pytest.mark.parametrize("has_head", [True, False])
@pytest.mark.parametrize("code", ["US", "CN", None])
@pytest.mark.parametrize("role", Role)
def test_seats_are_filled_by_the_own_side_and_a_first_head_by_the_secretariat(
    role: Role, code: str | None, *, has_head: bool
) -> None:
    seat = Seat(dialogue_key=DIALOGUE, role=role, delegation_code=code, has_head=has_head)
    fills = {one for one in Role if permits(actor(one), Permission.FILL_SEAT, seat)}

    head = {Role.HEAD} if code == "US" else set()
    office = {Role.SECRETARIAT} if code is None or (role is Role.HEAD and not has_head) else set()
    assert fills == head | office


@dataclass(frozen=True)
class Account:
    """An account as the policy sees it."""

    opens_dialogues: bool


def test_an_account_opens_dialogues_if_the_operator_lets_it() -> None:
    assert account_permits(Account(opens_dialogues=True), AccountPermission.OPEN_DIALOGUE)
    assert not account_permits(Account(opens_dialogues=False), AccountPermission.OPEN_DIALOGUE)


@dataclass(frozen=True)
class Said(Matter):
    """A comment, or the thread it stands in; of one delegation where it is internal."""

    author: UUID | None = None


@dataclass(frozen=True)
class Given(Matter):
    """A task of a delegation."""

    concerned: frozenset[UUID] = frozenset()


def holders(permission: Permission, matter: Matter, *, delegation: str = "US", membership: UUID = MEMBER) -> set[Role]:
    return {
        role for role in Role if permits(actor(role, delegation=delegation, membership=membership), permission, matter)
    }


def test_an_internal_thread_is_its_delegations_and_a_shared_one_everybodys() -> None:
    internal, shared = Said(delegation_code="US"), Said()

    assert holders(Permission.READ_THREAD, shared) == set(Role)
    assert holders(Permission.READ_THREAD, internal) == set(OF_A_DELEGATION)
    assert holders(Permission.COMMENT, shared) == {*OF_A_DELEGATION, Role.SECRETARIAT}
    assert holders(Permission.COMMENT, internal) == set(OF_A_DELEGATION)
    assert holders(Permission.ASSIGN_TASK, shared) == set(OF_A_DELEGATION)
    assert holders(Permission.SHARE_COMMENT, internal) == set(OF_A_DELEGATION)
    assert holders(Permission.SHARE_COMMENT, shared) == set()
    for permission in (Permission.READ_THREAD, Permission.COMMENT, Permission.ASSIGN_TASK, Permission.SHARE_COMMENT):
        assert holders(permission, internal, delegation="CN") == set()


def test_only_an_author_edits_and_only_while_reading_the_thread() -> None:
    writers = {*OF_A_DELEGATION, Role.SECRETARIAT}

    assert holders(Permission.EDIT_COMMENT, Said(author=MEMBER)) == writers
    assert holders(Permission.EDIT_COMMENT, Said(author=MEMBER), membership=uuid4()) == set()
    assert holders(Permission.EDIT_COMMENT, Said(author=MEMBER, delegation_code="US"), delegation="CN") == set()


def test_a_task_is_closed_by_whom_it_concerns_and_by_the_own_head() -> None:
    task, of_others = Given(delegation_code="US", concerned=frozenset({MEMBER})), Given(delegation_code="US")

    assert holders(Permission.READ_TASK, task) == holders(Permission.CLOSE_TASK, task) == set(OF_A_DELEGATION)
    assert holders(Permission.CLOSE_TASK, of_others) == {Role.HEAD}
    for permission in (Permission.READ_TASK, Permission.CLOSE_TASK):
        assert holders(permission, task, delegation="CN") == set()


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
    assert ACCOUNT_GRANTS.keys() == set(AccountPermission)
    assert PERMISSION_FOR.keys() == set(Act)


def test_who_belongs_to_no_delegation_acts_for_none() -> None:
    assert actor(Role.HEAD).side == "US"
    assert actor(Role.HEAD).is_head
    with pytest.raises(ValueError, match="acts for no delegation"):
        _ = actor(Role.SECRETARIAT).side

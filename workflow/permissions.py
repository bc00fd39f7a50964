"""The policy: who may do what, in one table.

:mod:`workflow.domain.negotiation` says *when* an act is in order; this says *who* may
perform it. The gate in front of every route, the buttons on every page, the tests and the
help page read the same table.

Source: RULES 13 and 19.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeAlias
from uuid import UUID

from workflow.domain.motions import SETTLED_BY_DRAFTERS
from workflow.domain.negotiation import Act, DelegationCode


class Role(StrEnum):
    """The capacity in which a person takes part in a dialogue."""

    HEAD = "head"
    DRAFTER = "drafter"
    TRANSLATOR = "translator"
    ADVISER = "adviser"
    OBSERVER = "observer"
    SECRETARIAT = "secretariat"


#: Roles held within a delegation; the others belong to none.
OF_A_DELEGATION: Final = frozenset({Role.HEAD, Role.DRAFTER, Role.TRANSLATOR, Role.ADVISER})


class Permission(StrEnum):
    """A right, named ``resource:action``."""

    READ = "dialogue:read"
    """Read what is shared in a dialogue, and what is one's own delegation's."""
    DRAFT = "draft:write"
    """Write text that the other side does not see."""
    READ_DRAFT = "draft:read"
    EDIT_DRAFT = "draft:edit"
    TABLE = "draft:table"
    """Put a draft before the other side."""
    TABLE_TOGETHER = "draft:table_together"
    """See the drafts of one's side that can be tabled, side by side; each still takes `TABLE`."""
    DECIDE_TABLING = "delegation:decide_tabling"
    """Say whether one's drafters may table, or heads alone."""
    BEGIN_TEXT = "agreement:begin_text"
    """Make drafts of a whole text: that of the last agreement, or of a file."""
    ANSWER = "amendment:answer"
    """Accept another side's amendment, or keep it in brackets."""
    WITHDRAW = "amendment:withdraw"
    TAKE_POSITION = "position:take"
    """Go *ad referendum*, reserve, or record a head's decision."""
    AGREE = "position:agree"
    """Give one's delegation's final word on a text."""
    CERTIFY = "certificate:give"
    DEFER = "deferral:consent"
    COMMENT = "comment:write"
    """Begin a thread, reply in one that one may read, resolve and reopen it."""
    COMMENT_INTERNALLY = "comment:write_internally"
    READ_THREAD = "thread:read"
    SHARE_COMMENT = "comment:share"
    """Say anew to all sides what was said within the own delegation."""
    EDIT_COMMENT = "comment:edit"
    """Edit or withdraw one's own words."""
    ASSIGN_TASK = "task:assign"
    READ_TASK = "task:read"
    CLOSE_TASK = "task:close"
    """Say that a task is done, reopen it or take it back."""
    PROPOSE_AGENDA_ITEM = "agenda:propose"
    DISPOSE_AGENDA_ITEM = "agenda:dispose"
    ISSUE = "issue:make"
    """Issue the text as the next Rev."""
    CONFIRM_LIST = "participants:confirm"
    ADOPT = "agreement:adopt"
    MOVE = "motion:move"
    """Propose that a paragraph stands elsewhere, which drafters settle between them."""
    PUT_AS_HEAD = "motion:put_as_head"
    """Put what takes the word of a head."""
    OFFER_COMPROMISE = "motion:offer_compromise"
    ANSWER_MOTION = "motion:answer"
    WITHDRAW_MOTION = "motion:withdraw"
    BREAK_SILENCE = "motion:break_silence"
    PUT_ON_TABLE = "table_view:put"
    """Say which paragraph the table view shows to the room."""
    MAKE_DOCUMENT = "document:make"
    EDIT_DIALOGUE = "dialogue:edit"
    """Say anew what was said of a dialogue when it was opened."""
    CONSENT_TO_NAMING = "dialogue:consent_to_naming"
    """Consent, for the own delegation, that persons are named to all sides; and take it back."""
    OPEN_SESSION = "session:open"
    EDIT_SESSION = "session:edit"
    EDIT_LIST = "participants:edit"
    """Write the own delegation's participant list."""
    OPEN_AGREEMENT = "agreement:open"
    READ_MEMBER = "member:read"
    """Know that somebody takes part, and as what."""
    END_MEMBERSHIP = "member:end"
    INVITE = "member:invite"
    """Invite somebody at all; to which seats, `FILL_SEAT` says."""
    FILL_SEAT = "member:fill_seat"
    READ_INVITATION = "invitation:read"
    WITHDRAW_INVITATION = "invitation:withdraw"


class AccountPermission(StrEnum):
    """A right that an account holds by itself, in no dialogue."""

    OPEN_DIALOGUE = "dialogue:open"
    """Open a dialogue, and be its secretariat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person acting, as far as the policy cares: one membership in one dialogue."""

    membership: UUID
    role: Role
    dialogue: UUID
    delegation: DelegationCode | None
    """``None`` for the secretariat and observers, who belong to no delegation."""

    @property
    def is_head(self) -> bool:
        """Whether this is a head of delegation."""
        return self.role is Role.HEAD

    @property
    def side(self) -> DelegationCode:
        """The delegation acted for.

        Raises:
            ValueError: If the actor belongs to none; the policy lets no such actor act for one.

        """
        if self.delegation is None:
            message = f"{self.role} acts for no delegation"
            raise ValueError(message)
        return self.delegation


class Subject(Protocol):
    """Anything a permission can be about."""

    @property
    def dialogue_key(self) -> UUID:
        """The dialogue it belongs to."""
        ...


class OwnedSubject(Subject, Protocol):
    """Something that is one delegation's own."""

    @property
    def delegation_code(self) -> DelegationCode:
        """Whose it is."""
        ...

    @property
    def owner(self) -> UUID | None:
        """The membership it is private to; ``None`` once shared in the delegation."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A part in a dialogue that somebody could be invited to take."""

    dialogue_key: UUID
    role: Role
    delegation_code: DelegationCode | None
    has_head: bool = False
    """Whether its delegation has a head."""


class Holder(Protocol):
    """An account, as far as the policy cares."""

    @property
    def opens_dialogues(self) -> bool:
        """Whether the operator lets it open dialogues."""
        ...


Condition: TypeAlias = Callable[[Actor, Subject], bool]


def takes_part(actor: Actor, subject: Subject) -> bool:
    """Whether the actor is a member of the dialogue this belongs to."""
    return actor.dialogue == subject.dialogue_key


def within_delegation(actor: Actor, subject: Subject) -> bool:
    """Whether it is the actor's delegation's, and not somebody else's private draft."""
    code = getattr(subject, "delegation_code", None)
    owner = getattr(subject, "owner", None)
    return code is not None and actor.delegation == code and owner in {None, actor.membership}


def of_no_delegation(actor: Actor, subject: Subject) -> bool:
    """Whether it belongs to no delegation, and neither does the actor."""
    return actor.delegation is None and getattr(subject, "delegation_code", "") is None


def oneself(actor: Actor, subject: Subject) -> bool:
    """Whether it is the actor's own membership."""
    return getattr(subject, "id", None) == actor.membership


def first_head(_actor: Actor, subject: Subject) -> bool:
    """Whether it is the seat of a head in a delegation that has none."""
    return isinstance(subject, Seat) and subject.role is Role.HEAD and not subject.has_head


def within_scope(actor: Actor, subject: Subject) -> bool:
    """Whether it is shared, or the actor's own delegation's."""
    return getattr(subject, "delegation_code", None) in {None, actor.delegation}


def own_words(actor: Actor, subject: Subject) -> bool:
    """Whether the actor wrote it."""
    return getattr(subject, "author", None) == actor.membership


def concerns(actor: Actor, subject: Subject) -> bool:
    """Whether the actor was given this task, or gave it."""
    return actor.membership in getattr(subject, "concerned", frozenset())


def drafters_table(_actor: Actor, subject: Subject) -> bool:
    """Whether the delegation it belongs to lets its drafters table."""
    return getattr(subject, "drafters_table", True)


def settled_by_drafters(_actor: Actor, subject: Subject) -> bool:
    """Whether it is a motion that drafters settle between them; all others take the word of a head."""
    return getattr(subject, "kind", None) in SETTLED_BY_DRAFTERS


@dataclass(frozen=True, slots=True)
class Grant:
    """A right given to `roles`, for as long as all of `conditions` hold."""

    roles: frozenset[Role]
    conditions: tuple[Condition, ...] = ()

    def covers(self, actor: Actor, subject: Subject) -> bool:
        """Whether this grant gives `actor` the right over `subject`."""
        return actor.role in self.roles and all(condition(actor, subject) for condition in self.conditions)


def _to(*roles: Role, when: tuple[Condition, ...] = (takes_part,)) -> Grant:
    return Grant(frozenset(roles), when)


_OWN: Final = (takes_part, within_delegation)
_OF_THE_OFFICE: Final = (takes_part, of_no_delegation)
_ONESELF: Final = (takes_part, oneself)
_IN_SCOPE: Final = (takes_part, within_scope)
_COMMENTING: Final = (*sorted(OF_A_DELEGATION), Role.SECRETARIAT)

#: A permission is held when *any one* of its grants covers the actor. A permission with no
#: grants is held by nobody.
GRANTS: Final[Mapping[Permission, tuple[Grant, ...]]] = {
    Permission.READ: (_to(*Role),),
    Permission.DRAFT: (_to(Role.HEAD, Role.DRAFTER, Role.TRANSLATOR),),
    Permission.READ_DRAFT: (_to(Role.HEAD, Role.DRAFTER, Role.TRANSLATOR, Role.ADVISER, when=_OWN),),
    Permission.EDIT_DRAFT: (_to(Role.HEAD, Role.DRAFTER, Role.TRANSLATOR, when=_OWN),),
    Permission.TABLE: (_to(Role.HEAD, when=_OWN), _to(Role.DRAFTER, when=(*_OWN, drafters_table))),
    Permission.TABLE_TOGETHER: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.DECIDE_TABLING: (_to(Role.HEAD, when=_OWN),),
    Permission.BEGIN_TEXT: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.ANSWER: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.WITHDRAW: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.TAKE_POSITION: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.AGREE: (_to(Role.HEAD),),
    Permission.CERTIFY: (_to(Role.TRANSLATOR),),
    Permission.DEFER: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.COMMENT: (_to(*_COMMENTING, when=_IN_SCOPE),),
    Permission.COMMENT_INTERNALLY: (_to(*OF_A_DELEGATION),),
    Permission.READ_THREAD: (_to(*Role, when=_IN_SCOPE),),
    Permission.SHARE_COMMENT: (_to(*OF_A_DELEGATION, when=_OWN),),
    Permission.EDIT_COMMENT: (_to(*_COMMENTING, when=(*_IN_SCOPE, own_words)),),
    Permission.ASSIGN_TASK: (_to(*OF_A_DELEGATION, when=_IN_SCOPE),),
    Permission.READ_TASK: (_to(*OF_A_DELEGATION, when=_OWN),),
    Permission.CLOSE_TASK: (
        _to(Role.HEAD, when=_OWN),
        _to(*OF_A_DELEGATION, when=(*_OWN, concerns)),
    ),
    Permission.PROPOSE_AGENDA_ITEM: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.DISPOSE_AGENDA_ITEM: (_to(Role.HEAD, Role.DRAFTER, Role.SECRETARIAT),),
    Permission.ISSUE: (_to(Role.SECRETARIAT),),
    Permission.CONFIRM_LIST: (_to(Role.HEAD),),
    Permission.ADOPT: (_to(Role.HEAD),),
    Permission.MOVE: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.PUT_AS_HEAD: (_to(Role.HEAD),),
    Permission.OFFER_COMPROMISE: (_to(Role.SECRETARIAT),),
    Permission.ANSWER_MOTION: (_to(Role.HEAD), _to(Role.DRAFTER, when=(takes_part, settled_by_drafters))),
    Permission.BREAK_SILENCE: (_to(Role.HEAD, Role.DRAFTER),),
    Permission.WITHDRAW_MOTION: (
        _to(Role.HEAD, Role.SECRETARIAT),
        _to(Role.DRAFTER, when=(takes_part, settled_by_drafters)),
    ),
    Permission.PUT_ON_TABLE: (_to(Role.SECRETARIAT),),
    Permission.MAKE_DOCUMENT: (_to(*Role),),
    Permission.EDIT_DIALOGUE: (_to(Role.SECRETARIAT),),
    Permission.CONSENT_TO_NAMING: (_to(Role.HEAD),),
    Permission.OPEN_SESSION: (_to(Role.SECRETARIAT),),
    Permission.EDIT_SESSION: (_to(Role.SECRETARIAT),),
    Permission.EDIT_LIST: (_to(Role.HEAD, Role.DRAFTER, when=_OWN),),
    Permission.OPEN_AGREEMENT: (_to(Role.HEAD, Role.SECRETARIAT),),
    Permission.READ_MEMBER: (
        _to(*OF_A_DELEGATION, when=_OWN),
        _to(Role.SECRETARIAT, when=_OF_THE_OFFICE),
        _to(Role.OBSERVER, when=_ONESELF),
    ),
    Permission.END_MEMBERSHIP: (
        _to(Role.HEAD, when=_OWN),
        _to(Role.SECRETARIAT, when=_OF_THE_OFFICE),
        _to(*Role, when=_ONESELF),
    ),
    Permission.INVITE: (_to(Role.HEAD, Role.SECRETARIAT),),
    Permission.FILL_SEAT: (
        _to(Role.HEAD, when=_OWN),
        _to(Role.SECRETARIAT, when=_OF_THE_OFFICE),
        _to(Role.SECRETARIAT, when=(takes_part, first_head)),
    ),
    Permission.READ_INVITATION: (_to(*OF_A_DELEGATION, when=_OWN), _to(Role.SECRETARIAT, when=_OF_THE_OFFICE)),
    Permission.WITHDRAW_INVITATION: (_to(Role.HEAD, when=_OWN), _to(Role.SECRETARIAT, when=_OF_THE_OFFICE)),
}

#: What an account may do by itself: by a grant of the operator, which gives no right in any dialogue there is.
ACCOUNT_GRANTS: Final[Mapping[AccountPermission, Callable[[Holder], bool]]] = {
    AccountPermission.OPEN_DIALOGUE: lambda account: account.opens_dialogues,
}

#: The right each act calls for.
PERMISSION_FOR: Final[Mapping[Act, Permission]] = {
    Act.TABLE_ADDITION: Permission.TABLE,
    Act.TABLE_AMENDMENT: Permission.TABLE,
    Act.ACCEPT: Permission.ANSWER,
    Act.ACCEPT_IN_PART: Permission.ANSWER,
    Act.CARRY_OVER: Permission.WITHDRAW,
    Act.KEEP_IN_BRACKETS: Permission.ANSWER,
    Act.WITHDRAW_AMENDMENT: Permission.WITHDRAW,
    Act.AGREE: Permission.AGREE,
    Act.AGREE_WITH_STATEMENT: Permission.AGREE,
    Act.AGREE_AD_REFERENDUM: Permission.TAKE_POSITION,
    Act.RESERVE: Permission.TAKE_POSITION,
    Act.WITHDRAW_POSITION: Permission.TAKE_POSITION,
    Act.CERTIFY: Permission.CERTIFY,
    Act.DEFER: Permission.DEFER,
    Act.REVOKE_DEFERRAL: Permission.DEFER,
    Act.COMMENT: Permission.COMMENT,
}


def permits(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Return whether `actor` holds `permission` over `subject`."""
    return any(grant.covers(actor, subject) for grant in GRANTS[permission])


def account_permits(account: Holder, permission: AccountPermission) -> bool:
    """Return whether `account` holds `permission`, whatever it takes part in."""
    return ACCOUNT_GRANTS[permission](account)


def is_left_to_heads(actor: Actor, subject: Subject) -> bool:
    """Return whether nothing but the own delegation's decision keeps `actor` from tabling `subject`."""
    [grant] = (one for one in GRANTS[Permission.TABLE] if drafters_table in one.conditions)
    others = tuple(one for one in grant.conditions if one is not drafters_table)
    return Grant(grant.roles, others).covers(actor, subject) and not grant.covers(actor, subject)

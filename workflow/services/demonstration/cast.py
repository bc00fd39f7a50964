"""The made-up people of the demonstration, who carry the names of their roles."""

from dataclasses import dataclass
from typing import Final

from workflow.permissions import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class CastMember:
    """Somebody made up, called by the role."""

    key: str
    name: str
    role: Role
    side: str | None = None

    @property
    def email(self) -> str:
        """What is typed at sign-in."""
        return f"{self.key}@demo.example"


CAST: Final = (
    CastMember(key="us.head", name="U.S. head", role=Role.HEAD, side="US"),
    CastMember(key="us.drafter", name="U.S. drafter", role=Role.DRAFTER, side="US"),
    CastMember(key="us.translator", name="U.S. translator", role=Role.TRANSLATOR, side="US"),
    CastMember(key="us.adviser", name="U.S. adviser", role=Role.ADVISER, side="US"),
    CastMember(key="cn.head", name="Chinese head", role=Role.HEAD, side="CN"),
    CastMember(key="cn.drafter", name="Chinese drafter", role=Role.DRAFTER, side="CN"),
    CastMember(key="cn.translator", name="Chinese translator", role=Role.TRANSLATOR, side="CN"),
    CastMember(key="cn.adviser", name="Chinese adviser", role=Role.ADVISER, side="CN"),
    CastMember(key="observer", name="Observer", role=Role.OBSERVER),
    CastMember(key="secretariat", name="Secretariat", role=Role.SECRETARIAT),
)

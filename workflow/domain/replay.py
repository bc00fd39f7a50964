"""What the journal tells, told again: the state of every text from the entries of the shared chain alone.

Told again are, of a paragraph: its wordings, its live amendments and the answers to them, the
positions in force, the certificates that count, who wants it deferred, and its place; of an
agreement: the order, the Revs, and who adopted which listing.

Not told are the texts themselves (an entry names hashes), rationales, reasons and statements,
motions other than moves until they take effect, comments, agenda items, participant lists and
silences; nor the places of what was read in from a file, and what was entered before entries
said all this.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from workflow.domain.order import Governor, Node, Place, governed_by, reading_order, turns
from workflow.domain.positions import PositionInForce, PositionTaken, Stance, in_force
from workflow.domain.text import ParagraphKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of the shared chain, reduced to what it tells."""

    act: str
    agreement: UUID
    paragraph: UUID | None = None
    by: str = ""
    """The delegation; empty for the secretariat."""
    member: UUID | None = None
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class AmendmentTold:
    """A live amendment."""

    by: str
    number: int
    answers: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """By side: ``accepts``, ``keeps`` or the numbers of the points it takes; and whether a head said so."""


@dataclass(slots=True, kw_only=True)
class ParagraphTold:
    """What the journal tells of one paragraph."""

    kind: ParagraphKind
    wordings: list[tuple[str, bool]] = field(default_factory=list)
    """The hash of each, and whether it is a deletion."""
    live: dict[UUID, AmendmentTold] = field(default_factory=dict)
    deferral: list[tuple[str, int, bool]] = field(default_factory=list)
    """Delegation, number of the wording, whether it consents."""
    regoverned: int = 0
    taken: list[tuple[tuple[str, str], PositionTaken]] = field(default_factory=list)
    """With the number of the wording it was given to, and what governed that."""
    certified: list[tuple[tuple[str, str], str]] = field(default_factory=list)
    governed_by: str = ""

    @property
    def _present(self) -> tuple[str, str]:
        return (str(len(self.wordings)), self.governed_by)

    def positions(self, sides: Iterable[str]) -> Mapping[str, PositionInForce]:
        """Return the positions in force, by side."""
        given = [one for present, one in self.taken if present == self._present]
        on = self.wordings[-1][0] if self.wordings else ""
        told = [PositionTaken(by=one.by, member=one.member, as_head=one.as_head, for_head=one.for_head,
                              stance=one.stance, content_hash=on) for one in given]  # fmt: skip
        return {side: held for side in sides if (held := in_force(told, by=side, on=on))}

    @property
    def certified_by(self) -> frozenset[str]:
        """The sides whose certificate counts."""
        return frozenset(side for present, side in self.certified if present == self._present)

    @property
    def deferred_by(self) -> frozenset[str]:
        """The sides that want it carried to the next session."""
        last = {side: consents for side, wording, consents in self.deferral if wording == len(self.wordings)}
        return frozenset(side for side, consents in last.items() if consents)


@dataclass(slots=True, kw_only=True)
class AgreementTold:
    """What the journal tells of one agreement."""

    sides: tuple[str, ...]
    paragraphs: dict[UUID, ParagraphTold] = field(default_factory=dict)
    children: dict[UUID | None, list[UUID]] = field(default_factory=dict)
    revs: list[str] = field(default_factory=list)
    """The hash of each listing that was issued."""
    adopted_by: dict[str, str] = field(default_factory=dict)
    """By side; empty where the text changed since."""

    @property
    def order(self) -> tuple[Place, ...]:
        """Every paragraph where it stands, in reading order."""
        nodes = {
            parent: [
                Node(key=key, kind=(one := self.paragraphs[key]).kind, is_common=bool(one.wordings)) for key in keys
            ]
            for parent, keys in self.children.items()
        }
        return reading_order(nodes)

    @property
    def governors(self) -> Mapping[UUID, str]:
        """What names the lead-ins over each paragraph."""
        known = {
            key: Governor(
                wordings=len(one.wordings),
                turns=turns(one.deferral, sides=self.sides),
                is_carried=one.deferred_by == frozenset(self.sides),
                regoverned=one.regoverned,
            )
            for key, one in self.paragraphs.items()
        }
        return governed_by(self.order, known)

    def parent_of(self, key: UUID) -> UUID | None:
        """Return what the paragraph `key` stands under; ``None``: nothing."""
        return next(parent for parent, keys in self.children.items() if key in keys)

    def disturb(self) -> None:
        """Let every adoption lapse: the text is not the one that was adopted (28)."""
        self.adopted_by = dict.fromkeys(self.adopted_by, "")


def replay(entries: Iterable[Told], *, sides: tuple[str, ...]) -> Mapping[UUID, AgreementTold]:
    """Return what `entries` tell of each agreement, by its key.

    Args:
        entries: Of the shared chain, in order, those about an agreement.
        sides: Of the dialogue, in their fixed order.

    """
    found: dict[UUID, AgreementTold] = {}
    for entry in entries:
        agreement = found.setdefault(entry.agreement, AgreementTold(sides=sides))
        if tell := _TELLS.get(entry.act):
            tell(agreement, entry)
            for key, governed in agreement.governors.items():
                agreement.paragraphs[key].governed_by = governed
    return found


def _about(agreement: AgreementTold, entry: Told) -> ParagraphTold:
    assert entry.paragraph is not None  # noqa: S101 -- such an entry is about one; for the type checker
    return agreement.paragraphs[entry.paragraph]


def _key(entry: Told, name: str) -> UUID | None:
    written = entry.said.get(name, "")
    return UUID(written) if written else None


def _addition(agreement: AgreementTold, entry: Told) -> None:
    assert entry.paragraph is not None  # noqa: S101 -- such an entry is about one; for the type checker
    agreement.paragraphs[entry.paragraph] = ParagraphTold(kind=ParagraphKind(entry.said["paragraph_kind"]))
    after = _key(entry, "after")
    parent = agreement.parent_of(after) if after else _key(entry, "parent")
    under = agreement.children.setdefault(parent, [])
    under.insert(under.index(after) + 1 if after else len(under), entry.paragraph)
    _tabled(agreement, entry)


def _tabled(agreement: AgreementTold, entry: Told) -> None:
    made = AmendmentTold(by=entry.said["author"], number=int(entry.said["number"]))
    _about(agreement, entry).live[UUID(entry.said["amendment"])] = made
    agreement.disturb()


def _answered(agreement: AgreementTold, entry: Told) -> None:
    says = {"amendment_accepted": "accepts", "amendment_kept": "keeps"}.get(entry.act, entry.said.get("points", ""))
    named = _about(agreement, entry).live[UUID(entry.said["amendment"])]
    named.answers[entry.by] = (says, entry.said["as_head"] == "yes")


def _ended(agreement: AgreementTold, entry: Told) -> None:
    del _about(agreement, entry).live[UUID(entry.said["amendment"])]


def _wording(agreement: AgreementTold, entry: Told) -> None:
    _about(agreement, entry).wordings.append((entry.said["hash"], entry.said["deletes"] == "yes"))
    agreement.disturb()


def _position(agreement: AgreementTold, entry: Told) -> None:
    assert entry.member is not None  # noqa: S101 -- somebody took it; for the type checker
    taken = PositionTaken(
        by=entry.by,
        member=entry.member,
        as_head=entry.said["as_head"] == "yes",
        for_head=entry.said["for_head"] == "yes",
        stance=Stance(entry.said["stance"]),
        content_hash=entry.said["hash"],
    )
    _about(agreement, entry).taken.append(((entry.said["wording"], entry.said["governed_by"]), taken))
    if taken.stance in {Stance.RESERVE, Stance.WITHDRAWN}:
        agreement.disturb()


def _certificate(agreement: AgreementTold, entry: Told) -> None:
    given_to = (entry.said["wording"], entry.said["governed_by"])
    _about(agreement, entry).certified.append((given_to, entry.by))


def _deferral(agreement: AgreementTold, entry: Told) -> None:
    consents = entry.act == "deferral_consented"
    _about(agreement, entry).deferral.append((entry.by, int(entry.said["wording"]), consents))
    agreement.disturb()


def _carried(agreement: AgreementTold, entry: Told) -> None:
    """Put a paragraph where a move that every side consented to puts it; what other motions do is entered by itself."""
    if entry.said["kind"] != "move" or entry.paragraph is None:
        return
    earlier = agreement.governors
    before = _key(entry, "before")
    parent = agreement.parent_of(before) if before else _key(entry, "parent")
    agreement.children[agreement.parent_of(entry.paragraph)].remove(entry.paragraph)
    under = agreement.children.setdefault(parent, [])
    under.insert(under.index(before) if before else len(under), entry.paragraph)
    later = agreement.governors
    for key, paragraph in agreement.paragraphs.items():
        paragraph.regoverned += earlier[key] != later[key]
    agreement.disturb()


def _issued(agreement: AgreementTold, entry: Told) -> None:
    agreement.revs.append(entry.said["hash"])


def _adopted(agreement: AgreementTold, entry: Told) -> None:
    agreement.adopted_by[entry.by] = entry.said["listing"]


#: What each entry tells, by its act; an act that is not here tells nothing of the state of a text.
_TELLS: Final[Mapping[str, Callable[[AgreementTold, Told], None]]] = {
    "addition_tabled": _addition,
    "amendment_tabled": _tabled,
    "amendment_carried_over": _tabled,
    "amendment_accepted": _answered,
    "amendment_accepted_in_part": _answered,
    "amendment_kept": _answered,
    "amendment_ended": _ended,
    "wording_made": _wording,
    "position_taken": _position,
    "certified": _certificate,
    "deferral_consented": _deferral,
    "deferral_revoked": _deferral,
    "motion_carried": _carried,
    "issued": _issued,
    "adopted": _adopted,
}

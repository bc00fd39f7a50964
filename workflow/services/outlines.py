"""The outline of a text as one side sees it: what is tabled, and between it the own drafts of new paragraphs.

A draft stands under, and right after, a paragraph or another draft. What has become of
those (tabled, put away, or somebody's own) is followed when the outline is read, and when
the draft is tabled: so the order that one side arranged is the order in which it is tabled.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import orm

from workflow.domain.bilingual import Bilingual
from workflow.domain.content import digest
from workflow.domain.negotiation import OutOfOrder, Refusal
from workflow.domain.text import ParagraphKind
from workflow.models import Draft, Entered, Membership
from workflow.permissions import Actor, Permission, permits
from workflow.services import moves
from workflow.services.draft_places import Node, is_private, stands, stands_when_tabled
from workflow.services.drafts import Place, enter_act
from workflow.services.moves import HOLD_OTHERS
from workflow.services.reading import Reading, read
from workflow.services.rows import quoted
from workflow.services.visible import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A paragraph, or a draft of one, where it stands."""

    node: Node
    depth: int
    number: str
    """The working number of a paragraph that has one."""
    up: Place | None
    """Where a draft would stand one step up; ``None`` where there is no such place, or it is no draft."""
    down: Place | None
    inward: Place | None
    """Last under what stands before it."""
    outward: Place | None
    """Right after what it stands under."""
    over: Node | None
    """What it stands under; ``None`` at the top."""

    @property
    def is_draft(self) -> bool:
        """Whether only the own side sees it."""
        return isinstance(self.node, Draft)

    @property
    def kind(self) -> ParagraphKind:
        """What it is, or is to be."""
        return self.node.paragraph_kind if isinstance(self.node, Draft) else self.node.kind

    @property
    def text(self) -> Bilingual:
        """What it says, or said last."""
        return self.node.text if isinstance(self.node, Draft) else self.node.last_text

    @property
    def words(self) -> Bilingual:
        """Its first words in both languages; where one is not written, the other's."""
        return quoted(self.text)

    @property
    def holds_others(self) -> bool:
        """Whether others can stand under it."""
        return self.kind in HOLD_OTHERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline of one text for one reader."""

    reading: Reading
    entries: tuple[Entry, ...]
    sequence: tuple[Draft, ...]
    """The drafts in the order in which they are to be tabled, so that they come to stand as shown."""
    seen: str
    """What names this order: whoever moves a draft names the order the page showed."""

    def places(self, moving: Draft | None = None) -> list[tuple[str, Bilingual, str]]:
        """Return where a new paragraph can go, in the order of the outline; not under or after `moving` itself.

        What is shared goes under nothing private.

        Shape:
            ``(value, words of the place in both languages, working number)``, the value as `place_of` reads it.

        """
        inside = self.below(moving)
        found: list[tuple[str, Bilingual, str]] = [("first", Bilingual("", ""), "")]
        for entry in self.entries:
            node = entry.node
            if node.id in inside:
                continue
            what = "-draft" if entry.is_draft else ""
            if entry.holds_others and _can_hold(node, moving):
                found.append((f"first-under{what}:{node.id}", entry.words, ""))
                found.append((f"under{what}:{node.id}", entry.words, ""))
            if _can_hold(entry.over, moving):
                found.append((f"after{what}:{node.id}", entry.words, entry.number))
        return [*found, ("end", Bilingual("", ""), "")]

    def movable(self, actor: Actor) -> list[tuple[Entry, list[tuple[str, Bilingual, str]]]]:
        """Return what `actor` can put elsewhere, or ask the other drafters to, each with the places for it.

        The places of a paragraph are before another, last under one that holds others, or the
        end of the text, as a motion names them; those of a draft are as `places` gives them.
        """
        found: list[tuple[Entry, list[tuple[str, Bilingual, str]]]] = []
        for entry in self.entries:
            if isinstance(entry.node, Draft):
                if permits(actor, Permission.EDIT_DRAFT, entry.node):
                    found.append((entry, self.places(entry.node)))
            elif permits(actor, Permission.MOVE, entry.node):
                found.append((entry, moves.places(self.reading, entry.node)))
        return found

    def below(self, node: Node | None) -> frozenset[UUID]:
        """Return the keys of `node` and everything that stands under it; none where there is no node."""
        found: set[UUID] = set()
        depth: int | None = None
        for entry in self.entries:
            if depth is not None and entry.depth <= depth:
                break
            if node is not None and entry.node.id == node.id:
                depth = entry.depth
            if depth is not None:
                found.add(entry.node.id)
        return frozenset(found)


def outline(session: orm.Session, agreement_id: UUID, actor: Actor) -> Outline:
    """Return the outline of the agreement as `actor` sees it."""
    reading = read(session, agreement_id)
    drafts = session.scalars(
        visible(actor)
        .drafts()
        .where(Draft.agreement_id == agreement_id, Draft.paragraph_id.is_(None))
        .order_by(None)
        .order_by(Draft.began_at, Draft.id)
    ).all()
    tree = _Tree(session, reading, drafts)
    entries = tuple(tree.entries(None, 0))
    seen = digest(["outline 1", *(f"{one.depth} {one.node.id}" for one in entries)])
    return Outline(reading=reading, entries=entries, sequence=tuple(tree.sequence), seen=seen)


def put(session: orm.Session, *, draft: Draft, by: Membership, place: Place, seen: str) -> None:
    """Let `draft` stand at `place` in the outline `seen`; what stood after it closes up, what stands there gives way.

    Raises:
        OutOfOrder: If the draft is closed, the outline has changed, or `place` is none for it.

    """
    if not draft.is_open or not draft.is_addition:
        raise OutOfOrder((Refusal.DRAFT_IS_CLOSED,))
    found = outline(session, draft.agreement_id, by.actor)
    if found.seen != seen:
        raise OutOfOrder((Refusal.TEXT_HAS_CHANGED,))
    if not _can_stand(found, draft, place):
        raise OutOfOrder((Refusal.NO_SUCH_PLACE,))
    place = _after_those_there(found, draft, place)
    others = {one.id: one for one in found.sequence if one is not draft}
    now_at = {one.id: _place_now(session, one, {**others, draft.id: draft}) for one in found.sequence}
    for key, other in others.items():
        if now_at[key] == _after(draft):
            _move(other, now_at[draft.id])
            now_at[key] = now_at[draft.id]
    for key, other in others.items():
        if now_at[key] == place and (place.after or place.after_draft or place.is_first):
            _move(other, _after(draft))
    _move(draft, place)
    session.flush()
    enter_act(session, Entered.DRAFT_PLACED, draft, by)


def stepped(session: orm.Session, draft: Draft, step: str, actor: Actor) -> Place:
    """Return the place one `step` (``up``, ``down``, ``in``, ``out``) from where `draft` stands.

    Raises:
        OutOfOrder: If there is none.

    """
    found = outline(session, draft.agreement_id, actor)
    for entry in found.entries:
        if entry.node is draft:
            steps = {"up": entry.up, "down": entry.down, "in": entry.inward, "out": entry.outward}
            if (wanted := steps.get(step)) is not None:
                return wanted
    raise OutOfOrder((Refusal.NO_SUCH_PLACE,))


def moves_on(found: Outline) -> str:
    """Return what a motion to move a paragraph of the outline names: the order of the text it was put on."""
    return moves.stands_on(found.reading, None)


def stands_at(session: orm.Session, draft: Draft, actor: Actor) -> tuple[UUID | None, UUID | None, bool]:
    """Return where `draft` comes to stand when `actor` tables it now: under what, right after what, or first.

    Raises:
        OutOfOrder: If it stands under a draft that is not tabled yet.

    """
    parent, after, is_first = stands_when_tabled(session, draft, actor)
    if isinstance(parent, Draft):
        raise OutOfOrder((Refusal.STANDS_UNDER_A_DRAFT,))
    return (parent.id if parent else None, after.id if after else None, is_first)


def waits_for_its_parent(session: orm.Session, draft: Draft, actor: Actor) -> bool:
    """Whether `draft` stands under another that `actor` reads, and that is not tabled yet."""
    return isinstance(stands_when_tabled(session, draft, actor)[0], Draft)


class _Tree:
    """What stands under what: paragraphs first, then each draft put in its place."""

    def __init__(self, session: orm.Session, reading: Reading, drafts: Sequence[Draft]) -> None:
        self.reading = reading
        self.under: dict[UUID | None, list[Node]] = {}
        self.parents: dict[UUID, UUID | None] = {}
        self.sequence: list[Draft] = []
        here = {placed.paragraph.id for placed in reading.in_the_text}
        for placed in reading.in_the_text:
            paragraph = placed.paragraph
            self._add(paragraph, paragraph.parent_id if paragraph.parent_id in here else None)
        known: Mapping[UUID, Draft] = {draft.id: draft for draft in drafts}
        waiting = list(drafts)
        while waiting:
            ready = [one for one in waiting if self._put(session, one, known)]
            waiting = [one for one in waiting if one not in ready]
            if not ready:  # what stands in a circle, which no page makes, goes to the end
                for one in waiting:
                    self._add(one, None)
                    self.sequence.append(one)
                break

    def _add(self, node: Node, parent: UUID | None, at: int | None = None) -> None:
        siblings = self.under.setdefault(parent, [])
        siblings.insert(len(siblings) if at is None else at, node)
        self.parents[node.id] = parent

    def _put(self, session: orm.Session, draft: Draft, known: Mapping[UUID, Draft]) -> bool:
        parent, after, is_first = _stands(session, draft, known)
        if after is not None:
            if after.id not in self.parents:
                return self._put_without(draft, after)
            siblings = self.under[self.parents[after.id]]
            self._add(draft, self.parents[after.id], siblings.index(after) + 1)
        elif parent is not None and parent.id not in self.parents:
            return self._put_without(draft, parent)
        else:
            self._add(draft, parent.id if parent else None, 0 if is_first else None)
        self.sequence.append(draft)
        return True

    def _put_without(self, draft: Draft, missing: Node) -> bool:
        """Wait for a draft still to be put; a paragraph that is out of the text will never come: then at the end."""
        if isinstance(missing, Draft):
            return False
        self._add(draft, None)
        self.sequence.append(draft)
        return True

    def entries(self, parent: UUID | None, depth: int) -> Iterator[Entry]:
        siblings = self.under.get(parent, [])
        for at, node in enumerate(siblings):
            is_draft = isinstance(node, Draft)
            before = siblings[at - 1] if at else None
            over = self._node(parent)
            yield Entry(
                node=node,
                depth=depth,
                number="" if is_draft else self.reading.numbers.get(node.id, ""),
                up=(_after(siblings[at - 2]) if at > 1 else _first_under(over)) if is_draft and at else None,
                down=_after(siblings[at + 1]) if is_draft and at + 1 < len(siblings) else None,
                inward=_last_under(before) if is_draft and before and _takes_in(before, node) else None,
                outward=_after(over) if is_draft and over else None,
                over=over,
            )
            yield from self.entries(node.id, depth + 1)

    def _node(self, key: UUID | None) -> Node | None:
        if key is None:
            return None
        return next(one for one in self.under[self.parents[key]] if one.id == key)


def _stands(session: orm.Session, draft: Draft, known: Mapping[UUID, Draft]) -> tuple[Node | None, Node | None, bool]:
    """Return under what, right after what, or first, `draft` stands among the open drafts `known`."""
    return stands(session, draft, after=lambda one: one.id in known, under=lambda one: one.id in known)


def _place_now(session: orm.Session, draft: Draft, known: Mapping[UUID, Draft]) -> Place:
    """Return where `draft` stands, in terms of what stands there now."""
    parent, after, is_first = _stands(session, draft, known)
    if after is not None:
        return _after(after)
    if is_first:
        return _first_under(parent)
    return _last_under(parent) if parent else Place()


def _move(draft: Draft, place: Place) -> None:
    draft.parent_id, draft.after_id = place.parent, place.after
    draft.parent_draft_id, draft.after_draft_id = place.parent_draft, place.after_draft
    draft.stands_first = place.is_first


def _can_stand(found: Outline, draft: Draft, place: Place) -> bool:
    """Whether `place` is in the outline, under something that holds others, and not under or after `draft` itself."""
    entries = {entry.node.id: entry for entry in found.entries}
    parent, after = place.parent or place.parent_draft, place.after or place.after_draft
    if parent is not None and (parent not in entries or not entries[parent].holds_others):
        return False
    if after is not None and after not in entries:
        return False
    over = entries[parent].node if parent else entries[after].over if after else None
    return _can_hold(over, draft) and (parent or after) not in found.below(draft)


def _after_those_there(found: Outline, draft: Draft, place: Place) -> Place:
    """Return `place`; last under something is said as after the draft that is last there now, if one is."""
    if place.is_first or place.after or place.after_draft:
        return place
    parent = place.parent or place.parent_draft
    depth, inside, last = 0, parent is None, None
    for entry in found.entries:
        if entry.node.id == parent:
            depth, inside = entry.depth + 1, True
        elif inside and entry.depth < depth:
            break
        elif inside and entry.depth == depth and entry.node is not draft:
            last = entry.node
    return _after(last) if isinstance(last, Draft) else place


def _takes_in(holder: Node, node: Node) -> bool:
    """Whether `node` can stand under `holder`."""
    return _kind(holder) in HOLD_OTHERS and _can_hold(holder, node)


def _can_hold(holder: Node | None, node: Node | None) -> bool:
    """Whether `node` may stand under `holder`: what is shared stands under nothing private."""
    return not (isinstance(node, Draft) and node.is_shared and is_private(holder))


def _kind(node: Node) -> ParagraphKind:
    return node.paragraph_kind if isinstance(node, Draft) else node.kind


def _after(node: Node) -> Place:
    return Place(after_draft=node.id) if isinstance(node, Draft) else Place(after=node.id)


def _last_under(node: Node) -> Place:
    return Place(parent_draft=node.id) if isinstance(node, Draft) else Place(parent=node.id)


def _first_under(node: Node | None) -> Place:
    if node is None:
        return Place(is_first=True)
    if isinstance(node, Draft):
        return Place(parent_draft=node.id, is_first=True)
    return Place(parent=node.id, is_first=True)

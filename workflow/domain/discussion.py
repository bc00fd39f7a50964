"""Discussion: words quoted from a text, people named in a remark, and when a thread or a task is closed.

A quotation is kept as it was made. Whether its words still stand is worked out each time they
are shown; nothing is ever set against other words than those somebody chose.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflow.domain.bilingual import Bilingual, Language
from workflow.domain.negotiation import OutOfOrder, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words quoted from a text in one language, with the place where they stood."""

    language: Language
    start: int
    words: str
    wording: int | None = None
    """The number of the wording they are quoted from, where somebody named one; ``None``: the text as it stood."""

    @property
    def end(self) -> int:
        """Where the words end, in characters of the text."""
        return self.start + len(self.words)

    def stands_at_its_place(self, text: Bilingual) -> bool:
        """Whether `text` says these words exactly where they were quoted."""
        return text[self.language][self.start : self.end] == self.words


class Bearing(StrEnum):
    """How the words of a quotation relate to the text as it stands."""

    STANDS = "stands"
    """They are said exactly once, or the text is the one they were quoted from."""
    SEVERAL = "several"
    """They are said more than once now: which of them was meant, nobody can tell."""
    GONE = "gone"


def places(text: str, words: str) -> tuple[int, ...]:
    """Return every place where `words` begin in `text`, overlapping ones too; none for no words."""
    if not words:
        return ()
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return tuple(found)


def quote(
    text: Bilingual, words: str, *, language: Language, which: int | None, wording: int | None = None
) -> Quotation:
    """Return `words` quoted from `text`.

    Args:
        text: What is quoted.
        words: As they stand there, to the letter.
        language: In which of its languages.
        which: The first, second, … time they occur; ``None`` where they occur once.
        wording: The number of the wording that says `text`; ``None`` for the text as it stands.

    Raises:
        OutOfOrder: If they do not stand there, or it is not said which of several is meant.

    """
    found = places(text[language], words)
    if not found or (which is not None and not 1 <= which <= len(found)):
        raise OutOfOrder((Refusal.WORDS_NOT_IN_TEXT,))
    if which is None and len(found) > 1:
        raise OutOfOrder((Refusal.WORDS_OCCUR_SEVERAL_TIMES,))
    return Quotation(language=language, start=found[(which or 1) - 1], words=words, wording=wording)


def requoted(quotation: Quotation, text: Bilingual) -> tuple[str, int | None] | None:
    """Return how the words of `quotation` are quoted anew from `text`, for :func:`quote`: the words, and which of them.

    ``None`` where they do not stand at their place any more: nothing is set against other words.
    """
    if not quotation.stands_at_its_place(text):
        return None
    found = places(text[quotation.language], quotation.words)
    return quotation.words, found.index(quotation.start) + 1 if len(found) > 1 else None


def bearing(quotation: Quotation, now: Bilingual | None, *, same_text: bool) -> Bearing:
    """Return how `quotation` relates to the text as it stands.

    Args:
        quotation: The words, with their place.
        now: What the paragraph says at present; ``None`` where it says nothing any more.
        same_text: Whether that is the very text they were quoted from.

    """
    if now is None:
        return Bearing.GONE
    if same_text and quotation.stands_at_its_place(now):
        return Bearing.STANDS
    count = len(places(now[quotation.language], quotation.words))
    if not count:
        return Bearing.GONE
    return Bearing.STANDS if count == 1 else Bearing.SEVERAL


def named(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return which of `names` are called with an ``@`` in `text`, in the order in which they first are.

    The longest name that fits is the one that is meant, in capitals or not. An ``@`` within a word, as in an
    address for mail, calls nobody.
    """
    known = {name.casefold(): name for name in names if name}
    if not known:
        return ()
    longest_first = sorted(known, key=len, reverse=True)
    # A name that ends in a Latin letter must not go on; after a Chinese one, Chinese text may follow at once.
    called = re.compile(
        "(?<![0-9A-Za-z_.])@("
        + "|".join(re.escape(name) + (r"(?![0-9a-z_])" if name[-1].isascii() else "") for name in longest_first)
        + ")"
    )
    return tuple(dict.fromkeys(known[match[1]] for match in called.finditer(text.casefold())))


class ThreadAct(StrEnum):
    """What is done to a thread as a whole."""

    RESOLVED = "resolved"
    REOPENED = "reopened"


def check_thread(act: ThreadAct, *, is_resolved: bool) -> None:
    """Return if `act` is in order.

    Raises:
        OutOfOrder: If the thread is as the act would make it.

    """
    if is_resolved is (act is ThreadAct.RESOLVED):
        raise OutOfOrder((Refusal.THREAD_IS_RESOLVED if is_resolved else Refusal.THREAD_IS_OPEN,))


class TaskAct(StrEnum):
    """What becomes of a task."""

    DONE = "done"
    REOPENED = "reopened"
    TAKEN_BACK = "taken_back"


#: Whether each act needs the task to be open.
_NEEDS_OPEN: Final[Mapping[TaskAct, bool]] = {TaskAct.DONE: True, TaskAct.REOPENED: False, TaskAct.TAKEN_BACK: True}


def check_task(act: TaskAct, *, last: TaskAct | None) -> None:
    """Return if `act` is in order for a task about which `last` was the last act, if any.

    Raises:
        OutOfOrder: If the task is closed already, or open.

    """
    is_open = task_is_open(last)
    if is_open is not _NEEDS_OPEN[act]:
        raise OutOfOrder((Refusal.TASK_IS_OPEN if is_open else Refusal.TASK_IS_CLOSED,))


def task_is_open(last: TaskAct | None) -> bool:
    """Whether a task is to be done, `last` being the last act about it, if any."""
    return last in {None, TaskAct.REOPENED}

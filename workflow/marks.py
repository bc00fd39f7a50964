"""What every page about a text must say of it."""

from collections.abc import Iterable

from workflow.domain.bilingual import Language
from workflow.models import Agreement, DialogueSession


def marks_of(agreement: Agreement) -> tuple[str, ...]:
    """Return the marks of `agreement`: ``exercise`` for a fictional session, ``unofficial`` for unofficial Chinese."""
    unofficial = ("unofficial",) if Language.ZH in agreement.unofficial else ()
    return (*_of_exercise(agreement.session), *unofficial)


def marks_of_session(meeting: DialogueSession) -> tuple[str, ...]:
    """Return the marks of `meeting`: its own, and those of its agreements."""
    unofficial = any(Language.ZH in agreement.unofficial for agreement in meeting.agreements)
    return (*_of_exercise(meeting), *(("unofficial",) if unofficial else ()))


def marks_of_all(agreements: Iterable[Agreement]) -> tuple[str, ...]:
    """Return every mark that one of `agreements` carries, each once."""
    return tuple(dict.fromkeys(mark for agreement in agreements for mark in marks_of(agreement)))


def marks_of_list(agreements: Iterable[Agreement]) -> tuple[str, ...]:
    """Return the marks of a page that lists `agreements`: what is unofficial in one of them its own line says."""
    return tuple(dict.fromkeys(mark for agreement in agreements for mark in _of_exercise(agreement.session)))


def _of_exercise(meeting: DialogueSession) -> tuple[str, ...]:
    return ("exercise",) if meeting.is_exercise else ()

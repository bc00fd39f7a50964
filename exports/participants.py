"""Participant lists: as rows of a bilingual table, and as a document of their own."""

import re
from typing import Final

from exports import styles
from exports.columns import Columns
from exports.document import Language, Participant, ParticipantList
from exports.pages import Pages
from exports.runs import Line, Run

_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def add_participants(setting: Columns | Pages, participants: ParticipantList) -> None:
    """Append `participants` to `setting`: its heading, then a line per participant.

    The name is a run of its own, so that it stands out and the line still reads
    exactly as recorded: name, separator, title.
    """
    heading = participants.heading
    setting.add(Line(styles.LIST_HEADING, (Run(heading.en),), (Run(heading.zh),)))
    for participant in participants.participants:
        setting.add(Line(styles.PARTICIPANT, _runs(participant, Language.EN), _runs(participant, Language.ZH)))


def _runs(participant: Participant, language: Language) -> tuple[Run, ...]:
    name = participant.name[language]
    rest = participant.separator[language] + participant.title[language]
    return Run(name, styles.PARTICIPANT_NAME[_script(name)]), Run(rest)


def _script(name: str) -> Language:
    """Return the language in whose type `name` is set: a Chinese list may print some names in Latin letters."""
    return Language.ZH if _HAN.search(name) else Language.EN

"""The file format of a dialogue: a text that a person can edit, and the values it stands for.

`read` gives the values or every fault with its line; `write` gives the text; reading what
was written gives equal values, not a no-break space lost. Documented for those who edit
by hand in docs/file-format.md; published as a schema in data/dialogue.schema.json.
"""

from workflow.dialogue_file.entries import (
    USUAL_LABEL_STYLE,
    AgreementEntry,
    Block,
    Dates,
    DelegationEntry,
    DialogueFile,
    Host,
    ParticipantEntry,
    ParticipantListEntry,
    PersonEntry,
    Place,
    SessionEntry,
)
from workflow.dialogue_file.faults import Fault, FaultCode, FaultyFile
from workflow.dialogue_file.reading import read, read_agreement
from workflow.dialogue_file.writing import write

__all__ = [
    "USUAL_LABEL_STYLE",
    "AgreementEntry",
    "Block",
    "Dates",
    "DelegationEntry",
    "DialogueFile",
    "Fault",
    "FaultCode",
    "FaultyFile",
    "Host",
    "ParticipantEntry",
    "ParticipantListEntry",
    "PersonEntry",
    "Place",
    "SessionEntry",
    "read",
    "read_agreement",
    "write",
]

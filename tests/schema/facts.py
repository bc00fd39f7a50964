"""Which tables hold facts, and which may change, and why."""

from typing import Final

#: Written once, never changed.
FACTS: Final = {
    "adoption",
    "amendment",
    "amendment_answer",
    "amendment_ending",
    "certificate",
    "deferral_voice",
    "disposal",
    "document",
    "draft_state",
    "hand_over",
    "hand_over_ending",
    "issue",
    "issue_entry",
    "journal_entry",
    "list_confirmation",
    "look",
    "motion",
    "motion_ending",
    "motion_voice",
    "point",
    "position",
    "wording",
}

#: What may change, and why.
MAY_CHANGE: Final = {
    "account": "passwords, languages",
    "agenda_item": "a point of the agenda may be put elsewhere",
    "agreement": "its name on screens",
    "comment": "no part of the record",
    "delegation": "its name on screens",
    "dialogue": "its name on screens",
    "dialogue_session": "places and dates are settled late",
    "draft": "nobody but its own side has seen it",
    "draft_presence": "who has a page open, for a minute",
    "host": "settled late",
    "membership": "it ends",
    "paragraph": "its place; what it says is in its wordings",
    "participant_list": "until the session is over; heads confirm it as it stands",
    "participation": "until the session is over; heads confirm it as it stands",
    "person": "until the session is over; heads confirm the list as it stands",
    "place": "settled late",
    "session_dates": "settled late",
    "term": "agreed as the work goes on",
}

"""Which text columns hold what one delegation keeps to itself, and why the others may be read by all sides.

A new column stands in neither, and a test says so: whoever adds it decides here.
"""

from typing import Final

#: Where a delegation's own words, or its people, are kept. In the world of the crawl each holds a canary.
OWN: Final = {
    "account": ("email", "name"),
    "comment_version": ("text",),
    "draft": ("text_en", "text_zh", "rationale", "working_title_en", "working_title_zh", "passed_over"),
    "draft_state": ("text_en", "text_zh", "rationale"),
    "hand_over": ("request",),
    "invitation": ("email",),
}

#: What is said before all sides, or says nothing in words, by table.
OPEN: Final = {
    "account": "password and fs_uniquifier are never shown; locale is the reader's own choice",
    "adoption": "hashes of what was adopted",
    "agenda_item": "no words of its own",
    "agreement": "its name, and where it was published",
    "amendment": "tabled: before all sides",
    "amendment_answer": "said to the other sides",
    "amendment_ending": "how it ended",
    "certificate": "the hash that was certified",
    "deferral_voice": "said to all sides",
    "delegation": "names of the sides",
    "dialogue": "names and settings of the dialogue",
    "dialogue_session": "names, label and note of a session",
    "disposal": "what became of an item",
    "document": "what was chosen for a document; shown to the own side, and hashes",
    "draft": "kinds, labels, tags; what it is against is common text",
    "host": "names",
    "issue": "the hash of a Rev., and numbers",
    "issue_entry": "numbers",
    "journal_entry": "hashes; details say keys, hashes and what all sides read of dialogue and session",
    "list_confirmation": "the hash that was confirmed",
    "membership": "the role",
    "motion": "put to all sides",
    "motion_ending": "how it ended",
    "motion_voice": "said to all sides",
    "paragraph": "kinds, labels, numbers, the working title it was tabled with",
    "participant_list": "public",
    "participation": "public",
    "person": "public",
    "place": "public",
    "point": "the changes of a tabled amendment",
    "position": "said to all sides",
    "session_dates": "time zones",
    "thread": "the words it quotes are common text",
    "term": "agreed between the sides",
    "wording": "common text",
}

#: Columns of text in which nobody writes words: hashes, keys, choices, codes that are spelt by a rule. In the world of
#: the scripts every other one holds a script.
NO_WORDS: Final = {
    "account": ("email", "password", "fs_uniquifier", "locale"),
    "adoption": ("listing_hash",),
    "agreement": ("short_name",),
    "amendment_answer": ("points",),
    "certificate": ("content_hash", "governed_by"),
    "delegation": ("code",),
    "dialogue": ("short_name", "file_name"),
    "document": ("kind", "layout", "format", "paper", "house", "edition", "listing_hash", "sha256"),
    "draft": ("points", "speaker"),
    "host": ("side",),
    "invitation": ("email",),
    "issue": ("state_hash", "gone"),
    "issue_entry": ("number", "was"),
    "journal_entry": ("chain", "previous_hash", "entry_hash"),
    "list_confirmation": ("content_hash",),
    "motion": ("stands_on",),
    "paragraph": ("speaker", "label", "key", "given_number"),
    "participation": ("separator",),
    "person": ("key", "sort_key"),
    "point": ("edits",),
    "position": ("content_hash", "governed_by"),
    "session_dates": ("side", "time_zone"),
    "wording": ("speaker", "governing_hash", "content_hash"),
}

"""Who has a draft open: told to colleagues, for a minute, and to nobody else."""

from datetime import timedelta

from sqlalchemy import orm

from tests.databases import Clock
from tests.factories import Cast
from tests.services.moves import drafted
from workflow.domain.bilingual import Bilingual
from workflow.models import Agreement
from workflow.services import draft_presences, drafts


def test_colleagues_see_who_has_it_open_until_a_minute_after_the_page_was_last_heard_of(
    session: orm.Session, cast: Cast, agreement: Agreement, clock: Clock
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)
    draft_presences.note(session, draft=draft, by=cast.us_translator)
    opened = draft_presences.others(session, draft, cast.us_drafter.actor)[0].opened_at
    clock.time += timedelta(seconds=40)
    draft_presences.note(session, draft=draft, by=cast.us_translator)
    clock.time += timedelta(seconds=40)

    [seen] = draft_presences.others(session, draft, cast.us_drafter.actor)
    assert (seen.membership_id, seen.opened_at) == (cast.us_translator.id, opened)
    for reader in (cast.us_translator, cast.cn_drafter, cast.secretariat, cast.observer):
        assert draft_presences.others(session, draft, reader.actor) == ()

    clock.time += timedelta(minutes=1)
    assert draft_presences.others(session, draft, cast.us_drafter.actor) == ()

    draft_presences.note(session, draft=draft, by=cast.us_translator)
    [again] = draft_presences.others(session, draft, cast.us_drafter.actor)
    assert again.opened_at > opened


def test_what_a_page_was_opened_on_is_kept_and_what_it_never_showed_is_not(
    session: orm.Session, cast: Cast, agreement: Agreement
) -> None:
    draft = drafted(session, agreement, cast.us_drafter)
    drafts.share(session, draft=draft, by=cast.us_drafter)

    def saved(text: Bilingual) -> int:
        drafts.autosave(
            session, draft=draft, by=cast.us_drafter, text=text, rationale="", version=draft.version, is_severable=None
        )
        return draft.version

    def kept() -> list[int]:
        return [one.version for one in draft.states]

    saved(Bilingual("One.", "一。"))
    opened_on = saved(Bilingual("Two.", "二。"))
    assert opened_on not in kept(), "the same person's page saved it within a minute"
    draft_presences.note(session, draft=draft, by=cast.us_translator, opened_on=opened_on)
    assert opened_on in kept()

    later = saved(Bilingual("Three.", "三。"))
    draft_presences.note(session, draft=draft, by=cast.us_translator, opened_on=opened_on)
    draft_presences.note(session, draft=draft, by=cast.us_translator)
    assert later not in kept()

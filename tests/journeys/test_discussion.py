"""A discussion through the pages, without a script: from a note among ourselves to an end."""

from tests.conftest import Begin
from tests.factories import a_cast, a_paragraph, a_session, an_agreement
from tests.web import SignIn
from workflow.domain.bilingual import Bilingual

BASE = Bilingual("Both sides could meet every year.", "双方可以每年会晤。")
MONTHLY = Bilingual("Both sides should meet every month.", "双方应当每月会晤。")


def test_a_note_among_ourselves_becomes_an_open_question_an_answer_and_an_end(sign_in: SignIn, writing: Begin) -> None:
    with writing() as session:
        cast = a_cast(session)
        agreement = an_agreement(session, a_session(session, cast.dialogue))
        paragraph = a_paragraph(session, agreement, BASE)
    page, discussion = f"/paragraphs/{paragraph.id}", f"/agreements/{agreement.id}/discussion"
    adviser, head = sign_in(cast.us_adviser), sign_in(cast.us_head)
    cn = sign_in(cast.cn_drafter)

    # Among ourselves, of two words in Chinese; it names a colleague.
    adviser.opens(page)
    adviser.presses("Note for our delegation", comment="@US head: too weak?", quoted="可以", language="zh")
    assert "quoted from wording 1" in adviser.text
    assert "too weak" not in cn.opens(discussion).text

    # The head finds it on the desk, answers, and gives it to the translator.
    head.opens("/").presses("Seen, open it")
    thread = head.path.partition("#")[0]
    head.presses("Reply to our delegation", comment="Ask them.")
    head.follows("Make it a task")
    head.presses("Give this task", due="2099-12-01T18:00", assignee=str(cast.us_translator.id))
    translator = sign_in(cast.us_translator).opens("/")
    assert "@US head: too weak?" in translator.text

    # What is asked openly is written anew, and read as the other side will read it.
    translator.follows("Open").follows("Say it to both sides…")
    translator.presses("Share exactly this", comment="@CN Is “可以” meant as “may”?")
    translator.presses("Share exactly this")
    shared = translator.path
    assert "quoted from wording 1" in translator.text
    translator.opens(thread).presses("It is done")

    # The other side finds its delegation named, answers, and thinks better of how it said so.
    cn.opens("/").presses("Seen, open it").presses("Reply to both sides", comment="It is meant as it stands!")
    cn.follows("Edit").presses("Save the edit", comment="We propose “应当”.")
    assert "It is meant as it stands!" in translator.opens(shared).text, "on record, with what it says now"
    cn.opens(page).follows("Amend").presses("Save as my private draft", en=MONTHLY.en, zh=MONTHLY.zh)
    cn.presses("Table this text")
    sign_in(cast.us_drafter).opens(page).presses("Accept amendment 1")

    # The words are gone: both threads say so, and keep them.
    for reader, there in ((adviser, thread), (adviser, shared), (cn, shared)):
        reader.opens(there)
        assert "These words stood in wording 1. They no longer stand there in wording 2." in reader.text
        assert [one.text for one in reader.page.iter("blockquote")] == ["可以"]
    cn.presses("Resolve")
    assert "Nothing of that kind." in cn.opens(discussion).text
    assert "Resolved: CN" in adviser.opens(f"{discussion}?show=all").text
    assert cn.opens(thread).status == 404

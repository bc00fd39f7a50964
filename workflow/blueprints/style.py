"""Every component in every state, on one page: a place to look, in development only."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, abort, current_app, render_template
from werkzeug.datastructures import MultiDict

from workflow.access import public
from workflow.domain.bilingual import NOTHING, Bilingual, Language
from workflow.domain.changes import Change
from workflow.domain.closing import Cause
from workflow.domain.concordance import Sign, SignCode
from workflow.domain.confirmations import Ground
from workflow.domain.due import Due
from workflow.domain.finalising import Fate
from workflow.domain.merging import merge
from workflow.domain.negotiating import Negotiating, Proposal
from workflow.domain.negotiation import AmendmentKind, Refusal, Standing
from workflow.domain.points import deletion, parted, whole
from workflow.domain.positions import Stance
from workflow.domain.redline import bilingual_redline
from workflow.domain.text import ParagraphKind
from workflow.domain.waiting import Wait
from workflow.forms.documents import HOUSE_STYLES, KINDS, LAYOUTS, PAPER_SIZES
from workflow.forms.sessions import DetailsForm
from workflow.forms.style import ShowForm
from workflow.forms.threads import ThreadForm
from workflow.glossary import GLOSSARY
from workflow.i18n import gettext as _
from workflow.models import Disposition, Entered, Outcome
from workflow.pages import side_of
from workflow.permissions import Role
from workflow.segmenter import words_for
from workflow.services import points
from workflow.services.alterations import Alteration
from workflow.services.phrases import Part
from workflow.services.previews import Preview

bp = Blueprint("style", __name__)

_AT: Final = datetime(2019, 6, 1, 18, 5, tzinfo=UTC)
_ZONED: Final = tuple(_AT.astimezone(ZoneInfo(zone)) for zone in ("America/New_York", "Asia/Shanghai"))
_NUMBERED: Final = (("US", "United States", 1), ("CN", "China", 2), ("XX", "A third side", 3))
_SIDES: Final = {code: {"code": code, "name": name, "order": order} for code, name, order in _NUMBERED}

_TEXT: Final = Bilingual(
    en="Each harbour should publish its tide tables at least 30 days in advance, in a form that can be read by "
    "machines, and should say which “reference level” they are measured from.",
    zh="各港口应至少提前30日以机器可读的形式公布潮汐表，并说明所采用的“基准面”。",
)
_LONG: Final = Bilingual(
    en="We recommend that pilots of both harbours be trained on each other’s charts. To this end, the two harbour "
    "offices should exchange instructors for periods of 6–12 weeks, at their own cost, and should report on the "
    "results before the end of the year.",
    zh="我们建议，双方港口的引航员均应接受使用对方海图的培训。为此，两港务局应互派教员，为期6至12周，费用自理，并于年底前报告成果。",
)
_HEADING: Final = Bilingual(en="TIDES AND CHARTS", zh="潮汐与海图")
_PENDING: Final = Bilingual(en="Buoys should be lit at night.", zh="")
_CURRENT: Final = Bilingual(
    en="The two harbour offices may exchange instructors, one way being to lend each other a pilot boat.",
    zh="两港务局可考虑互派教员，方式之一是相互出借引航船。",
)


_SHORTER: Final = Bilingual(en="The two harbour offices should exchange instructors.", zh="两港务局应当互派教员。")
_LONGER: Final = Bilingual(
    en="The two harbour offices could exchange instructors and charts, one way being to lend each other a pilot boat.",
    zh="两港务局可以互派教员并交换海图，方式之一是相互出借引航船。",
)
_ODDLY_SPACED: Final = Bilingual(
    en="The  two harbour offices should\u00a0exchange instructors, one way being to lend each other a pilot boat. ",
    zh=_CURRENT.zh,
)
_PUBLISHED: Final = {
    "name": Bilingual(en="Harbour agreement", zh="港口共识"),
    "unofficial": ("zh",),
    "session": {"is_exercise": False},
}
_SAYS_PILOTS: Final = {
    "en": (
        Part("We recommend that ", is_phrase=False),
        Part("pilots", is_phrase=True),
        Part(" be trained.", is_phrase=False),
    ),
    "zh": (Part("我们建议引航员均应接受培训。", is_phrase=False),),
}
_ADDITION: Final = Negotiating.of_addition(_TEXT, by="CN", sides=("US", "CN"))
_DELETION: Final = Negotiating.of(_TEXT, {"US": Proposal(points=deletion(_TEXT))}, sides=("US", "CN"))
_UNFILLED: Final = Bilingual(en="The pilots shall meet before [date].", zh="引航员应于[日期]前会面。")


_COLLEAGUES: Final = [{"account": {"name": name}} for name in ("US drafter", "US translator")]
_DRAFTING: Final = {
    "editing": [{"membership": _COLLEAGUES[0], "opened_at": _AT}],
    "hand_overs": [
        {
            "hand_over": {
                "membership": _COLLEAGUES[0],
                "colleague": _COLLEAGUES[1],
                "request": "Please add the Chinese.",
            },
            "due": due,
            "moments": () if due is Due.WHENEVER else _ZONED,
        }
        for due in Due
    ],
    "outline": [
        {
            "node": {"id": UUID(int=depth + 1), "is_shared": depth == 1},
            "depth": depth,
            "number": "" if depth else "4",
            "kind": kind,
            "text": _TEXT,
            "is_draft": depth > 0,
            "holds_others": kind is not ParagraphKind.BULLET,
        }
        for depth, kind in enumerate((ParagraphKind.HEADING, ParagraphKind.LEAD_IN, ParagraphKind.BULLET))
    ],
}


#: As the record tells it, and as it told it before it kept what was there.
_ALTERED: Final = [
    {
        "entry": {"at": _AT},
        "alterations": (
            Alteration(field="US/name.zh", before="美方", after="美国"),
            Alteration(field="exercise", before="yes", after="no"),
            Alteration(field="places", before="", after="Sanya | 三亚\nShanghai | 上海"),
        ),
    },
    {"entry": {"at": _AT}, "alterations": ()},
]


#: What became of one paragraph; a heading and a paragraph look differently.
_DIFFERENCES: Final = [
    {
        "key": UUID(int=number),
        "number": str(number),
        "text": _LONG,
        "redline": None,
        "compared": {"before": {"number": "2"}},
        "changes": (change,),
        "paragraph": {"kind": ParagraphKind.NARRATIVE},
    }
    for number, change in enumerate(Change, start=1)
]
_MEETING: Final = {
    "places": [{"name": Bilingual(en="Sanya", zh="三亚")}],
    "dates": [
        {"side": None, "first_day": date(2019, 6, 1), "last_day": date(2019, 6, 1), "time_zone": "Asia/Shanghai"},
        {"side": "US", "first_day": date(2019, 6, 1), "last_day": date(2019, 6, 2), "time_zone": "America/New_York"},
    ],
    "hosts": [
        {"name": Bilingual(en="Harbour office", zh="港务局"), "side": "CN"},
        {"name": Bilingual(en="Pilots’ school", zh="引航学校"), "side": None},
    ],
    "off_the_record": Bilingual(en="Off the record", zh="不公开"),
    "note": _TEXT,
}
_DOCUMENT: Final = {"kind": "text", "layout": "", "format": "docx", "paper": "a4", "house": HOUSE_STYLES[0][0]}
_DOCUMENTS: Final = (
    {**_DOCUMENT, "paper": PAPER_SIZES[0][0], "edition": "US", "is_own": True, "is_attributed": True},
    {**_DOCUMENT, "kind": "redline", "format": "text", "about_amendment": UUID(int=1)},
    {**_DOCUMENT, "kind": "redline", "format": "text", "about_paragraph": UUID(int=1), "since": 1, "until": 2},
    {**_DOCUMENT, "kind": "redline", "format": "text", "about_paragraph": UUID(int=1), "since": 1},
    {**_DOCUMENT, "kind": "redline", "format": "text", "since": 1, "until": 2},
    {**_DOCUMENT, "kind": "redline", "format": "text", "since": 1},
)
#: What each entry of the journal may name.
_SAID: Final = {
    "number": 4,
    "kind": "compromise",
    "outcome": Outcome.ACCEPTED,
    "wording": 2,
    "stance": Stance.AGREE,
    "disposition": Disposition.KEPT,
    "rev": 2,
    "drafters_table": "no",
}


@bp.before_request
def only_in_development() -> None:
    """Make the page not exist where it was not asked for."""
    if not (current_app.debug or current_app.config.get("STYLE_PAGE")):
        abort(404)


@bp.get("/style")
@public
def show() -> str:
    """Every component in every state."""
    filled = ShowForm(formdata=None, data={"en": _TEXT.en, "zh": _TEXT.zh, "heading": "Tides"})
    typed = {"en": _TEXT.en, "zh": "", "heading": "A title that is too long", "layout": "a4", "scope": "shared"}
    faulty = ShowForm(
        formdata=MultiDict({f"faulty-{name}": text for name, text in typed.items()}),
        prefix="faulty",
        meta={"csrf": False},
    )
    faulty.validate()
    thread = ThreadForm(formdata=None, scope="delegation")
    thread.offer([("2", _("amendment %(number)s (%(side)s)", number=2, side="CN"))], quotable=_TEXT)
    session = DetailsForm(
        formdata=None,
        prefix="session",
        data={"ordinal": 2, "places": [{"en": "Sanya", "zh": "三亚"}], "dates": [{"side": "US"}], "hosts": [{}]},
    )
    session.offer([(code, name) for code, name, _order in _NUMBERED])
    forms = {"form": filled, "faulty": faulty, "thread_typed": thread, "session_form": session}
    return render_template("style/show.html", **_samples(), **_recorded(), **forms)


def _recorded() -> Mapping[str, Any]:
    return {
        "causes": tuple(Cause),
        "fates": tuple(Fate),
        "outcomes": (None, *Outcome),
        "dispositions": tuple(Disposition),
        "grounds": tuple(Ground),
        "signs": [Sign(code=code, en="30", zh="三十" if code is SignCode.NUMBER else "") for code in SignCode],
        "entered": tuple(Entered),
        "said": _SAID,
        "documents": _DOCUMENTS,
        "document_kinds": {kind.value: words for kind, words in KINDS},
        "document_layouts": dict(LAYOUTS),
        "document_houses": dict(HOUSE_STYLES),
        "document_papers": dict(PAPER_SIZES),
        "changed": dict.fromkeys(Change, 2),
        "differences": _DIFFERENCES,
        "meeting": _MEETING,
    }


def _samples() -> Mapping[str, Any]:
    # Compared here and not when the module is read: that would read the dictionary too.
    words = words_for()
    asked = parted(whole(_CURRENT, _LONGER, words)[0])
    bracketed = Negotiating.of(
        _CURRENT,
        {"US": Proposal(points=parted(whole(_CURRENT, _SHORTER, words)[0])), "CN": Proposal(points=asked)},
        sides=("US", "CN"),
    )
    redline = bilingual_redline(_CURRENT, bracketed.read("CN"), words)
    return {
        "sides": _SIDES,
        "secretariat": side_of(None),
        "text": _TEXT,
        "long": _LONG,
        "heading": _HEADING,
        "pending": _PENDING,
        "bracketed": bracketed,
        "motion_shown": {
            "motion": {
                "id": UUID(int=0),
                "number": 3,
                "kind": "compromise",
                "outcome": None,
                "delegation": None,
                "at": _AT,
                "details": {},
                "reason": "",
            },
            "is_outrun": False,
            "says": (("US", "consents"), ("CN", "objects")),
            "text": _LONG,
            "place": None,
            "consent": (),
            "object_to": (Refusal.ALREADY_SAID_SO,),
            "take_back": None,
            "withdraw": None,
            "takes_effect": True,
        },
        "preview_shown": Preview(
            text=_ODDLY_SPACED,
            redline=bilingual_redline(_CURRENT, _ODDLY_SPACED, words),
            deletes=False,
            pending=(),
            one_language=(Language.EN,),
            stale=Language.ZH,
            signs=(),
        ),
        "phrases_found": {
            "phrase": "pilots",
            "terms": (Bilingual(en="pilot boat", zh="引航船"),),
            "passages": ({"agreement": _PUBLISHED, "number": "4", "url": "#", **_SAYS_PILOTS},),
            "has_more": True,
        },
        "forked": merge(_CURRENT.en, _SHORTER.en, _LONGER.en, words),
        "drafting": _DRAFTING,
        "points_shown": points.shown(asked, _CURRENT),
        "current": _CURRENT,
        "longer": _LONGER,
        "shorter": _SHORTER,
        "added": _ADDITION,
        "deleted": _DELETION,
        "redlined": redline,
        "texts": {
            "common": _CURRENT,
            "sides": [
                {"delegation": _SIDES["US"], "text": bracketed.read("US"), "redline": redline},
                {"delegation": _SIDES["CN"], "text": _CURRENT, "redline": None},
                {"delegation": _SIDES["XX"], "text": NOTHING, "redline": redline},
            ],
        },
        "zoned": _ZONED,
        "unfilled": _UNFILLED,
        "at": _AT,
        "terms": GLOSSARY[0][1][:3],
        "standings": tuple(Standing),
        "stances": (*Stance, None),
        "roles": tuple(Role),
        "kinds": (*ParagraphKind, *AmendmentKind),
        "refusals": tuple(Refusal),
        "waits": tuple(Wait),
        "counts": {
            Standing.AGREED: 9,
            Standing.AD_REFERENDUM: 3,
            Standing.RESERVED: 1,
            Standing.NO_POSITION: 2,
            Standing.BRACKETED: 2,
        },
        "altered": _ALTERED,
        "marks": ("exercise", "unofficial", "named"),
        "code": 409,
    }

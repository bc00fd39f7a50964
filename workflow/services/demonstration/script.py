"""What is said in the exercise: ``data/exercise-script.yaml``, read."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from workflow.domain.bilingual import Bilingual
from workflow.resources import DATA


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What is said in the exercise, by the names that `_play` uses."""

    texts: Mapping[str, Bilingual]
    titles: Mapping[str, Bilingual]
    rationales: Mapping[str, str]
    reservations: Mapping[str, str]
    withdrawals: Mapping[str, str]
    comments: Mapping[str, str]
    requests: Mapping[str, str]


def script() -> Script:
    """Return what is said in the exercise."""
    said = yaml.safe_load((DATA / "exercise-script.yaml").read_text(encoding="utf-8"))
    return Script(
        texts={key: Bilingual(**text) for key, text in said["texts"].items()},
        titles={key: Bilingual(**text) for key, text in said["titles"].items()},
        rationales=said["rationales"],
        reservations=said["reservations"],
        withdrawals=said["withdrawals"],
        comments=said["comments"],
        requests=said["requests"],
    )

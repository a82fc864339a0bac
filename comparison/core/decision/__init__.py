"""The decision engine's one door: what a stranger needs to decide is named here, and where it is
made.

`decide` turns a matrix and importances into a `Decision` (`decide.py`): the table is in
`matrix.py`, scores and ranks in `ranking.py`, reasons in `margin.py`, how sure they are in
`confidence.py`, what would change them in `sensitivity.py`, the view from another option in
`why_not.py`, how sure they are without one option in `without.py`, which disputes could move it in
`unsettled.py`. How good the evidence is, is another question than how clearly an option leads: see
`certainty.py`. Pure: no Django, no file, no clock, no chance.
"""

from comparison.core.decision.certainty import (
    MOSTLY_HIGH,
    MOSTLY_LOW,
    OUTWEIGHED,
    Backing,
    Certainty,
    certainty_of,
)
from comparison.core.decision.confidence import SLIGHT, Cap, Confidence, Label, Working
from comparison.core.decision.decide import decide, evaluate
from comparison.core.decision.leading import Leading
from comparison.core.decision.margin import Margin, Part
from comparison.core.decision.matrix import MOST_POINTS, USUAL_SPREAD, Matrix, build, part_of
from comparison.core.decision.ranking import EPS, Alone, MustHave, Ranked
from comparison.core.decision.result import (
    RECOMMENDING,
    Decision,
    MissingScore,
    Price,
    Relaxation,
    as_json,
    key_of,
)
from comparison.core.decision.sensitivity import Flip, Flips, SwitchSet
from comparison.core.decision.unsettled import unsettled
from comparison.core.decision.why_not import Opening, WhyNot, margin_over, why_not
from comparison.core.decision.without import LeadWithout, leads_without

__all__ = [
    "EPS",
    "MOSTLY_HIGH",
    "MOSTLY_LOW",
    "MOST_POINTS",
    "OUTWEIGHED",
    "RECOMMENDING",
    "SLIGHT",
    "USUAL_SPREAD",
    "Alone",
    "Backing",
    "Cap",
    "Certainty",
    "Confidence",
    "Decision",
    "Flip",
    "Flips",
    "Label",
    "LeadWithout",
    "Leading",
    "Margin",
    "Matrix",
    "MissingScore",
    "MustHave",
    "Opening",
    "Part",
    "Price",
    "Ranked",
    "Relaxation",
    "SwitchSet",
    "WhyNot",
    "Working",
    "as_json",
    "build",
    "certainty_of",
    "decide",
    "evaluate",
    "key_of",
    "leads_without",
    "margin_over",
    "part_of",
    "unsettled",
    "why_not",
]

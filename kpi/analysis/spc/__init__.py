"""Control charts (XmR): `xmr` as the reference computes them, `verdict` as pages say it."""

from kpi.analysis.spc.chart import Charts, xmr
from kpi.analysis.spc.verdict import MIN_POINTS, REFUSALS, Refusal, Verdict, Verdicts, verdict
from kpi.analysis.spc.vocabulary import (
    ASSURANCES,
    DIRECTIONS,
    NOT_STATED,
    SPECIAL_CAUSES,
    VARIATIONS,
    AssuranceType,
    Direction,
    Rule,
    SpecialCause,
    VariationType,
    assurance_icon,
    rule_of,
    variation_icon,
)

__all__ = [
    "ASSURANCES",
    "DIRECTIONS",
    "MIN_POINTS",
    "NOT_STATED",
    "REFUSALS",
    "SPECIAL_CAUSES",
    "VARIATIONS",
    "AssuranceType",
    "Charts",
    "Direction",
    "Refusal",
    "Rule",
    "SpecialCause",
    "VariationType",
    "Verdict",
    "Verdicts",
    "assurance_icon",
    "rule_of",
    "variation_icon",
    "verdict",
    "xmr",
]

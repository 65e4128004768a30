"""Fair comparison of units: funnels and intervals for counted rates, groups instead of ranks, spread for the rest."""

from kpi.analysis.peers.comparability import Difference, Partner, comparability
from kpi.analysis.peers.funnel import (
    POSITIONS,
    Funnel,
    FunnelRefusal,
    Overdispersion,
    Position,
    funnel,
    funnel_refusal,
    limits_at,
)
from kpi.analysis.peers.groups import Groups, groups
from kpi.analysis.peers.intervals import RateKind, garwood, interval, rate_kind, wilson
from kpi.analysis.peers.spread import Spread, spread

__all__ = [
    "POSITIONS",
    "Difference",
    "Funnel",
    "FunnelRefusal",
    "Groups",
    "Overdispersion",
    "Partner",
    "Position",
    "RateKind",
    "Spread",
    "comparability",
    "funnel",
    "funnel_refusal",
    "garwood",
    "groups",
    "interval",
    "limits_at",
    "rate_kind",
    "spread",
    "wilson",
]

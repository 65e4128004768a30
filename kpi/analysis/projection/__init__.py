"""Will we make it: the year's end foretold from the figures so far, with its error, its odds and the pace needed."""

from kpi.analysis.projection.candidates import NAIVE, Method
from kpi.analysis.projection.outlook import INTERVAL, MIN_POINTS, Projection, Remark, project
from kpi.analysis.projection.yearend import Aggregation
from kpi.analysis.spc.vocabulary import Direction

__all__ = [
    "INTERVAL",
    "MIN_POINTS",
    "NAIVE",
    "Aggregation",
    "Direction",
    "Method",
    "Projection",
    "Remark",
    "project",
]

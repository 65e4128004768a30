"""The synthetic Kemuning: data/demo/*.csv drawn into figures, recorded through the same door as imports."""

from kpi.demo.make import make_demo

__all__ = ["make_demo"]

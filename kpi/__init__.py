"""Kemuning's key performance indicators: from measurements to scores that explain themselves."""

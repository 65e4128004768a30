"""Scoring: figures and a rule profile in, achievement, index and rating out. Pure; see docs/methodology.md."""

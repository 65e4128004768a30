"""Employees' appraisal: predicates, credit points, distributions, coaching, suppression. Pure: knows no store.

Nothing here computes a predicate from an indicator: work result and behaviour are a superior's judgement (RULES §2.2).
"""

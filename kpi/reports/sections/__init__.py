"""The sections of a report: each answers one question from what the views gave, and says the answer first."""

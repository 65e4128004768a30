"""Intake of people: files of employees, individual indicators and appraisals into the people's record."""

from kpi.intake.people.importing import PeopleFile, import_people

__all__ = ["PeopleFile", "import_people"]

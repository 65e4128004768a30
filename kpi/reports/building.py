"""Builds a report's content from a snapshot: the views are asked once, each section says what they found."""

from __future__ import annotations

from kpi.access import AllowedSnapshot
from kpi.i18n import Translator
from kpi.messages import mark
from kpi.reports.content import Cover, Report, Section
from kpi.reports.gathered import Gathered, Progress, Request, gather
from kpi.reports.sections import (
    achievements,
    changes,
    commentary,
    costs,
    decisions,
    efficiency,
    method,
    quality,
    summary,
    units,
    year_end,
)
from kpi.reports.sections.links import link
from kpi.reports.texts import printable
from kpi.scoring.profile import RuleProfile

WORDS = {
    "contents": mark("Contents"),
    "explanation": mark("How to read this"),
    "seen": mark("What you see."),
    "made": mark("How it was made."),
    "use": mark("What to do with it."),
    "live": mark("Live view"),
    "about": mark("About this report"),
    "more": mark("{n} more rows stand in the other formats of this report."),
    "annex": mark("“{title}” stands in the workbook and in the HTML file of this report."),
    "page": mark("Page"),
    "history": mark("Years"),
    "bullet": mark("Value against target"),
    "print": mark("Print"),
    "image": mark("Download the chart as an image (SVG)"),
}
"""What writers say themselves."""


def build(
    snapshot: AllowedSnapshot, request: Request, profile: RuleProfile, progress: Progress | None = None
) -> Report:
    """Return the whole content of a report. Raises UnknownCode, and KpiError where the period has no figures."""
    found = gather(snapshot, request, profile, progress)
    t = Translator(request.language)
    made = (
        summary.section(found, t),
        units.ratings(found, t),
        units.history(found, t),
        costs.section(found, t),
        changes.section(found, t),
        year_end.section(found, t),
        decisions.section(found, t),
        achievements.section(found, t),
        commentary.section(found, t),
        efficiency.section(found, t),
        quality.section(found, t),
        method.section(found, t),
        method.definitions(found, t),
    )
    sections: tuple[Section, ...] = tuple(each for each in made if each is not None)
    words = {key: t(text) for key, text in WORDS.items()}
    return printable(Report(request.language, cover(found, t), sections, words))


def cover(found: Gathered, t: Translator) -> Cover:
    """Return what every report says of itself."""
    request, selection, meta = found.request, found.request.selection, found.meta
    period = t.period(selection.period, to_date=selection.to_date)
    live = link(found, "overview", parent=found.unit.unit_code)
    known = meta.as_known_at
    when = f"{t.date(request.made_at.date())}, {request.made_at:%H.%M}" + (f" {request.made_at:%Z}".rstrip())
    version = t("{version}, record {record}", version=meta.version, record=meta.record_version)
    facts = (
        (t("Unit"), found.unit.name),
        (t("Organisation"), found.organisation.name),
        (t("Period"), period),
        (t("Figures"), t("Year to date") if selection.to_date else t("For the period")),
        (
            t("Rule profile"),
            t("{name}, version {version}", name=found.profile.name[t.language], version=found.profile.version),
        ),
        (t("Source of the rules"), method.sources_said(found.profile, t)),
        (t("Data version"), version),
        (t("Data as known"), t("at the end of {date}", date=t.date(known)) if known else t.date(meta.today)),
        (t("Verification"), quality.verification_said(found, t)),
        (t("Coverage"), quality.coverage_said(found, t)),
        (t("Reported"), quality.reported_said(found, t)),
        (t("Made by"), t("{who}, {when}", who=request.made_by, when=when)),
    )
    sample = ""
    if found.organisation.is_synthetic:
        sample = t(
            "Sample data: {name} is synthetic: it does not exist, and every figure is made up.",
            name=found.organisation.name,
        )
    return Cover(
        title=t("Performance report"),
        unit=found.unit.name,
        organisation=found.organisation.name,
        period=period,
        facts=facts,
        sample=sample,
        link=live,
        link_said=t("The live view of these figures"),
        made_by=request.made_by,
        made_at=request.made_at,
        footer=" · ".join([found.unit.name, period, version, *([t("SAMPLE DATA")] if sample else [])]),
    )

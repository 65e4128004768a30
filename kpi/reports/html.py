"""A report as one HTML file that needs nothing else: charts that answer a pointer, tables that sort, and no network.

The page's own policy forbids it to fetch anything. Without its script it still shows every figure.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from kpi.reports.content import Big, Cell, Chart, Column, Picture, Report, Section, Table
from kpi.reports.qr import qr_svg
from kpi.reports.svg import bullet_svg, chart_svg, spark_svg

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)

EDGE: Final = "font: 9px sans-serif; white-space: nowrap;"
WIDEST: Final = 34
"""Letters for which a column has room before its texts are wrapped."""
LETTER: Final = 0.5
"""The width of a letter, in the table's own size."""


def page(report: Report) -> bytes:
    """Return the report as an HTML document; the same report gives the same bytes."""
    cover = report.cover
    title = f"{cover.title}: {cover.unit}, {cover.period}"
    parts = [
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>\n<style>{_beside('page.css')}{_on_paper(report)}</style>\n</head>\n<body>",
        f'<p class="sample">{escape(cover.sample)}</p>' if cover.sample else "",
        _cover(report),
        "<main>",
        *(_section(section, report.words) for section in report.sections),
        f"</main>\n<footer>{escape(cover.footer)}</footer>",
        f'<div id="said" role="status"></div>\n<script>{_beside("page.js")}</script>\n</body>\n</html>\n',
    ]
    return "\n".join(part for part in parts if part).encode()


@cache
def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _on_paper(report: Report) -> str:
    """Return what stands at the edges of every printed page."""
    cover = report.cover
    edges = (
        ("top-center", _quoted(cover.sample)),
        ("bottom-left", _quoted(cover.footer)),
        ("bottom-right", "counter(page)"),
    )
    return "@page {" + "".join(f"@{place} {{ content: {said}; {EDGE} }}" for place, said in edges) + "}\n"


def _quoted(words: str) -> str:
    """Return words as a string of a style sheet."""
    return (
        '"' + "".join(each if each.isalnum() or each in " .,:;·()/-" else f"\\{ord(each):x} " for each in words) + '"'
    )


def _cover(report: Report) -> str:
    cover, words = report.cover, report.words
    facts = "".join(f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>" for label, said in cover.facts)
    contents = "".join(
        f'<li><a href="#{section.code}">{escape(section.heading)}</a></li>' for section in report.sections
    )
    where = escape(cover.link)
    return (
        f'<header>\n<p class="above">{escape(cover.organisation)}</p>\n'
        f"<h1>{escape(cover.title)}: {escape(cover.unit)}</h1>\n"
        f'<p class="period">{escape(cover.period)}</p>\n<div class="about"><dl>{facts}</dl>\n'
        f'<figure class="qr"><div role="img" aria-label="{escape(cover.link_said)}: {where}">{qr_svg(cover.link)}</div>'
        f'<figcaption><a href="{where}" rel="noreferrer">{escape(cover.link_said)}</a></figcaption></figure></div>\n'
        f'<nav aria-label="{escape(words["contents"])}"><h2>{escape(words["contents"])}</h2><ol>{contents}</ol></nav>\n'
        f'<p><button type="button" id="print">{escape(words["print"])}</button></p>\n</header>'
    )


def _section(section: Section, words: dict[str, str]) -> str:
    labels = (words["seen"], words["made"], words["use"])
    help_texts = "".join(
        f"<p><b>{escape(label)}</b> {escape(said)}</p>" for label, said in zip(labels, section.help, strict=False)
    )
    parts = [
        f'<section id="{section.code}">\n<h2>{escape(section.heading)}</h2>',
        f'<p class="message">{escape(section.message)}</p>',
        f'<div class="bigs">{"".join(map(_big, section.bigs))}</div>' if section.bigs else "",
        *(f"<p>{escape(note)}</p>" for note in section.notes),
        _chart(section.chart, words) if section.chart is not None else "",
        *(_table(table, words) for table in section.tables if table.rows),
        f"<details><summary>{escape(words['explanation'])}</summary>{help_texts}</details>" if help_texts else "",
        f'<p class="live"><a href="{escape(section.link)}" rel="noreferrer">{escape(words["live"])}</a></p>'
        if section.link
        else "",
        "</section>",
    ]
    return "\n".join(part for part in parts if part)


def _big(big: Big) -> str:
    colour = f' style="color:{big.colour}"' if big.colour else ""
    return f"<div><b{colour}>{escape(big.number)}</b><span>{escape(big.words)}</span></div>"


def _chart(chart: Chart, words: dict[str, str]) -> str:
    return (
        f'<figure class="chart"><figcaption>{escape(chart.title)}</figcaption>'
        f'<div role="img" aria-label="{escape(chart.alt)}">{chart_svg(chart)}</div>'
        f'<button type="button" class="image">{escape(words["image"])}</button></figure>'
    )


def _table(table: Table, words: dict[str, str]) -> str:
    heads = "".join(map(_head, table.columns))
    if table.pictures:
        heads += f'<th scope="col" class="fixed">{escape(words["bullet"])}</th>'
        heads += f'<th scope="col" class="fixed">{escape(words["history"])}</th>'
    pictures = table.pictures or (None,) * len(table.rows)
    rows = "\n".join(_row(table, cells, picture) for cells, picture in zip(table.rows, pictures, strict=True))
    return (
        f'<div class="scrolls" tabindex="0" role="region" aria-label="{escape(table.title)}">\n'
        f"<table><caption>{escape(table.title)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _head(column: Column) -> str:
    room = f' style="min-width:{min(column.width, WIDEST) * LETTER:.1f}em"'
    return f'<th scope="col"{_right(column.is_number)}{room}>{escape(column.name)}</th>'


def _row(table: Table, cells: tuple[Cell, ...], picture: Picture | None) -> str:
    shown = "".join(_cell(cell, column.is_number) for cell, column in zip(cells, table.columns, strict=True))
    if picture is not None:
        bullet = "" if picture.bullet is None else bullet_svg(picture.bullet)
        shown += f'<td aria-hidden="true">{bullet}</td>'
        shown += f'<td title="{escape(picture.said)}">{spark_svg(picture.spark)}</td>'
    return f"<tr>{shown}</tr>"


def _cell(cell: Cell, is_number: bool) -> str:
    number = "" if cell.number is None else f' data-n="{cell.number!r}"'
    style = f' style="color:{cell.colour};background:{cell.tint};font-weight:600"' if cell.colour and cell.tint else ""
    return f"<td{_right(is_number)}{number}{style}>{escape(cell.text)}</td>"


def _right(is_number: bool) -> str:
    return ' class="n"' if is_number else ""

"""A report of 60 indicators × 10 units as xlsx, pptx and pdf, and its bare tables by the same libraries; the ratio.

Goals: all three together, asked and written, under 5 s on two cores; writing at most 3 × the bare tables. Bare is what
any such file must do at least: every cell of the same tables, unformatted; slides with the rows that slides show. Both
run in turns in one process; medians are compared, so that a busy machine slows both.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import typst
import xlsxwriter
from pptx import Presentation
from pptx.util import Inches

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.access import LOCAL, AllowedSnapshot, allowed_snapshot
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Organisation, Polarity, Unit
from kpi.periods import Period
from kpi.reports.building import build
from kpi.reports.content import Report
from kpi.reports.formats import Format, written
from kpi.reports.gathered import Request
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from kpi.views.selection import Selection

UNITS, INDICATORS, QUARTERS, ROUNDS = 10, 60, 12, 5
SECONDS, RATIO = 5.0, 3.0
LAST = Period.parse("2026-Q3")
BARE_PDF = """#let tables = json(bytes(sys.inputs.tables))
#set page(flipped: true)
#for rows in tables { table(columns: rows.at(0).len(), ..rows.flatten()) }"""


def store_of(folder: Path) -> Path:
    """Make and publish the figures of 12 quarters."""
    units = {"G": Unit("G", "G", "Pemerintah Daerah")}
    units |= {f"U{u}": Unit("G", f"U{u}", f"Dinas Nomor {u} dan Urusan Pemerintahan", "G") for u in range(UNITS)}
    rules = {
        "aggregation_over_periods": AggregationOverPeriods.MEAN,
        "aggregation_over_units": AggregationOverUnits.NONE,
    }
    ways = (Polarity.MAXIMIZE, Polarity.MINIMIZE)
    indicators = {
        f"I{i}": Indicator(
            "G", f"I{i}", f"Persentase layanan nomor {i} yang selesai", "%", ways[i % 2], "quarter", **rules
        )
        for i in range(INDICATORS)
    }
    chance = np.random.default_rng(7)
    rows = [
        {
            "unit_code": unit,
            "indicator_code": indicator,
            "grain": "quarter",
            "period_start": period.start,
            "period_end": period.end,
            "value": round(float(chance.normal(80, 8)), 2),
            "target": 80.0,
            "weight": 1.0,
        }
        for unit in list(units)[1:]
        for indicator in indicators
        for period in (LAST.shifted(-back) for back in range(QUARTERS))
    ]
    table = pa.Table.from_pylist([{"line": line, **row} for line, row in enumerate(rows, start=2)], FIGURES)
    with Record.opened(folder, writing=True) as record:
        record.append(
            BatchHeader("G", made_by="bench", file_name="bench"),
            Definitions(Organisation("G", "Daerah"), units, indicators),
            table,
        )
    publish(folder, today=date(2026, 11, 16))
    return folder


def report_of(snapshot: AllowedSnapshot) -> Report:
    """Build the report of the whole government."""
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    request = Request(Selection("G", LAST, False, "kmk"), "G", "id", "bench", moment, "http://localhost:8501")
    return build(snapshot, request, load_profile("kmk"))


def bare_xlsx(report: Report) -> bytes:
    """Write the cells of every table, and nothing else."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for section in report.sections:
        sheet, at = book.add_worksheet(), 0
        for table in section.tables:
            for row in table.rows:
                for column, cell in enumerate(row):
                    sheet.write(at, column, cell.text if cell.number is None else cell.number)
                at += 1
    book.close()
    return out.getvalue()


def bare_pptx(report: Report) -> bytes:
    """Write a slide for each of the report's, with its title and as many rows as a slide shows."""
    deck = Presentation()
    for section in report.sections:
        if section.slide is None:
            continue
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = section.message
        if section.tables and section.slide.columns:
            part = section.tables[0].part(section.slide.columns, section.slide.rows)
            size = (len(part.rows) + 1, len(part.columns), 0, Inches(1), Inches(9), Inches(5))
            table = slide.shapes.add_table(*size).table
            for down, row in enumerate(part.rows, start=1):
                for across, cell in enumerate(row):
                    table.cell(down, across).text = cell.text
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def bare_pdf(report: Report) -> bytes:
    """Typeset the tables that stand on paper, and nothing else."""
    tables = [
        [[cell.text for cell in row] for row in table.rows]
        for section in report.sections
        for table in section.tables
        if table.rows and not table.is_annex
    ]
    compiler = typst.Compiler(BARE_PDF.encode(), font_paths=typst.Fonts(include_system_fonts=False))
    return bytes(compiler.compile(format="pdf", sys_inputs={"tables": json.dumps(tables)}))


def seconds(run: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Print one line a step, the whole, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder))
        snapshot = allowed_snapshot(store, Snapshot.open(store), LOCAL)
        report = report_of(snapshot)
        ours = {"views and content": lambda: report_of(snapshot)}
        ours |= {str(each): lambda each=each: written(report, each) for each in (Format.XLSX, Format.PPTX, Format.PDF)}
        bare = {
            "bare xlsx": lambda: bare_xlsx(report),
            "bare pptx": lambda: bare_pptx(report),
            "bare pdf": lambda: bare_pdf(report),
        }
        taken: dict[str, list[float]] = {name: [] for name in (*ours, *bare)}
        for _ in range(ROUNDS):
            for name, run in (*ours.items(), *bare.items()):
                taken[name].append(seconds(run))
    median = {name: statistics.median(times) for name, times in taken.items()}
    for name, time_taken in median.items():
        print(f"{name}: {time_taken:.3f} s")
    whole, floor = sum(median[name] for name in ours), sum(median[name] for name in bare)
    writing = whole - median["views and content"]
    print(f"xlsx + pptx + pdf of {INDICATORS} indicators × {UNITS} units: {whole:.2f} s (goal < {SECONDS:.0f} s)")
    print(f"ratio to the bare tables: {writing / floor:.1f} (goal ≤ {RATIO:.0f}); with the views {whole / floor:.1f}")


if __name__ == "__main__":
    main()

"""Opens one workbook in a process of its own, bound in memory and time, and prints its cells as JSON.

Run by path, never imported: a workbook can make the reading library ask for half a terabyte (a lone cell in
XFD1048576) and abort the process; so it is not the dashboard's process. Knows nothing of the project.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from typing import Final

ENDS: Final = {"password": 3, "too_large": 4, "damaged": 5}


def bound(memory: int, seconds: int) -> None:
    """Bind memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the caller's time limit binds alone
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def in_json(value: object) -> object:
    """Return a cell as JSON: dates, times and spans as [kind, text]; empty as null."""
    match value:
        case "":
            return None
        case dt.datetime():
            return ["datetime", value.isoformat()]
        case dt.date():
            return ["date", value.isoformat()]
        case dt.time():
            return ["time", value.isoformat()]
        case dt.timedelta():
            return ["seconds", value.total_seconds()]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return None
        case _:
            return value


def sheet_in_json(sheet, is_hidden: bool, limits: dict[str, int]) -> dict[str, object]:
    """Return one sheet; the first row of `rows` stands at `start`. Too many cells end the process in words."""
    if sheet.height > limits["rows"] or sheet.width > limits["columns"] or sheet.height * sheet.width > limits["cells"]:
        sys.stderr.write(f"{sheet.name}\n{sheet.height}\n{sheet.width}")
        raise SystemExit(ENDS["too_large"])
    rows = [[in_json(value) for value in row] for row in sheet.to_python(skip_empty_area=True)]
    merged = [(*top_left, *bottom_right) for top_left, bottom_right in (sheet.merged_cell_ranges or [])[:20_000]]
    return {"name": sheet.name, "hidden": is_hidden, "start": sheet.start, "rows": rows, "merged": merged}


def main(limits: dict[str, int]) -> None:
    """Read the workbook from stdin; print its sheets."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
        visible = python_calamine.SheetVisibleEnum.Visible
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        sheets = [
            sheet_in_json(book.get_sheet_by_index(index), entry.visible != visible, limits)
            for index, entry in enumerate(book.sheets_metadata)
            if entry.typ == worksheet
        ]
    except python_calamine.PasswordError:
        raise SystemExit(ENDS["password"]) from None
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        sys.stderr.write(str(problem)[:500])
        raise SystemExit(ENDS["damaged"]) from None
    sys.stdout.write(json.dumps(sheets, ensure_ascii=True))


if __name__ == "__main__":
    LIMITS = json.loads(sys.argv[1])
    bound(LIMITS["memory"], LIMITS["seconds"])
    main(LIMITS)

"""Reports: what the pages show of a unit and a period, as a file for a meeting, for paper or for further work."""

from ui import gate, header
from ui import reports as parts

page = gate.enter()
t = page.t

header.show(
    page, t("Reports"), t("The figures of these pages as one file, with their rules, their state and a link back.")
)
asked = parts.pick(page)
parts.offer(page, asked)

"""People: a unit's appraisals as counts, one person's record, and a superior's own staff; each for whoever may."""

from ui import gate, header, pickers
from ui.people import opened, person, staff, unit

page = gate.enter()
t = page.t

header.show(page, t("People"))
parts = opened.parts(page)
people = opened.people_of(page)
part = pickers.pick_option("people", parts, t("Show"), style="segmented")
match part:
    case "unit":
        unit.section(page, people)
    case "person":
        person.section(page, people)
    case "staff":
        staff.section(page, people)

"""Data: how figures come in, how they stand, and what became of them; each section is a module of ui/data."""

from ui import gate, header, pickers
from ui.data import form, history, offered, states, stating, upload

page = gate.enter()
t = page.t

sections = {
    "upload": (t("Send figures"), upload.section),
    "form": (t("Fill in on screen"), form.section),
    "states": (t("Status"), states.section),
    "stating": (t("State indicators"), stating.section),
    "history": (t("History"), history.section),
}
header.show(page, t("Data"))
names = {code: words for code, (words, _) in sections.items() if offered.may_open(page, code)}
part = pickers.pick_option("part", names, t("Part"), style="segmented")
sections[part][1](page)

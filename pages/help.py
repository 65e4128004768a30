"""Help: first walks that check themselves, questions of those who doubt, a good indicator, the rules worked out."""

from ui import gate, header, pickers
from ui.training import walk

page = gate.enter()
t = page.t

sections = {
    "walk": (t("First walk"), walk.section),
}
header.show(page, t("Help"))
part = pickers.pick_option("help", {code: words for code, (words, _) in sections.items()}, t("Part"), style="segmented")
sections[part][1](page)

"""Help: first walks that check themselves, questions of those who doubt, a good indicator, the rules worked out."""

from ui import gate, header, pickers
from ui.training import progress, questions, rules, smart, walk, words

page = gate.enter()
t = page.t

sections = {
    "walk": (t("First walk"), walk.section),
    "questions": (t("Questions and doubts"), questions.section),
    "smart": (t("A good indicator"), smart.section),
    "rules": (t("The rules, worked out"), rules.section),
    "words": (t("Words"), words.section),
}
if progress.is_for(page):
    sections["progress"] = (t("Progress"), progress.section)
header.show(page, t("Help"))
part = pickers.pick_option("help", {code: name for code, (name, _) in sections.items()}, t("Part"), style="segmented")
sections[part][1](page)

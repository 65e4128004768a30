"""Access: who has which role, what the public may see, and who was refused what; for administrators alone."""

from kpi.access import Right, check
from ui import access_roles, gate, header, loaders, pickers

page = gate.enter()
t = page.t
check(loaders.store_folder(), page.access, Right.ADMINISTER, page.organisation.organisation_code)

sections = {
    "roles": (t("Roles"), access_roles.section),
    "public": (t("Open to everybody"), access_roles.public),
    "log": (t("Access log"), access_roles.log),
}
header.show(page, t("Access"))
names = {code: words for code, (words, _) in sections.items()}
part = pickers.pick_option("access", names, t("Part"), style="segmented")
sections[part][1](page)

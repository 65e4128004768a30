"""Logs every look at a person's record, and says who looked: an access to a person leaves a trace that they can read.

A page is drawn anew at each click; the same reader's look at the same person within ten minutes is one look.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path
from time import monotonic
from typing import Final

from kpi.access.rights import Access
from kpi.messages import mark
from kpi.store.access_log import LOOK, log_of

RECORD: Final = mark("the whole record")
LISTED: Final = mark("a list in which the person stands")
ONE_LOOK: Final = 600.0
"""Seconds within which a repeated look is the same look."""
_Key = tuple[int, Path, str, str, str, str]
_logged: dict[_Key, float] = {}
_keeping = threading.Lock()


def log_looks(store: Path, access: Access, organisation_code: str, employee_codes: Iterable[str], what: str) -> None:
    """Log that `access` looks at these persons; a look at oneself is none.

    Raises StoreError where it can't be logged: then nothing may be shown.
    """
    own = access.employee_code(organisation_code)
    place = (os.getpid(), Path(store).resolve(), access.identity, organisation_code)
    now = monotonic()
    with _keeping:
        for key in [key for key, at in _logged.items() if now - at > ONE_LOOK]:
            del _logged[key]
        new = [code for code in dict.fromkeys(employee_codes) if code != own and (*place, code, what) not in _logged]
    roles = ",".join(access.roles(organisation_code))
    log_of(store).add_all(LOOK, access.identity, roles, what, organisation_code=organisation_code, employee_codes=new)
    with _keeping:
        _logged.update({(*place, code, what): now for code in new})

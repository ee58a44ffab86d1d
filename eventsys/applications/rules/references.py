"""The form in which an edition numbers its applications: letters, then digits; and references for lists that have none."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from eventsys.organisations.rules.kinds import Kind
from eventsys.organisations.rules.names import name_key

NUMBERED = re.compile(r"(.*?)(\d{1,9})")
USUAL_DIGITS = 3
# No digit ends it, so that the numbers of an edition never go on from it; without what is misread.
LETTERS, HOW_MANY = "ABCDEFGHJKMNPQRSTVWXYZ", 8


@dataclass(frozen=True, slots=True)
class ReferenceForm:
    """What stands before the number, and to how many digits it is filled up with zeros."""

    before: str
    digits: int

    def written(self, number: int) -> str:
        """A number in this form."""
        return f"{self.before}{number:0{self.digits}d}"


def form_of(known: str | None, *, number: int) -> ReferenceForm:
    """The form of a reference that is there; the edition's own number before a dash where there is none, or no digits end it."""
    found = NUMBERED.fullmatch(known or "")
    return ReferenceForm(found[1], len(found[2])) if found else ReferenceForm(f"{number}-", USUAL_DIGITS)


def made_for(kind: Kind, name: str, cvr: str | None) -> str:
    """The reference of an organisation's row in a list that has none: the same one whenever that list is read.

    It hangs on the CVR number, else on kind and name: a row may move, and its other cells may change, without the organisation
    coming in twice. `L-` stands for list. That two of 20,000 rows get the same one has a chance of 0.4 %; the later is refused then.
    """
    digest = hashlib.sha256((cvr or f"{kind} {name_key(name)}").encode()).digest()
    number = int.from_bytes(digest[:8])
    letters = ""
    for _place in range(HOW_MANY):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return f"L-{letters}"

"""The form in which an edition numbers its applications: letters, then digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBERED = re.compile(r"(.*?)(\d{1,9})")
USUAL_DIGITS = 3


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

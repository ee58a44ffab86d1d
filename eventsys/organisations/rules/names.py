"""Names and numbers that tell whether two organisations are one."""

from __future__ import annotations

import re
import unicodedata

from stdnum.dk import cvr
from stdnum.exceptions import ValidationError

_FOLDED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "đ": "d", "ł": "l", "ı": "i", "&": " og "})


def name_key(name: str) -> str:
    """A name as it is compared: small letters without marks, words parted by one blank, no punctuation."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDED)).casefold()
    kept = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(kept.split())


def company_number(written: str) -> str | None:
    """The eight digits of a CVR number, `DK` and blanks forgiven; None when empty.

    Raises ValueError when it has not eight digits or its check digit is wrong (weights 2 7 6 5 4 3 2 1, modulus 11).
    """
    digits = re.sub(r"^DK|[\s.\-]", "", written.strip().upper())
    digits = re.sub(r"^DK", "", digits)
    if not digits:
        return None
    try:
        return str(cvr.validate(digits))
    except ValidationError as error:
        raise ValueError(str(error)) from None

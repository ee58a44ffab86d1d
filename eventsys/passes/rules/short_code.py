"""The pass id for humans: Crockford's base32 with a check symbol, in groups of four.

Source: Douglas Crockford, "Base 32": 32 symbols without I, L, O and U; the check symbol is the number modulo 37.
`0000-0000-0016-JD` is 13 symbols and one check symbol. Reading forgives case, white space, dashes, O for 0, and I
and L for 1.
"""

from __future__ import annotations

from eventsys.base.refusals import Refusal
from eventsys.passes.rules.codec import PASS_ID_MAX
from eventsys.passes.rules.codes import Code

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK_SYMBOLS = SYMBOLS + "*~$=U"
DIGITS = 13
GROUP = 4
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212_."
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"} | dict.fromkeys(DASHES))


def to_short_code(pass_id: str) -> str:
    """The short code of a pass id of 16 hexadecimal digits."""
    number = int(pass_id, 16)
    digits = "".join(SYMBOLS[number >> 5 * place & 31] for place in reversed(range(DIGITS)))
    symbols = digits + CHECK_SYMBOLS[number % 37]
    return "-".join(symbols[start : start + GROUP] for start in range(0, len(symbols), GROUP))


def from_short_code(text: str) -> str:
    """The pass id that a typed short code names. Refuses SHORT_CODE_LENGTH, _SYMBOL, _RANGE and _CHECK."""
    symbols = "".join(text.split()).upper().translate(ALIKE)
    if len(symbols) != DIGITS + 1:
        raise Refusal(Code.SHORT_CODE_LENGTH, field="short_code", expected=DIGITS + 1, given=len(symbols))
    number = 0
    for symbol in symbols[:DIGITS]:
        value = SYMBOLS.find(symbol)
        if value < 0:
            raise Refusal(Code.SHORT_CODE_SYMBOL, field="short_code", symbol=symbol)
        number = number << 5 | value
    if symbols[-1] not in CHECK_SYMBOLS:
        raise Refusal(Code.SHORT_CODE_SYMBOL, field="short_code", symbol=symbols[-1])
    if not 1 <= number <= PASS_ID_MAX:
        raise Refusal(Code.SHORT_CODE_RANGE, field="short_code")
    if CHECK_SYMBOLS.index(symbols[-1]) != number % 37:
        raise Refusal(Code.SHORT_CODE_CHECK, field="short_code")
    return f"{number:016x}"

"""Arabic on paper: letters in the shape that their neighbours ask for, and a line in the order in which it is drawn.

What a browser does by itself, a PDF must be told. The shapes are Unicode's presentation forms, which the fonts for paper
have. Names and short sentences are what this is for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from arabic_reshaper import ArabicReshaper
from bidi import get_display

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"))
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
RIGHT = {"R", "AL"}
_BRACKET = f"[{re.escape(''.join(MIRRORED))}]"
# Nobody sees it, and it goes where the sign before it goes.
_MARK = "\u034f"
_MARKED = re.compile(f"({_BRACKET}){_MARK}|{_MARK}({_BRACKET})")

_reshaper = ArabicReshaper({"delete_harakat": False, "ARABIC LIGATURE ALLAH": False})


def has_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(one) in RIGHT for one in text)


def isolated(text: str) -> str:
    """Somebody's words whose direction is their own, whatever stands around them."""
    return f"\u2068{text}\u2069"


def joined(text: str) -> str:
    """A text in the order of reading, with Arabic letters in the shape that their neighbours ask for."""
    return str(_reshaper.reshape(text))


def drawn(text: str) -> str:
    """A line as it is drawn from left to right: letters joined, in visual order, without marks that nobody sees."""
    if not has_right_to_left(text):
        return text.translate(ISOLATES)
    # The library orders brackets and doesn't turn them round. A mark behind each tells: it comes first where the line
    # runs from right to left.
    ordered = get_display(re.sub(_BRACKET, rf"\g<0>{_MARK}", joined(text)))
    turned = _MARKED.sub(lambda found: found[1] or MIRRORED[found[2]], ordered)
    return str(turned.translate(ISOLATES))


def broken(text: str, *, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text in lines that are no wider, broken between words in the order of reading; each line is still as it was typed."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(drawn(f"{lines[-1]} {word}")) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines

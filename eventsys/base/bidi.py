"""Arabic on paper: letters in the shape that their neighbours ask for, and a line in the order in which it is drawn.

What a browser does by itself, a PDF must be told. The shapes are Unicode's presentation forms, which the fonts for paper
have; the order is that of the Unicode bidirectional algorithm for plain text, without embeddings. Names and short
sentences are what this is for.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

LAM, TATWEEL = "\u0644", "\u0640"
ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e"))
MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
RIGHT, NUMBERS = {"R", "AL"}, {"EN", "AN"}


def has_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(one) in RIGHT for one in text)


def drawn(text: str) -> str:
    """A line as it is drawn from left to right: letters joined, in visual order. Other scripts stay as they are."""
    if not has_right_to_left(text):
        return text
    return _ordered(joined(text.translate(ISOLATES)))


def broken(text: str, *, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text in lines that are no wider, broken between words in the order of reading; each line is still as it was typed."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(drawn(f"{lines[-1]} {word}")) <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


# ─── shapes ───


@lru_cache(maxsize=1)
def _forms() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """The shapes of each letter, and those of lam with an alef, by what they are called."""
    letters: dict[str, dict[str, str]] = {}
    with_lam: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE80, 0xFEFD)):
        tag, *parts = unicodedata.decomposition(chr(code)).split() or [""]
        base = [chr(int(part, 16)) for part in parts if tag.startswith("<")]
        if len(base) == 1:
            letters.setdefault(base[0], {}).setdefault(tag[1:-1], chr(code))
        elif len(base) == 2 and base[0] == LAM and code >= 0xFEF5:
            with_lam.setdefault(base[1], {})[tag[1:-1]] = chr(code)
    return letters, with_lam


def joined(text: str) -> str:
    """A text in the order of reading, with Arabic letters in the shape that their neighbours ask for."""
    letters, with_lam = _forms()
    made: list[str] = []
    n = 0
    while n < len(text):
        letter, after = text[n], _next(text, n)
        alef = with_lam.get(text[n + 1]) if letter == LAM and n + 1 < len(text) else None
        is_after = _joins_on(text, n)
        if alef is not None:
            made.append(alef["final" if is_after else "isolated"])
            n += 2
            continue
        own = letters.get(letter, {})
        is_before = "initial" in own and after is not None and (after == TATWEEL or "final" in letters.get(after, {}))
        form = ("medial" if is_before else "final") if is_after else ("initial" if is_before else "isolated")
        made.append(own.get(form, letter))
        n += 1
    return "".join(made)


def _next(text: str, n: int) -> str | None:
    return next((one for one in text[n + 1 :] if not unicodedata.combining(one)), None)


def _joins_on(text: str, n: int) -> bool:
    """Whether the letter before this one reaches over to it, and this one takes it."""
    letters, _with_lam = _forms()
    before = next((one for one in reversed(text[:n]) if not unicodedata.combining(one)), None)
    takes = text[n] == TATWEEL or "final" in letters.get(text[n], {})
    return takes and before is not None and (before == TATWEEL or "initial" in letters.get(before, {}))


# ─── order ───


def _ordered(text: str) -> str:
    base = next(
        (1 if kind in RIGHT else 0 for kind in map(unicodedata.bidirectional, text) if kind in {*RIGHT, "L"}), 0
    )
    levels = _levels(text, base)
    order = list(range(len(text)))
    for level in range(max(levels), 0, -1):
        order = _turned(order, levels, level)
    return "".join(MIRRORED.get(text[n], text[n]) if levels[n] % 2 else text[n] for n in order)


def _levels(text: str, base: int) -> list[int]:
    """Odd for what runs from right to left. Neutral characters go with what they stand between, else with the line."""
    strong = "R" if base else "L"
    sides: list[str] = []
    for one in text:
        kind = unicodedata.bidirectional(one)
        if kind in RIGHT:
            strong = "R"
        elif kind == "L":
            strong = "L"
        sides.append(strong if kind in {*RIGHT, "L"} else f"{strong}#" if kind in NUMBERS else "")
    _pair_brackets(text, sides, "R" if base else "L")
    levels = []
    for n, side in enumerate(sides):
        found = side or _between(sides, n, "R" if base else "L")
        # A number runs from left to right, inside what runs from right to left too.
        levels.append({"L": 2 * base, "R": 1, "L#": 2 * base, "R#": 2}[found])
    return levels


def _pair_brackets(text: str, sides: list[str], base: str) -> None:
    """Both brackets of a pair go one way: with the line if anything inside does, else with what stands before them."""
    opened: list[int] = []
    for n, one in enumerate(text):
        if unicodedata.mirrored(one) and unicodedata.category(one) in {"Ps", "Pi"}:
            opened.append(n)
        elif unicodedata.mirrored(one) and unicodedata.category(one) in {"Pe", "Pf"} and opened:
            first = opened.pop()
            inside = {side[0] for side in sides[first + 1 : n] if side}
            before = next((side[0] for side in reversed(sides[:first]) if side), base)
            if inside:
                sides[first] = sides[n] = base if base in inside else before


def _between(sides: Sequence[str], n: int, base: str) -> str:
    before = next((side[0] for side in reversed(sides[:n]) if side), base)
    after = next((side[0] for side in sides[n + 1 :] if side), base)
    return before if before == after else base


def _turned(order: list[int], levels: Sequence[int], level: int) -> list[int]:
    """Turn every run of at least this level round."""
    made: list[int] = []
    run: list[int] = []
    for n in order:
        if levels[n] >= level:
            run.append(n)
        else:
            made += [*reversed(run), n]
            run = []
    return made + list(reversed(run))

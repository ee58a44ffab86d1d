"""What may change at once after an approval, and what only once an organiser agrees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Nothing was decided on these. What food holds is among them: a visitor with an allergy needs the truth of today,
# not of the day on which somebody approved it (Regulation (EU) 1169/2011, article 9.1 c).
AT_ONCE = frozenset({
    "crew", "about", "native_name", "area", "near_wish", "apart_wish", "dietary", "allergens",
})  # fmt: skip
# What the organisation is, rather than its application.
OF_ORGANISATION = frozenset({"name", "cvr", "is_minority_association"})
# What is kept of these before and after a change. That it sees itself as a minority's is sensitive: only that it changed.
SHOWN_OF_ORGANISATION = ("name", "native_name", "cvr", "area")
ANSWERS = "questions"

Changes = dict[str, list[Any]]


def merged(changes: Changes, wanted: Mapping[str, Any], *, stands: Mapping[str, Any]) -> Changes:
    """The changes asked for (field → before and after), with what is wanted now; what is as it stands isn't one."""
    result = {name: pair for name, pair in changes.items() if name not in wanted}
    return {**result, **{name: [stands[name], value] for name, value in wanted.items() if value != stands[name]}}

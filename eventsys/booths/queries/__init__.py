"""Reading the street: the `ground`, `plans` and who stands where, the `problem` of placing them, `runs` of proposals."""

from eventsys.booths.queries.ground import board_facts, boards_on, facts_of, pitches_on, projected, site_of, street
from eventsys.booths.queries.plans import (
    AssignmentRow,
    BoardLoad,
    Occupant,
    Standing,
    assignment_rows,
    assignments_of,
    how_many_placed,
    loads,
    names_of,
    newest_version,
    occupants,
    pitches_of,
    plan,
    plan_at_work,
    standing_in,
)
from eventsys.booths.queries.problem import need_of, own_rules, problem_of, rulebook_of
from eventsys.booths.queries.runs import next_run, open_run, run

__all__ = [
    "AssignmentRow",
    "BoardLoad",
    "Occupant",
    "Standing",
    "assignment_rows",
    "assignments_of",
    "board_facts",
    "boards_on",
    "facts_of",
    "how_many_placed",
    "loads",
    "names_of",
    "need_of",
    "newest_version",
    "next_run",
    "occupants",
    "open_run",
    "own_rules",
    "pitches_of",
    "pitches_on",
    "plan",
    "plan_at_work",
    "problem_of",
    "projected",
    "rulebook_of",
    "run",
    "site_of",
    "standing_in",
    "street",
]

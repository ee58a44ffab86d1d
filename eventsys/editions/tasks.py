"""What waits for somebody at an edition, said by the parts of the story that come later."""

from __future__ import annotations

from collections.abc import Callable

from eventsys.accounts.models import User
from eventsys.editions.models import Edition

# A sentence and the address that leads to it.
Task = tuple[str, str]
TasksOf = Callable[[Edition, User], list[Task]]
_TASKS: list[TasksOf] = []


def register(tasks: TasksOf) -> TasksOf:
    """Add a function that says what waits for somebody at an edition; usable as a decorator."""
    if tasks not in _TASKS:
        _TASKS.append(tasks)
    return tasks


def tasks_of(edition: Edition, user: User) -> list[Task]:
    """What waits for this person at this edition."""
    return [task for tasks in _TASKS for task in tasks(edition, user)]

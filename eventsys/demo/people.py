"""Who can sign in to the demo: one of each role, with a password made here and now."""

from __future__ import annotations

from datetime import datetime

from eventsys.accounts import actions as accounts
from eventsys.accounts.models import User
from eventsys.accounts.rules import Role
from eventsys.audit.actions import Actor
from eventsys.demo.credentials import new_password
from eventsys.editions import actions as editions
from eventsys.editions.models import Edition

BY = Actor("demo")
PEOPLE = {
    Role.ORGANISER: ("organiser@eventsys.example", "Olga Organiser"),
    Role.REVIEWER: ("reviewer@eventsys.example", "Rune Reviewer"),
    Role.SUPERVISOR: ("supervisor@eventsys.example", "Sami Supervisor"),
    Role.EVALUATOR: ("evaluator@eventsys.example", "Eva Evaluator"),
}
ADMINISTRATOR = ("administrator@eventsys.example", "Ada Administrator")


def create(now: datetime) -> tuple[dict[Role, User], dict[str, str]]:
    """The people by role, and their passwords by mail address, the organiser's first."""
    passwords: dict[str, str] = {}
    people: dict[Role, User] = {}
    for role, (email, name) in PEOPLE.items():
        passwords[email] = new_password()
        people[role] = accounts.create_user(email, name=name, password=passwords[email], by=BY, now=now)
    email, name = ADMINISTRATOR
    passwords[email] = new_password()
    accounts.create_user(email, name=name, password=passwords[email], is_administrator=True, by=BY, now=now)
    return people, passwords


def put_on_team(edition: Edition, people: dict[Role, User], *, now: datetime) -> None:
    """Give each of them their role at an edition."""
    for role, user in people.items():
        editions.add_to_team(edition, user, role=role, by=BY, now=now)

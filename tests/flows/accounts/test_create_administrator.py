"""`flask accounts create-administrator`."""

from __future__ import annotations

import re

from flask import Flask

from eventsys.accounts import queries
from tests import factories
from tests.client import CarefulClient


def test_command_prints_a_link_that_sets_the_password(app: Flask, client: CarefulClient) -> None:
    result = app.test_cli_runner().invoke(
        args=["accounts", "create-administrator", "Chef@Example.org", "--name", "Chef Christensen"]
    )

    assert result.exit_code == 0, result.output
    link = re.search(r"http://localhost(/account/invitation/\S+)", result.output)
    assert link
    client.post(link[1], data={"password": factories.PASSWORD, "password_confirm": factories.PASSWORD})
    who = queries.by_email("chef@example.org")
    assert who is not None
    assert who.is_administrator
    factories.sign_in(client, who)


def test_command_takes_a_password_from_standard_input(app: Flask, client: CarefulClient) -> None:
    result = app.test_cli_runner().invoke(
        args=["accounts", "create-administrator", "a@example.org", "--name", "A", "--password-stdin"],
        input=factories.PASSWORD + "\n",
    )

    assert result.exit_code == 0, result.output
    assert "invitation" not in result.output
    assert factories.PASSWORD not in result.output
    who = queries.by_email("a@example.org")
    assert who is not None
    factories.sign_in(client, who)


def test_command_refuses_with_one_sentence(app: Flask) -> None:
    factories.user(email="taken@example.org")
    run = app.test_cli_runner().invoke

    for arguments, typed, sentence in [
        (["taken@example.org", "--name", "A"], "", "can sign in already"),
        (["nonsense", "--name", "A"], "", "is not a mail address"),
        (["b@example.org", "--name", " "], "", "Give the person's name"),
        (["b@example.org", "--name", "B", "--password-stdin"], "short\n", "12 to 128 characters"),
        (["b@example.org", "--name", "B", "--password-stdin"], "", "no password on standard input"),
    ]:
        result = run(args=["accounts", "create-administrator", *arguments], input=typed)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert sentence in result.output
        assert len(result.output.splitlines()) == 1
    assert queries.by_email("b@example.org") is None

"""The option `--edition SLUG`, which many commands take."""

from __future__ import annotations

from typing import Any

import click

from eventsys.editions import queries
from eventsys.editions.models import Edition


class EditionName(click.ParamType[Edition]):
    """Turns an address word into its edition, or says that there is none."""

    name = "slug"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Edition:
        """The edition; a usage error when there is none."""
        if isinstance(value, Edition):
            return value
        edition = queries.find(str(value))
        if edition is None:
            known = ", ".join(e.slug for e in queries.every()) or "none yet; make one with `flask editions create`"
            self.fail(f"there is no edition {value!r} (there are: {known})", param, ctx)
        return edition


edition_option = click.option("--edition", required=True, type=EditionName(), help="Address word of the edition.")

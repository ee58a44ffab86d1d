"""The pages of the street: the `plan`, and each booth's place (`placing`); `bp` holds them all."""

from eventsys.booths.views import placing, plan, rules
from eventsys.booths.views.blueprint import bp

__all__ = ["bp", "placing", "plan", "rules"]

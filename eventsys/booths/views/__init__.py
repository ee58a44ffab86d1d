"""The pages of the street: the `ground` from files, the `site` as it is drawn, the `plan`, each booth's place (`placing`); `bp` holds them all."""

from eventsys.booths.views import ground, placing, plan, rules, site
from eventsys.booths.views.blueprint import bp

__all__ = ["bp", "ground", "placing", "plan", "rules", "site"]

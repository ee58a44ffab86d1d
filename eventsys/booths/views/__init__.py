"""The pages of the street: the `ground` from files, the `site` as it is drawn, the `plan`, each booth's place (`placing`), the `arrivals`.

`bp` holds them all.
"""

from eventsys.booths.views import arrivals, ground, placing, plan, rules, site
from eventsys.booths.views.blueprint import bp

__all__ = ["arrivals", "bp", "ground", "placing", "plan", "rules", "site"]

"""The pages of the street: the `ground` from files, the `site` as it is drawn, the `background` beneath it, the `plan`, each
booth's place (`placing`) and `wishes`, the `arrivals`; `bp` holds them all.
"""

from eventsys.booths.views import arrivals, background, ground, placing, plan, rules, site, wishes
from eventsys.booths.views.blueprint import bp

__all__ = ["arrivals", "background", "bp", "ground", "placing", "plan", "rules", "site", "wishes"]

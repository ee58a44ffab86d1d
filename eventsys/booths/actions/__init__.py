"""What is done with the street: the `ground` is drawn or copied (`copying`) over a picture (`background`), a plan proposed (`proposing`), booths placed by hand (`placing`)."""

from eventsys.booths.actions.background import keep_background, lay_background, remove_background
from eventsys.booths.actions.copying import copy_ground
from eventsys.booths.actions.ground import draw, import_boards, import_pitches
from eventsys.booths.actions.proposing import propose, publish, release

__all__ = [
    "copy_ground",
    "draw",
    "import_boards",
    "import_pitches",
    "keep_background",
    "lay_background",
    "propose",
    "publish",
    "release",
    "remove_background",
]

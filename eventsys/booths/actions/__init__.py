"""What is done with the street: the `ground` is drawn, a plan proposed (`proposing`), booths placed by hand (`placing`)."""

from eventsys.booths.actions.ground import import_boards, import_pitches
from eventsys.booths.actions.proposing import propose, publish, release

__all__ = ["import_boards", "import_pitches", "propose", "publish", "release"]

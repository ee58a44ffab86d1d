"""The sentences for the codes of `rules`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.booths.rules.allocation import Status
from eventsys.booths.rules.arrivals import Unserved
from eventsys.booths.rules.codes import Code, Misfit, Odd
from eventsys.booths.rules.features import BOARD, FeatureKind
from eventsys.booths.rules.rulebook import WITHOUT_DISTANCE, Rule
from eventsys.booths.rules.site_checks import Flaw
from eventsys.booths.rules.vehicles import VehicleKind

# What happened to an application, as its history tells it.
STORY = {
    "booths.placed": _("put on a pitch"),
    "booths.taken_off": _("taken off its pitch"),
    "booths.fixed": _("fixed where it stands"),
    "booths.unfixed": _("no longer fixed"),
    "booths.released": _("no longer fixed, for a new proposal"),
}
TEXTS = {
    Code.NOT_JSON: _(
        "The file is neither GeoJSON nor a sheet with a column “number”. Save it as one of these, and try again."
    ),
    Code.NOT_FEATURES: _("The file holds no features. Export the plan as a GeoJSON FeatureCollection."),
    Code.FILE_EMPTY: _("The file is empty."),
    Code.COLUMN_MISSING: _("The column “%(column)s” is missing."),
    Code.MISSING: _("This is missing."),
    Code.TOO_LONG: _("This is too long: at most %(longest)s characters."),
    Code.NOT_A_NUMBER: _("“%(value)s” is not a number that can be right here."),
    Code.NOT_YES_OR_NO: _("“%(value)s” is neither yes nor no."),
    Code.NOT_A_POLYGON: _("This is not a polygon with at least three corners."),
    Code.COORDINATES_SWAPPED: _(
        "Longitude and latitude are swapped: in Denmark the longitude lies between 7 and 16, the latitude between 54 and 59."
    ),
    Code.COORDINATES_WRONG: _(
        "Longitude %(longitude)s and latitude %(latitude)s lie outside Denmark. Give them in WGS 84."
    ),
    Code.CROSSES_ITSELF: _("The outline crosses itself."),
    Code.NUMBER_TWICE: _("Pitch number “%(number)s” stands twice. Give each its own."),
    Code.BOARD_TWICE: _("Board “%(board)s” stands twice."),
    Code.WRONG_SHAPE: _("This can't be drawn like that: it takes a shape of %(shapes)s with numbers for corners."),
    Code.KIND_UNKNOWN: _("“%(kind)s” is no kind of thing that a site is made of."),
    Code.PHASES_WRONG: _("A board has 1 phase or 3, not “%(value)s”."),
    Code.FEATURE_TWICE: _("“%(number)s” stands twice. Give each its own."),
    Code.BOARD_UNKNOWN: _("There is no board “%(board)s”. Draw it first, or choose another."),
    Code.DRAWN_MEANWHILE: _(
        "Somebody else has changed the street meanwhile. Load it again and draw on from there; your drawing can be exported first."
    ),
    Code.PITCH_IN_USE: _("Pitch %(number)s can't go: %(who)s stands there. Take that booth off first."),
    Code.GROUND_NOT_EMPTY: _("This edition has a street already. Empty it first, or change it where it differs."),
    Code.NOTHING_TO_COPY: _("That edition has no pitches to take over."),
    Code.POINTS_WRONG: _("Show two points of the picture, and say where on the ground each lies."),
    Code.POINTS_TOGETHER: _("The two points lie too near to each other. Choose two that are far apart."),
    Code.NO_BACKGROUND: _("There is no picture beneath the plan."),
    Code.NO_PITCHES: _("There are no pitches yet. Import them first."),
    Code.NO_APPLICATIONS: _("Nobody has been told yet that they are in. Approve and announce applications first."),
    Code.RUNS_ALREADY: _("A proposal is being made already. Wait for it, or stop it."),
    Code.PITCH_UNKNOWN: _("There is no pitch “%(number)s”."),
    Code.PITCH_TAKEN: _("%(others)s stands there already. Change places with them, or take them off first."),
    Code.RULES_BROKEN: _("This breaks a rule. Choose another place, or write why it may be so."),
    Code.NOT_PLACED: _("This booth has no place in the draft."),
    Code.NO_DRAFT: _("There is no proposal to take over. Make one first."),
    Code.DAY_UNKNOWN: _("The booth isn't there on that day."),
    Code.ZONE_UNKNOWN: _("No pitch belongs to “%(zone)s”."),
    Code.BOOTH_UNKNOWN: _("Choose a booth that is in."),
    Code.WITH_ITSELF: _("A booth can't keep away from itself."),
    Code.KERB_UNKNOWN: _("Say first how many vehicles side “%(side)s” has room for."),
    Code.KERB_TOO_SMALL: _("There are times for %(count)s vehicles at once on this side. Remove them first."),
    Code.SLOTS_BACKWARDS: _("Not even one time fits between these two. Give a later end, or shorter times."),
    Code.SLOTS_TOO_MANY: _("That makes more than %(most)s times. Make them longer, or fewer."),
    Code.SLOTS_OVERLAP: _("There are times on this side already that share some of these hours. Remove them first."),
    Code.MORE_THAN_KERB: _("This side has room for %(most)s vehicles at once."),
    Code.SLOT_UNKNOWN: _("This time is not one for this vehicle. Choose another."),
    Code.SLOT_FULL: _(
        "This time is full: %(count)s at once is what it has room for. Choose another, or move somebody."
    ),
    Code.NO_ARRIVAL: _("This vehicle has no time on that day."),
    Code.STEP_GONE: _("The plan has been changed since. Look at it again before you take anything back."),
}

MISFITS = {
    Misfit.NO_PITCH: _("There are no pitches."),
    Misfit.WIDTH: _("No pitch is wide enough."),
    Misfit.THREE_PHASE: _("No pitch that fits has three-phase power."),
    Misfit.WATER: _("No pitch that fits has water."),
    Misfit.GAS: _("No pitch that fits allows gas."),
    Misfit.OPEN_FIRE: _("No pitch that fits allows open fire."),
    Misfit.AMPLIFIED_SOUND: _("No pitch that fits allows amplified sound."),
    Misfit.QUIET_ZONE: _("The pitches that fit lie in a quiet zone."),
    Misfit.VEHICLE_ACCESS: _("No pitch that fits can be reached by car."),
    Misfit.STEP_FREE: _("No pitch that fits is step-free."),
    Misfit.NO_BOARD: _("No pitch that fits has power."),
    Misfit.BOARD_CAPACITY: _("The electric boards of the pitches that fit can't carry more."),
    Misfit.PHASE_CAPACITY: _(
        "It draws more than one phase of the electric boards carries; with three-phase power it might fit."
    ),
    Misfit.TWO_PITCHES: _("No two pitches that fit lie side by side."),
    Misfit.TOGETHER: _("No place has all that it needs."),
    Misfit.NEAREST: _("Some places lack little."),
    Misfit.TAKEN: _("All pitches that fit are taken."),
    Misfit.OVERLAP: _("The pitches that are left lie over others that are taken."),
    Misfit.KEEP_APART: _("The pitches that are left lie too near to somebody it must keep apart from."),
}

# What a booth needs, as part of a list.
NEEDS = {
    Misfit.WIDTH: _("%(width)s m"),
    Misfit.THREE_PHASE: _("three-phase power"),
    Misfit.WATER: _("water"),
    Misfit.GAS: _("gas"),
    Misfit.OPEN_FIRE: _("open fire"),
    Misfit.AMPLIFIED_SOUND: _("amplified sound"),
    Misfit.QUIET_ZONE: _("amplified sound outside quiet zones"),
    Misfit.VEHICLE_ACCESS: _("a way in for its car"),
    Misfit.STEP_FREE: _("step-free access"),
    Misfit.NO_BOARD: _("power"),
    Misfit.BOARD_CAPACITY: _("a board that carries %(kilowatts)s kW"),
    Misfit.PHASE_CAPACITY: _("a board that carries %(kilowatts)s kW on one phase"),
    Misfit.TWO_PITCHES: _("two pitches side by side"),
    Misfit.KEEP_APART: _("more than %(metres)s m from %(others)s"),
}

# What can't be as it was asked for.
TROUBLES = {
    Odd.KEEP_APART_SELF: _("%(who)s is asked to keep apart from itself. That is left out."),
    Odd.KEEP_APART_GONE: _("%(who)s is asked to keep apart from %(other)s, who isn't in. That is left out."),
    Odd.NEXT_TO_SELF: _("%(who)s wishes to stand next to itself. That is left out."),
    Odd.NEXT_TO_GONE: _("%(who)s wishes to stand next to %(other)s, who isn't in. That is left out."),
    Odd.LOCK_PITCH_GONE: _("%(who)s is fixed on %(pitch)s, which isn't there any more. It is placed anew."),
    Odd.LOCK_TAKEN: _("%(who)s is fixed on %(pitch)s, and so is %(other)s, who keeps it. %(who)s is placed anew."),
    Odd.LOCK_UNFIT: _("%(who)s is fixed on %(pitch)s, where it doesn't fit. It stays. %(what)s"),
    Odd.LOCK_OVERLAP: _("%(who)s is fixed on %(pitch)s, which lies over the pitch of %(other)s. They stay."),
    Odd.LOCK_TOO_NEAR: _("%(who)s and %(other)s are fixed nearer to each other than they may stand. They stay."),
    Odd.LOCK_OVERLOAD: _(
        "On day %(day)s board %(board)s carries %(kilowatts)s kW too much with those that are fixed there: %(all)s. They stay."
    ),
}

STATUSES = {
    Status.OPTIMAL.value: _("proven to be the best"),
    Status.WITHIN_GAP.value: _("within one per cent of the best that can be"),
    Status.STOPPED.value: _("the best found; a better one may exist"),
}

# What is wrong with the ground, beside the measured rules. Names are those of pitches, lanes and boards.
FLAWS = {
    Flaw.OVERLAP: _("%(one)s and %(other)s lie over each other."),
    Flaw.BLOCKS_LANE: _("%(one)s reaches into the fire lane %(other)s."),
    Flaw.BOARD_EMPTY: _("%(one)s hangs on board %(other)s, which has nothing to give. Say what it carries."),
    Flaw.SINGLE_PHASE: _("%(one)s offers three-phase power, but its board %(other)s has one phase."),
}
MEASURED = {
    Rule.FIRE_LANE: _("The fire lane %(one)s is %(measured)s m wide; %(needed)s m are asked for."),
    Rule.PITCH_GAP: _("%(one)s and %(other)s are %(measured)s m apart; %(needed)s m are asked for."),
    Rule.FIRE_GAP: _(
        "%(one)s and %(other)s are %(measured)s m apart, and there may be open fire; %(needed)s m are asked for."
    ),
    Rule.QUIET: _(
        "%(one)s allows amplified sound %(measured)s m from the quiet zone %(other)s; more than %(needed)s m are asked for."
    ),
}

# What stands or lies on the ground beside pitches and boards.
FEATURES = {
    FeatureKind.WATER_POINT: _("Water"),
    FeatureKind.FIRE_LANE: _("Fire lane"),
    FeatureKind.STAGE: _("Stage"),
    FeatureKind.GATE: _("Gate"),
    FeatureKind.DRIVE_IN: _("Way in for vehicles"),
    FeatureKind.FIRST_AID: _("First aid"),
    FeatureKind.TOILET: _("Toilets"),
    FeatureKind.QUIET_ZONE: _("Quiet zone"),
    FeatureKind.OBSTACLE: _("Obstacle"),
}

# The same with the electric boards; and which of them a plan draws with a sign, for they are small or would be told by colour alone.
GROUND: dict[str, Any] = {kind.value: word for kind, word in FEATURES.items()} | {BOARD: _("Electric board")}
SIGNED = frozenset(GROUND) - {FeatureKind.FIRE_LANE, FeatureKind.QUIET_ZONE, FeatureKind.OBSTACLE}

# What a pitch offers, by the column that says so.
OFFERS = {
    "has_three_phase": _("three-phase"),
    "has_water": _("water"),
    "allows_gas": _("gas"),
    "allows_open_fire": _("open fire"),
    "allows_amplified_sound": _("sound"),
    "has_vehicle_access": _("car"),
    "is_step_free": _("step-free"),
}

# What may be other with something on the ground that is there already, by its column.
FIELDS = {
    "width_cm": _("width"),
    "depth_cm": _("depth"),
    "zone": _("zone"),
    "side": _("side of the street"),
    "along_cm": _("metres along the kerb"),
    "board_id": _("board"),
    "is_remote": _("out of the way"),
    "capacity_watts": _("capacity"),
    "phases": _("phases"),
    "kind": _("what it is"),
    "label": _("name"),
}

# Which pitches are listed, by how they are held.
PITCHES = {
    "": _("All"),
    "free": _("Free"),
    "taken": _("Taken"),
    "fixed": _("Fixed by hand"),
    "against": _("Against a rule"),
}

# The rules that have a weight or a distance, in words.
RULES = {
    Rule.KEEP_APART: _("Who must keep apart"),
    Rule.FIRE_LANE: _("Fire lanes are wide enough"),
    Rule.PITCH_GAP: _("Pitches lie apart"),
    Rule.FIRE_GAP: _("Open fire lies apart from other pitches"),
    Rule.QUIET: _("Amplified sound lies away from quiet zones"),
    Rule.NEAR: _("Wished neighbours stand near each other"),
    Rule.ZONE: _("Booths stand in the part of the street that you wish them in"),
    Rule.SAME_CUISINE: _("The same kitchen stands apart"),
    Rule.RESTAURANTS_SPREAD: _("Restaurants are spread along the street"),
    Rule.SAME_AREA: _("Associations of a neighbourhood stand together"),
    Rule.LAST_PLACE: _("Who comes back stands near the place of last time"),
    Rule.TURN_TAKING: _("Who stood out of the way last time comes first now"),
    Rule.SENSITIVE: _("Whom you keep away from each other without a word"),
    Rule.STAY: _("Who has a place stays there"),
}
# What is wished for where the points are below zero.
TURNED = {
    Rule.SAME_CUISINE: _("The same kitchen stands together"),
    Rule.RESTAURANTS_SPREAD: _("Restaurants stand together"),
    Rule.SAME_AREA: _("Associations of a neighbourhood are mixed with others"),
}
# What the distance of a rule says.
DISTANCES = {
    Rule.KEEP_APART: _("Apart is more than so many metres"),
    Rule.FIRE_LANE: _("At least so many metres wide"),
    Rule.PITCH_GAP: _("At least so many metres apart"),
    Rule.FIRE_GAP: _("At least so many metres apart"),
    Rule.QUIET: _("More than so many metres away"),
    Rule.NEAR: _("Near is at most so many metres"),
    Rule.SAME_CUISINE: _("Apart is more than so many metres"),
    Rule.RESTAURANTS_SPREAD: _("Apart is more than so many metres"),
    Rule.SAME_AREA: _("Together is at most so many metres"),
    Rule.LAST_PLACE: _("Near is at most so many metres"),
    Rule.SENSITIVE: _("Apart is more than so many metres"),
}
# The hard rules in words, and where what they go by is set.
HARD_RULES = (
    (
        _("A booth is no wider than its pitch, or than two pitches side by side on one board that it gets together."),
        _("The pitches' width in the street, the booth's in its application."),
    ),
    (
        _(
            "Its pitch has or allows what it needs: three-phase power, water, gas, open fire, amplified sound, a way in for its car, step-free access."
        ),
        _("What each pitch offers, in the street."),
    ),
    (
        _("On each day its electric board carries all who hang on it, and each phase no more than its share."),
        _("Capacity and phases of the boards, in the street."),
    ),
    (
        _("Nobody plays amplified sound in a quiet zone, or nearer to one than the distance below."),
        _("The quiet zones in the street, the distance here."),
    ),
    (
        _("Who must keep apart stands further apart than the distance below."),
        _("Who from whom in the applications, the distance here."),
    ),
    (
        _("At any time one booth stands on a pitch, and nobody on a pitch that lies over it."),
        _("The outlines in the street."),
    ),
    (
        _("A booth stands there on the days for which it is in, and on no others."),
        _("The days of its application."),
    ),
)
RULE_HINTS = {
    Rule.KEEP_APART: _("A hard rule: no proposal breaks it. Source: the applications' references to keep apart."),
    Rule.FIRE_LANE: _(
        "Measured on the drawing. Source: site plans of sales areas ask for 3 m, for 5 m where crews get out."
    ),
    Rule.PITCH_GAP: _("Measured on the drawing; 0: they may touch. Ask the fire authority."),
    Rule.FIRE_GAP: _("Measured on the drawing; 0: not looked at. Ask the fire authority."),
    Rule.QUIET: _("Measured on the drawing; pitches nearer than this take no amplified sound. 0: only those inside."),
    Rule.NEAR: _("Asked for in the applications: whom each would like beside it."),
    Rule.ZONE: _("You say for a booth into which zone of the pitches it is wished."),
    Rule.SAME_CUISINE: _(
        "Kitchens are the same where two booths, associations too, answered “What do you sell or serve?” with the same words: “Somali food” and “Somali” are two. Two of one kitchen lose these points when they stand nearer than this. Below zero they gain them then: they stand together."
    ),
    Rule.RESTAURANTS_SPREAD: _(
        "Two restaurants lose these points when they stand nearer than this. Below zero they gain them then: they stand together."
    ),
    Rule.SAME_AREA: _(
        "Two of them gain these points when they stand within this distance. Below zero they lose them then: they are mixed with others."
    ),
    Rule.LAST_PLACE: _("Where each stood in the plan of the last edition, as far as that lies on this ground."),
    Rule.TURN_TAKING: _(
        "Who stood on a pitch that is marked as out of the way gets one that isn't, rather than near the same one."
    ),
    Rule.SENSITIVE: _(
        "You say of two booths that they shall not stand near each other; nobody but organisers sees that, or why."
    ),
    Rule.STAY: _("So that a late change moves as few others as it can."),
}


def rule_called(rule: Rule, *, is_turned: bool = False) -> str:
    """A rule in words; `is_turned` where its points are below zero, so that it wishes for the opposite."""
    return str(TURNED[rule] if is_turned else RULES.get(rule, rule))


WITH_DISTANCE = frozenset(RULES) - WITHOUT_DISTANCE
BROKEN = {
    Misfit.WIDTH: _("It is wider than the place."),
    Misfit.THREE_PHASE: _("There is no three-phase power."),
    Misfit.WATER: _("There is no water."),
    Misfit.GAS: _("Gas is not allowed there."),
    Misfit.OPEN_FIRE: _("Open fire is not allowed there."),
    Misfit.AMPLIFIED_SOUND: _("Amplified sound is not allowed there."),
    Misfit.QUIET_ZONE: _("It lies in a quiet zone: no amplified sound."),
    Misfit.VEHICLE_ACCESS: _("It can't be reached by car."),
    Misfit.STEP_FREE: _("It is not step-free."),
    Misfit.NO_BOARD: _("There is no power."),
    Misfit.BOARD_CAPACITY: _("The electric board can't carry it."),
    Misfit.PHASE_CAPACITY: _("One phase of the electric board can't carry it."),
    Misfit.TWO_PITCHES: _("It takes pitches that lie side by side."),
    Misfit.TAKEN: _("Somebody stands there."),
    Misfit.OVERLAP: _("It lies over a pitch on which somebody stands."),
    Misfit.KEEP_APART: _("It is too near to somebody it must keep apart from."),
}

# What drives up to a booth.
VEHICLES = {
    VehicleKind.CAR: _("car"),
    VehicleKind.VAN: _("van"),
    VehicleKind.TRAILER: _("car with trailer"),
    VehicleKind.FOOD_TRUCK: _("food truck"),
    VehicleKind.LORRY: _("lorry"),
    VehicleKind.CARGO_BIKE: _("cargo bike"),
}
NO_TIME = {
    Unserved.NO_KERB: _("Its pitch lies at no side of the street that vehicles come to."),
    Unserved.NO_SLOTS: _("Its side of the street has no times on that day."),
    Unserved.FULL: _("All times of its side are taken, and others stand further in."),
}

"""The words for what an application holds, lacks, and leaves in doubt."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.applications.rules.completeness import Doubt, Finding, Missing
from eventsys.applications.rules.listing import ANY_DOUBT, ANY_MISSING, ANYTHING
from eventsys.applications.rules.parts import AllergenStatement, AttachmentPurpose

MISSING = {
    Missing.NAME: _("The name of the organisation"),
    Missing.DAYS: _("The days on which you take part"),
    Missing.CREW: _("How many people work at the booth"),
    Missing.WIDTH: _("How wide the booth is"),
    Missing.POWER: _("How much power you need (0 is an answer)"),
    Missing.FOOD: _("What food you sell or serve"),
    Missing.ALLERGENS: _("Allergens, or that there are none"),
    Missing.ABOUT: _("A text for visitors, in at least one language"),
    Missing.QUESTIONS: _("Answers under “More questions”"),
    Missing.CONSENT: _("Your consent"),
}
DOUBTS = {
    Doubt.FOOD_WITHOUT_REGISTRATION: _("Sells food, but tells of no food registration."),
    Doubt.FOOD_WITHOUT_DISHES: _("A restaurant, but names no dishes."),
    Doubt.POWER_ABOVE_PITCHES: _("Asks for more power than any board has."),
    Doubt.WIDTH_ABOVE_PITCHES: _("Asks for more width than any pitch has."),
    Doubt.FIRE_WITHOUT_FOOD: _("Uses gas or open fire, but sells no food."),
    Doubt.EXPIRED_DOCUMENT: _("A document runs out before the last day."),
    Doubt.CHILDREN_WITHOUT_DECLARATION: _("Does something for children, but declares no background checks."),
    Doubt.CROWDED: _("Brings very many people for a booth this wide."),
    Doubt.REGISTERED_AND_SELDOM: _("Gives a food registration, and says to need none."),
    Doubt.SAME_NAME: _("Another application has a name like this one."),
    Doubt.SAME_ADDRESS: _("Another organisation's application has the same mail address."),
}
# The same as a question to the applicant.
ASKED_BACK = {
    Doubt.FOOD_WITHOUT_REGISTRATION: _(
        "You sell food, but give no registration and don't say that you sell too seldom to need one."
    ),
    Doubt.FOOD_WITHOUT_DISHES: _(
        "You name no dishes. Visitors look for dishes and their allergens, and so do we when we choose."
    ),
    Doubt.EXPIRED_DOCUMENT: _(
        "A document runs out before the last day of the event. Send the newer one if there is one."
    ),
    Doubt.CHILDREN_WITHOUT_DECLARATION: _(
        "You do something for children, but don't say that you have the background checks (børneattester). "
        "Where the law asks for them, get them and say so; where it doesn't, leave it."
    ),
    Doubt.CROWDED: _("That is very many people for a booth this wide. Are the number and the width right?"),
    Doubt.REGISTERED_AND_SELDOM: _(
        "You give a registration, and say that you sell too seldom to need one. Are both right?"
    ),
}
# The same, as the review list calls it in a line and in its choice.
FOUND_SHORT: dict[Finding, Any] = {
    Missing.NAME: _("no name"),
    Missing.DAYS: _("no days"),
    Missing.CREW: _("no crew"),
    Missing.WIDTH: _("no width"),
    Missing.POWER: _("no power told"),
    Missing.FOOD: _("food, but not which"),
    Missing.ALLERGENS: _("no allergens told"),
    Missing.ABOUT: _("no text for visitors"),
    Missing.QUESTIONS: _("questions not answered"),
    Doubt.FOOD_WITHOUT_REGISTRATION: _("food, but no food registration"),
    Doubt.FOOD_WITHOUT_DISHES: _("a restaurant without dishes"),
    Doubt.POWER_ABOVE_PITCHES: _("more power than any board"),
    Doubt.WIDTH_ABOVE_PITCHES: _("wider than any pitch"),
    Doubt.FIRE_WITHOUT_FOOD: _("gas or fire, but no food"),
    Doubt.EXPIRED_DOCUMENT: _("a document runs out"),
    Doubt.CHILDREN_WITHOUT_DECLARATION: _("no background checks declared"),
    Doubt.CROWDED: _("very many people for its width"),
    Doubt.REGISTERED_AND_SELDOM: _("registered, and selling too seldom for it"),
    Doubt.SAME_NAME: _("a name like another's"),
    Doubt.SAME_ADDRESS: _("another's mail address"),
}
FOUND: dict[str, Any] = {
    ANYTHING: _("anything at all"),
    ANY_MISSING: _("something missing"),
    ANY_DOUBT: _("something doubtful"),
    **{what.value: word for what, word in FOUND_SHORT.items()},
}
ALLERGENS = {
    "gluten": _("Cereals with gluten"),
    "crustaceans": _("Crustaceans"),
    "eggs": _("Eggs"),
    "fish": _("Fish"),
    "peanuts": _("Peanuts"),
    "soybeans": _("Soybeans"),
    "milk": _("Milk"),
    "nuts": _("Nuts"),
    "celery": _("Celery"),
    "mustard": _("Mustard"),
    "sesame": _("Sesame"),
    "sulphites": _("Sulphites"),
    "lupin": _("Lupin"),
    "molluscs": _("Molluscs"),
}
DIETS = {
    "halal": _("Halal"),
    "kosher": _("Kosher"),
    "vegetarian": _("Vegetarian"),
    "vegan": _("Vegan"),
}
APPLIANCES = {
    "light": _("lamp"),
    "phone_charger": _("phone charger"),
    "card_terminal": _("card terminal"),
    "loudspeaker": _("loudspeaker"),
    "screen": _("screen"),
    "fridge": _("fridge"),
    "freezer": _("freezer"),
    "kettle": _("kettle"),
    "coffee_machine": _("coffee machine"),
    "microwave": _("microwave oven"),
    "hot_plate": _("hot plate"),
    "rice_cooker": _("rice cooker"),
    "bain_marie": _("bain-marie"),
    "grill": _("electric grill"),
    "fryer": _("deep fryer"),
    "oven": _("oven"),
    "large_oven": _("large oven (three-phase)"),
    "large_fryer": _("large deep fryer (three-phase)"),
}
STATEMENTS = {
    AllergenStatement.CONTAINS: _("contains"),
    AllergenStatement.MAY_CONTAIN: _("may contain"),
    AllergenStatement.FREE_OF: _("free of"),
}
# The fields of an application in words, by their names in the database.
FIELDS = {
    "name": _("Name"),
    "native_name": _("In your own language or script"),
    "cvr": _("CVR number"),
    "area": _("Part of town"),
    "is_minority_association": _("Association of an ethnic minority"),
    "contact": _("Contact"),
    "days": _("Days"),
    "crew": _("People at the booth"),
    "width_cm": _("Width"),
    "power_watts": _("Power"),
    "appliances": _("Appliances"),
    "needs_three_phase": _("three-phase power"),
    "needs_water": _("running water"),
    "uses_gas": _("gas"),
    "uses_open_fire": _("open fire"),
    "plays_amplified_sound": _("loudspeakers"),
    "needs_vehicle_access": _("a car or trailer at the booth"),
    "needs_step_free": _("a way without steps"),
    "has_children_activities": _("something for children"),
    "declares_background_checks": _("Background checks"),
    "has_liability_insurance": _("Liability insurance"),
    "sells_food": _("Food"),
    "cuisine": _("What is sold or served"),
    "food_registration": _("Food registration"),
    "is_below_food_limit": _("below the limit"),
    "dietary": _("Suits"),
    "allergens": _("Allergens"),
    "dishes": _("Dishes"),
    "documents": _("Logo and documents"),
    "questions": _("More questions"),
    "about": _("Text for visitors"),
    "near_wish": _("Near"),
    "apart_wish": _("Not beside"),
}
PURPOSES = {
    AttachmentPurpose.LOGO: _("Logo or picture for visitors"),
    AttachmentPurpose.FOOD_CONTROL: _("Latest food control report"),
    AttachmentPurpose.GAS_CERTIFICATE: _("Certificate of the gas equipment"),
    AttachmentPurpose.INSURANCE: _("Proof of insurance"),
    AttachmentPurpose.BOOTH_PHOTO: _("Picture of the booth"),
    AttachmentPurpose.OTHER: _("Something else"),
}

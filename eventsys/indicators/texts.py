"""The sentences for refusals and for what is said about a figure, and the words for its codes."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _

from eventsys.editions.models import EventKind
from eventsys.indicators.rules.codes import Code
from eventsys.indicators.rules.figures import Quality, Unit
from eventsys.indicators.rules.measures import Measure, Subject
from eventsys.indicators.rules.populations import Exclusion, Population, Property
from eventsys.indicators.rules.register import EntryKind, Way
from eventsys.indicators.rules.sentences import Phrase, Sentence
from eventsys.indicators.rules.targets import Direction, Status

TEXTS = {
    Code.FIELD_MISSING: _("A field of the indicator is missing."),
    Code.FIELD_UNKNOWN: _("The indicator holds a field that nobody knows."),
    Code.FIELD_WRONG: _("A field of the indicator holds something else than it should."),
    Code.POPULATION_EMPTY: _("The population has no members."),
    Code.NO_ANSWERS: _("Nobody answered."),
    Code.COUNTS_DISAGREE: _("The counts contradict each other."),
    Code.TARGET_NOT_POSITIVE: _("A target must be above 0."),
    Code.TARGET_ABOVE_HUNDRED: _("A target in percent is at most 100."),
    Code.TARGET_NOT_WHOLE: _("This target counts whole things. Give a whole number."),
    Code.TARGET_UNIT: _("The unit “%(unit)s” doesn't go with the measure “%(measure)s”."),
    Code.UNIT_OF_MEASURE: _("The unit “%(unit)s” doesn't go with this measure."),
    Code.POPULATION_NOT_KNOWN: _("Nobody has a register of “%(population)s”, so they can't be counted."),
    Code.BASE_YEAR_SAME: _("The two years are the same."),
    Code.INPUTS_OF_OTHER_MEASURE: _("These numbers belong to another measure than “%(measure)s”."),
    Code.KEY_TWICE: _("The key “%(key)s” stands twice. Give each its own."),
    Code.NO_SUCH_INDICATOR: _("There is no indicator with the key “%(key)s”."),
    Code.NOT_AN_INTERVAL: _("Give whole numbers with positive ≤ answers ≤ population."),
    Code.ITEM_GONE: _("This question is no longer in the questionnaire. Choose another one."),
    Code.NUMBER_UNREADABLE: _("“%(written)s” is no number that fits here."),
    Code.IS_FROZEN: _(
        "A figure of this indicator was frozen for a report, so it stays. Change its words or its target instead."
    ),
    Code.FIELD_NEEDED: _("Fill this in."),
    Code.AMOUNT_OUT_OF_BOUNDS: _("Give a number from 0 to %(most)s."),
    Code.AMOUNT_NOT_WHOLE: _("Only hours may have decimals. Give a whole number."),
    Code.AMOUNT_UNREADABLE: _("“%(written)s” is no number, or has too many decimals."),
    Code.TOO_LONG: _("This is too long: use at most %(most)s characters."),
    Code.FILE_NOT_TEXT: _("This is no file with rows. Save it from the spreadsheet as CSV or XLSX."),
    Code.COLUMN_MISSING: _("The column “%(column)s” is missing."),
    Code.COLUMN_UNKNOWN: _("The column “%(column)s” is unknown, or stands twice."),
    Code.ROW_UNREADABLE: _("This row can't be read: it has more cells than there are columns."),
    Code.KIND_UNKNOWN: _("“%(written)s” is no kind of the register."),
    Code.QUALITY_UNKNOWN: _("“%(written)s” doesn't say how it was counted: counted, sampled, estimated or expected."),
    Code.DATE_UNREADABLE: _("“%(written)s” is no date. Write it as 2011-08-27."),
    Code.YEAR_OUT_OF_BOUNDS: _("Give a year from %(first)s to %(last)s."),
}

STATUSES = {
    Status.MET: _("met"),
    Status.PROBABLY_MET: _("probably met"),
    Status.PROBABLY_NOT_MET: _("probably not met"),
    Status.NOT_MET: _("not met"),
    Status.TOO_FEW: _("too few answers"),
    Status.NO_DATA: _("no data yet"),
}
# The shape that stands beside each status, so that colour is never the only sign (see components/status.html).
TONES = {
    Status.MET: "good",
    Status.PROBABLY_MET: "active",
    Status.PROBABLY_NOT_MET: "attention",
    Status.NOT_MET: "bad",
    Status.TOO_FEW: "waiting",
    Status.NO_DATA: "neutral",
}

POPULATIONS = {
    Population.ORGANISATIONS_TAKING_PART: _("associations and restaurants that take part"),
    Population.ASSOCIATIONS_TAKING_PART: _("associations that take part"),
    Population.MINORITY_ASSOCIATIONS_TAKING_PART: _("ethnic minority associations that take part"),
    Population.RESTAURANTS_TAKING_PART: _("restaurants that take part"),
    Population.ORGANISATIONS_APPROVED: _("approved associations and restaurants"),
    Population.ASSOCIATIONS_APPROVED: _("approved associations"),
    Population.RESTAURANTS_APPROVED: _("approved restaurants"),
    Population.VISITORS: _("visitors"),
    Population.REQUESTERS: _("requesters"),
    Population.REGISTERED: _("those whom the register lists"),
    Population.DAYS_HELD: _("days on which somebody came"),
}
# The rule of a population, readable.
RULES_OF_POPULATIONS = {
    True: _("Taking part means: approved, and at least one of its crew was let in on at least one day."),
    False: _("Approved means: the approval has been announced."),
}
RULES_OF_REGISTER = _("The lines of the register of the year that count; what was only expected doesn't.")
RULE_OF_STRAND = _("The latest figure of the series counts.")
PROPERTIES = {
    Property.IN_DEVELOPMENT_COURSE: _("are in a longer course of development"),
    Property.STATED_AS_MINORITY: _("state themselves to be ethnic minority associations"),
    Property.TAKING_PART: _("take part"),
}
EXCLUSIONS = {
    Exclusion.NOT_APPROVED: _("not approved"),
    Exclusion.NOBODY_ADMITTED: _("nobody of the crew came"),
    Exclusion.NOT_STATED_AS_MINORITY: _("doesn't state itself to be an ethnic minority association"),
}
TEMPLATES_CALLED = {
    EventKind.INTERNATIONAL_DAYS: _("International Days"),
    EventKind.RELIGIOUS_CELEBRATION: _("Religious celebration"),
}
DIRECTIONS = {
    Direction.AT_LEAST: _("at least the target"),
    Direction.AT_MOST: _("at most the target: a fall is success"),
}
WAYS = {
    Way.AMOUNTS: _("the numbers added up"),
    Way.GROUPS: _("each different group once"),
}
ABOUT_MEASURES = {
    Measure.COUNT: _("How many there are: associations that take part, days held, workshops in the register."),
    Measure.VISITORS: _("How many came in, by pass and by tally, or attendances of the register."),
    Measure.SHARE: _("How large a part of a population has something, such as a longer course of development."),
    Measure.SURVEY_SHARE: _("How many of those with an opinion answered a question positively."),
    Measure.FOLLOW_UP: _("The same, asked again some months later."),
    Measure.GROWTH: _("How much more than in an earlier year."),
    Measure.RESOURCE: _("Hours spent, against a norm such as a full-time equivalent."),
    Measure.EXTERNAL: _("A figure of a long-term goal that somebody else publishes; success may be a fall."),
}
SUBJECTS = {
    Subject.ASSOCIATIONS: _("associations"),
    Subject.RESTAURANTS: _("restaurants"),
    Subject.VISITS: _("visits"),
}
QUALITIES = {
    Quality.COUNTED: _("counted"),
    Quality.SAMPLED: _("sampled"),
    Quality.ESTIMATED: _("estimated"),
    Quality.EXPECTED: _("expected"),
}
MEASURES = {
    Measure.COUNT: _("count"),
    Measure.VISITORS: _("visitors"),
    Measure.SHARE: _("share"),
    Measure.SURVEY_SHARE: _("share of answers"),
    Measure.FOLLOW_UP: _("follow-up"),
    Measure.GROWTH: _("growth"),
    Measure.RESOURCE: _("resources"),
    Measure.EXTERNAL: _("published by others"),
}
KINDS = {
    EntryKind.REQUISITION: _("requisitions"),
    EntryKind.ADVICE: _("advisory tasks"),
    EntryKind.SUPPORT: _("support tasks"),
    EntryKind.ADMINISTRATION: _("administrations"),
    EntryKind.PROJECT: _("projects"),
    EntryKind.INITIATIVE: _("initiatives"),
    EntryKind.EVENT: _("events"),
    EntryKind.ATTENDANCE: _("attendances"),
    EntryKind.PERSON: _("persons"),
    EntryKind.ORGANISATION: _("organisations"),
    EntryKind.SCHOOL_CLASS: _("school classes"),
    EntryKind.PLAN: _("plans"),
    EntryKind.PARTNER: _("partners"),
    EntryKind.CAMPAIGN: _("campaigns"),
    EntryKind.PUBLICATION: _("publications"),
    EntryKind.DISTRICT: _("districts"),
    EntryKind.STEERING_GROUP: _("steering groups"),
    EntryKind.DAY: _("days"),
    EntryKind.HOURS: _("hours"),
}
UNITS = {
    Unit.ORGANISATIONS: _("organisations"),
    Unit.PERSONS: _("persons"),
    Unit.VISITS: _("visits"),
    Unit.ENTRIES: _("entries"),
    Unit.EVENTS: _("events"),
    Unit.DAYS: _("days"),
    Unit.CLASSES: _("school classes"),
    Unit.TASKS: _("tasks"),
    Unit.PROJECTS: _("projects"),
    Unit.PLANS: _("plans"),
    Unit.PARTNERS: _("partners"),
    Unit.CAMPAIGNS: _("campaigns"),
    Unit.PUBLICATIONS: _("publications"),
    Unit.INITIATIVES: _("initiatives"),
    Unit.ADMINISTRATIONS: _("administrations"),
    Unit.DISTRICTS: _("districts"),
    Unit.GROUPS: _("groups"),
    Unit.PERCENT: _("percent"),
    Unit.PERCENTAGE_POINTS: _("percentage points"),
    Unit.FULL_TIME_EQUIVALENTS: _("full-time equivalents"),
    Unit.HOURS: _("hours"),
    Unit.HOURS_PER_WEEK: _("hours a week"),
}

PHRASES = {
    Phrase.DEFINED_COUNT: _("The number of %(population)s."),
    Phrase.DEFINED_VISITORS: _("The %(unit)s of visitors and guests with a pass, and of people tallied at the gates."),
    Phrase.DEFINED_SHARE: _("The share of %(population)s that %(having)s."),
    Phrase.DEFINED_SURVEY_SHARE: _("The share of positive answers to “%(item)s” from %(population)s with an opinion."),
    Phrase.DEFINED_FOLLOW_UP: _(
        "The share of positive answers to “%(item)s” from %(population)s with an opinion, %(months)s months later."
    ),
    Phrase.DEFINED_GROWTH: _("The growth in the number of %(subject)s since %(base_year)s."),
    Phrase.DEFINED_GROWTH_BETWEEN: _("The growth in the number of %(subject)s from %(base_year)s to %(year)s."),
    Phrase.DEFINED_SURVEY_OPTIONS: _(
        "The share of the answers “%(counted)s” to “%(item)s” from %(population)s with an opinion."
    ),
    Phrase.DEFINED_REGISTER: _("The number in the register of the year: %(kind)s."),
    Phrase.DEFINED_REGISTER_GROUP: _("The number in the register of the year: %(kind)s, “%(group)s”."),
    Phrase.DEFINED_REGISTER_GROUPS: _(
        "The number of different names in the register of the year: %(kind)s, each counted once."
    ),
    Phrase.DEFINED_DAYS: _("The number of open days on which somebody came in."),
    Phrase.DEFINED_RESOURCE: _("The time spent, in %(unit)s of %(norm)s hours."),
    Phrase.DEFINED_RESOURCE_GROUP: _("The time spent on “%(group)s”, in %(unit)s of %(norm)s hours."),
    Phrase.DEFINED_EXTERNAL: _("A figure published by %(source)s."),
    Phrase.COUNTED: _("%(value)s %(unit)s."),
    Phrase.ADMITTED_AND_TALLIED: _(
        "%(value)s %(unit)s over %(day_count)s days: %(admitted)s with a pass, %(tallied)s tallied by hand."
    ),
    Phrase.PER_DAY: _("%(value)s %(unit)s a day in the mean."),
    Phrase.OF_MEMBERS: _("%(numerator)s of %(population)s: %(percent)s %%."),
    Phrase.OF_ANNOUNCED: _("Against the %(announced)s that were aimed at: %(numerator)s, which is %(percent)s %%."),
    Phrase.OF_OPINIONS: _("%(positive)s of the %(opinions)s who had an opinion: %(percent)s %%."),
    Phrase.OF_EVERYBODY: _("%(positive)s of all %(population)s: %(percent)s %%."),
    Phrase.GROWN: _("%(current)s against %(base)s: %(percent)s %%."),
    Phrase.GROWN_PER_DAY: _("Per day: %(percent)s %%."),
    Phrase.SPENT: _("%(hours)s hours: %(value)s %(unit)s."),
    Phrase.PUBLISHED: _("%(value)s %(unit)s."),
    Phrase.PUBLISHED_ON: _("%(value)s %(unit)s, published on %(date)s."),
    Phrase.PROGRESS: _("%(percent)s %% of the way from %(baseline)s."),
    Phrase.BETWEEN_MEMBERS: _("Between %(low)s and %(high)s of all %(population)s, with 95 %% confidence."),
    Phrase.BETWEEN_SHARES: _("Between %(low)s %% and %(high)s %%, with 95 %% confidence."),
    Phrase.SILENT: _(
        "If all the silent and undecided said no: %(low)s of %(population)s (%(low_percent)s %%). "
        "If all of them said yes: %(high)s (%(high_percent)s %%)."
    ),
    Phrase.RESPONSE: _("%(answers)s of %(population)s answered: %(percent)s %%."),
    Phrase.NO_OPINION: _("%(count)s had no opinion and are left out of the share."),
    Phrase.LEFT_BLANK: _("%(count)s left this question blank."),
    Phrase.SCREENED_OUT: _("%(count)s weren't asked, because it doesn't concern them."),
    Phrase.NEED: _("%(percent)s %% of %(population)s needs %(need)s."),
    Phrase.TOO_FEW: _("Under %(fewest)s answers no figure is shown."),
    Phrase.NO_DATA: _("Nothing is known yet."),
    Phrase.POPULATION_EMPTY: _("The population has no members."),
    Phrase.POPULATION_NOT_KNOWN: _("Nobody knows how many were there to be asked, so there is no response rate."),
    Phrase.MORE_ANSWERS_THAN_MEMBERS: _("There are %(answers)s answers from a population of %(population)s."),
    Phrase.SELF_SELECTED: _("Who answered chose to answer: the figure speaks of them alone."),
    Phrase.NOT_COUNTED: _("The figure is %(quality)s, not counted."),
    Phrase.COVERAGE: _("Somebody counted during %(percent)s %% of the opening hours; the figure is a floor."),
    Phrase.COVERAGE_NOT_KNOWN: _("How much of the opening hours was covered isn't recorded."),
    Phrase.UNITS_DIFFER: _("The two figures count different things."),
    Phrase.DAYS_DIFFER: _("The two figures cover different numbers of days; compare them per day."),
    Phrase.DAYS_NOT_KNOWN: _("How many days the earlier figure covers isn't known."),
    Phrase.QUALITY_DIFFERS: _("The two figures came about in different ways."),
    Phrase.BASE_IS_ZERO: _("The earlier figure is 0, so there is no growth."),
    Phrase.NO_SURVEY: _("There is no questionnaire “%(instrument)s” yet."),
    Phrase.ITEM_GONE: _("The questionnaire doesn't have the question “%(item)s”. Choose another one."),
    Phrase.STILL_OPEN: _("The survey still takes answers. The figure follows when it has closed."),
    Phrase.ANSWER_GONE: _("The question doesn't have these answers: %(answers)s. Choose which of its answers count."),
    Phrase.NOTHING_POSITIVE: _("No answer to “%(item)s” counts as positive. Choose which of its answers count."),
    Phrase.FOLLOW_UP_DUE: _("It is asked again on %(date)s or later; that survey isn't there yet."),
    Phrase.NOT_DUE: _("The goal is set for %(date)s, which hasn't come yet."),
}

WORDS = {
    "population": POPULATIONS,
    "unit": UNITS,
    "having": PROPERTIES,
    "subject": SUBJECTS,
    "quality": QUALITIES,
    "kind": KINDS,
}
YEARS = frozenset({"base_year", "year"})


def spoken(sentence: Sentence) -> str:
    """A sentence about a figure in the reader's language, its numbers written as that language writes them."""
    return str(PHRASES[sentence.phrase]) % {name: _word(name, value) for name, value in sentence.values.items()}


def _word(name: str, value: int | str | Decimal) -> str:
    if isinstance(value, str):
        words = WORDS.get(name, {})
        return str(next((text for code, text in words.items() if code.value == value), value))  # type: ignore[attr-defined]
    return str(value) if name in YEARS else str(format_decimal(value))

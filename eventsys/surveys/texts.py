"""The sentences for the codes of `rules`, and the words for audiences."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.surveys.rules.codes import Code

TEXTS = {
    Code.FIELD_MISSING: _("A field is missing in the description of the questionnaire."),
    Code.FIELD_UNKNOWN: _("The description of the questionnaire holds a field that nobody knows."),
    Code.FIELD_WRONG: _("A field of the questionnaire holds something else than it should."),
    Code.KEY_TWICE: _("The key “%(key)s” stands twice. Give each its own."),
    Code.NO_ITEMS: _("The questionnaire asks nothing. Add an item before you publish it."),
    Code.OPTIONS_MISSING: _("The item “%(item)s” needs at least two answers to choose from."),
    Code.OPTIONS_NOT_WANTED: _(
        "The item “%(item)s” is answered in words or numbers, so it has no answers to choose from."
    ),
    Code.NOTHING_POSITIVE: _("Say which answers to “%(item)s” are positive, before anybody answers."),
    Code.POSITIVE_WITHOUT_OPINION: _("The answer “%(value)s” can't be positive and no opinion at once."),
    Code.RANGE_EMPTY: _("The lowest number of “%(item)s” is above its highest."),
    Code.TEXT_OF_LANGUAGE_MISSING: _("A text is missing in the language “%(language)s”."),
    Code.SHOWN_IF_UNKNOWN: _(
        "Whether “%(item)s” is asked hangs on an answer that can't be given to any question before it."
    ),
    Code.PUBLISHED_NEVER_CHANGES: _("Version %(version)s is published and never changes. Make a new version."),
    Code.NOT_PUBLISHED: _("Version %(version)s isn't published yet."),
    Code.KEY_WRONG: _(
        "“%(key)s” can't be a short name. Use small letters from a to z, digits, and a hyphen or an underscore between them."
    ),
    Code.KEY_RESERVED: _("The short name “%(key)s” means something else in forms and files. Choose another one."),
    Code.KEY_TAKEN: _("There is a questionnaire with the short name “%(key)s” already. Choose another one."),
    Code.NAME_MISSING: _(
        "Write the name in at least one language: the questionnaire speaks those in which it has a name."
    ),
    Code.TEXT_MISSING: _("Write the question in at least one language."),
    Code.OPTIONS_IN_USE: _(
        "%(questions)s is shown only after an answer that wouldn't be there any more. Change that first."
    ),
    Code.IN_USE: _("%(questions)s is shown only after certain answers to this question. Change that first."),
    Code.ORDER_WRONG: _("%(questions)s must come after the question on whose answer it hangs."),
    Code.CONDITION_OF_TWO: _("Choose answers of one question only."),
    Code.CONDITION_GONE: _(
        "It was shown only after an answer to another question, which isn't there any more. Put that one back first."
    ),
    Code.CHANGED_SINCE: _(
        "Somebody else has changed this meanwhile. What you wrote stands below; keep it once more if it is to hold."
    ),
    Code.DRAFT_THERE: _(
        "Version %(version)s of “%(key)s” is being written on the pages. Publish it or throw it away there first."
    ),
    Code.NONE_CHOSEN: _("Choose at least one question."),
    Code.OPTION_UNKNOWN: _("“%(value)s” is none of the answers to choose from."),
    Code.NOT_A_NUMBER: _("“%(value)s” is not a whole number."),
    Code.NUMBER_OUT_OF_RANGE: _("%(value)s is outside %(lowest)s to %(highest)s."),
    Code.TEXT_TOO_LONG: _("The text has %(length)s characters; at most %(longest)s can be kept."),
    Code.ANSWER_REQUIRED: _("This one needs an answer."),
    Code.NOT_ASKED_OF_AUDIENCE: _("This is not asked of the audience “%(audience)s”. Leave it empty."),
    Code.NOTHING_ANSWERED: _("Nothing is answered in this row."),
    Code.NOT_UTF8: _("The file isn't UTF-8 text. Save it as “CSV UTF-8” and try again."),
    Code.NO_ROWS: _("The file is empty."),
    Code.COLUMN_MISSING: _("The column “%(column)s” is missing."),
    Code.COLUMN_UNKNOWN: _("The column “%(column)s” belongs to no question. Remove it or correct its name."),
    Code.COLUMN_TWICE: _("The column “%(column)s” stands twice."),
    Code.ROW_UNREADABLE: _("This row can't be taken apart into cells."),
    Code.CELLS_DIFFER: _("This row has %(cells)s cells for %(columns)s columns."),
    Code.AUDIENCE_UNKNOWN: _("“%(value)s” is none of the audiences that are asked."),
    Code.LANGUAGE_UNKNOWN: _("“%(value)s” is not the code of a language."),
    Code.BREAKDOWN_UNKNOWN: _("“%(value)s” is none of the values of this column."),
    Code.ROWS_ARE_BAD: _(
        "Nothing was taken in. Put the rows below right, or take them out of the file, and bring it again."
    ),
    Code.NO_FILE: _("Choose a file."),
    Code.FILE_TOO_LARGE: _("The file is larger than %(most)s MB. Divide it."),
    Code.NOT_TYPED_NOW: _("The survey isn't open, so forms on paper can't be typed in. This one was not taken in."),
    Code.ORGANISATION_MISSING: _("Choose the organisation whose name stands on the form."),
    Code.ORGANISATION_ANSWERED: _("%(organisation)s has answered already. This form was not taken in."),
    Code.CLOSED: _("The survey is closed, and its figures are shown. It can't be changed any more."),
    Code.NOT_OPEN: _("The survey isn't open, so nobody can be reminded."),
    Code.NOTHING_TO_ASK: _("The questionnaire asks this audience nothing."),
    Code.ANONYMITY_STAYS: _("This audience was told who sees its answers. That can't be changed any more."),
    Code.ORDER_OF_TIMES: _("The survey must close after it opens."),
    Code.ORDER_OF_REMINDERS: _("The second reminder must come after the first one."),
    Code.REMINDERS_USED: _("Both reminders have been sent or are on their way. There are no more than two."),
    Code.EMAIL_WRONG: _(
        "Line %(line)s is no mail address, or names a language that we don't write: %(written)s. Nobody was added."
    ),
    Code.REMINDED_LATELY: _("They were reminded less than a day ago. Give them time to answer."),
    Code.NOBODY_THERE: _(
        "Nobody of these is known yet. Associations and restaurants are asked once somebody of their crew was let in at a "
        "gate; crews, volunteers and guests once they have a pass with a mail address."
    ),
    Code.NOT_BY_NAME: _("Only associations and restaurants can answer under their name. Take the tick away."),
    Code.NOT_FROM_A_LIST: _(
        "These are asked from the event's own data, or by a poster. Take the addresses away, or choose requesters."
    ),
    Code.LIST_EMPTY: _("Write at least one mail address."),
    Code.LIST_TOO_LONG: _("At most %(most)s addresses can be asked at once."),
    Code.TAG_EMPTY: _("Write what the text is about."),
    Code.TAG_TOO_LONG: _("The tag has %(length)s characters; at most %(longest)s can be kept."),
    Code.POPULATION_EMPTY: _("The population has no members."),
    Code.NO_ANSWERS: _("Nobody answered."),
    Code.COUNTS_DISAGREE: _("The counts contradict each other."),
    Code.NO_SUCH_INSTRUMENT: _("There is no questionnaire with the key “%(key)s”."),
    Code.NO_SUCH_SURVEY: _("The questionnaire “%(key)s” isn't put to anybody at this edition."),
}

AUDIENCES = {
    "association": _("associations"),
    "restaurant": _("restaurants"),
    "requester": _("requesters"),
    "crew": _("crews"),
    "volunteer": _("volunteers"),
    "guest": _("guests"),
    "visitor": _("visitors"),
}

# What an association stated of itself, where the questionnaire declares that results are split by it.
STATED = {
    "yes": _("– ethnic minority associations"),
    "no": _("– other associations"),
    "": _("– those that haven't stated it"),
}

# The same as a question to whoever fills a form in on paper, and the answers to it.
BREAKDOWNS = {"minority_association": _("Is your association one of an ethnic minority?")}
BREAKDOWN_WORDS = {"yes": _("Yes"), "no": _("No")}

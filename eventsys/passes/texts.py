"""The sentences for the codes of `rules`, and the words for kinds."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.passes.rules.codec import PassKind
from eventsys.passes.rules.codes import Code

TEXTS = {
    Code.PASS_FIELD_RANGE: _("A pass can't say that: one of its fields is out of range."),
    Code.SHORT_CODE_LENGTH: _("A short code has %(expected)s characters; this one has %(given)s. Count them again."),
    Code.SHORT_CODE_SYMBOL: _("“%(symbol)s” can't be in a short code. Look again."),
    Code.SHORT_CODE_CHECK: _("One character is wrong. Compare them again."),
    Code.SHORT_CODE_RANGE: _("This is no short code of a pass. Look again."),
    Code.KEY_FILE_MALFORMED: _("The file with the pass keys can't be read. Put back the copy that you keep of it."),
    Code.KEY_LENGTH: _("A key has %(expected)s bytes, not %(given)s."),
    Code.KEYS_EXHAUSTED: _("There can be no more keys: %(last)s is the last number."),
    Code.KEY_MISMATCH: _(
        "Key %(key_id)s in the key file is another one than in the database. They belong to different installations: "
        "put back the key file that this database was used with."
    ),
    Code.KEY_UNKNOWN: _("There is no key %(key_id)s in use."),
    Code.KEY_SIGNS: _("Key %(key_id)s signs new passes. Rotate the keys first, then retire it."),
    Code.KEYS_FROM_ENVIRONMENT: _(
        "The keys come from EVENTSYS_PASS_KEYS. Keep them in the key file while you rotate, then set the variable to "
        "the new content of the file."
    ),
    Code.DAY_UNKNOWN: _("The edition has no such day: %(days)s."),
    Code.COUNT: _("Between 1 and %(most)s passes can be issued at once, not %(count)s."),
    Code.NOT_APPROVED: _("Application %(reference)s has not been told that it is approved, so it gets no passes."),
    Code.NO_SUCH_PASS: _("No pass of this edition has that short code."),
    Code.ALREADY_REVOKED: _("This pass is revoked already."),
    Code.EMAIL_WRONG: _("“%(value)s” is no mail address. It looks like name@example.org."),
    Code.EMAIL_MISSING: _("Write the mail address that the pass goes to."),
    Code.NAMES_TOO_MANY: _(
        "There are more names (%(names)s) than passes (%(people)s). Ask for more passes, or take names away."
    ),
    Code.NAME_TOO_LONG: _("The name that begins with “%(name)s” is too long: use at most %(most)s characters."),
    Code.PEOPLE: _("Choose for how many people, 1 to %(most)s."),
    Code.DAYS_MISSING: _("Choose at least one day."),
    Code.DAY_NOT_OFFERED: _("There are no passes for one of these days. Choose again."),
    Code.DAY_FULL: _("All free passes for %(day)s have been taken. Choose another day."),
    Code.DAY_NEARLY_FULL: _("Passes left for %(day)s: %(left)s. Ask for fewer, or choose another day."),
    Code.SIGN_UP_CLOSED: _("No passes are given out here at the moment."),
    Code.LIMIT: _("Write a whole number from 0 to 1,000,000, or leave it empty."),
    Code.LIST_UNREADABLE: _("This can't be read as a list. Save it as XLSX or CSV and choose it again."),
    Code.COLUMN_MISSING: _("There is no column called “%(column)s” in the first line."),
    Code.ROWS: _("A list may have %(most)s rows at most. Bring it in parts."),
    Code.KIND_UNKNOWN: _("“%(value)s” is no kind of pass here: write volunteer or guest."),
    Code.HAS_OTHER_DAYS: _("This person has a pass for other days. Revoke that one first, or take this row away."),
    Code.LINK_OVER: _("Choose a time that is still to come."),
    Code.LINK_EMPTY: _("All passes of this link have been taken. Ask those who sent it to you."),
    Code.VECTORS_MALFORMED: _("This is no file of pass vectors: %(where)s."),
}

# What happened to an application, as its history tells it.
STORY = {"passes.issued": _("passes issued"), "passes.revoked": _("pass revoked")}
KINDS = {
    PassKind.BOOTH_CREW: _("Booth crew"),
    PassKind.VOLUNTEER: _("Volunteer"),
    PassKind.GUEST: _("Guest"),
    PassKind.VISITOR: _("Visitor"),
}

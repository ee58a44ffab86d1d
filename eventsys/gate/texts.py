"""The sentences for the codes of `rules`, and the words for roles of phones. What the scanner says is in `scanner_texts`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from eventsys.gate.rules.codes import Code
from eventsys.gate.rules.crowd import Crowd
from eventsys.gate.rules.devices import DeviceRole
from eventsys.gate.rules.scans import Direction

TEXTS = {
    Code.SCAN_MALFORMED: _("A scan could not be read."),
    Code.SCAN_ID_TAKEN: _("Another scan has this number already."),
    Code.VOID_NOT_ALLOWED: _("Only a phone of a supervisor may take a scan back."),
    Code.GATE_CODE_SHAPE: _("“%(wanted)s” can't be a gate's code. Use one to six letters and digits, such as N or S2."),
    Code.GATE_CODE_TAKEN: _("There is a gate %(wanted)s already."),
    Code.GATE_NAME_MISSING: _("Give the gate a name."),
    Code.DAY_RUNS: _("Day %(day)s can be closed once its opening hours are over."),
    Code.NOTHING_LATE: _("Nothing has come since day %(day)s was closed."),
    Code.TIME_OUTSIDE_DAY: _(
        "This time doesn't lie within day %(day)s, which runs from its opening to the next day's. It may be past midnight."
    ),
    Code.TIME_AHEAD: _("This time is still to come, or it is before the opening of the day."),
    Code.MORE_THAN_COUNTED: _("Only %(counted)s are counted by hand that way at this gate on this day."),
    Code.NOTHING_TYPED: _("Type at least one number."),
    Code.SAVED_OTHERWISE: _(
        "This page was saved already, with something else in it. Take that back if it was wrong, or open the page anew to save one more."
    ),
    Code.TAKEN_BACK_ALREADY: _("This was taken back already."),
    Code.REASON_GIVEN: _("Somebody has said why already: %(reason)s"),
    Code.ZONE_CODE_SHAPE: _("“%(wanted)s” can't be a zone's code. Use one to six letters and digits, such as A or P2."),
    Code.ZONE_CODE_TAKEN: _("There is a zone %(wanted)s already."),
    Code.ZONE_NAME_MISSING: _("Give the zone a name."),
    Code.CAPACITY_RANGE: _("Give a whole number of people from 0 to %(most)s, or leave it empty."),
    Code.RULE_KINDS: _("Choose at least one kind of pass, or say that nobody comes in on this day."),
    Code.RULE_BOTH_HOURS: _("Give both times, or none for any hour."),
    Code.RULE_HOURS: _(
        "These hours don't lie within day %(day)s, which runs from its opening to the next day's. They may go past midnight."
    ),
    Code.LINK_HOURS: _("A link must end in the future and after it begins, and lasts at most %(days)s days."),
    Code.LINK_DEVICES: _("A link is for 1 to %(most)s phones."),
    Code.LINK_UNKNOWN: _("This link or code doesn't work, or no longer. Ask the organiser for a new one."),
    Code.LINK_EXPIRED: _("The hours of this link are over. Ask the organiser for a new one."),
    Code.LINK_FULL: _("All %(most)s phones of this link are taken. Ask the organiser for a new one."),
    Code.DEVICE_UNKNOWN: _("This phone isn't known here. Connect it with a link."),
    Code.DEVICE_EXPIRED: _("The hours of this phone are over. Connect it with a new link."),
    Code.DEVICE_REVOKED: _("This phone was signed out by an organiser."),
    Code.MESSAGE_EMPTY: _("Write what the phones shall show."),
    Code.MESSAGE_LONG: _("This is too long for a phone at the gate: %(length)s characters, at most %(most)s."),
    Code.MESSAGE_GATE: _("There is no gate %(wanted)s."),
    Code.MESSAGE_RETRACTED: _("This message was taken back already."),
    Code.MESSAGE_UNKNOWN: _("No such message was sent to this phone's gate."),
    Code.CURSOR_MALFORMED: _("This is no cursor that was given out here. Begin with an empty one."),
    Code.SUPERVISOR_ONLY: _("Only a phone of a supervisor may look passes up."),
    Code.FILE_SHAPE: _("This is no file that a scanner has saved. Its name begins with “scans-” and ends in “.json”."),
    Code.FILE_PHONE: _("This file is of no phone that scanned for this edition. Look which edition it belongs to."),
    Code.FILE_CHANGED: _("This file was changed after the phone saved it, so it is not taken in. Ask for it anew."),
}

DIRECTIONS = {
    Direction.IN: _("In"),
    Direction.OUT: _("Out"),
}

DEVICE_ROLES = {
    DeviceRole.SCAN: _("Scan"),
    DeviceRole.SUPERVISE: _("Scan, look up and take back"),
}

CROWDS = {
    Crowd.ROOM: _("Room for more"),
    Crowd.WATCH: _("Filling up: keep watch"),
    Crowd.PREPARE: _("Nearly full: prepare to hold people back"),
    Crowd.FULL: _("Full: let nobody more in"),
}

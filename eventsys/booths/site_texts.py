"""What the editor of the street says, in the reader's language: the page carries it, the script has no words of its own."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.booths.rules.import_pitches import FLAGS
from eventsys.booths.texts import OFFERS

# What a pitch offers, by its property in GeoJSON.
OFFERED = {key: OFFERS.get(column, _("out of the way")) for key, column in FLAGS.items()}

# Of what is chosen and what was done with it.
DONE = {
    "none_chosen": _("Nothing is chosen."),
    "one_chosen": _("Chosen: %(name)s"),
    "some_chosen": _("Chosen: %(what)s"),
    "count_pitch": _("%(count)s pitches"),
    "count_board": _("%(count)s boards"),
    "count_feature": _("%(count)s other things"),
    "count_chosen": _("%(count)s chosen."),
    "taken_by": _("%(who)s stands here."),
    "nothing_chosen": _("Choose a pitch first: press it, or step to it with N and P."),
    "moved": _("Moved by %(metres)s m."),
    "moved_to": _("Now %(right)s m to the right, %(down)s m down."),
    "turned": _("Turned by %(degrees)s°."),
    "resized": _("Now %(width)s m wide, %(depth)s m deep, turned by %(degrees)s°."),
    "deleted": _("%(count)s deleted."),
    "kept": _("Somebody stands on %(names)s. That stays: take the booth off first."),
    "duplicated": _("%(count)s copied, each with a number of its own."),
    "was_split": _("%(count)s made into two each. The first half keeps the number and who stands there."),
    "renumbered": _("%(count)s numbered anew."),
    "numbers_twice": _("Other pitches are called %(names)s already. Nothing was changed."),
    "undone": _("Undone."),
    "nothing_undone": _("There is nothing to undo."),
    "redone": _("Done again."),
    "nothing_redone": _("There is nothing to do again."),
}
# Of what is being drawn.
DRAWING = {
    "box_prompt": _("Set two corners across from each other: everything between them is chosen."),
    "choose_prompt": _("Press things to choose them, drag them to move them. Shift and drag draws a box around many."),
    "row_prompt": _("Press where the row begins and where its kerb ends, or type the line into the form."),
    "row_line": _(
        "The kerb is %(metres)s m long; %(count)s pitches would stand there. Check the form and draw the row."
    ),
    "row_wrong": _("Something in the form isn't a number that can be right. It is marked."),
    "row_empty": _("No pitch fits on this line. Draw a longer one, or make the pitches smaller."),
    "row_drawn": _("%(count)s pitches drawn: %(first)s to %(last)s."),
    "tape_prompt": _("Press two points: the distance between them is shown. With Escape it goes away."),
    "tape": _("Between the two points: %(metres)s m."),
    "add_prompt": _("Say what it is, then draw it."),
    "point_prompt": _("Press where it stands, or move the cross with the arrows and press Enter."),
    "line_prompt": _("Press each point of the line; a double click, or Enter in the same place, ends it."),
    "area_prompt": _("Press each corner; a double click, or Enter in the same place, ends it."),
    "more_points": _("It needs more points before it can end."),
    "point_set": _("Point %(count)s is set."),
    "cursor": _("%(right)s m to the right, %(down)s m down."),
    "cursor_far": _("%(right)s m to the right, %(down)s m down; %(metres)s m from the last point."),
    "board_twice": _("There is a board %(name)s already. Give this one another name."),
    "added": _("%(name)s is drawn. Its name and more can be changed below."),
    "metres": _("%(metres)s m"),
    "kind_pitch": _("Pitch"),
    "kind_board": _("Electric board"),
    "lay_pixel_1": _("Press a point in the picture that you know on the ground, such as the corner of a house."),
    "lay_place_1": _("Now press where that point lies on the plan, or type its longitude and latitude."),
    "lay_pixel_2": _("Press a second point in the picture, far from the first."),
    "lay_place_2": _("Now press where the second point lies, or type its longitude and latitude."),
    "laid": _("The picture lies on the plan."),
}
# Of checking, saving, and what comes between.
SAVING = {
    "loading": _("The drawing is on its way. What you press now is done as soon as it is there."),
    "looking": _("Looking …"),
    "not_looked": _("The drawing couldn't be looked at just now. Draw on; it is tried again with the next change."),
    "found_nothing": _("Nothing breaks a rule."),
    "found_some": _("To look at: %(count)s"),
    "found_more": _("To look at: %(count)s; the last %(more)s are not listed."),
    "saving": _("Saving …"),
    "unsaved": _("Not saved yet."),
    "all_saved": _("All is saved."),
    "saved": _("Saved, version %(version)s."),
    "refused": _("Nothing was saved. This can't be kept as it is: %(what)s"),
    "refused_more": _(
        "Nothing was saved. This can't be kept as it is: %(what)s And %(more)s more; all of it is listed and marked."
    ),
    "meanwhile": _("Somebody else has saved meanwhile."),
    "in_use": _("A pitch with somebody on it can't go."),
    "signed_out": _("You are signed out. The drawing is kept on this device."),
    "signed_out_short": _("You are signed out; the drawing can't be looked at."),
    "lost": _("There is no connection. The drawing is kept on this device; try again."),
    "broken": _("Something broke on our side. The drawing is kept on this device; try again in a moment."),
    "not_kept": _("This device has no room to keep the drawing. Save it before you leave the page."),
    "restored": _("Your drawing of %(moment)s that wasn't saved is back."),
    "restored_newer": _("Somebody else has saved since; yours lies over theirs."),
    "clashes": _("Both of you changed these, and here they are as you drew them: %(names)s."),
    "beside": _("The newest drawing lies beneath yours, dashed: %(count)s things."),
    "went_on": _("Your changes lie over the newest drawing. Look at it, then save."),
    "thrown_away": _("This is the drawing as it was saved last."),
}
TABLE = {
    "pages": _("%(count)s found · page %(page)s of %(pages)s"),
    "choose_row": _("Choose %(name)s"),
    "cell": _("%(name)s, %(column)s"),
    "column_chosen": _("Chosen"),
    "column_found": _("To look at"),
    "column_number": _("Pitch"),
    "column_width_m": _("Width, m"),
    "column_depth_m": _("Depth, m"),
    "column_along_m": _("Along the kerb, m"),
    "column_zone": _("Zone"),
    "column_side": _("Side"),
    "column_board": _("Board"),
    "column_capacity_kw": _("Capacity, kW"),
    "column_phases": _("Phases"),
    "column_kind": _("What it is"),
    "column_code": _("Code"),
    "column_label": _("Name"),
}


def words() -> dict[str, str]:
    """Every sentence by its key, with named places for the script to fill."""
    columns: dict[str, Any] = {f"column_{key}": word for key, word in OFFERED.items()}
    return {key: str(text) for key, text in {**DONE, **DRAWING, **SAVING, **TABLE, **columns}.items()}

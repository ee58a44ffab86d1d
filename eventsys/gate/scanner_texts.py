"""What the scanner says, in every language at once: volunteers change it without a network.

Keys are what `static/scanner/` and `templates/gate/scanner.html` ask for; %(name)s is filled in on the phone.
"""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from eventsys.gate.rules.verdicts import Verdict

VERDICT_TITLES = {
    Verdict.ADMITTED: _l("Welcome in"),
    Verdict.ALREADY_ADMITTED: _l("Already in"),
    Verdict.LEFT: _l("Goodbye"),
    Verdict.NOT_VALID_TODAY: _l("Not valid today"),
    Verdict.NOT_THIS_GATE: _l("Not at this gate"),
    Verdict.REVOKED: _l("Pass withdrawn"),
    Verdict.UNKNOWN_PASS: _l("Unknown pass"),
    Verdict.BAD_SIGNATURE: _l("Not a genuine pass"),
    Verdict.OTHER_EVENT: _l("For another event"),
    Verdict.UNREADABLE: _l("Not a pass"),
    Verdict.CANNOT_DECIDE: _l("Can't tell"),
}

VERDICT_SENTENCES = {
    Verdict.ADMITTED: _l("Let the person in."),
    Verdict.ALREADY_ADMITTED: _l("This pass is in already. Ask; if it is the same person, let them in."),
    Verdict.LEFT: _l("The exit is noted."),
    Verdict.NOT_VALID_TODAY: _l("The pass is for another day. Show the person its days, or call the command tent."),
    Verdict.NOT_THIS_GATE: _l("This gate doesn't take the pass now. Show the way to another gate."),
    Verdict.REVOKED: _l("The pass no longer counts. Don't let in with it; call the command tent."),
    Verdict.UNKNOWN_PASS: _l("Nobody issued this pass. Call the command tent."),
    Verdict.BAD_SIGNATURE: _l(
        "Somebody has changed or made up this code. Don't let in with it; call the command tent."
    ),
    Verdict.OTHER_EVENT: _l("The pass is genuine but belongs to another event. Ask for the one for today."),
    Verdict.UNREADABLE: _l("This code is not one of our passes. Ask for the pass itself."),
    Verdict.CANNOT_DECIDE: _l("This phone can't check the code; the server will. Do as this gate's rule says."),
}

PAGE = {
    "scanner": _l("Scanner"),
    "connect_title": _l("Connect this phone"),
    "connect_help": _l("Open or scan the link that you were given, or type its six characters."),
    "install_first": _l(
        "On an iPhone: first add this page to the home screen (Share, then Add to Home Screen), open it there, and connect"
        " there. What is connected in the browser doesn't reach the one on the home screen."
    ),
    "code_label": _l("Six characters, or the link"),
    "nickname_label": _l("A name for this phone (if you like)"),
    "connect": _l("Connect"),
    "scan_link": _l("Scan the link"),
    "connect_malformed": _l("That is neither a link nor six characters. Look again at what you were given."),
    "connect_refused": _l("This link or code no longer works. Ask the organiser for a new one."),
    "connect_unreachable": _l("The server does not answer. Find a place with network and try again."),
    "connect_unsent": _l("Scans on this phone are not sent yet. Send them first, then connect anew."),
    "move": _l("Other gate"),
    "move_ask": _l("This phone is connected to “%(here)s”. Leave it and connect to “%(there)s”?"),
    "move_ask_same": _l("This phone is connected to “%(gate)s”. Connect it to the same gate anew, with this link?"),
    "move_malformed": _l(
        "This link or code can't be used: something is missing from it, or mistyped. This phone stays connected to “%(gate)s”."
        " To change, ask for the link again."
    ),
    "move_refused": _l(
        "This link or code doesn't work, or no longer. This phone stays connected to “%(gate)s”. To change, ask for a new one."
    ),
    "move_unreachable": _l(
        "The server does not answer, so the link can't be tried. This phone stays connected to “%(gate)s”; try again with a network."
    ),
    "ready_title": _l("Before you start"),
    "ready_good": _l("This phone is ready."),
    "ready_open": _l("Look at what is open or missing:"),
    "check": _l("Check"),
    "check_phone": _l("Check this phone"),
    "check_good": _l("OK"),
    "check_bad": _l("Missing"),
    "check_open": _l("Not checked"),
    "check_camera_good": _l("The camera works and reads codes."),
    "check_camera_open": _l("Does the camera work?"),
    "camera_denied": _l(
        "The camera is not allowed. Allow it in the browser's settings, or type codes and take photos."
    ),
    "camera_none": _l("This phone has no camera that a page may use. Type codes, or take photos."),
    "camera_busy": _l("The camera is in use or doesn't answer. Close other apps that use it, then try again."),
    "camera_insecure": _l("A page gets a camera only by https. Open the link as you got it, or type codes."),
    "camera_reader": _l(
        "The camera works, but what reads codes is not on the phone yet. Find a place with network and check again."
    ),
    "camera_again": _l("Try the camera again"),
    "check_storage_good": _l("Scans stay on the phone, also when space is short."),
    "check_storage_bad": _l("The browser may drop scans when space is short. Add this page to the home screen."),
    "check_storage_iphone": _l(
        "An iPhone's browser may drop scans. Add this page to the home screen, open it there, and scan the link again."
    ),
    "check_storage_open": _l("Do scans stay on the phone?"),
    "check_data_good": _l("Keys and withdrawn passes are fresh."),
    "check_data_bad": _l("Keys and withdrawn passes are old or not here. Find a place with network and check again."),
    "check_training_good": _l("You have scanned the training pass."),
    "check_training_open": _l("Scan the training pass once. Nothing is counted."),
    "start": _l("Start scanning"),
    "train": _l("Train"),
    "train_without_data": _l("There is nothing to train with yet. Find a place with network and check this phone."),
    "training_banner": _l("Training: nothing is counted"),
    "training_pass": _l("Use the training pass"),
    "direction": _l("Direction"),
    "in": _l("In"),
    "out": _l("Out"),
    "no_decoder": _l("What reads codes could not be loaded. Type the short codes for now."),
    "aim": _l("Hold the code in the frame"),
    "last": _l("Last: %(verdict)s, %(time)s"),
    "let_in": _l("Let in all the same"),
    "let_in_noted": _l("It is noted that this person was let in all the same."),
    "undo": _l("Take back"),
    "undo_ask": _l("Take this back? It stays in the log and no longer counts: %(what)s"),
    "taken_back": _l("taken back"),
    "search": _l("Find a scan"),
    "by_camera": _l("By camera"),
    "search_latest": _l("The latest at this phone"),
    "search_none": _l("Nothing was scanned here yet, or nothing like it."),
    "search_never": _l("never scanned"),
    "search_not_issued": _l("nobody issued this pass"),
    "search_own_only": _l("The server does not answer: these are the scans of this phone alone."),
    "next": _l("Next"),
    "unsaved_scan": _l("Not saved on the phone"),
    "rule_let_in": _l("This gate lets in"),
    "rule_not_let_in": _l("This gate does not let in"),
    "before_at": _l("In at %(time)s, %(gate)s"),
    "valid_on": _l("Valid: %(days)s"),
    "kind_1": _l("Booth crew"),
    "kind_2": _l("Volunteer"),
    "kind_3": _l("Guest"),
    "kind_4": _l("Visitor"),
    "type": _l("Type"),
    "type_title": _l("Type the short code"),
    "short_code_label": _l("The 14 characters under the code"),
    "short_code_length": _l("A short code has 14 characters. Count them again."),
    "short_code_symbol": _l("One character can't be in a short code. Look again."),
    "short_code_range": _l("This is no short code of a pass. Look again."),
    "short_code_check": _l("One character is wrong. Compare them again."),
    "look_up": _l("Look up"),
    "cancel": _l("Cancel"),
    "photo": _l("Photo"),
    "photo_without_code": _l("There is no code in this photo. Come closer and keep it sharp."),
    "torch": _l("Light"),
    "count": _l("Count"),
    "count_title": _l("People without a pass"),
    "counted_in": _l("In, on this phone today"),
    "counted_out": _l("Out, on this phone today"),
    "tally_not_saved": _l("The phone is full: this count is not saved. Note it on paper as well."),
    "vehicles": _l("Vehicles"),
    "vehicles_title": _l("Vehicles that are expected"),
    "vehicles_search": _l("Number of the pitch"),
    "vehicles_today": _l("Today, %(date)s"),
    "vehicles_none": _l("No vehicle is expected."),
    "vehicles_not_found": _l("No vehicle is expected for this number. Call the command tent."),
    "vehicle_car": _l("car"),
    "vehicle_van": _l("van"),
    "vehicle_trailer": _l("car with trailer"),
    "vehicle_food_truck": _l("food truck"),
    "vehicle_lorry": _l("lorry"),
    "vehicle_cargo_bike": _l("cargo bike"),
    "vehicle_unknown": _l("vehicle not known"),
    "message_all": _l("To all gates"),
    "message_gate": _l("To this gate"),
    "message_understood": _l("Understood"),
    "message_more": _l("And %(count)s more"),
    "sign_out_unsaid": _l("That you have read a message is not sent yet. Find a place with network, then sign out."),
    "scan": _l("Scan"),
    "menu": _l("Menu"),
    "back": _l("Back"),
    "online": _l("Online"),
    "offline": _l("Offline"),
    "saved_here": _l("Waiting here: %(count)s"),
    "sent": _l("Sent: %(count)s"),
    "not_saved": _l("Not saved: %(count)s. The phone is full: free some space, and note these on paper."),
    "refused": _l("Refused by the server: %(count)s. Tell the organiser; what is refused is in the saved file."),
    "no_storage": _l("This browser keeps nothing when it is closed. Leave it open until everything is sent."),
    "age_unknown": _l("No data yet"),
    "age_now": _l("Data: fresh"),
    "age_minutes": _l("Data: %(count)s min old"),
    "age_hours": _l("Data: %(count)s h old"),
    "send": _l("Send now"),
    "export": _l("Save as a file"),
    "sign_out": _l("Sign out"),
    "sign_out_ask": _l("Sign out this phone? To scan again it needs a new link."),
    "sign_out_unsent": _l(
        "Not sent yet: %(count)s, so this phone can't be signed out. Find a place with network and press Send now."
        " If that fails all day, save them as a file: an organiser can take it in."
    ),
    "sign_out_unsendable": _l(
        "This phone can no longer send what waits: %(count)s. Save it as a file for the organiser, then sign out."
    ),
    "sign_out_refused": _l(
        "Refused by the server: %(count)s. Save them as a file for the organiser, then sign out this phone."
    ),
    "device_expired": _l(
        "The shift of this phone has ended. Waiting scans are still sent; ask for a new link to go on."
    ),
    "device_unsendable": _l(
        "The shift of this phone ended long ago, and it can send no more. Save waiting scans as a file for the organiser."
    ),
    "device_revoked": _l("An organiser has signed out this phone. It sends what is waiting, then forgets everything."),
    "device_forgotten": _l("An organiser has signed out this phone. Everything was sent; ask for a new link to go on."),
    "new_version": _l("A newer scanner is here"),
    "take_version": _l("Take it now"),
    "language": _l("Language"),
    "theme": _l("Screen"),
    "theme_auto": _l("As the phone"),
    "theme_light": _l("White"),
    "theme_dark": _l("Black"),
    "theme_contrast": _l("For the sun"),
    "fact_phone": _l("This phone"),
    "fact_gate_admitted": _l("Passes in at this gate"),
    "fact_gate_tallied": _l("Counted in at this gate"),
    "fact_inside": _l("People inside now"),
    "no_script": _l("The scanner needs JavaScript. Allow it in the browser's settings."),
}


def scanner_texts(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The page's sentences by language and key, for the JSON block of the scanner's page.

    With the words of verdicts: a phone that was let in and then lost the network has no manifest to take them from.
    """
    titles = {f"title_{verdict.value}": words for verdict, words in VERDICT_TITLES.items()}
    sentences = {f"sentence_{verdict.value}": words for verdict, words in VERDICT_SENTENCES.items()}
    texts = {}
    for language in languages:
        with force_locale(language):
            texts[language] = {key: str(words) for key, words in (PAGE | titles | sentences).items()}
    return texts


def verdict_texts() -> dict[str, dict[str, str]]:
    """Severity, title and sentence of every verdict in the current language, for the manifest."""
    return {
        verdict.value: {
            "severity": verdict.severity.value,
            "title": str(VERDICT_TITLES[verdict]),
            "sentence": str(VERDICT_SENTENCES[verdict]),
        }
        for verdict in Verdict
    }

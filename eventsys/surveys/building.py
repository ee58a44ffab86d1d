"""Building a questionnaire: drafts that organisers write, publish, go on from and throw away. A published version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete

from eventsys.audit.actions import Actor, record
from eventsys.base.db import db
from eventsys.base.refusals import Refusal
from eventsys.surveys import queries
from eventsys.surveys.actions import item_row, make_room
from eventsys.surveys.models import Instrument, Item
from eventsys.surveys.rules import building as rules
from eventsys.surveys.rules.codes import Code
from eventsys.surveys.rules.instruments import Breakdown, InstrumentState, next_version, published
from eventsys.surveys.rules.instruments import Instrument as Questionnaire
from eventsys.surveys.rules.instruments import Item as Question
from eventsys.surveys.rules.options import KEY


@dataclass(frozen=True, slots=True)
class Named:
    """What an organiser says of a questionnaire as a whole: its name by language, and by what its results may be split."""

    name: dict[str, str]
    breakdowns: tuple[Breakdown, ...] = ()


def begin(key: str, named: Named, *, source: Instrument | None = None, by: Actor, now: datetime) -> Instrument:
    """Begin a questionnaire, with the items of another one or none; the same once more is that one.

    Refused: NAME_MISSING, KEY_WRONG, KEY_TAKEN.
    """
    _check_name(named)
    if not KEY.fullmatch(key) or len(key) > rules.LONGEST_KEY:
        raise Refusal(Code.KEY_WRONG, field="key", key=key)
    there = queries.instrument(key)
    if there is not None and there.state is InstrumentState.DRAFT and there.version == 1 and there.name == named.name:
        return there
    if there is not None:
        raise Refusal(Code.KEY_TAKEN, field="key", key=key)
    make_room(key, 1)
    items = queries.as_rules(source).items if source else ()
    return _add(Questionnaire(key, named.name, items, named.breakdowns), by=by, now=now)


def rename(instrument: Instrument, named: Named, *, by: Actor, now: datetime) -> None:
    """Change a draft's name and breakdowns. Refused: PUBLISHED_NEVER_CHANGES, NAME_MISSING."""
    kept = _held_draft(instrument)
    _check_name(named)
    kept.name, kept.breakdowns = named.name, [breakdown.value for breakdown in named.breakdowns]
    _record("surveys.instrument_changed", kept, by=by, now=now)


def add_items(instrument: Instrument, items: Sequence[Question], *, by: Actor, now: datetime) -> int:
    """Put further items behind the others, but for those that are there by their keys; gives how many.

    Refused: PUBLISHED_NEVER_CHANGES, and what `rules.with_items` refuses.
    """
    kept = _held_draft(instrument)
    draft = queries.as_rules(kept)
    more = [item for item in items if draft.item(item.key) is None]
    _write(kept, rules.with_items(draft, more))
    if more:
        _record("surveys.items_added", kept, by=by, now=now, detail=str(len(more)))
    return len(more)


def write_item(instrument: Instrument, item: Question, *, by: Actor, now: datetime) -> None:
    """Put an item that an organiser wrote behind the others; the same once more is that one. Refused: as `add_items`, KEY_TWICE."""
    kept = _held_draft(instrument)
    draft = queries.as_rules(kept)
    if any(replace(one, key=item.key) == item for one in draft.items):
        return
    _write(kept, rules.with_items(draft, (item,)))
    _record("surveys.items_added", kept, by=by, now=now, detail="1")


def change_item(instrument: Instrument, item: Question, *, seen: str, by: Actor, now: datetime) -> None:
    """Say an item otherwise. `seen` is the stamp of what it said when its page was opened.

    Refused: PUBLISHED_NEVER_CHANGES, CHANGED_SINCE, OPTIONS_IN_USE, SHOWN_IF_UNKNOWN.
    """
    kept = _held_draft(instrument)
    draft = queries.as_rules(kept)
    there = draft.item(item.key)
    if there == item:
        return
    if there is None or rules.stamp(there) != seen:
        raise Refusal(Code.CHANGED_SINCE)
    _write(kept, rules.with_changed(draft, item))
    _record("surveys.item_changed", kept, by=by, now=now, detail=item.key)


def move(instrument: Instrument, key: str, *, steps: int, by: Actor, now: datetime) -> None:
    """Move an item up (negative) or down. Refused: PUBLISHED_NEVER_CHANGES, ORDER_WRONG."""
    kept = _held_draft(instrument)
    _write(kept, rules.moved(queries.as_rules(kept), key, steps=steps))
    _record("surveys.item_moved", kept, by=by, now=now, detail=key)


def remove_item(instrument: Instrument, key: str, *, by: Actor, now: datetime) -> None:
    """Take an item out of a draft; it can be put back until the draft is published. Refused: PUBLISHED_NEVER_CHANGES, IN_USE."""
    kept = _held_draft(instrument)
    draft = queries.as_rules(kept)
    item = draft.item(key)
    if item is None:
        return
    _write(kept, rules.without(draft, key))
    kept.removed_items = [*kept.removed_items, {"place": draft.items.index(item), "item": item.to_json()}]
    _record("surveys.item_removed", kept, by=by, now=now, detail=key)


def restore_item(instrument: Instrument, key: str, *, by: Actor, now: datetime) -> None:
    """Put back the item with this key that was taken out last. Refused: PUBLISHED_NEVER_CHANGES, KEY_TWICE, CONDITION_GONE."""
    kept = _held_draft(instrument)
    one = next((one for one in reversed(kept.removed_items) if one["item"]["key"] == key), None)
    if one is None:
        return
    item = Question.from_json(one["item"])
    _write(kept, rules.put_back(queries.as_rules(kept), item, place=one["place"]))
    kept.removed_items = [other for other in kept.removed_items if other is not one]
    _record("surveys.item_restored", kept, by=by, now=now, detail=key)


def publish(instrument: Instrument, *, by: Actor, now: datetime) -> None:
    """Close a draft: from then on the database refuses any change to it. Once more changes nothing.

    Refused: NO_ITEMS, TEXT_OF_LANGUAGE_MISSING.
    """
    kept = queries.hold(instrument)
    if kept.state is InstrumentState.PUBLISHED:
        return
    published(queries.as_rules(kept))
    kept.removed_items = []
    kept.state, kept.published_at = InstrumentState.PUBLISHED, now
    _record("surveys.instrument_published", kept, by=by, now=now)


def go_on(instrument: Instrument, *, by: Actor, now: datetime) -> Instrument:
    """The draft of the version after the newest one, with everything that a published version says; the one that is there already.

    Refused: NOT_PUBLISHED.
    """
    newest = queries.instrument(instrument.key)
    if newest is not None and newest.state is InstrumentState.DRAFT:
        return newest
    following = replace(next_version(queries.as_rules(instrument)), version=(newest or instrument).version + 1)
    make_room(following.key, following.version)
    return _add(following, by=by, now=now)


def throw_away(instrument: Instrument, *, by: Actor, now: datetime) -> None:
    """Put a draft aside for good, unless it is taken up again. Refused: PUBLISHED_NEVER_CHANGES."""
    kept = _held_draft(instrument)
    kept.removed_at = now
    _record("surveys.instrument_removed", kept, by=by, now=now)


def take_up(instrument: Instrument, *, by: Actor, now: datetime) -> None:
    """Go on with a draft that was thrown away."""
    kept = queries.hold(instrument)
    kept.removed_at = None
    _record("surveys.instrument_restored", kept, by=by, now=now)


def _check_name(named: Named) -> None:
    if not named.name:
        raise Refusal(Code.NAME_MISSING, field="name_da")


def _held_draft(instrument: Instrument) -> Instrument:
    kept = queries.hold(instrument)
    if kept.state is InstrumentState.PUBLISHED:
        raise Refusal(Code.PUBLISHED_NEVER_CHANGES, version=kept.version)
    return kept


def _add(draft: Questionnaire, *, by: Actor, now: datetime) -> Instrument:
    kept = Instrument(
        key=draft.key,
        version=draft.version,
        name=draft.name,
        state=InstrumentState.DRAFT,
        breakdowns=[breakdown.value for breakdown in draft.breakdowns],
        removed_items=[],
        items=[item_row(item, position) for position, item in enumerate(draft.items, start=1)],
    )
    db.session.add(kept)
    db.session.flush()
    _record("surveys.instrument_made", kept, by=by, now=now)
    return kept


def _write(kept: Instrument, draft: Questionnaire) -> None:
    """A draft's items laid down anew: nothing refers to them before the draft is published."""
    db.session.execute(delete(Item).where(Item.instrument_id == kept.id))
    db.session.expire(kept, ["items"])
    kept.items = [item_row(item, position) for position, item in enumerate(draft.items, start=1)]
    db.session.flush()


def _record(act: str, kept: Instrument, *, by: Actor, now: datetime, detail: str = "") -> None:
    record(act, "instrument", kept.code, by=by, now=now, detail=detail)

"""What drives up to a booth."""

from __future__ import annotations

from enum import StrEnum


class VehicleKind(StrEnum):
    """Sorts of vehicles, as somebody at a gate tells them apart; the plate is never asked for."""

    CAR = "car"
    VAN = "van"
    TRAILER = "trailer"
    FOOD_TRUCK = "food_truck"
    LORRY = "lorry"
    CARGO_BIKE = "cargo_bike"

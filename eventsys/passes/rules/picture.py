"""Passes as a picture for mails: the QR codes under each other, each with its short code."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from eventsys.base.qr import modules_of

MODULE, QUIET, CAPTION = 8, 4, 48


def picture_of(passes: Sequence[tuple[str, str]]) -> bytes:
    """A PNG of passes, each its signed text and its short code: black on white, a quiet zone around each code."""
    codes = [modules_of(text) for text, _short in passes]
    side = (max(map(len, codes)) + 2 * QUIET) * MODULE
    image = Image.new("1", (side, len(passes) * (side + CAPTION)), 1)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(30)
    for place, (modules, (_text, short)) in enumerate(zip(codes, passes, strict=True)):
        top = place * (side + CAPTION)
        for y, row in enumerate(modules):
            for x, is_dark in enumerate(row):
                if is_dark:
                    left, upper = (x + QUIET) * MODULE, top + (y + QUIET) * MODULE
                    draw.rectangle((left, upper, left + MODULE - 1, upper + MODULE - 1), fill=0)
        draw.text((side / 2, top + side), short, fill=0, font=font, anchor="mm")
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()

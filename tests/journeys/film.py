"""What a fake camera sees: Chromium plays a file of JPEGs, one after the other, thirty a second, over and over."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

import qrcode
from PIL import Image

CAMERA = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
SIZE, CODE = (1280, 720), 480


def frame_with(code: Image.Image | None, *, mark: bool = False) -> bytes:
    """One frame, with a picture in the middle; `mark` makes its upper left corner black, to be found by a measurement."""
    frame = Image.new("RGB", SIZE, "white")
    if code is not None:
        frame.paste(code.convert("RGB").resize((CODE, CODE), Image.Resampling.NEAREST), (400, 120))
    if mark:
        frame.paste("black", (0, 0, 80, 80))
    jpeg = BytesIO()
    frame.save(jpeg, "JPEG", quality=92)
    return jpeg.getvalue()


@cache
def frame_of(text: str | None, *, mark: bool = False) -> bytes:
    """One frame with the QR code of a text."""
    return frame_with(qrcode.make(text, box_size=4).get_image() if text else None, mark=mark)


def flags_for(file: Path, frames: Sequence[bytes]) -> list[str]:
    """Write a film; what Chromium has to be told to see it."""
    file.write_bytes(b"".join(frames))
    return [*CAMERA, f"--use-file-for-fake-video-capture={file}"]

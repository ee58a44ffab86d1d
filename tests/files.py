"""Files as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), position: bool = False) -> bytes:
    """A picture of two colours; with `position` its EXIF tells where it was taken and that it lies on its side."""
    made = Image.new("RGB", size, "#b03030")
    made.paste("#3030b0", (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    if position:
        exif = Image.Exif()
        exif[0x0112] = 6  # Turned by a quarter.
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (55.0, 41.0, 20.0)
        made.save(written, kind, exif=exif)
    else:
        made.save(written, kind)
    return written.getvalue()


def huge_png(side: int = 30_000) -> bytes:
    """A few bytes that claim to be a picture of 30,000 by 30,000."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def pdf(*, password: str = "", script: str = "") -> bytes:
    """A PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if script:
        act = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(act)
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def archive() -> bytes:
    """A zip file."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as inside:
        inside.writestr("run.sh", "echo no")
    return written.getvalue()

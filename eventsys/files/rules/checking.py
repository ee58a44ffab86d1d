"""What a file is by its content, and what is kept of it.

Pictures are decoded and written anew, so that nothing of the sender's file but its pixels is kept: no position, no
comments, nothing that only looks like a picture. PDFs are kept as they came once they are seen to open, without a
password and without anything that runs.
"""

from __future__ import annotations

import io
import unicodedata
import warnings
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NameObject

from eventsys.base.refusals import Refusal
from eventsys.files.rules.codes import Code

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
PDF_TYPE, PICTURE_TYPE = "application/pdf", "image/webp"
# What makes a PDF do something when it is opened (ISO 32000-1, 12.6.4).
ACTIVE = frozenset({"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/RichMedia"})
LONGEST_NAME = 100
# What reading a file that isn't one may end in.
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError, IndexError)
DEEPEST = 50

pillow_heif.register_heif_opener()


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as it is kept. Width and height are a picture's, in pixels."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def check(content: bytes, *, must_be_picture: bool = False) -> Checked:
    """The file as it is kept, whatever its name says.

    Refusal: FILE_EMPTY, FILE_TOO_LARGE, KIND_UNKNOWN, PICTURE_BROKEN, TOO_MANY_PIXELS, PDF_BROKEN, PDF_LOCKED,
    PDF_ACTIVE, NOT_A_PICTURE.
    """
    if not content:
        raise Refusal(Code.FILE_EMPTY, field="file")
    if len(content) > LARGEST:
        raise Refusal(Code.FILE_TOO_LARGE, field="file", most=LARGEST // 1024 // 1024)
    if content.startswith(b"%PDF-"):
        if must_be_picture:
            raise Refusal(Code.NOT_A_PICTURE, field="file")
        _check_pdf(content)
        return Checked(content, PDF_TYPE)
    return _picture(content)


def _picture(content: bytes) -> Checked:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refusal(Code.TOO_MANY_PIXELS, field="file", most=MOST_PIXELS // 1_000_000)
                upright = ImageOps.exif_transpose(opened)
                has_alpha = "A" in upright.getbands() or "transparency" in upright.info
                picture = upright.convert("RGBA" if has_alpha else "RGB")
    except UnidentifiedImageError:
        raise Refusal(Code.KIND_UNKNOWN, field="file") from None
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal(Code.TOO_MANY_PIXELS, field="file", most=MOST_PIXELS // 1_000_000) from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        raise Refusal(Code.PICTURE_BROKEN, field="file") from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = io.BytesIO()
    picture.info.clear()
    picture.save(written, "WEBP", quality=QUALITY)
    return Checked(written.getvalue(), PICTURE_TYPE, picture.width, picture.height)


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise Refusal(Code.PDF_LOCKED, field="file")
        if not reader.pages or reader.pages[0] is None:
            raise Refusal(Code.PDF_BROKEN, field="file")
    except BROKEN:
        raise Refusal(Code.PDF_BROKEN, field="file") from None
    if _names(reader) & ACTIVE:
        raise Refusal(Code.PDF_ACTIVE, field="file")


def _names(reader: PdfReader) -> set[str]:
    """Every name in the objects of a PDF, as key or as value."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    found: set[str] = set()
    for number in numbers:
        try:
            found |= _names_in(reader.get_object(number))
        except BROKEN:
            continue
    return found


def _names_in(part: object, depth: int = 0) -> set[str]:
    """The names in one object and in what it holds itself; what it refers to is an object of its own."""
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(part, NameObject):
        return {str(part)}
    held = [*part.keys(), *part.values()] if isinstance(part, DictionaryObject) else part
    if not isinstance(held, list):
        return set()
    return set().union(*(_names_in(one, depth + 1) for one in held if not isinstance(one, IndirectObject)))


def shown_name(name: str) -> str:
    """What a file was called where it came from, fit to be shown: one line, no path, nothing that turns the direction."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    return kept[-LONGEST_NAME:] or "file"

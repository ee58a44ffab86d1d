"""The first page of a PDF as a picture."""

from __future__ import annotations

import io
from threading import Lock

import pypdfium2

from eventsys.base.refusals import Refusal
from eventsys.files.rules.checking import BROKEN, LONGEST_SIDE, PDF_TYPE, check
from eventsys.files.rules.codes import Code

# PDFium isn't made for two threads at once.
_one_at_a_time = Lock()


def as_picture(content: bytes) -> bytes:
    """A file that `check` takes, as a picture: one as it came, of a PDF its first page. Refusal: those of `check`."""
    if check(content).media_type != PDF_TYPE:
        return content
    with _one_at_a_time:
        try:
            with pypdfium2.PdfDocument(content) as document:
                page = document[0]
                picture = page.render(scale=LONGEST_SIDE / max(*page.get_size(), 1)).to_pil()
        except (pypdfium2.PdfiumError, *BROKEN):
            raise Refusal(Code.PDF_BROKEN, field="file") from None
    written = io.BytesIO()
    picture.convert("RGB").save(written, "PNG")
    return written.getvalue()

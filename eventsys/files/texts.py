"""The sentences for the codes of `rules`."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _

from eventsys.files.rules.codes import Code

TEXTS: dict[StrEnum, Any] = {
    Code.FILE_MISSING: _("Choose a file first."),
    Code.FILE_EMPTY: _("This file is empty. Look whether it is the right one."),
    Code.FILE_TOO_LARGE: _("This file is too large: it may have %(most)s MB."),
    Code.KIND_UNKNOWN: _("This is neither a PDF nor a picture (JPEG, PNG, HEIC, WebP), whatever its name says."),
    Code.PICTURE_BROKEN: _("This picture can't be read to its end. Save it anew, or take it again."),
    Code.TOO_MANY_PIXELS: _("This picture is too large: it may have %(most)s million pixels."),
    Code.PDF_BROKEN: _("This PDF can't be opened. Save it anew, or print it into a PDF."),
    Code.PDF_LOCKED: _("This PDF is locked with a password. Save it without one."),
    Code.PDF_ACTIVE: _("This PDF contains a program or other files. Print it into a new PDF and send that."),
    Code.NOT_A_PICTURE: _("This is a PDF. Here we need a picture: JPEG, PNG, HEIC or WebP."),
}

"""QR codes as rows of dark and light, for pages, paper and badges to draw."""

from __future__ import annotations

from functools import lru_cache

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

Modules = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=512)
def modules_of(text: str) -> Modules:
    """The rows of a code's modules, true for dark, without a quiet zone; error correction M, which a crease survives."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())

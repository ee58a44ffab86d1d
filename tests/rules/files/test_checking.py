"""What a file is by its content, and what is kept of it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from eventsys.base.refusals import Refusal
from eventsys.files.rules.checking import LARGEST, LONGEST_SIDE, PDF_TYPE, PICTURE_TYPE, check, shown_name
from eventsys.files.rules.codes import Code
from tests import files


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_picture_is_decoded_and_written_anew(kind: str) -> None:
    kept = check(files.picture(kind))

    assert (kept.media_type, kept.width, kept.height) == (PICTURE_TYPE, 60, 40)
    with Image.open(io.BytesIO(kept.content)) as opened:
        assert opened.format == "WEBP"


def test_position_and_all_else_are_gone_and_the_picture_stands_upright() -> None:
    sent = files.picture(position=True)
    with Image.open(io.BytesIO(sent)) as opened:
        assert opened.getexif().get_ifd(0x8825), "the example has a position"

    kept = check(sent)

    assert (kept.width, kept.height) == (40, 60)
    with Image.open(io.BytesIO(kept.content)) as opened:
        assert dict(opened.getexif()) == {}
        assert "exif" not in opened.info


def test_large_picture_is_made_smaller() -> None:
    kept = check(files.picture(size=(5000, 100)))

    assert kept.width == LONGEST_SIDE


def test_pdf_is_kept_as_it_came() -> None:
    sent = files.pdf()

    assert check(sent).content == sent
    assert check(sent).media_type == PDF_TYPE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b"x" * (LARGEST + 1), Code.FILE_TOO_LARGE),
        (files.archive(), Code.KIND_UNKNOWN),
        (b"<html><script>alert(1)</script>", Code.KIND_UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Code.KIND_UNKNOWN),
        (b"GIF89a" + b"\0" * 40, Code.KIND_UNKNOWN),
        (files.huge_png(), Code.TOO_MANY_PIXELS),
        (files.picture()[:300], Code.PICTURE_BROKEN),
        (b"%PDF-1.7 <html>", Code.PDF_BROKEN),
        (files.pdf()[:200], Code.PDF_BROKEN),
        (files.pdf(password="secret"), Code.PDF_LOCKED),
        (files.pdf(script="app.alert(1)"), Code.PDF_ACTIVE),
    ],
    ids=lambda value: value.value if isinstance(value, Code) else "",
)
def test_refused_with_the_reason(content: bytes, code: Code) -> None:
    with pytest.raises(Refusal) as refusal:
        check(content)

    assert refusal.value.code is code


def test_logo_must_be_a_picture() -> None:
    with pytest.raises(Refusal) as refusal:
        check(files.pdf(), must_be_picture=True)

    assert refusal.value.code is Code.NOT_A_PICTURE


@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF"]))
def test_any_bytes_are_kept_or_refused_never_more(rest: bytes, start: bytes) -> None:
    try:
        kept = check(start + rest)
    except Refusal:
        return
    assert kept.media_type in {PDF_TYPE, PICTURE_TYPE}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\logo.png", "logo.png"),
        ("a\u202egnp.exe\n", "agnp.exe"),
        ("", "file"),
        ("...", "file"),
        ("شعار.png", "شعار.png"),
    ],
)
def test_name_is_shown_without_path_and_tricks(sent: str, shown: str) -> None:
    assert shown_name(sent) == shown

"""Attacks by documents: what is handed in is told by its content, and does nothing by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balsts.cases import attachments
from balsts.cases.attachments import FileRefused, clean_name, looked_through
from tests.cases import documents

HARMLESS = {
    "rēķins.pdf": (documents.pdf(), "application/pdf"),
    "IMG_2041.JPG": (documents.jpeg(), "image/jpeg"),
    "ekrāns.png": (documents.png(), "image/png"),
    "without an ending": (documents.pdf(), "application/pdf"),
    "a picture called.pdf": (documents.png(), "image/png"),
}
ATTACKS = {
    "program.exe": (b"MZ\x90\x00" + bytes(600), attachments.NAME),
    "program renamed.pdf": (b"MZ\x90\x00" + bytes(600), attachments.NOT_TAKEN),
    "linux program.jpg": (b"\x7fELF" + bytes(600), attachments.NOT_TAKEN),
    "two endings.pdf.exe": (documents.pdf(), attachments.NAME),
    "two endings.exe.pdf": (documents.pdf(), attachments.NAME),
    "page.html": (b"<!doctype html><html><script>alert(1)</script></html>", attachments.NAME),
    "page.png": (b"<!doctype html><html><script>alert(1)</script></html>", attachments.NOT_TAKEN),
    "drawing.jpg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', attachments.NOT_TAKEN),
    "archive.pdf": (documents.archive(), attachments.NOT_TAKEN),
    "page behind a document.pdf": (documents.pdf() + b"<html><script>alert(1)</script></html>", attachments.BROKEN),
    "archive behind a document.pdf": (documents.pdf() + documents.archive(), attachments.BROKEN),
    "page before a document.pdf": (b"<html>" + documents.pdf(), attachments.NOT_TAKEN),
    "page in the head.pdf": (documents.pdf().replace(b"\n", b"\n%<script>alert(1)</script>\n", 1), attachments.BROKEN),
    "page in a comment.jpg": (documents.jpeg(b"<script>alert(1)</script>"), attachments.BROKEN),
    "program in a comment.png": (documents.png(extra=b"<?php system($_GET[0]); ?>"), attachments.BROKEN),
    "bomb of pixels.png": (documents.png(100_000, 100_000), attachments.TOO_MUCH),
    "cut off.png": (documents.png()[:-20], attachments.BROKEN),
    "cut off.jpg": (documents.jpeg()[:-3], attachments.BROKEN),
    "cut off.pdf": (documents.pdf()[:-30], attachments.BROKEN),
    "no pages.pdf": (b"%PDF-1.7\n%%EOF", attachments.BROKEN),
    "script.pdf": (documents.pdf_with_script(), attachments.ACTIVE),
    "file inside.pdf": (documents.pdf_with_file(), attachments.ACTIVE),
    "starts a program.pdf": (documents.pdf_with_action("/Launch"), attachments.ACTIVE),
    "starts a program by a click.pdf": (documents.pdf_with_action("/Launch", "click"), attachments.ACTIVE),
    "opens an address.pdf": (documents.pdf_with_action("/URI"), attachments.ACTIVE),
    "sends a form.pdf": (documents.pdf_with_action("/SubmitForm", "click"), attachments.ACTIVE),
    "locked.pdf": (documents.locked_pdf(), attachments.LOCKED),
    "empty.pdf": (b"", attachments.EMPTY),
    "too large.pdf": (documents.pdf() + bytes(attachments.MOST_BYTES), attachments.TOO_LARGE),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_documents_and_pictures_are_taken_whatever_they_are_called(name: str) -> None:
    content, media_type = HARMLESS[name]
    assert looked_through(name, content) == (media_type, content)


@pytest.mark.parametrize("name", ATTACKS)
def test_what_may_do_harm_is_refused_with_what_to_do(name: str) -> None:
    content, why = ATTACKS[name]
    with pytest.raises(FileRefused) as refused:
        looked_through(name, content)
    assert refused.value.text == why


@pytest.mark.parametrize("picture", [documents.jpeg(), documents.png()], ids=["jpeg", "png"])
@pytest.mark.parametrize("behind", [documents.archive(), b"<script>alert(1)</script>", b"MZ\x90\x00\xff\xd9"],
                         ids=["archive", "script", "program"])  # fmt: skip
def test_nothing_behind_the_end_of_a_picture_is_kept(picture: bytes, behind: bytes) -> None:
    _, kept = looked_through("IMG.jpg", picture + behind)
    assert kept == picture


@pytest.mark.parametrize(("given_name", "kept"), [
    ("../../etc/passwd", "passwd.pdf"), ("C:\\Users\\a\\rēķins.PDF", "rēķins.pdf"), ("a\0b.pdf", "a_b.pdf"),
    ("gpj.\u202ecod.pdf", "gpj._cod.pdf"), ('x".pdf\r\nX-Evil: 1', "x_.pdf__X-Evil_ 1.pdf"), (".pdf", "dokuments.pdf"),
    ("…", "dokuments.pdf"), ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
])  # fmt: skip
def test_names_are_cleaned(given_name: str, kept: str) -> None:
    assert clean_name(given_name, "application/pdf") == kept


@given(st.text(max_size=200))
def test_no_name_is_ever_a_path_or_breaks_a_header(name: str) -> None:
    kept = clean_name(name, "image/png")
    assert kept.endswith(".png")
    assert len(kept) <= 120
    assert not set(kept) & set('/\\\r\n\0";:<>|*?')
    assert not kept.startswith(".")


@given(st.binary(max_size=400))
def test_no_content_breaks_the_check(content: bytes) -> None:
    for head in (b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        try:
            media_type, kept = looked_through("x", head + content)
        except FileRefused:
            continue
        assert media_type in ("application/pdf", "image/jpeg", "image/png")
        assert kept
        assert (head + content).startswith(kept)

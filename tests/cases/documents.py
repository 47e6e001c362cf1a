"""Documents of tests, made byte by byte: harmless ones, and what attackers hand in."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def png(width: int = 1, height: int = 1, extra: bytes = b"") -> bytes:
    """A grey image; `extra` is put in as a text chunk."""
    rows = b"".join(b"\0" + bytes(width) for _ in range(height)) if width * height < 1_000_000 else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    text = _chunk(b"tEXt", b"Comment\0" + extra) if extra else b""
    body = _chunk(b"IHDR", header) + text + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(comment: bytes = b"") -> bytes:
    """An image as far as its markers go: head, comment, frame, scan, end."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    said = b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment if comment else b""
    frame = b"\xff\xc0\x00\x0b\x08\x00\x02\x00\x02\x01\x01\x11\x00"
    return head + said + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00" + b"\x12\xff\x00\x34" + b"\xff\xd9"


def pdf() -> bytes:
    """A blank page."""
    return _written(_blank())


def _blank() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_with_script() -> bytes:
    """A page that runs a program when it opens."""
    writer = _blank()
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert('x')")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return _written(writer)


def pdf_with_file() -> bytes:
    """A page with another file inside."""
    writer = _blank()
    writer.add_attachment("x.exe", b"MZ")
    return _written(writer)


def pdf_with_action(kind: str, where: str = "open") -> bytes:
    """A page that starts something when it is opened, or when somebody clicks."""
    writer = _blank()
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject("/F"): TextStringObject("cmd.exe")})
    if where == "open":
        writer.root_object[NameObject("/OpenAction")] = action
    else:
        link = DictionaryObject({NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): action})
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    return _written(writer)


def locked_pdf() -> bytes:
    """A page that opens with a password alone."""
    writer = _blank()
    writer.encrypt("parole", algorithm="RC4-128")
    return _written(writer)


def archive() -> bytes:
    """An archive with one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as found:
        found.writestr("x.txt", "x" * 1000)
    return out.getvalue()

"""Documents handed in: looked through by their content before they are kept, and never by their name.

What is kept is an image or a PDF document that does nothing by itself. A document that is two things at once or would
unpack to far more than it is, is refused; of an image nothing behind its end is kept.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import uuid
from collections.abc import Iterator
from pathlib import PurePosixPath

import puremagic
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject

from balsts.access.acting import Acting, in_scope, the_platform
from balsts.cases.models import Attachment, Case, Draft, StoredFile
from balsts.exchange.texts import Text
from balsts.law.engine.errors import DomainError

MOST_BYTES = 10 * 1024 * 1024
MOST_OF_A_DRAFT = 20
"""How many documents one application may hold."""
MEDIA_TYPES = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}
"""What is taken, and how its name ends. Telephones send JPEG where a page asks for it, so HEIC is not taken."""
_MOST_NAME = 120
_MOST_PIXELS = 60_000_000
_MOST_OBJECTS = 20_000
_PNG = b"\x89PNG\r\n\x1a\n"
_PDF_HEAD, _PDF_TAIL = b"%PDF-", b"%%EOF"
_EXECUTABLE = re.compile(
    r"\.(exe|com|scr|bat|cmd|js|jse|vbs|vbe|wsf|msi|ps1|sh|jar|html?|svgz?|xml|php|py|lnk|hta|docm|xlsm|zip)\b",
    re.IGNORECASE,
)
_ACTIVE = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/AA",
           "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Movie", "/Sound", "/Rendition"}  # fmt: skip
_FOREIGN = (b"<script", b"<html", b"<svg", b"<?php")
_HEAD = 1024
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG image: those of frames tell its size."""

_TAKEN = Text("Var iesniegt PDF, JPEG vai PNG datni, ne lielāku kā 10 MB.",
              "You can hand in a PDF, JPEG or PNG file of at most 10 MB.")  # fmt: skip
TOO_LARGE = Text("Datne ir lielāka par 10 MB. Samaziniet to vai sadaliet.",
                 "The file is larger than 10 MB. Make it smaller or split it.")  # fmt: skip
EMPTY = Text("Datne ir tukša. Izvēlieties citu.", "The file is empty. Choose another one.")
TOO_MANY = Text("Vienam iesniegumam var pievienot ne vairāk kā 20 datņu.", "One application can hold at most 20 files.")
NOT_TAKEN = Text(f"Šāda veida datni nevar iesniegt. {_TAKEN.lv}", f"This kind of file cannot be handed in. {_TAKEN.en}")
NAME = Text(
    "Datnes nosaukums izskatās pēc programmas. Pārsauciet datni un mēģiniet vēlreiz.",
    "The name of the file looks like that of a program. Rename the file and try again.",
)
ACTIVE = Text(
    "PDF datnē ir programma, darbība vai cita datne. Izdrukājiet dokumentu jaunā PDF datnē un iesniedziet to.",
    "The PDF file holds a program, an action or another file. Print the document to a new PDF file and hand that in.",
)
LOCKED = Text("PDF datne ir aizsargāta ar paroli. Iesniedziet datni bez paroles.",
              "The PDF file is locked with a password. Hand in a file without one.")  # fmt: skip
BROKEN = Text("Datne ir bojāta vai tajā paslēpts kas cits. Saglabājiet to no jauna un mēģiniet vēlreiz.",
              "The file is damaged, or something else is hidden in it. Save it anew and try again.")  # fmt: skip
SENT = Text("Iesniegums jau ir nosūtīts vai izmests; datne nav pievienota.",
            "The application was sent or thrown away already; the file was not added.")  # fmt: skip
TOO_MUCH = Text("Datnē ir vairāk, nekā var pārbaudīt. Samaziniet to vai sadaliet.",
                "The file holds more than can be looked through. Make it smaller or split it.")  # fmt: skip


class FileRefused(DomainError):
    """A file that is not taken; `text` says why and what to do, in both languages."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def hand_in(who: Acting, draft: Draft, kind: str, name: str, content: bytes) -> Attachment:
    """Keep a document with an application that is being written. To be called in a transaction of who acts.

    Args:
        kind: the code of the evidence.

    Raises:
        FileRefused: it is not a document that is taken, or the application is not being written any more.
    """
    media_type, kept = looked_through(name, content)
    sha256 = hashlib.sha256(kept).hexdigest()
    with in_scope(who):
        if not Draft.objects.select_for_update().filter(pk=draft.pk).exists():
            raise FileRefused(SENT)
        if Attachment.objects.filter(draft=draft).count() >= MOST_OF_A_DRAFT:
            raise FileRefused(TOO_MANY)
        StoredFile.objects.bulk_create([StoredFile(sha256=sha256, size=len(kept), content=kept)], ignore_conflicts=True)
        return Attachment.objects.create(
            draft=draft, kind=kind, name=clean_name(name, media_type), media_type=media_type, file_id=sha256,
            by_person=who.person, by_staff=who.staff,
        )  # fmt: skip


def move_to_case(who: Acting, draft: Draft, case: Case) -> int:
    """Put the documents of an application that is being written to the case that it opened; how many.

    Who applies for an organisation sees the draft and not the case, the platform the case and not the draft: so in two
    steps. To be called in a transaction that holds the draft.
    """
    with in_scope(who):
        moved: int = Attachment.objects.filter(draft=draft).update(case=case)
    with in_scope(the_platform()):
        Attachment.objects.filter(draft=draft, case=case).update(draft=None)
    return moved


def take_back(who: Acting, draft: Draft, attachment: uuid.UUID) -> None:
    """Throw a document away that was not sent yet; its bytes go with the last one that has them."""
    with in_scope(who):
        Attachment.objects.filter(pk=attachment, draft=draft).delete()


# -- looking through -----------------------------------------------------------------------------------------------


def looked_through(name: str, content: bytes) -> tuple[str, bytes]:
    """The media type of a document that may be taken, told by its content, and what of it is kept.

    Raises:
        FileRefused: it may not be taken.
    """
    if not content:
        raise FileRefused(EMPTY)
    if len(content) > MOST_BYTES:
        raise FileRefused(TOO_LARGE)
    if _EXECUTABLE.search(name):
        raise FileRefused(NAME)
    media_type = _kind_of(content)
    look_through = {
        "application/pdf": _look_through_pdf, "image/jpeg": _look_through_jpeg, "image/png": _look_through_png
    }[media_type]  # fmt: skip
    return media_type, look_through(content)


def _kind_of(content: bytes) -> str:
    """What the library and the first bytes both say that it is."""
    try:
        found = puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        raise FileRefused(NOT_TAKEN) from None
    first = {"application/pdf": _PDF_HEAD, "image/jpeg": b"\xff\xd8\xff", "image/png": _PNG}
    if found not in first or not content.startswith(first[found]):
        raise FileRefused(NOT_TAKEN)
    return found


def _look_through_jpeg(content: bytes) -> bytes:
    """From marker to marker up to the end of the image; what telephones put behind it is not kept."""
    at, size = 2, (0, 0)
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise FileRefused(BROKEN)
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _END_OF_IMAGE:
            break
        if marker in _FRAMES:
            height, width = content[at + 5 : at + 7], content[at + 7 : at + 9]
            size = (int.from_bytes(width, "big"), int.from_bytes(height, "big"))
        if _is_foreign(content[at : at + 2 + length]):
            raise FileRefused(BROKEN)
        at += 2 + length
        if marker == _START_OF_SCAN:
            at = _after_scan(content, at)
    if content[at : at + 2] != bytes((0xFF, _END_OF_IMAGE)):
        raise FileRefused(BROKEN)
    _require_size(*size)
    return content[: at + 2]


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands behind the pixels of a scan."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2
    raise FileRefused(BROKEN)


def _look_through_png(content: bytes) -> bytes:
    """From chunk to chunk up to the last one; what stands behind it is not kept."""
    at = len(_PNG)
    while at + 12 <= len(content):
        length, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        body = content[at + 8 : at + 8 + length]
        if (at == len(_PNG)) != (name == b"IHDR") or (name != b"IDAT" and _is_foreign(body)):
            raise FileRefused(BROKEN)
        if name == b"IHDR":
            _require_size(int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))
        at += 12 + length
        if name == b"IEND" and at <= len(content):
            return content[:at]
    raise FileRefused(BROKEN)


def _is_foreign(part: bytes) -> bool:
    """Whether a part of an image beside its pixels holds a page or a program."""
    lower = part.lower()
    return any(one in lower for one in _FOREIGN)


def _require_size(width: int, height: int) -> None:
    if not width or not height:
        raise FileRefused(BROKEN)
    if width * height > _MOST_PIXELS:
        raise FileRefused(TOO_MUCH)


def _look_through_pdf(content: bytes) -> bytes:
    """Every object of the document: none may run, start or hold something; nothing may stand behind its end."""
    tail = content.rfind(_PDF_TAIL)
    if tail < 0 or content[tail + len(_PDF_TAIL) :].strip(b"\0\r\n "):
        raise FileRefused(BROKEN)
    if _is_foreign(content[:_HEAD]):
        raise FileRefused(BROKEN)
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise FileRefused(LOCKED)
        if not len(reader.pages):
            raise FileRefused(BROKEN)
        for found in _dictionaries(reader):
            _require_still(found)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise FileRefused(BROKEN) from None
    return content


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """All dictionaries that can be reached from the trailer, each once."""
    waiting: list[object] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        count += 1
        if count > _MOST_OBJECTS:
            raise FileRefused(TOO_MUCH)
        if isinstance(one, DictionaryObject):
            yield one
            waiting.extend(one.raw_get(key) for key in one)
        elif isinstance(one, list):
            waiting.extend(one)


def _require_still(found: DictionaryObject) -> None:
    kinds = {str(found.raw_get(key)) for key in ("/S", "/Type", "/Subtype") if key in found}
    names = kinds | {str(key) for key in found}
    if names & _ACTIVE:
        raise FileRefused(ACTIVE)
    if "/OpenAction" in found and isinstance(found["/OpenAction"], DictionaryObject):
        action = found["/OpenAction"]
        if action.get("/S") != "/GoTo":
            raise FileRefused(ACTIVE)


# -- names ---------------------------------------------------------------------------------------------------------


def clean_name(name: str, media_type: str) -> str:
    """A name to show and to download by: no path, no control or direction characters, ended as its content is."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = unicodedata.normalize("NFC", last)
    letters = "".join(char if char.isalnum() or char in " -_.,()" else "_" for char in plain)
    ending = MEDIA_TYPES[media_type]
    stem = re.sub(r"(\.(pdf|jpe?g|png))+$", "", letters, flags=re.IGNORECASE).strip(" ._") or "dokuments"
    return f"{stem[: _MOST_NAME - len(ending)]}{ending}"

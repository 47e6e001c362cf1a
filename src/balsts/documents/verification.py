"""Is this document what was sealed, and by whom? Nothing in it may be changed, added or taken away: no byte."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from asn1crypto import pem, x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from balsts.documents.certificates import known_authority, seal_folder
from balsts.documents.errors import SealError

# A certificate that nobody known vouches for is an answer here; the library would log it as an error, at length.
logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.CRITICAL)

Trust = Literal["trusted", "test", "unknown"]


@dataclass(frozen=True)
class Verification:
    """What is found of a document.

    Args:
        is_sealed: whether there is a seal at all.
        is_intact: whether the seal belongs to exactly these bytes, every one of them.
        covers_whole_file: whether nothing stands in the file that the seal does not cover.
        signer: the name in the certificate.
        at: the moment of sealing, in UTC; by a time-stamp server where `is_time_stamped`, else by the sealer's clock.
        trust: `trusted` when a known authority vouches for the certificate, `test` when it is the test authority of
            this installation, `unknown` when nobody known does: the name may be anybody's.
        finding: the first thing that is wrong, in English; empty when nothing is.
    """

    is_sealed: bool
    is_intact: bool
    covers_whole_file: bool = False
    signer: str = ""
    at: datetime | None = None
    is_time_stamped: bool = False
    trust: Trust = "unknown"
    finding: str = ""

    @property
    def is_genuine(self) -> bool:
        """Whether a reader may rely on it: intact, and sealed by whom we know (or by the test seal)."""
        return self.is_intact and self.trust != "unknown"


def verify(pdf: bytes, environment: Mapping[str, str] = os.environ) -> Verification:
    """What is found of a document.

    Authorities are known by `BALSTS_SEAL_ROOTS`, a file with their certificates (PEM); besides them, the test authority
    of this installation. Nothing is asked over the network.

    Raises:
        SealError: this is no PDF, or `BALSTS_SEAL_ROOTS` cannot be read.
    """
    roots = {"trusted": _certificates(_named_roots(environment)),
             "test": _certificates(known_authority(seal_folder(environment)))}  # fmt: skip
    if not pdf.startswith(b"%PDF-"):
        raise SealError("This is not a PDF. Give the file as it was received.")
    try:
        return _verified(pdf, roots)
    except Exception as error:  # whatever a library raises at bytes that anybody may have made: they are no sealed PDF
        finding = f"The document or its seal cannot be read as it should: {type(error).__name__}."
        return Verification(is_sealed=b"/ByteRange" in pdf, is_intact=False, finding=finding)


def _verified(pdf: bytes, roots: Mapping[str, list[x509.Certificate]]) -> Verification:
    seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
    if len(seals) != 1:
        found = "more than one seal" if seals else "no seal"
        return Verification(is_sealed=bool(seals), is_intact=False, finding=f"The document has {found}.")
    seal = seals[0]
    context = ValidationContext(trust_roots=[one for known in roots.values() for one in known], allow_fetching=False)
    status = validate_pdf_signature(seal, signer_validation_context=context)
    covers = _covers_whole_file(seal, pdf) and _says_one_thing(seal)
    stamp = status.timestamp_validity
    is_stamped = stamp is not None and stamp.intact and stamp.valid and stamp.trusted
    finding = _finding(status, covers=covers)
    at = stamp.timestamp if stamp is not None and is_stamped else seal.self_reported_timestamp
    return Verification(
        is_sealed=True,
        is_intact=not finding,
        covers_whole_file=covers,
        signer=status.signing_cert.subject.native.get("common_name", ""),
        at=at.astimezone(UTC) if at else None,
        is_time_stamped=is_stamped,
        trust=_trust(status, roots),
        finding=finding,
    )


def _finding(status: PdfSignatureStatus, *, covers: bool) -> str:
    if not covers:
        return "Something was added to the document, or changed in it, after it was sealed."
    if not (status.intact and status.valid):
        return "The document was changed after it was sealed."
    stamp = status.timestamp_validity
    is_broken = stamp is not None and not (stamp.intact and stamp.valid)
    return "The time stamp does not belong to this seal." if is_broken else ""


def _covers_whole_file(seal: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the seal is over all bytes but its own, and its own are the seal, zeros, and nothing besides."""
    ranges = [int(one) for one in seal.byte_range]
    content = bytes(seal.pkcs7_content)
    written = content.hex().encode()
    if len(ranges) != len(("from", "length", "from", "length")):
        return False
    length, after = ranges[1], ranges[1] + len(written) + len(b"<>")
    is_whole = ranges == [0, length, after, len(pdf) - after] and not any(content[peek(content) :])
    return is_whole and pdf[length:after] in (b"<" + written + b">", b"<" + written.upper() + b">")


def _says_one_thing(seal: EmbeddedPdfSignature) -> bool:
    """Whether the parts of a seal that are told twice, once outside of what is signed, agree."""
    message, signer = seal.signed_data, seal.signer_info
    version = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    algorithms = [one.dump() for one in message["digest_algorithms"]]
    is_null = [one["parameters"].native is None for one in (signer["digest_algorithm"], *message["digest_algorithms"])]
    agree = algorithms == [signer["digest_algorithm"].dump()] and all(is_null)
    return agree and message["version"].native == signer["version"].native == version


def _trust(status: PdfSignatureStatus, roots: Mapping[str, list[x509.Certificate]]) -> Trust:
    if not status.trusted or status.validation_path is None:
        return "unknown"
    root = next(iter(status.validation_path.iter_certs(include_root=True))).dump()
    return "trusted" if root in [one.dump() for one in roots["trusted"]] else "test"


def _named_roots(environment: Mapping[str, str]) -> bytes:
    named = environment.get("BALSTS_SEAL_ROOTS", "")
    try:
        return Path(named).read_bytes() if named else b""
    except OSError as error:
        raise SealError(f"BALSTS_SEAL_ROOTS: {named}: {error.strerror}.") from None


def _certificates(text: bytes) -> list[x509.Certificate]:
    """Certificates of a PEM file."""
    if not text:
        return []
    try:
        return [x509.Certificate.load(content, strict=True) for _, _, content in pem.unarmor(text, multiple=True)]
    except ValueError as error:
        raise SealError(f"BALSTS_SEAL_ROOTS holds something else than certificates in PEM: {error}.") from None

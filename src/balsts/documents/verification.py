"""Is this sealed document what was sealed, and by whom? Every byte counts: nothing may be changed, added or taken away."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Literal

from asn1crypto import pem, x509
from asn1crypto.parser import peek
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSStructuralError
from pyhanko.sign.validation import EmbeddedPdfSignature, PdfSignatureStatus, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from balsts.documents.certificates import known_authority, seal_folder
from balsts.documents.errors import SealError

Trust = Literal["trusted", "test", "unknown"]


@dataclass(frozen=True)
class Verification:
    """What is found of a document.

    Args:
        is_sealed: whether there is a seal at all.
        is_intact: whether the seal belongs to exactly these bytes, every one of them.
        covers_whole_file: whether nothing stands in the file that the seal does not cover.
        signer: the name in the certificate.
        at: the moment of sealing; by a time-stamp server where `is_time_stamped`, else by the sealer's own clock.
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
    try:
        seals = PdfFileReader(BytesIO(pdf)).embedded_signatures
    except (PdfError, CMSStructuralError) as error:
        if b"/ByteRange" in pdf:
            return Verification(is_sealed=True, is_intact=False, finding=f"The file does not read as a PDF: {error}.")
        raise SealError(f"This is not a PDF, or not a whole one: {error}.") from None
    if not seals:
        return Verification(is_sealed=False, is_intact=False, finding="The document has no seal.")
    if len(seals) > 1:
        return Verification(is_sealed=True, is_intact=False, finding="The document has more than one seal.")
    return _verified(seals[0], pdf, environment)


def _verified(seal: EmbeddedPdfSignature, pdf: bytes, environment: Mapping[str, str]) -> Verification:
    known = {"trusted": _certificates(_named_roots(environment)),
             "test": _certificates(known_authority(seal_folder(environment)))}  # fmt: skip
    try:
        status = _status(seal, [*known["trusted"], *known["test"]])
        own_time = seal.self_reported_timestamp
    except (SignatureValidationError, CMSStructuralError, PdfError, ValueError, KeyError, TypeError) as error:
        # A seal with a byte changed inside it may be anything at all, and the library says so in many ways.
        return Verification(is_sealed=True, is_intact=False, finding=f"The seal does not read as one: {error}.")
    covers = _covers_whole_file(seal, pdf)
    stamped = status.timestamp_validity
    is_stamped = stamped is not None and stamped.intact and stamped.valid
    finding = _finding(status, covers=covers, is_stamp_broken=stamped is not None and not is_stamped)
    return Verification(
        is_sealed=True,
        is_intact=not finding,
        covers_whole_file=covers,
        signer=status.signing_cert.subject.native.get("common_name", ""),
        at=stamped.timestamp if stamped is not None and is_stamped else own_time,
        is_time_stamped=is_stamped,
        trust=_trust(status, known),
        finding=finding,
    )


def _status(seal: EmbeddedPdfSignature, roots: list[x509.Certificate]) -> PdfSignatureStatus:
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    return validate_pdf_signature(seal, signer_validation_context=context)


def _finding(status: PdfSignatureStatus, *, covers: bool, is_stamp_broken: bool) -> str:
    if not covers:
        return "Something was added to the document or changed in it after it was sealed."
    if not (status.intact and status.valid):
        return "The document was changed after it was sealed."
    return "The time stamp does not belong to this seal." if is_stamp_broken else ""


def _covers_whole_file(seal: EmbeddedPdfSignature, pdf: bytes) -> bool:
    """Whether the seal is over all bytes but its own, and its own are the seal, zeros, and nothing besides."""
    ranges = [int(one) for one in seal.byte_range]
    content = bytes(seal.pkcs7_content)
    gap = b"<" + content.hex().encode() + b">"
    expected = [0, ranges[1], ranges[1] + len(gap), len(pdf) - ranges[1] - len(gap)] if len(ranges) > 1 else []
    return ranges == expected and pdf[ranges[1] : ranges[2]] == gap and not any(content[peek(content) :])


def _trust(status: PdfSignatureStatus, known: Mapping[str, list[x509.Certificate]]) -> Trust:
    if not status.trusted or status.validation_path is None:
        return "unknown"
    root = next(iter(status.validation_path.iter_certs(include_root=True))).dump()
    return "trusted" if root in [one.dump() for one in known["trusted"]] else "test"


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

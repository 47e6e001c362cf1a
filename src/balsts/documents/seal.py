"""The seal of an office on a PDF: PAdES, B-B, or B-T where a time-stamp server is named.

Whose seal it is comes from the environment. Where it names none, a test certificate is used that is made once
(`certificates`), beside the embedded database alone; whoever checks such a seal is told that it has no legal force.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper, TimestampRequestError

from balsts.documents.certificates import seal_folder, trial_seal
from balsts.documents.errors import SealError
from balsts.documents.keys import DIGEST, KeptKey, read_key

FIELD = "Seal"
_STAMP_PATIENCE_SECONDS = 10
_ROOM_FOR_SIGNATURE, _ROOM_FOR_STAMP = 3072, 16384


@dataclass(frozen=True)
class Sealer:
    """Seals with one key; made once and used for many documents.

    Args:
        signer: the key and its certificate.
        stamper: the time-stamp server; none: the seal tells the moment by our own clock.
    """

    signer: KeptKey
    stamper: TimeStamper | None = None

    def seal(self, pdf: bytes, *, reason: str = "") -> bytes:
        """The document with a seal over every byte of it; after it nothing may be added.

        Raises:
            SealError: this is no PDF, it has a seal, or the time-stamp server did not answer.
        """
        sealing = PdfSignatureMetadata(
            field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES, reason=reason or None,
            certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
        )  # fmt: skip
        # Not seen on the page, so outside of it: PDF/UA asks that of what has no place in the reading order, and PDF/A
        # that it would be printed.
        unseen = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
        field = SigFieldSpec(FIELD, box=None, invis_sig_settings=unseen, readable_field_name=reason or None)
        try:
            writer = IncrementalPdfFileWriter(BytesIO(pdf))
            if writer.prev.embedded_signatures:
                raise SealError("The document has a seal already; seal the one that has none.")
            signer = PdfSigner(sealing, self.signer, timestamper=self.stamper, new_field_spec=field)
            made = signer.sign_pdf(writer, bytes_reserved=self._room())
        except PdfError as error:
            raise SealError(f"This cannot be sealed, as it is not a whole PDF: {error}.") from error
        except TimestampRequestError as error:
            raise SealError(f"The time-stamp server of BALSTS_TIMESTAMP_ADDRESS did not answer: {error}.") from error
        return bytes(made.getbuffer())

    def _room(self) -> int:
        """How many hexadecimal digits are kept free for the seal; trying it out first would double the time."""
        certificates = sum(len(one.dump()) for one in (self.signer.signing_cert, *self.signer.cert_registry))
        return 2 * (certificates + _ROOM_FOR_SIGNATURE + (_ROOM_FOR_STAMP if self.stamper else 0))


def sealer_from_environment(environment: Mapping[str, str] = os.environ) -> Sealer:
    """The sealer that the environment names.

    `BALSTS_SEAL_FILE` is a PKCS#12 file with key and certificate, `BALSTS_SEAL_PASSWORD_FILE` a file with its password;
    without them the test certificate in the data folder is used, made where there is none yet. With a database server
    of one's own (`DATABASE_URL`) decisions are in earnest, so a file must be named.
    `BALSTS_TIMESTAMP_ADDRESS` is a time-stamp server (RFC 3161).

    Raises:
        SealError: no file is named where one must be, it cannot be read, or the password does not open it.
    """
    address = environment.get("BALSTS_TIMESTAMP_ADDRESS", "")
    stamper = HTTPTimeStamper(address, timeout=_STAMP_PATIENCE_SECONDS) if address else None
    named = environment.get("BALSTS_SEAL_FILE", "")
    if not named:
        if environment.get("DATABASE_URL"):
            raise SealError("BALSTS_SEAL_FILE is not set; with DATABASE_URL it must be, to the office's own seal "
                            "(PKCS#12): letters are never sealed with the test certificate there.")  # fmt: skip
        trial = trial_seal(seal_folder(environment))
        advice = f"Remove the folder {trial.file.parent}: the test seal is then made anew."
        return Sealer(read_key(trial.file, _read(trial.file, "The test seal"), trial.password, advice), stamper)
    password = b""
    if secret := environment.get("BALSTS_SEAL_PASSWORD_FILE", ""):
        password = _read(Path(secret), "BALSTS_SEAL_PASSWORD_FILE").strip()
    file = Path(named)
    advice = "Check the password in the file of BALSTS_SEAL_PASSWORD_FILE."
    return Sealer(read_key(file, _read(file, "BALSTS_SEAL_FILE"), password, advice), stamper)


def _read(file: Path, variable: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SealError(f"{variable}: {file}: {error.strerror}.") from None

"""A certificate for trying out: an authority of our own and a seal that it certified, made once and kept.

Both say in their names that they are tests. An office that seals in earnest names its own (`seal`).
"""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from balsts.documents.errors import SealError

AUTHORITY = "Balsts: TEST authority"
_OWNER = "Balsts: TEST seal"
_BITS, _EXPONENT = 3072, 65537
_Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_YEARS = 10


@dataclass(frozen=True)
class TrialSeal:
    """The test seal: its PKCS#12 file, what opens it, and the certificate (PEM) of the authority behind it."""

    file: Path
    password: bytes
    authority: Path


def seal_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the test seal is kept: the folder `seal` beside the embedded server's data."""
    return data_folder(environment) / "seal"


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The same folder as the embedded server's: this stage stands before it and cannot ask it."""
    if named := environment.get("BALSTS_DATA"):
        return Path(named).expanduser().absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/balsts")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "balsts"
    return Path(environment.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "balsts"


def trial_seal(folder: Path) -> TrialSeal:
    """The test seal in a folder, made where there is none yet.

    Raises:
        SealError: the folder cannot be written to.
    """
    if not folder.exists():
        try:
            _make(folder)
        except OSError as error:
            message = f"{folder}: {error.strerror}. The test seal needs a folder to be kept in; name one: BALSTS_DATA."
            raise SealError(message) from None
    return TrialSeal(folder / "seal.p12", (folder / "password").read_bytes(), folder / "authority.pem")


def known_authority(folder: Path) -> bytes:
    """The certificate (PEM) of the test authority, or nothing where no test seal was made."""
    file = folder / "authority.pem"
    return file.read_bytes() if file.exists() else b""


def _make(folder: Path) -> None:
    """The folder appears whole: two processes that make it at once end with the folder of the first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".seal-") as made:
        authority_key, key = (rsa.generate_private_key(_EXPONENT, _BITS) for _ in range(2))
        authority = _certificate(AUTHORITY, authority_key, AUTHORITY, authority_key, is_authority=True)
        certificate = _certificate(_OWNER, key, AUTHORITY, authority_key, is_authority=False)
        password = secrets.token_urlsafe(24).encode()
        whole = Path(made) / "seal"
        whole.mkdir(mode=0o700)
        # The key of the authority is not kept: it certifies this one seal and nothing else, ever.
        store = serialize_key_and_certificates(b"seal", key, certificate, None, BestAvailableEncryption(password))
        for name, content in (("seal.p12", store), ("password", password),
                              ("authority.pem", authority.public_bytes(Encoding.PEM))):  # fmt: skip
            _write(whole / name, content)
        try:
            whole.rename(folder)
        except OSError:
            if not (folder / "authority.pem").exists():
                raise


def _write(file: Path, content: bytes) -> None:
    """Write a file that is its owner's alone from its first moment."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)


def _certificate(name: str, key: _Key, issuer: str, issuer_key: _Key, *, is_authority: bool) -> x509.Certificate:
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not is_authority, content_commitment=not is_authority, key_cert_sign=is_authority,
        crl_sign=is_authority, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "LV"), x509.NameAttribute(NameOID.COMMON_NAME, name)])

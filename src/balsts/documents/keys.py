"""A key that seals: read once from its file, used for many documents."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from balsts.documents.errors import SealError

DIGEST = "sha256"


class KeptKey(Signer):
    """Signs with a key in memory. pyHanko's own signer reads and checks the key anew for every document (0.3 s)."""

    def __init__(
        self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, own: x509.Certificate, chain: list[x509.Certificate]
    ) -> None:
        known = SimpleCertificateStore()
        known.register_multiple(chain)
        super().__init__(signing_cert=own, cert_registry=known, embed_roots=False)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of some bytes; the same work when only its length is asked for."""
        if digest_algorithm != DIGEST:
            raise ValueError(f"seals are made with {DIGEST}, not {digest_algorithm}")
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def read_key(file: Path, content: bytes, password: bytes, advice: str) -> KeptKey:
    """The key in a PKCS#12 file.

    Args:
        advice: what to do when the file does not open.

    Raises:
        SealError: it does not open, or holds no key of a kind that seals (RSA, elliptic curve).
    """
    try:
        opened = load_pkcs12(content, password or None)
    except ValueError:  # it tells a wrong password from a damaged file no more than this
        raise SealError(f"{file} does not open as a PKCS#12 file with a key and its certificate. {advice}") from None
    key = opened.key
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or opened.cert is None:
        raise SealError(f"{file} holds no key of RSA or an elliptic curve with its certificate. Name a file that does.")
    own, *chain = (
        x509.Certificate.load(one.certificate.public_bytes(Encoding.DER))
        for one in (opened.cert, *opened.additional_certs)
    )
    return KeptKey(key, own, chain)

"""The seal: what it covers, what breaks it, whose it is."""

from __future__ import annotations

import dataclasses
import random
import stat
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pypdf import PdfReader, PdfWriter

from balsts.database import server
from balsts.documents import certificates
from balsts.documents.errors import SealError
from balsts.documents.seal import FIELD, Sealer, sealer_from_environment
from balsts.documents.verification import Verification, verify
from balsts.portal import jobs
from tests.documents import reading

STAMPED = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=10)


def test_a_sealed_letter_is_intact(sealed: bytes, environment: Mapping[str, str]) -> None:
    found = verify(sealed, environment)
    assert found == Verification(
        is_sealed=True, is_intact=True, covers_whole_file=True, signer="Balsts: TEST seal", at=found.at,
        is_time_stamped=False, trust="test", finding="",
    )  # fmt: skip
    assert found.is_genuine
    assert found.at is not None
    assert abs(found.at - datetime.now(UTC)) < timedelta(hours=1)


def test_sealing_adds_and_changes_nothing_that_was_there(pdf: bytes, sealed: bytes) -> None:
    assert sealed.startswith(pdf)


def test_a_sealed_letter_stays_accessible_and_to_be_archived(pdf: bytes, sealed: bytes) -> None:
    assert reading.claims(sealed) == reading.claims(pdf) != {}
    assert reading.kinds(sealed) == reading.kinds(pdf)
    assert reading.words(sealed) == reading.words(pdf)
    assert b"pdfaExtension" in reading.read(sealed).root_object["/Metadata"].get_data()


def test_the_seal_is_outside_of_the_page_and_would_be_printed(sealed: bytes) -> None:
    """PDF/UA asks the first of what is not in the structure, PDF/A the second."""
    page = reading.read(sealed).pages[0]
    field = page["/Annots"][0].get_object()
    left, bottom, right, top = (float(one) for one in field["/Rect"])
    assert max(right, top) < 0
    assert (left, bottom) == (right, top)
    assert field["/F"] & 0b100
    assert not field["/F"] & 0b100011
    assert (field["/FT"], field["/V"]["/SubFilter"]) == ("/Sig", "/ETSI.CAdES.detached")
    assert page["/Tabs"] == "/S"
    assert field["/T"] == FIELD


# ------------------------------------------------------------------------------------------- what breaks it


def contents(sealed: bytes) -> range:
    """Where the hexadecimal digits of the seal stand."""
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    return range(start, sealed.index(b">", start))


def changed(content: bytes, place: int) -> bytes:
    """The same with one byte changed; a digit of the seal becomes another digit."""
    other = (ord("1") if content[place] == ord("0") else ord("0")) if place in contents(content) else content[place] ^ 1
    return content[:place] + bytes([other]) + content[place + 1 :]


def test_a_changed_byte_breaks_it_wherever_it_is(sealed: bytes, environment: Mapping[str, str]) -> None:
    seal = contents(sealed)
    chosen = random.Random(20260303)
    edges = [0, 8, seal.start - 1, seal.start, seal.stop - 1, seal.stop, len(sealed) - 2, len(sealed) - 1]
    signed_twice = range(seal.start + 40, seal.start + 96)  # versions and algorithms, which no signature covers
    places = [*edges, *signed_twice, *chosen.sample(range(len(sealed)), 60), *chosen.sample(seal, 60)]
    unnoticed = [place for place in places if place > 7 and verify(changed(sealed, place), environment).is_intact]
    assert unnoticed == []


def test_other_letters_for_the_digits_of_the_seal_break_it(sealed: bytes, environment: Mapping[str, str]) -> None:
    place = next(place for place in contents(sealed) if sealed[place : place + 1].isalpha())
    swapped = sealed[:place] + sealed[place : place + 1].swapcase() + sealed[place + 1 :]
    assert not verify(swapped, environment).is_intact


@pytest.mark.parametrize("added", [b"\n", b" ", b"%", b"\x00", b"%%EOF\n"])
def test_bytes_after_the_end_break_it(sealed: bytes, environment: Mapping[str, str], added: bytes) -> None:
    found = verify(sealed + added, environment)
    assert (found.is_sealed, found.is_intact, found.covers_whole_file) == (True, False, False)


def test_a_revision_after_the_seal_breaks_it(sealed: bytes, environment: Mapping[str, str]) -> None:
    writer = PdfWriter(BytesIO(sealed), incremental=True)
    writer.add_metadata({"/Subject": "cits"})
    written = BytesIO()
    writer.write(written)
    assert written.getvalue().startswith(sealed)
    found = verify(written.getvalue(), environment)
    assert (found.is_sealed, found.is_intact) == (True, False)
    assert found.finding.startswith("Something was added")


def test_a_sealed_letter_takes_no_second_seal(sealed: bytes, sealer: Sealer) -> None:
    with pytest.raises(SealError, match="has a seal already"):
        sealer.seal(sealed)
    other = PdfSigner(PdfSignatureMetadata(field_name="Other"), sealer.signer)
    with pytest.raises(SigningError, match="forbids all changes"):  # the seal tells other programs so too
        other.sign_pdf(IncrementalPdfFileWriter(BytesIO(sealed)))


def test_two_seals_are_not_what_was_sealed(pdf: bytes, sealer: Sealer, environment: Mapping[str, str]) -> None:
    twice = pdf
    for name in ("One", "Two"):
        signer = PdfSigner(PdfSignatureMetadata(field_name=name, md_algorithm="sha256"), sealer.signer)
        twice = bytes(signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(twice))).getbuffer())
    found = verify(twice, environment)
    assert (found.is_sealed, found.is_intact, found.finding) == (True, False, "The document has more than one seal.")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_letter_cut_short_is_not_intact(sealed: bytes, environment: Mapping[str, str], share: float) -> None:
    assert not verify(sealed[: int(len(sealed) * share)], environment).is_intact


def test_a_letter_whose_seal_was_taken_away_is_not_intact(
    pdf: bytes, sealed: bytes, environment: Mapping[str, str]
) -> None:
    rewritten = BytesIO()
    writer = PdfWriter(clone_from=PdfReader(BytesIO(sealed)))
    del writer.root_object["/AcroForm"]
    writer.write(rewritten)
    for without in (pdf, rewritten.getvalue()):
        found = verify(without, environment)
        assert (found.is_sealed, found.is_intact) == (False, False)
        assert found.finding == "The document has no seal."


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04", b"\x00" * 100])
def test_what_is_no_pdf_is_refused(content: bytes, sealer: Sealer, environment: Mapping[str, str]) -> None:
    with pytest.raises(SealError, match="not a PDF"):
        verify(content, environment)
    with pytest.raises(SealError, match="not a whole PDF"):
        sealer.seal(content)


# ------------------------------------------------------------------------------------------- whose it is


def test_a_seal_of_somebody_unknown_is_intact_and_not_genuine(sealed: bytes, tmp_path: Path) -> None:
    found = verify(sealed, {"BALSTS_DATA": str(tmp_path)})
    assert (found.is_intact, found.trust, found.is_genuine) == (True, "unknown", False)


def test_a_seal_of_a_named_authority_is_trusted(sealed: bytes, environment: Mapping[str, str], tmp_path: Path) -> None:
    roots = certificates.seal_folder(environment) / "authority.pem"
    found = verify(sealed, {"BALSTS_DATA": str(tmp_path), "BALSTS_SEAL_ROOTS": str(roots)})
    assert (found.is_intact, found.trust) == (True, "trusted")


def test_another_test_authority_of_the_same_name_is_unknown(sealed: bytes, tmp_path: Path) -> None:
    other = {"BALSTS_DATA": str(tmp_path)}
    sealer_from_environment(other)
    assert verify(sealed, other).trust == "unknown"


def test_roots_that_cannot_be_read_are_told(sealed: bytes, tmp_path: Path) -> None:
    with pytest.raises(SealError, match=r"BALSTS_SEAL_ROOTS: .*: No such file"):
        verify(sealed, {"BALSTS_DATA": str(tmp_path), "BALSTS_SEAL_ROOTS": str(tmp_path / "no.pem")})
    (tmp_path / "roots.pem").write_text("no certificates")
    with pytest.raises(SealError, match="BALSTS_SEAL_ROOTS holds something else"):
        verify(sealed, {"BALSTS_DATA": str(tmp_path), "BALSTS_SEAL_ROOTS": str(tmp_path / "roots.pem")})


def test_the_test_seal_is_made_once_and_is_its_owners_alone(environment: Mapping[str, str], sealer: Sealer) -> None:
    folder = certificates.seal_folder(environment)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = sealer_from_environment(environment).signer
    assert again.signing_cert.dump() == sealer.signer.signing_cert.dump()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(before) == ["authority.pem", "password", "seal.p12"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert [path.name for path in folder.parent.iterdir()] == ["seal"]


def test_two_that_make_the_test_seal_at_once_have_one(tmp_path: Path) -> None:
    folder = tmp_path / "seal"
    first = certificates.trial_seal(folder)
    content = first.file.read_bytes()
    certificates._make(folder)  # somebody who looked before the first was done
    assert certificates.trial_seal(folder) == first
    assert first.file.read_bytes() == content


def test_the_test_seal_is_kept_where_the_database_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BALSTS_DATA", raising=False)
    assert certificates.data_folder() == server.data_folder()
    monkeypatch.setenv("BALSTS_DATA", str(tmp_path))
    assert certificates.data_folder() == server.data_folder() == tmp_path
    monkeypatch.delenv("BALSTS_DATA")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert certificates.data_folder() == server.data_folder()


# ------------------------------------------------------------------------------------------- an office's own seal


KINDS = {"rsa": lambda: rsa.generate_private_key(65537, 2048), "curve": lambda: ec.generate_private_key(ec.SECP384R1())}


@pytest.fixture(params=KINDS)
def own(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """An environment with a PKCS#12 file of an office, as a certification authority hands it out."""
    root_key, key = KINDS[request.param](), KINDS[request.param]()
    root = certificates._certificate("Iestādes", root_key, "Iestādes", root_key, is_authority=True)
    made = certificates._certificate("Paraugu dienests", key, "Iestādes", root_key, is_authority=False)
    store = serialize_key_and_certificates(b"x", key, made, [root], BestAvailableEncryption("slepeni ž".encode()))
    for name, content in (("office.p12", store), ("password", "slepeni ž\n".encode()),
                          ("roots.pem", root.public_bytes(Encoding.PEM))):  # fmt: skip
        (tmp_path / name).write_bytes(content)
    return {"BALSTS_DATA": str(tmp_path / "none"), "BALSTS_SEAL_FILE": str(tmp_path / "office.p12"),
            "BALSTS_SEAL_PASSWORD_FILE": str(tmp_path / "password"),
            "BALSTS_SEAL_ROOTS": str(tmp_path / "roots.pem")}  # fmt: skip


def test_an_office_seals_with_a_file_of_its_own(pdf: bytes, own: dict[str, str]) -> None:
    found = verify(sealer_from_environment(own).seal(pdf), own)
    assert (found.is_genuine, found.trust, found.signer) == (True, "trusted", "Paraugu dienests")
    assert not Path(own["BALSTS_DATA"]).exists()


def test_a_file_with_a_key_of_another_kind_is_refused(own: dict[str, str]) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    store = serialize_key_and_certificates(b"x", key, None, None, NoEncryption())
    Path(own["BALSTS_SEAL_FILE"]).write_bytes(store)
    del own["BALSTS_SEAL_PASSWORD_FILE"]
    with pytest.raises(SealError, match="no key of RSA or an elliptic curve"):
        sealer_from_environment(own)


def test_a_wrong_password_is_told_without_repeating_it(own: dict[str, str]) -> None:
    Path(own["BALSTS_SEAL_PASSWORD_FILE"]).write_text("minējums")
    with pytest.raises(SealError) as caught:
        sealer_from_environment(own)
    assert "office.p12 does not open" in caught.value.messages[0]
    assert "BALSTS_SEAL_PASSWORD_FILE" in caught.value.messages[0]
    assert "minējums" not in str(caught.value)


def test_with_a_database_server_of_its_own_an_office_must_name_its_seal(own: dict[str, str], tmp_path: Path) -> None:
    server = {"DATABASE_URL": "postgresql://balsts_app@db.example/balsts"}
    with pytest.raises(SealError, match="BALSTS_SEAL_FILE is not set; with DATABASE_URL it must be"):
        sealer_from_environment(server | {"BALSTS_DATA": str(tmp_path / "none")})
    assert not (tmp_path / "none").exists()
    assert sealer_from_environment(server | own).signer.signing_cert.subject.native["common_name"] == "Paraugu dienests"


def test_the_portal_is_not_served_without_the_seal_that_it_needs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("BALSTS_SEAL_FILE", raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgresql://balsts_app@db.example/balsts")
    monkeypatch.setenv("BALSTS_DATA", str(tmp_path / "none"))
    monkeypatch.setattr(jobs, "_Portal", lambda options: pytest.fail("it is served"))
    with pytest.raises(SealError, match="BALSTS_SEAL_FILE is not set"):
        jobs.serve(Namespace(port=8000, threads=1, processes=1, demonstration=False, host="127.0.0.1"))


@pytest.mark.parametrize("variable", ["BALSTS_SEAL_FILE", "BALSTS_SEAL_PASSWORD_FILE"])
def test_a_file_that_is_not_there_is_named(own: dict[str, str], variable: str) -> None:
    own[variable] = "no-such-file"
    with pytest.raises(SealError, match=f"{variable}: no-such-file: No such file"):
        sealer_from_environment(own)


# ------------------------------------------------------------------------------------------- time stamps


@pytest.fixture(scope="module")
def stamper() -> DummyTimeStamper:
    """A time-stamp server with a certificate that says so; its clock stands still."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Laika zīmogi")])
    day = timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), STAMPED - day, STAMPED + day)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(made.public_bytes(Encoding.DER)), PrivateKeyInfo.load(private), fixed_dt=STAMPED
    )


def test_a_time_stamp_of_a_known_server_tells_the_moment(
    pdf: bytes, sealer: Sealer, stamper: DummyTimeStamper, environment: Mapping[str, str], tmp_path: Path
) -> None:
    stamped = dataclasses.replace(sealer, stamper=stamper).seal(pdf)
    (tmp_path / "roots.pem").write_bytes(pem.armor("CERTIFICATE", stamper.tsa_cert.dump()))
    found = verify(stamped, {**environment, "BALSTS_SEAL_ROOTS": str(tmp_path / "roots.pem")})
    assert (found.is_intact, found.is_time_stamped, found.at) == (True, True, STAMPED)
    assert found.trust == "test"


def test_a_time_stamp_of_an_unknown_server_is_not_believed(
    pdf: bytes, sealer: Sealer, stamper: DummyTimeStamper, environment: Mapping[str, str]
) -> None:
    found = verify(dataclasses.replace(sealer, stamper=stamper).seal(pdf), environment)
    assert (found.is_intact, found.is_time_stamped) == (True, False)
    assert found.at != STAMPED


def test_a_time_stamp_server_that_does_not_answer_stops_the_seal(pdf: bytes, environment: Mapping[str, str]) -> None:
    address = "http://127.0.0.1:9/"
    silent = sealer_from_environment({**environment, "BALSTS_TIMESTAMP_ADDRESS": address})
    with pytest.raises(SealError, match="time-stamp server of BALSTS_TIMESTAMP_ADDRESS did not answer"):
        silent.seal(pdf)

"""`balsts documents`: check the seal of a document; write a sample letter."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from balsts.law.engine.errors import InputError

if TYPE_CHECKING:
    from balsts.documents.verification import Verification

_DONE, _NOT_GENUINE = 0, 1
_TRUST = {
    "trusted": "by an authority that BALSTS_SEAL_ROOTS names",
    "test": "by the test authority of this installation: for trying out, without legal force",
    "unknown": "by nobody known here: the name may be anybody's; name authorities in BALSTS_SEAL_ROOTS",
}


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `documents` to the command line."""
    parser = subparsers.add_parser(
        "documents", help="sealed documents: check one, write a sample",
        description="Letters and reports with the seal of an office.",
        epilog="example: balsts documents verify decision.pdf",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    verify = jobs.add_parser(
        "verify", help="check that a document is what was sealed, and by whom",
        description="Check that a document is what was sealed, byte for byte, and that its seal is of somebody known "
        "here. Exit code: 0 it is; 1 it is not, or has no seal; 2 this is no PDF.",
        epilog="example: balsts documents verify decision.pdf --json",
    )  # fmt: skip
    verify.add_argument("file", metavar="FILE", type=Path, help="the PDF as it was received")
    verify.add_argument("--json", action="store_true", help="print what was found as JSON")
    verify.set_defaults(handler=_verify)
    sample = jobs.add_parser(
        "sample", help="write a sealed sample letter, of invented people",
        description="Write a sealed sample letter, of invented people. The seal is that of BALSTS_SEAL_FILE; without "
        "it, and without DATABASE_URL, a test seal, which is made the first time.",
        epilog="example: balsts documents sample --out sample.pdf --lang en",
    )  # fmt: skip
    sample.add_argument("--out", metavar="FILE", type=Path, required=True, help="the PDF to write")
    sample.add_argument("--lang", choices=("lv", "en"), default="lv", help="its language (default: lv)")
    sample.add_argument("--draft", action="store_true", help="mark it as a draft; a draft has no seal")
    sample.set_defaults(handler=_sample)


def _verify(arguments: argparse.Namespace) -> int:
    from balsts.documents.verification import verify

    try:
        content = arguments.file.read_bytes()
    except OSError as error:
        raise InputError(f"{arguments.file}: {error.strerror}. Give the PDF to check.") from None
    found = verify(content)
    if arguments.json:
        told = asdict(found) | {"at": found.at.isoformat() if found.at else None, "is_genuine": found.is_genuine}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(arguments.file, found)
    return _DONE if found.is_genuine else _NOT_GENUINE


def _tell(file: Path, found: Verification) -> None:
    if not found.is_intact:
        print(f"{file}: NOT genuine. {found.finding}")
        return
    print(f"{file}: {'genuine' if found.is_genuine else 'NOT genuine as far as known here'}")
    print("nothing in it was changed, added or taken away since it was sealed")
    print(f"sealed by: {found.signer}")
    print(f"vouched for {_TRUST[found.trust]}")
    clock = "a time-stamp server" if found.is_time_stamped else "the sealer's own clock"
    print(f"sealed at: {found.at:%Y-%m-%d %H:%M:%S %Z}, by {clock}" if found.at else "sealed at: not told")


def _sample(arguments: argparse.Namespace) -> int:
    from balsts.documents.pdf import letter_pdf
    from balsts.documents.sample import sample_letter
    from balsts.documents.seal import sealer_from_environment

    letter = sample_letter(arguments.lang, is_draft=arguments.draft)
    pdf = letter_pdf(letter, at=datetime.now(UTC))
    if not arguments.draft:
        pdf = sealer_from_environment().seal(pdf, reason=letter.title)
    arguments.out.write_bytes(pdf)
    print(f"{arguments.out}: {len(pdf):,} bytes, {'a draft without a seal' if arguments.draft else 'sealed'}")
    return _DONE

"""The line to a bank: payment files are sent, receipts asked for, the bank's messages listed and fetched.

Files of any size go and come as streams, each with the SHA-256 of its bytes (`Content-Digest`, RFC 9530). Nothing is
asked twice by itself: whoever sends keeps what was sent, and decides. The forms are in this folder's README.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from balsts.law.engine.errors import InputError
from balsts.payments.bank.connections import Connection, Patience
from balsts.payments.bank.errors import Broken, Clash, NoAnswer, Refused

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""What a file may be called on the line."""

MOST_MESSAGES = 1_000
_CHUNK = 1 << 18
_MOST_DETAIL = 500
_REFUSED: dict[int, type[Refused | Clash]] = {
    HTTPStatus.CONFLICT: Clash,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refused,
    HTTPStatus.UNPROCESSABLE_ENTITY: Refused,
}


class Readable(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at the end."""
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """That the bank has a file, and takes it as its own to carry out. The same file always has the same receipt.

    Attributes:
        reference: the bank's name for it.
        name, sha256, size: of the file as it was sent.
        message_id, transactions, cents: as the bank read them in the file.
        received_on: the bank's day.
    """

    reference: str
    name: str
    sha256: str
    size: int
    message_id: str
    transactions: int
    cents: int
    received_on: date


@dataclass(frozen=True, slots=True)
class BankMessage:
    """A message that the bank holds ready.

    Attributes:
        number: its place in the order in which the bank gives them, from 1 without gaps.
        name: of the file; a message that the bank sends again has the name it had.
        kind: such as camt.053.001.08, as the bank says.
        sha256, size: of its bytes.
    """

    number: int
    name: str
    kind: str
    sha256: str
    size: int


class _Problem(BaseModel):
    """An error as RFC 9457 has it, with a code of its own."""

    code: str
    detail: str = ""


_RECEIPT = TypeAdapter(Receipt)
_MESSAGES = TypeAdapter(list[BankMessage])


class BankLine:
    """Speaks to one bank, whose messages are numbered under `name`. To be used in one thread, and closed."""

    def __init__(self, connection: Connection, patience: Patience | None = None) -> None:
        waits = patience or Patience()
        self.name = connection.name
        self._http = httpx.Client(
            base_url=connection.address,
            auth=httpx.BasicAuth(connection.client_id, connection.client_secret),
            timeout=httpx.Timeout(
                connect=waits.connect_seconds, write=waits.write_seconds, read=waits.answer_seconds, pool=None
            ),
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def send(self, name: str, content: Path | Readable, sha256: str) -> Receipt:
        """Send a payment file whole. A file that the bank has already, with the same hash, gets the receipt it got.

        Args:
            name: what it is called on the line; the same for every sending of it.
            content: a path, or the file at its beginning.
            sha256: of its bytes, in hexadecimal digits; what is read must have it, or the last piece is not sent.

        Raises:
            Refused: the bank did not take it, and nothing of it is paid.
            Clash: the bank has another file of this name or message, which may be paid. A person compares them.
            NoAnswer: it may have arrived, or not; ask `receipt_of`.
            Broken: the file is not the one the hash is of, or the line is not as agreed.
            OSError: the file cannot be read.
        """
        doing = f"file {_named(name)} was sent"
        headers = {"Content-Type": "application/xml", "Content-Digest": digest_field(sha256)}
        with _opened(content) as (source, size), self._asked(doing):
            if size is not None:
                headers["Content-Length"] = str(size)
            response = self._http.put(f"/files/{name}", content=_pieces(source, sha256, doing), headers=headers)
        refused = _REFUSED.get(response.status_code)
        if refused is not None:
            problem = _problem(response, doing)
            raise refused(name, problem.code, problem.detail[:_MOST_DETAIL])
        _expect(response, doing, HTTPStatus.OK, HTTPStatus.CREATED)
        return _receipt(response, name, sha256.lower(), doing)

    def receipt_of(self, name: str) -> Receipt | None:
        """The receipt of a file that was sent; None when the bank has no file of this name.

        Raises:
            NoAnswer, Broken: nothing is known.
        """
        doing = f"the receipt of {_named(name)} was asked for"
        with self._asked(doing):
            response = self._http.get(f"/files/{name}")
        if response.status_code == HTTPStatus.NOT_FOUND and _problem(response, doing).code == "unknown_file":
            return None
        _expect(response, doing, HTTPStatus.OK)
        return _receipt(response, name, None, doing)

    def messages(self, after: int = 0) -> list[BankMessage]:
        """What the bank holds ready after a number, in order, at most `MOST_MESSAGES`; ask on until there are none.

        Raises:
            NoAnswer, Broken: nothing is known.
        """
        doing = "messages were listed"
        with self._asked(doing):
            response = self._http.get("/messages", params={"after": after, "limit": MOST_MESSAGES})
        _expect(response, doing, HTTPStatus.OK)
        try:
            found = _MESSAGES.validate_json(response.content)
        except ValidationError:
            raise Broken(doing, "the list is not one") from None
        if [one.number for one in found] != list(range(after + 1, after + 1 + len(found))):
            raise Broken(doing, f"the list does not go on from {after} without gaps")
        return found

    def fetch(self, number: int, to: Path) -> str:
        """Fetch a message into a file, which is there whole or not at all.

        Args:
            number: of the message.
            to: the file; one that is there is replaced.

        Returns:
            The SHA-256 of its bytes, as counted and as the bank says.

        Raises:
            NoAnswer, Broken: it could not be had, or is not what the bank says it is.
            OSError: the file cannot be written.
        """
        doing = f"message {number} was fetched"
        part = to.with_name(f"{to.name}.part")
        try:
            with (
                part.open("wb") as file,
                self._asked(doing),
                self._http.stream("GET", f"/messages/{number}") as response,
            ):
                if response.status_code != HTTPStatus.OK:
                    response.read()
                _expect(response, doing, HTTPStatus.OK)
                sha256 = _copied(response, file)
                if sha256 != sha256_of(response.headers.get("content-digest", "")):
                    raise Broken(doing, "the bytes are not those whose hash the bank states")
                file.flush()
                os.fsync(file.fileno())
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        return sha256

    @contextmanager
    def _asked(self, doing: str) -> Iterator[None]:
        """What goes wrong on the way; its own words may hold an address, so only its kind is told."""
        try:
            yield
        except (httpx.TransportError, httpx.StreamError) as error:
            raise NoAnswer(doing, type(error).__name__) from None
        except httpx.DecodingError as error:
            raise Broken(doing, type(error).__name__) from None


def digest_field(sha256: str) -> str:
    """A hash as the field `Content-Digest` has it (RFC 9530).

    Raises:
        InputError: it is no SHA-256 in hexadecimal digits.
    """
    with suppress(ValueError):
        value = bytes.fromhex(sha256)
        if len(value) == hashlib.sha256().digest_size:
            return f"sha-256=:{base64.b64encode(value).decode()}:"
    raise InputError("The hash of the file is no SHA-256 in hexadecimal digits.")


def sha256_of(field: str) -> str:
    """The hash that a field `Content-Digest` states, in hexadecimal digits; blank where it states none."""
    found = re.search(r"(?:^|[,\s])sha-256=:([A-Za-z0-9+/]{43}=):", field)
    if found is None:
        return ""
    try:
        return base64.b64decode(found[1], validate=True).hex()
    except binascii.Error:
        return ""


def _named(name: str) -> str:
    if not NAME.fullmatch(name):
        raise InputError(
            f"{name[:100]!r} cannot be the name of a file for the bank; use up to 100 letters, digits, full stops, "
            "hyphens and underscores."
        )
    return name


@contextmanager
def _opened(content: Path | Readable) -> Iterator[tuple[Readable, int | None]]:
    """The file at its beginning, with its size where that is known."""
    if not isinstance(content, Path):
        yield content, None
        return
    with content.open("rb") as file:
        yield file, os.fstat(file.fileno()).st_size


def _pieces(source: Readable, sha256: str, doing: str) -> Iterator[bytes]:
    """The file piece by piece. The last is held back until the hash is known to be right."""
    digest, held = hashlib.sha256(), b""
    while data := source.read(_CHUNK):
        digest.update(data)
        if held:
            yield held
        held = data
    if digest.hexdigest() != sha256.lower():
        raise Broken(doing, "its bytes are not those whose hash was given; the end of it was not sent")
    yield held


def _copied(response: httpx.Response, file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for data in response.iter_bytes(_CHUNK):
        digest.update(data)
        file.write(data)
    return digest.hexdigest()


def _expect(response: httpx.Response, doing: str, *statuses: HTTPStatus) -> None:
    status = response.status_code
    if status in statuses:
        return
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise NoAnswer(doing, f"HTTP {status}")
    raise Broken(doing, f"HTTP {status}")


def _problem(response: httpx.Response, doing: str) -> _Problem:
    try:
        return _Problem.model_validate_json(response.content)
    except ValidationError:
        raise Broken(doing, f"HTTP {response.status_code} without a reason") from None


def _receipt(response: httpx.Response, name: str, sha256: str | None, doing: str) -> Receipt:
    try:
        receipt = _RECEIPT.validate_json(response.content)
    except ValidationError:
        raise Broken(doing, "the receipt is not one") from None
    if receipt.name != name or sha256 not in (None, receipt.sha256):
        raise Broken(doing, "the receipt is of another file")
    return receipt

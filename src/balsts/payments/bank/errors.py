"""What can go wrong on the line to a bank. No message holds personal data."""

from __future__ import annotations

from balsts.law.engine.errors import DomainError


class Refused(DomainError):
    """The bank answered, and did not take the file; sending the same again changes nothing.

    Attributes:
        code: why, in one word of the bank.
        detail: what the bank adds, at most 500 characters. Its words may name people: show it only to who may see them.
    """

    def __init__(self, name: str, code: str, detail: str) -> None:
        super().__init__(
            f"The bank did not take file {name}: {code}. Nothing of it is paid. Mend what the bank names, and write a "
            "new file."
        )
        self.code, self.detail = code, detail


class NoAnswer(DomainError):
    """No whole answer came. A file that was being sent may have arrived: ask `receipt_of` before sending it again."""

    def __init__(self, doing: str, why: str) -> None:
        super().__init__(f"The bank did not answer while {doing}: {why}. Nothing is known of it; ask again later.")


class Broken(DomainError):
    """The line is not as agreed: credentials, address, or an answer that is none. Asking again does not help."""

    def __init__(self, doing: str, why: str) -> None:
        super().__init__(f"The line to the bank is not as agreed, found while {doing}: {why}. See to the connection.")


class Clash(Broken):
    """The bank has this message under another name, or other bytes under this name: what it has may be paid.

    Attributes:
        code, detail: as of `Refused`.
    """

    def __init__(self, name: str, code: str, detail: str) -> None:
        super().__init__(f"file {name} was sent", f"the bank has another file of this name or message ({code})")
        self.code, self.detail = code, detail

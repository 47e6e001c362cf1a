"""Divides a stream of transfers into files, by what a bank takes in one.

A file is filled with the next transfers in order until the next would not fit, by number or by sum. That depends on
nothing but the transfers and the limits, so the same run gives the same files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from balsts.payments.iso20022.errors import PaymentValueError
from balsts.payments.iso20022.models import CreditTransfer


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a bank takes in one file.

    Attributes:
        transactions: transfers, at least 1.
        cents: their sum; None where the bank has no limit.
    """

    transactions: int
    cents: int | None = None

    def __post_init__(self) -> None:
        if self.transactions < 1 or (self.cents is not None and self.cents < 1):
            raise PaymentValueError(
                "A file of the bank must take at least one transfer and one cent. Correct the limits of the bank."
            )


def file_numbers(transfers: Iterable[CreditTransfer], limits: FileLimits) -> Iterator[tuple[int, CreditTransfer]]:
    """Each transfer with the number of its file, from 1, in order; holds none of them.

    Raises:
        PaymentValueError: one transfer alone is more than a file takes.
    """
    file, transactions, cents = 1, 0, 0
    for transfer in transfers:
        if limits.cents is not None and transfer.cents > limits.cents:
            raise PaymentValueError(
                f"Transfer {transfer.end_to_end_id} alone is more than the bank takes in one file. Pay it by another "
                "channel, or correct the limits of the bank."
            )
        full = limits.cents is not None and cents + transfer.cents > limits.cents
        if transactions == limits.transactions or full:
            file, transactions, cents = file + 1, 0, 0
        transactions += 1
        cents += transfer.cents
        yield file, transfer


def split(transfers: Iterable[CreditTransfer], limits: FileLimits) -> Iterator[tuple[int, Iterator[CreditTransfer]]]:
    """The files, each with its number and its transfers; read those of one before asking for the next.

    Raises:
        PaymentValueError: one transfer alone is more than a file takes.
    """
    for number, part in groupby(file_numbers(transfers, limits), key=lambda pair: pair[0]):
        yield number, (transfer for _, transfer in part)

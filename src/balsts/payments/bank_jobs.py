"""What `balsts payments bank` and `account` do, once the database is ready."""

from __future__ import annotations

import argparse
import json
import sys
import time

from balsts.access.models import Institution
from balsts.law.engine.errors import InputError
from balsts.payments.bank.connections import connection_from_environment
from balsts.payments.bank.errors import NoAnswer
from balsts.payments.bank.line import BankLine
from balsts.payments.bank_work import Round, open_account, talk
from balsts.payments.errors import BankIsBusy
from balsts.payments.iso20022.checks import bic_is_valid, iban_is_valid


def bank(arguments: argparse.Namespace) -> int:
    """Speak to the bank, once or again and again."""
    patience = arguments.every
    while True:
        problem = False
        try:
            with BankLine(connection_from_environment()) as line:
                done = talk(line)
            _print_round(arguments, done)
            problem = bool(done.problems)
        except (NoAnswer, BankIsBusy) as error:  # the next round goes on from there
            if patience is None:
                raise
            print(error, file=sys.stderr)
        if patience is None:
            return 1 if problem else 0
        time.sleep(patience)


def _print_round(arguments: argparse.Namespace, done: Round) -> None:
    if arguments.json:
        print(json.dumps(done.as_json(), sort_keys=True), flush=True)
        return
    print(f"{done.written} files written, {done.sent} sent; {done.applied} messages applied, {done.aside} set aside",
          flush=True)  # fmt: skip
    for one in done.problems:
        print(one, file=sys.stderr)


def account(arguments: argparse.Namespace) -> int:
    """Name the account out of which a payer pays."""
    payer = Institution.objects.filter(name_lv=arguments.payer).first()
    if payer is None:
        raise InputError(f"--payer: no institution is called «{arguments.payer}»; expected its name in Latvian.")
    if not iban_is_valid(arguments.iban):
        raise InputError(
            "--iban: expected an account without blanks, of its country's form and with right check digits."
        )
    if not bic_is_valid(arguments.bic):
        raise InputError("--bic: expected a bank's code of 8 or 11 characters.")
    open_account(payer, arguments.iban, arguments.bic, programme=arguments.programme,
                 most_transfers=arguments.most_transfers, most_cents=arguments.most_cents)  # fmt: skip
    print(f"{payer.name_lv}: {arguments.programme or 'every programme'} is paid out of {arguments.iban}")
    return 0

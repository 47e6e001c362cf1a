"""What may be wrong with the books of `proof_situations`, as statements of an administrator whom nothing holds."""

from __future__ import annotations

from tests.payments.proof_situations import FROM_NOW_ON, LOWERED, OTHER, PENSION, PLAIN, POSTED

_COLUMNS = "entry_id, run_id, number, of, account, programme, code, month, person_id, cents"
_BOTH = f"number IN ({PLAIN}, {OTHER})"
_MORE_AND_LESS = f"CASE number WHEN {PLAIN} THEN 5 ELSE -5 END"
_BY_POST_TO_CASH = "(VALUES ('cash', 5), ('post', -5)) AS side (account, cents)"
LARGE = 10**16


def lines(change: str, where: str, run: str = "january") -> str:
    return f"UPDATE payments_line SET {change} WHERE run_id = {{{run}}} AND {where}"


def words(change: str, where: str) -> str:
    return f"UPDATE payments_event SET {change} WHERE run_id = {{january}} AND {where}"


def files(change: str) -> str:
    return f"UPDATE payments_bankfile SET {change} WHERE run_id = {{january}} AND programme = 'own'"


def postings(change: str, where: str, of: str = "line", run: str = "january") -> str:
    return f"UPDATE payments_posting SET {change} WHERE run_id = {{{run}}} AND of = '{of}' AND {where}"


def posted_again(where: str, of: str = "line", number: str = "number") -> str:
    values = _COLUMNS.replace("number", number)
    return (f"INSERT INTO payments_posting ({_COLUMNS}) SELECT {values} FROM payments_posting "
            f"WHERE run_id = {{january}} AND of = '{of}' AND {where}")  # fmt: skip


def gone(table: str, where: str, run: str = "january") -> str:
    return f"DELETE FROM payments_{table} WHERE run_id = {{{run}}} AND {where}"


def spans(change: str, many: int) -> str:
    first = "(SELECT min(id) FROM cases_awardspan)"
    return (f"UPDATE cases_awardspan SET amount = amount + {change.format(first=first)} "
            f"WHERE id IN (SELECT id FROM cases_awardspan ORDER BY id LIMIT {many})")  # fmt: skip


_PLAIN = f"number = {PLAIN}"
WRONG: dict[str, tuple[str, set[str]]] = {
    "a line pays more": (lines("amount = amount + 1", _PLAIN), {"decided", "posted"}),
    "two lines pay more and less": (lines(f"amount = amount + {_MORE_AND_LESS}", _BOTH), {"decided", "posted"}),
    "a decision grants more": (spans("1", 1), {"decided"}),
    "two decisions grant more and less": (spans("CASE id WHEN {first} THEN 5 ELSE -5 END", 2), {"decided"}),
    "a line is gone": (gone("line", _PLAIN), {"decided", "posted"}),
    "a line that is held says more": (
        lines("amount = amount + 1", "held <> '' AND month = '2026-03-01'", "march"), {"decided"}
    ),
    "expense is not posted": (gone("posting", f"of = 'line' AND {_PLAIN} AND account = 'expense'"),
                              {"posted", "balanced"}),
    "what is owed is not posted": (gone("posting", f"of = 'line' AND {_PLAIN} AND account = 'payable'"), {"balanced"}),
    "an entry is not posted": (gone("posting", f"of = 'line' AND {_PLAIN}"), {"posted"}),
    "an entry is posted twice": (posted_again(_PLAIN), {"posted"}),
    "two lines are posted with more and less": (
        postings(f"cents = cents + CASE account WHEN 'expense' THEN 1 ELSE -1 END * {_MORE_AND_LESS}", _BOTH),
        {"posted"},
    ),
    "two lines are posted as each other": (
        postings(f"number = {LOWERED} + {FROM_NOW_ON} - number", f"number IN ({LOWERED}, {FROM_NOW_ON})",
                 run="february"), {"posted"}
    ),
    "a posting is of another line": (postings(f"number = {OTHER}", f"{_PLAIN} AND account = 'payable'"), {"balanced"}),
    "expense of another programme": (postings("programme = '20.01.00'", _PLAIN), {"posted"}),
    "expense of another right": (postings("code = 'housing_benefit'", _PLAIN), {"posted"}),
    "expense of another month": (postings("month = '2025-12-01'", _PLAIN), {"posted"}),
    "a posting of a line that is not there": (posted_again(_PLAIN, number="77"), {"posted"}),
    "the bank says more": (words("cents = cents + 1", _PLAIN), {"told"}),
    "the bank says more and less": (words(f"cents = cents + {_MORE_AND_LESS}", _BOTH), {"told"}),
    "a word is not posted": (gone("posting", f"of = 'booked' AND {_PLAIN}"), {"told"}),
    "a word is posted twice": (posted_again(_PLAIN, of="booked"), {"told"}),
    "a word is gone": (gone("event", _PLAIN), {"told"}),
    "a return is gone": (gone("event", "kind = 'returned'"), {"decided", "told"}),
    "a return is of another line": (words(f"number = {OTHER}", "kind = 'returned'"), {"decided", "told"}),
    "a return is posted as paid": (
        postings("account = 'payable', person_id = (SELECT payee_id FROM payments_line LIMIT 1)",
                 "account = 'expense'", of="returned"), {"told"}
    ),
    "a payout by post is posted at the bank": (
        postings("account = 'bank'", f"number = {POSTED} AND account = 'post'", of="booked"), {"told"}
    ),
    "money at the cash desk for nothing": (
        ("INSERT INTO payments_posting (entry_id, run_id, number, of, account, programme, code, month, cents) "
         "SELECT p.entry_id, p.run_id, p.number, p.of, side.account, p.programme, p.code, p.month, side.cents "
         f"FROM payments_posting p, {_BY_POST_TO_CASH} WHERE p.run_id = {{january}} AND p.of = 'booked' "
         f"AND p.number = {PLAIN} AND p.account = 'bank'"), {"told"}
    ),
    "a file is gone": (gone("bankfile", "programme = 'own'"), {"filed"}),
    "a file ends too early": (files("last = last - 1"), {"filed"}),
    "a file begins too late": (files("first = first + 1"), {"filed"}),
    "a file holds another sum": (files("cents = cents + 1"), set()),  # no line is without a file: the sums say it
    "a deduction is of more": ("UPDATE payments_deduction SET cents = cents + 1 WHERE run_id = {january}",
                               {"withheld"}),
    "a deduction is gone": (gone("deduction", "true"), {"withheld"}),
    "a line keeps back more": (lines("withheld = withheld + 1", f"number = {PENSION}"), {"withheld"}),
    "a creditor is not owed what is kept back": (
        postings("account = 'payable'", f"number = {PENSION} AND account = 'creditor'"), {"withheld"}
    ),
    "a claim is paid back without a deduction": (
        postings("account = 'claim'", f"{_PLAIN} AND account = 'payable'"), {"withheld"}
    ),
    "what is late is of another month": (lines("month = '2025-12-01'", "kind = 'arrears'", "february"),
                                         {"decided", "posted"}),
    "what was overpaid is more": ("UPDATE payments_overpaid SET amount = amount + 1", {"decided", "posted"}),
    "what was overpaid is not posted": (gone("posting", "of = 'overpaid'", "february"), {"posted"}),
    "what was overpaid is gone": (gone("overpaid", "true", "february"), {"decided", "posted"}),
    "a sum too large to be marked": (
        postings(f"cents = cents + CASE account WHEN 'expense' THEN {LARGE} ELSE -{LARGE} END", _PLAIN), {"posted"}
    ),
}  # fmt: skip
"""What is wrong: how it is planted, and which differences by line it makes."""


def _of_row(table: str, change: str) -> str:
    return f"UPDATE {table} SET {change} WHERE id = (SELECT id FROM {table} ORDER BY id OFFSET {{nth}} LIMIT 1)"


CHANGES = (
    _of_row("payments_line", "amount = amount + {by}"),
    _of_row("payments_line", "withheld = withheld + {by}"),
    _of_row("payments_line", "held = CASE held WHEN '' THEN 'dead' ELSE '' END, iban = 'LV80BANK0000435195001'"),
    _of_row("payments_posting", "cents = cents + {by}"),
    _of_row("payments_posting", "number = GREATEST(number + {by}, 1)"),
    ("DELETE FROM payments_posting WHERE entry_id = ("
     "SELECT entry_id FROM payments_posting ORDER BY id OFFSET {nth} LIMIT 1)"),
    _of_row("payments_event", "cents = cents + {by}"),
    "DELETE FROM payments_event WHERE id = (SELECT id FROM payments_event ORDER BY id OFFSET {nth} LIMIT 1)",
    _of_row("payments_bankfile", "first = first + {by}, last = last + {by}"),
    _of_row("payments_deduction", "cents = cents + {by}"),
    _of_row("payments_overpaid", "amount = amount + {by}"),
    _of_row("cases_awardspan", "amount = amount + {by}"),
)  # fmt: skip
"""Changes of the nth row of a table, by so much."""

"""Errors of use cases as pages say them: in both languages, wherever they are raised."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation import override

import balsts
from balsts.access.errors import AccessDenied
from balsts.law.engine.errors import DomainError, InputError
from balsts.payments.refusals import _WORDS
from balsts.portal.problems import problem_of

SRC = Path(balsts.__file__).parent
RAISING = (
    "cases/answers.py", "cases/complaints.py", "cases/declared.py", "cases/drafts.py", "cases/drafts_of_law.py",
    "cases/entries.py", "cases/opening.py", "cases/organisations.py", "exchange/use_cases.py", "services/drafts.py",
    "law/engine/parameters.py", "law/engine/quantities.py", "law/engine/reform.py", "law/engine/text.py",
    "payments/claims.py", "payments/orders.py", "payments/payout_lists.py", "payments/payouts.py",
    "payments/use_cases.py", "registry/household_file.py", "services/registering.py",
)  # fmt: skip
"""Where errors come from that pages show in words of their own."""
ERRORS = {"DomainError", "InputError", "LawError", "EntryRefused", "CaseNotReady", "ComplaintRefused", "DraftChanged",
          "ChangedElsewhere", "MatterSettled", "NotAcknowledged", "RunExists", "RunNotReady", "NotWithheld", "NoPayout",
          "AnswerNotUsable", "StoredFileMissing"}  # fmt: skip
UNREACHED = ("expected a month such as", "say what its values are", "X1 has no value.", "in the order of their days",
             "is not a field of a parameter", "every parameter needs")  # fmt: skip
"""A form asks for months and says itself what is wrong; the others are of the law's own files, and no draft is one."""


def wordings(path: Path) -> Iterator[str]:
    """What errors of a file say, with something filled in where the code fills in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        said = node.args[1] if name == "_fail" and len(node.args) > 1 else node.args[0]
        if name in ERRORS | {"fail", "_fail", "ValueError"} and isinstance(said, ast.JoinedStr | ast.Constant):
            yield filled(said) + ("." if name == "ValueError" else "")  # whoever catches it ends the sentence


def filled(said: ast.JoinedStr | ast.Constant) -> str:
    if isinstance(said, ast.Constant):
        return str(said.value)
    return "".join(str(one.value) if isinstance(one, ast.Constant) else value(one) for one in said.values)


def value(one: ast.expr) -> str:
    inside = one.value if isinstance(one, ast.FormattedValue) else one
    is_hint = isinstance(inside, ast.Call) and isinstance(inside.func, ast.Name) and inside.func.id == "nearest"
    is_hint = is_hint or (isinstance(inside, ast.Name) and inside.id == "hint")
    return " Nearest known name: gmi." if is_hint else "X1"


def without_place(text: str) -> str:
    """`X1: is empty` is a place of a text of law and what is wrong there."""
    head, colon, rest = text.partition(": ")
    is_place = head in ("X1", "X1, X1", "X1, line X1")
    return f"draft, line 3: {rest}" if colon and is_place and rest[:1].islower() else text


def test_whatever_is_raised_has_words_in_latvian() -> None:
    said = [text for path in RAISING for text in wordings(SRC / path)]
    assert len(said) > 70
    missing = []
    with override("lv"):
        for text in said:
            found = [problem_of(DomainError(one)) for one in {text, without_place(text)}]
            plain = text.replace("X1", "").strip(" .:,")
            if plain and all(one.untold for one in found) and not any(one in text for one in UNREACHED):
                missing.append(text)
    assert missing == []


OF_ROWS = (
    "expected the columns number, state, day", "expected a row for each payout; there is none",
    "expected 3 columns, found 2", "the number is not one of a list; its check digits do not fit",
    "the state is unknown; expected paid or undelivered", "the day is not one; expected YYYY-MM-DD",
    "the number stands in row 2 too", "no released payout of this payer has this number",
    "the day is before the payment was released, or has not come yet",
    "it was said to be undelivered before; it is owed again", "it was said to be paid before",
)  # fmt: skip


def test_what_the_database_refuses_and_what_is_wrong_with_a_row_has_words_in_latvian() -> None:
    source = (SRC / "payments" / "payout_lists.py").read_text(encoding="utf-8")
    for one in OF_ROWS:
        assert one.split(";")[0].split(" 3")[0].split(" row 2")[0].split(" number,")[0] in source, one
    with override("lv"):
        for said in (*_WORDS.values(), *OF_ROWS):
            for text in (f"The choice: {said}. Nothing was changed.", f"Order 12/26: {said}. Nothing was changed."):
                found = problem_of(DomainError(text))
                assert found.untold == "", said
                assert said not in found.said, said
        rows = problem_of(DomainError("row 3: it was said to be paid before", "and 4 more"))
        assert rows.untold == ""


def test_a_page_in_english_says_it_as_it_is_worded_but_for_the_name_of_the_file() -> None:
    with override("en"):
        where = "/srv/cache/amendments/ab12/reform.yaml, line 3, parameters.x"
        found = problem_of(InputError(f"{where}: is stated twice; keep one."))
    assert (found.said, found.untold) == ("Line 3, parameters.x: is stated twice; keep one.", "")


def test_a_page_in_latvian_says_where_and_what_with_the_hint() -> None:
    error = InputError("draft, line 4, parameters.gmi.amount: gmi.amount is not a parameter of the law. "
                       "Nearest known name: gmi_benefit.base.")  # fmt: skip
    with override("lv"):
        found = problem_of(error)
    assert found.said == (
        "4. rinda, parameters.gmi.amount: gmi.amount nav likuma parametrs. Līdzīgākais zināmais nosaukums: "
        "gmi_benefit.base."
    )
    assert found.untold == ""


def test_pieces_of_a_sentence_are_in_the_language_of_the_sentence_too() -> None:
    with override("lv"):
        expected = "expected a reform: a mapping with name, parameters, found a list."
        found = problem_of(InputError(f"draft, line 1: {expected}"))
    assert found.said == "1. rinda: te jābūt reformai ar laukiem name, parameters, bet ir saraksts."


def test_what_has_no_words_in_latvian_is_told_so_and_kept_in_english() -> None:
    with override("lv"):
        found = problem_of(DomainError("Something new went wrong."))
    assert found.untold == "Something new went wrong."
    assert "angļu valodā" in found.said


@pytest.mark.parametrize(("lang", "said"), [("lv", "Konts ir slēgts."), ("en", "The account is closed.")])
def test_a_refusal_that_comes_in_both_languages_is_said_in_that_of_the_page(lang: str, said: str) -> None:
    with override(lang):
        assert problem_of(AccessDenied("Konts ir slēgts.", "The account is closed.")).said == said

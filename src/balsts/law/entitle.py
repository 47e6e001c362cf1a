"""`balsts entitle`: what one household is owed in one month, as a table for people or JSON for programs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from balsts.law.engine.answer import Answer, Right, as_json, entitle, right_json
from balsts.law.engine.errors import InputError, nearest
from balsts.law.engine.explaining.explain import Explainer, Tree, unfolded, unverified_in
from balsts.law.engine.explaining.reasons import Reason
from balsts.law.engine.explaining.refuse import Refusal, refusals
from balsts.law.engine.explaining.words import citation_words
from balsts.law.engine.household import read_household
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import (
    calendar_day,
    calendar_words,
    euro_words,
    in_month_words,
    month_from,
    month_text,
)
from balsts.law.engine.reform import with_reforms
from balsts.law.engine.text import MAX_BYTES, Node, parse, read_file
from balsts.law.engine.vocabulary import Month
from balsts.law.latvia import latvia

_EXAMPLE = """examples:
  balsts entitle examples/household.yaml
  balsts entitle household.yaml --on 2026-02 --explain=gmi_benefit --lang en
  balsts entitle - --format json --all < household.json
"""
_WORDS = {
    "lv": {
        "head": "Tiesības {month}", "household": "mājsaimniecība", "for": "par", "paid": "izmaksā",
        "none": "Tiesību nav.",
        "statuses": "Statusi", "undetermined": "Nav nosakāms", "refused": "Nepienākas", "needed": "Jābūt",
        "unverified": "Izmantotas vērtības, kas nav pārbaudītas likuma tekstā", "yes": "jā", "no": "nē",
        "total": "Kopā par mēnesi", "why": "Pamatojums", "stated": "norādīts", "default": "nav norādīts",
        "above": "skat. iepriekš", "from": "no", "because": "jo",
        "one_of": "Jāizpildās vismaz vienam no šiem nosacījumiem", "and": "un arī",
    },
    "en": {
        "head": "Rights {month}", "household": "household", "for": "for", "paid": "paid", "none": "No rights.",
        "statuses": "Statuses", "undetermined": "Cannot be determined", "refused": "Not due",
        "needed": "Needed", "unverified": "Values used that are not verified in the text of the law",
        "yes": "yes", "no": "no",
        "total": "In all for the month", "why": "Explanation", "stated": "stated", "default": "not stated",
        "above": "see above", "from": "from", "because": "because",
        "one_of": "At least one of these has to hold", "and": "and also",
    },
}  # fmt: skip
_PERIODS = {
    "lv": {"month": "mēnesī", "once": "vienreiz", "half_year": "pusgadā", "quarter": "ceturksnī", "week": "nedēļā",
           "hour": "stundā", "day": "dienā"},
    "en": {"month": "a month", "once": "once", "half_year": "a half-year", "quarter": "a quarter", "week": "a week",
           "hour": "an hour", "day": "a day"},
}  # fmt: skip
_CERTAINTY = {
    "lv": {"derived": "izsecināts", "unverified": "nepārbaudīts", "unknown": "nav zināms", "seen": "redzēts avotā"},
    "en": {"derived": "derived", "unverified": "unverified", "unknown": "unknown", "seen": "seen in a source"},
}


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `entitle` to the command line."""
    parser = subparsers.add_parser(
        "entitle", help="rights of one household in one month", epilog=_EXAMPLE,
        description="Work out the rights of one household in one month, with their explanation.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("file", metavar="FILE", help="household file, YAML or JSON; - for standard input")
    parser.add_argument("--on", metavar="YYYY-MM", help="the month asked; goes before the file's own `on`")
    parser.add_argument("--known", metavar="YYYY-MM-DD", help="the law as it was known on this day")
    parser.add_argument("--format", choices=("table", "json"), default="table")
    parser.add_argument("--explain", nargs="?", const="", metavar="CODE", help="explain every right, or one")
    parser.add_argument("--all", action="store_true", help="also what is not due, with the conditions that failed")
    parser.add_argument("--lang", choices=("lv", "en"), default="lv")
    parser.add_argument("--reform", action="append", default=[], metavar="FILE", type=Path, help="may be repeated")
    parser.set_defaults(handler=run)


def asked_month(text: str | None) -> Month | None:
    """The month of `--on`; InputError when it is none."""
    if text is None:
        return None
    try:
        return month_from(text)
    except ValueError as error:
        raise InputError(f"--on: {error}.") from None


def check_month(law: Law, month: Month) -> None:
    """The law is complete from its first day on; InputError before."""
    first = month_from(f"{law.first_day:%Y-%m}")
    if month < first:
        raise InputError(f"the month asked is {month_text(month)}; the law is held from {month_text(first)} on.")


def run(arguments: argparse.Namespace) -> int:
    """Answer one household; returns the exit code."""
    law = with_reforms(latvia(), arguments.reform)
    tree = _tree(arguments.file)
    facts, month = read_household(tree, law.catalogue, law.rights(), asked_month(arguments.on))
    check_month(law, month)
    codes = law.rights()
    if arguments.explain and arguments.explain not in codes:
        raise InputError(f"--explain: {arguments.explain} is not the code of a right."
                         f"{nearest(arguments.explain, codes)}")  # fmt: skip
    try:
        known = calendar_day(arguments.known) if arguments.known else None
    except ValueError as error:
        raise InputError(f"--known: {error}.") from None
    answer = entitle(law, facts, month, known=known)
    refused = refusals(answer, arguments.lang) if arguments.all else []
    explained = _explained(answer, arguments.explain, arguments.lang)
    if arguments.format == "json":
        print(json.dumps(_json(answer, refused, explained), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_table(answer, refused, explained, arguments.lang)))
    return 0


def _tree(file: str) -> Node:
    if file == "-":
        return parse(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    return read_file(Path(file))


def _explained(answer: Answer, wanted: str | None, lang: str) -> dict[Right, list[Tree]]:
    if wanted is None:
        return {}
    explainer = Explainer(answer.results, lang)
    return {one: unfolded(explainer.right(one)) for one in answer.rights if wanted in ("", one.code)}


def _json(answer: Answer, refused: list[Refusal], explained: dict[Right, list[Tree]]) -> dict[str, Any]:
    found = as_json(answer)
    found["rights"] = [
        right_json(one) | ({"explanation": explained[one], "unverified": unverified_in(explained[one])}
                           if one in explained else {})
        for one in answer.rights
    ]  # fmt: skip
    found["refused"] = [one.as_json() for one in refused]
    return found


# -- for people ------------------------------------------------------------------------------------------------


def _table(answer: Answer, refused: list[Refusal], explained: dict[Right, list[Tree]], lang: str) -> list[str]:
    words = _WORDS[lang]
    lines = [words["head"].format(month=in_month_words(answer.month, lang)), ""]
    lines += _rights(answer, lang) or [f"  {words['none']}"]
    lines += ["", words["statuses"]]
    for code, holds in sorted(answer.statuses.items()):
        version = answer.results.wiring.version(code)
        lines.append(f"  {version.lv if lang == 'lv' else version.en}: {words['yes' if holds else 'no']}")
    if answer.undetermined:
        lines += ["", words["undetermined"]]
        for one in answer.undetermined:
            question = one.unknown.question_lv if lang == "lv" else one.unknown.question_en
            lines.append(f"  {_name(answer, one.code, lang)} ({_who(one.who, lang)}): {question}")
    for right, trees in explained.items():
        lines += ["", f"{words['why']}: {_name(answer, right.code, lang)} ({_who(right.who, lang)})"]
        for tree in trees:
            lines += tree_lines(tree, lang)
        lines += _unverified(trees, lang)
    if refused:
        lines += ["", words["refused"]]
        for refusal in refused:
            lines += _refusal(answer, refusal, lang)
    return lines


def _rights(answer: Answer, lang: str) -> list[str]:
    lines = []
    for one in answer.rights:
        terms = one.version.right
        assert terms is not None
        amount = f"{one.amount}" if terms.unit == "pieces" else euro_words(one.amount, lang)
        members = "" if one.members in ((one.who,), ()) else f" {_WORDS[lang]['for']} {', '.join(one.members)}"
        name = one.version.lv if lang == "lv" else one.version.en
        lines.append(f"  {amount:>12} {_PERIODS[lang][terms.per]:<10} {name}: {_who(one.who, lang)}{members}")
        cited = citation_words(answer.results.wiring.law, one.version.act, one.version.article, lang)
        lines.append(f"  {'':>12} {'':<10} {cited}, {one.code}, "
                     f"{_WORDS[lang]['paid']} {in_month_words(one.paid_in, lang)}")  # fmt: skip
    return lines


def _name(answer: Answer, code: str, lang: str) -> str:
    version = answer.results.wiring.version(code)
    return f"{version.lv if lang == 'lv' else version.en} [{code}]"


def _who(who: str, lang: str) -> str:
    return _WORDS[lang]["household"] if who == "household" else who


def _refusal(answer: Answer, refusal: Refusal, lang: str) -> list[str]:
    lines = [f"  {_name(answer, refusal.code, lang)}: {_who(refusal.who, lang)}"]
    for reason in refusal.because:
        lines += _reason(reason, refusal.who, lang, "    ")
    return lines


def _reason(reason: Reason, payee: str, lang: str, pad: str, start: str = "") -> list[str]:
    """A failed condition; where one of several would do, each below it with all that it asks for."""
    words = _WORDS[lang]
    if not reason.instead_of:
        return [f"{pad}{start}{_failed(reason, payee, lang)}"]
    lines = [f"{pad}{start}{words['one_of']}:"]
    inner = pad + " " * len(start)
    for way in reason.instead_of:
        lines += _reason(way[0], payee, lang, inner, "– ")
        for one in way[1:]:
            lines += _reason(one, payee, lang, f"{inner}  ", f"{words['and']}: ")
    return lines


def _failed(reason: Reason, payee: str, lang: str) -> str:
    """A failed condition as two short sentences: what is, and what has to be."""
    whose = "" if reason.of == payee else f" ({_who(reason.of, lang)})"
    condition = reason.condition[:1].upper() + reason.condition[1:]
    return f"{condition}{whose}: {reason.found.rstrip('.')}. {_WORDS[lang]['needed']}: {reason.needed.rstrip('.')}."


def tree_lines(tree: Tree, lang: str, depth: int = 1, *, most: int | None = None) -> list[str]:
    """An explanation as indented lines, down to `most` steps."""
    words = _WORDS[lang]
    pad = "  " * depth
    cited = f" [{tree['cited']}]" if "cited" in tree else ""
    head = f"{pad}{tree['title']} ({_who(tree['who'], lang)}) = {_measured(tree, 'result')}{cited}"
    if tree.get("told_above"):
        return [f"{head} ({words['above']})"]
    lines = [head]
    if tree.get("calculation") and tree["calculation"] != tree["result"]:
        lines += [f"{pad}  = {tree['formula']}", f"{pad}  = {tree['calculation']}"]
    lines += [f"{pad}  {words['because']} {test}" for test in tree.get("because", ())]
    lines += [f"{pad}  ? {question}" for question in tree.get("open_questions", ())]
    for one in tree.get("inputs", ()):
        stated = "" if "stated" not in one else f" ({words['stated' if one['stated'] else 'default']})"
        whose = f" ({one['who']})" if "who" in one else ""
        lines.append(f"{pad}  · {one['title']}{whose}: {_measured(one, 'value')}{stated}")
    for one in tree.get("parameters", ()):
        certainty = _CERTAINTY[lang].get(one["certainty"])
        sure = f"; {certainty}" if certainty else ""
        since = calendar_words(calendar_day(one["valid_from"]), lang)
        lines.append(f"{pad}  · {one['title']}: {_measured(one, 'value')} "
                     f"({words['from']} {since}; {one['reference']}{sure})")  # fmt: skip
    if most is None or depth < most:
        for below in tree.get("from", ()):
            lines += tree_lines(below, lang, depth + 1, most=most)
    return lines


def _measured(tree: Tree, key: str) -> str:
    """A result or value with the word for its unit."""
    return f"{tree[key]} {tree['unit']}" if "unit" in tree else str(tree[key])


def _unverified(trees: list[Tree], lang: str) -> list[str]:
    found = unverified_in(trees)
    if not found:
        return []
    lines = [f"  {_WORDS[lang]['unverified']}:"]
    for one in found:
        question = f" {one['question']}" if "question" in one else ""
        rests_on = ", ".join(one.get("rests_on", ()))
        certainty = _CERTAINTY[lang][one["certainty"]]
        lines.append(f"    {one['title']}: {_measured(one, 'value')}, {certainty} ({rests_on}).{question}")
    return lines

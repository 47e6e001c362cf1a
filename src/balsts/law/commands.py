"""`balsts law`: check, list, show and write out the law."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from balsts.law.engine.errors import InputError
from balsts.law.engine.law import Law
from balsts.law.engine.quantities import first_day, month_from

_DONE, _FAILED = 0, 1


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `law` with its parts to the command line; each sets `handler`, which returns the exit code."""
    parser = subparsers.add_parser(
        "law", help="the law: check, list, show, write out", description="The law: check, list, show, write out.",
        epilog="example: balsts law show childcare_benefit --on 2026-02",
    )  # fmt: skip
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    lint = _part(
        parts, "lint", _lint, "check that the law is cited, complete, used and tested", "balsts law lint --json"
    )
    lint.set_defaults(lang="en")
    listed = _part(parts, "list", _list, "all rights and statuses", "balsts law list --on 2026-02 --lang en")
    show = _part(parts, "show", _show, "one rule with its wordings, parameters, graph and golden tests",
                 "balsts law show gmi_benefit --on 2026-02")  # fmt: skip
    show.add_argument(
        "code", metavar="CODE", help="a rule, a gathered value, or a parameter such as thresholds.gmi_first"
    )
    for one in (listed, show):
        one.add_argument("--on", metavar="YYYY-MM", help="only what is in force in this month")
    inputs = _part(parts, "inputs", _inputs, "all facts the law can ask for", "balsts law inputs --lang en")
    questions = _part(parts, "questions", _questions, "all open questions", "balsts law questions --json")
    for one in (listed, show, inputs, questions):
        one.add_argument("--lang", choices=("lv", "en"), default="lv", help="Latvian (left out) or English")
    pages = _part(parts, "pages", _pages, "write the law as pages to read, or check that they are current",
                  "balsts law pages --out docs/law --check")  # fmt: skip
    pages.add_argument("--out", metavar="FOLDER", type=Path, default=Path("docs/law"), help="left out: docs/law")
    pages.add_argument("--check", action="store_true", help="write nothing; exit 1 if a page is not current")


def _part(
    parts: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    handler: Callable[[argparse.Namespace], int],
    text: str,
    example: str,
) -> argparse.ArgumentParser:
    parser = parts.add_parser(
        name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=f"example: {example}"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(handler=handler, law=_latvia)
    return parser


def _latvia() -> Law:
    from balsts.law.latvia import latvia

    return latvia()


def _print(lines: Iterable[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _print_json(data: object) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _day(law: Law, text: str | None) -> date | None:
    """The 1st of the month asked; InputError when it is none, or before the law begins."""
    if text is None:
        return None
    try:
        day = first_day(month_from(text))
    except ValueError as error:
        raise InputError(f"--on: {error}.") from None
    if day < law.first_day:
        raise InputError(f"the month asked is {text}; the law is held from {law.first_day:%Y-%m} on.")
    return day


def _lint(arguments: argparse.Namespace) -> int:
    from balsts.law.engine.checks.lint import lint

    law = arguments.law()
    found = lint(law)
    if arguments.json:
        _print_json([{"kind": one.kind, "file": one.place.file, "line": one.place.line, "message": one.message}
                     for one in found])  # fmt: skip
    elif found:
        _print([*(str(one) for one in found), "", f"{len(found)} finding{'s' if len(found) > 1 else ''}"])
    else:
        wordings = sum(len(versions) for versions in law.rules.values())
        _print([(f"{len(law.rules)} rules ({wordings} wordings), {len(law.parameters)} parameters, "
                f"{len(law.days_of_change)} days of change: nothing found")])  # fmt: skip
    return _FAILED if found else _DONE


def _list(arguments: argparse.Namespace) -> int:
    from balsts.law import listing

    law = arguments.law()
    versions = listing.rights_listed(law, _day(law, arguments.on))
    if arguments.json:
        _print_json(listing.list_data(law, versions))
    else:
        _print(listing.list_text(law, versions, arguments.lang))
    return _DONE


def _show(arguments: argparse.Namespace) -> int:
    from balsts.law import showing

    law = arguments.law()
    found = showing.shown(law, arguments.code, _day(law, arguments.on))
    if arguments.json:
        _print_json(showing.show_data(found))
    else:
        _print(showing.show_text(found, arguments.lang))
    return _DONE


def _inputs(arguments: argparse.Namespace) -> int:
    from balsts.law import listing

    law = arguments.law()
    if arguments.json:
        _print_json(listing.inputs_data(law))
    else:
        _print(listing.inputs_text(law, arguments.lang))
    return _DONE


def _questions(arguments: argparse.Namespace) -> int:
    from balsts.law import listing

    law = arguments.law()
    if arguments.json:
        _print_json(listing.questions_data(law))
    else:
        _print(listing.questions_text(law, arguments.lang))
    return _DONE


def _pages(arguments: argparse.Namespace) -> int:
    from balsts.law.engine.pages.pages import pages, stale, write

    law = arguments.law()
    expected = pages(law)
    changed = stale(arguments.out, expected)
    if not arguments.check:
        write(arguments.out, expected)
    if arguments.json:
        _print_json({"pages": len(expected), "changed": changed})
    elif arguments.check and changed:
        _print([*(f"{arguments.out / name} is not current" for name in changed), "",
                f"Write them again with: balsts law pages --out {arguments.out}"])  # fmt: skip
    else:
        _print([f"{len(expected)} files in {arguments.out}, {len(changed)} changed"])
    return _FAILED if arguments.check and changed else _DONE

"""What `balsts figures` does, once the database is ready."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any

from django.utils import timezone

from balsts.access.signing import signed
from balsts.figures import templates
from balsts.figures.current import book
from balsts.figures.datasets import DATASETS
from balsts.figures.faults import FileRefused
from balsts.figures.findings import Finding
from balsts.figures.loading import Plan, load_file, load_packaged, note_contradictions, plan_of
from balsts.figures.reading import table_named
from balsts.figures.ready import bring_up_to_date
from balsts.law.engine.errors import InputError

_SHOWN = 20


def tables(arguments: argparse.Namespace) -> int:
    """List the tables."""
    found = book()
    lines = [
        {"table": code, "title": table.en, "rows": len(found.rows(code)),
         "figures": sum(len(row.values) for row in found.rows(code)),
         "contradictions": len({one for row in found.rows(code) for one in found.findings_of_row(row)})}
        for code, table in DATASETS.items()
    ]  # fmt: skip
    if arguments.json:
        print(json.dumps(lines, ensure_ascii=False))
        return 0
    print(f"{'table':<20}{'rows':>6}{'figures':>9}{'contradictions':>16}  title")
    for one in lines:
        print(f"{one['table']:<20}{one['rows']:>6}{one['figures']:>9}{one['contradictions']:>16}  {one['title']}")
    return 0


def show(arguments: argparse.Namespace) -> int:
    """What is published, and one contradiction."""
    bring_up_to_date()
    load_packaged()
    found, lang = book(), arguments.lang
    rows = sum(len(found.rows(code)) for code in DATASETS)
    figures = sum(1 for _ in found.figures())
    documents = {row.document for code in DATASETS for row in found.rows(code)}
    print(
        f"Published figures: {figures:,} in {rows:,} rows of {len(DATASETS)} tables, read in {len(documents)} documents"
    )
    for relation, number in Counter(one.relation for one in found.findings).most_common():
        print(f"  {number:>3} contradictions: {relation}")
    if found.findings:
        one = found.findings[timezone.localdate().toordinal() % len(found.findings)]
        figure = found.figure(one.figure)
        document = figure.row.document if figure else None
        where = f" ({document.title(lang)}, line {figure.row.line} of its text)" if figure and document else ""
        print(f"  One of them: {one.sentence(lang)}{where}")
    return 0


def template(arguments: argparse.Namespace) -> int:
    """Write an empty file of a table."""
    table = table_named(arguments.table)
    if arguments.out.suffix not in (".csv", ".xlsx"):
        raise InputError(f"--out {arguments.out.name}: expected a name that ends in .csv or .xlsx.")
    is_text = arguments.out.suffix == ".csv"
    arguments.out.write_bytes(templates.as_csv(table) if is_text else templates.as_xlsx(table, arguments.lang))
    print(f"{arguments.out}: {len(table.columns)} columns")
    return 0


def load(arguments: argparse.Namespace) -> int:
    """Take in a file, or the tables of the product."""
    if arguments.file is None:
        return _packaged(arguments)
    if not arguments.table or not arguments.year:
        raise InputError("load: --table and --year are needed with a file; `balsts figures tables` lists the tables.")
    try:
        plan = _loaded(arguments)
    except FileRefused as error:
        raise InputError(*error.sentences(arguments.lang)) from None
    print(json.dumps(_as_json(plan), ensure_ascii=False) if arguments.json
          else "\n".join(_words(plan, arguments.lang, is_dry=arguments.dry_run)))  # fmt: skip
    return 0


def check(arguments: argparse.Namespace) -> int:
    """Try all relations anew."""
    found, withdrawn = note_contradictions()
    standing = book().findings
    if arguments.json:
        print(json.dumps({"standing": [_finding(one) for one in standing], "found": found, "withdrawn": withdrawn},
                         ensure_ascii=False))  # fmt: skip
    else:
        for one in standing:
            print(f"{one.relation}: {one.sentence(arguments.lang)}")
        print(f"{len(standing)} contradictions stand; {found} found now, {withdrawn} withdrawn now")
    return 1 if found or withdrawn else 0


def _loaded(arguments: argparse.Namespace) -> Plan:
    table, content = table_named(arguments.table), arguments.file.read_bytes()
    if arguments.dry_run:
        return plan_of(table, arguments.file.name, content, arguments.year)
    if not arguments.by:
        raise InputError("load: --by NAME is needed to take a file in; --dry-run looks it through without.")
    return load_file(signed(arguments.by, "policy"), table, arguments.file.name, content, arguments.year)


def _packaged(arguments: argparse.Namespace) -> int:
    kept = load_packaged()
    if arguments.json:
        print(json.dumps([{"table": one.table_code, "rows": one.row_count, "figures": one.figure_count}
                          for one in kept]))  # fmt: skip
        return 0
    for one in kept:
        print(f"{one.table_code}: {one.row_count} rows, {one.figure_count} figures")
    print(f"{len(kept)} tables taken in" if kept else "all tables of the product are there as they are now")
    return 0


def _words(plan: Plan, lang: str, *, is_dry: bool) -> list[str]:
    """What a file brings, in lines."""
    gone = f"rows no longer there: {len(plan.gone)}"
    lines = [
        f"{plan.file_name}: {len(plan.rows)} rows, {plan.figure_count} figures; {plan.table.title(lang)}, {plan.year}",
        f"  new rows: {len(plan.new)}, changed cells: {len(plan.changed)}, {gone}",
    ]
    lines += [f"  row {one.row.number}, {one.column}: {one.before!r} becomes {one.after!r}"
              for one in plan.changed[:_SHOWN]]  # fmt: skip
    lines += [f"  contradiction ({one.relation}): {one.sentence(lang)}" for one in plan.contradictions]
    return [*lines, "nothing was kept: a dry run" if is_dry else "taken in"]


def _as_json(plan: Plan) -> dict[str, Any]:
    return {
        "table": plan.table.code, "file": plan.file_name, "sha256": plan.sha256, "year": plan.year,
        "rows": len(plan.rows), "figures": plan.figure_count, "new": [row.number for row in plan.new],
        "changed": [{"row": one.row.number, "column": one.column, "before": one.before, "after": one.after}
                    for one in plan.changed],
        "gone": [row.key for row in plan.gone], "contradictions": [_finding(one) for one in plan.contradictions],
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, Any]:
    return {"relation": one.relation, "figure": one.figure, "others": one.others, "printed": str(one.printed),
            "computed": str(one.computed), "lv": one.lv, "en": one.en}  # fmt: skip

"""`balsts report`: annual reports, out of published figures or of a municipality's own."""

from __future__ import annotations

import argparse
from pathlib import Path

_JOBS = "balsts.statistics.report.jobs"


def add_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `report` to the command line."""
    parser = subparsers.add_parser(
        "report", help="annual reports as PDF and HTML",
        description="Reports made of figures, each number with its source.",
        epilog="example: balsts report annual --year 2023 --lang en --out report-2023.pdf",
    )  # fmt: skip
    jobs = parser.add_subparsers(dest="part", metavar="PART", required=True)
    annual = jobs.add_parser(
        "annual",
        help="write the annual report of an institution or of a municipality",
        description="Write an annual report as PDF (accessible, to be archived) and as HTML (one file). Of an "
        "institution it is made of the published figures; of a municipality, of what was counted from its cases and "
        "payments, after disclosure control. The same figures give the same bytes.",
        epilog="example: balsts report annual --institution siva --year 2021 --out reports",
    )
    annual.add_argument("--year", type=int, required=True, metavar="YYYY", help="the year that is reported")
    whose = annual.add_mutually_exclusive_group()
    whose.add_argument("--institution", metavar="CODE", default="lm",
                       help="lm: Ministry of Welfare (default); siva: State Social Integration Agency")  # fmt: skip
    whose.add_argument("--municipality", metavar="CODE", help="the code of a municipality (ATVK)")
    annual.add_argument("--lang", choices=("lv", "en"), default="lv", help="its language (default: lv)")
    annual.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="a name that ends in .pdf or .html, or a folder for both "
        "(default: the present folder; with --json nothing is written)",
    )
    annual.add_argument(
        "--portal",
        metavar="ADDRESS",
        help="the address of a portal: HTML then links each number to the page of its row there",
    )
    annual.add_argument("--json", action="store_true", help="print the report as JSON: chapters, numbers, sources")
    # The embedded database is brought up to date first: whoever has just come asks for a report, not for a database.
    annual.set_defaults(handler=f"{_JOBS}:annual", demonstration=True)

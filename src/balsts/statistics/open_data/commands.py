"""`balsts statistics open-data`: all open data as a folder of files."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_open_data(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `open-data` to `statistics`."""
    parser = jobs.add_parser(
        "open-data", help="write all open data: catalogue, structures, every table",
        description="Write all open data to a folder: the catalogue (DCAT-AP 3), the SDMX structures, every table as "
        "loaded, as SDMX-CSV and as SDMX-JSON. The folder is replaced whole or not at all; the same figures give the "
        "same bytes. Licence and contact are those of BALSTS_OPEN_DATA_LICENCE and BALSTS_OPEN_DATA_CONTACT.",
        epilog="example: balsts statistics open-data --out open-data --base https://balsts.example",
    )  # fmt: skip
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the folder to write or renew")
    parser.add_argument("--base", metavar="ADDRESS", default="",
                        help="the portal's address (left out: BALSTS_PUBLIC_ADDRESS)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")
    parser.set_defaults(handler="balsts.statistics.open_data.jobs:open_data")

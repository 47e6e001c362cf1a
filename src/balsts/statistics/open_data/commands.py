"""`balsts statistics open-data`: all open data as a folder of files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from balsts.law.engine.errors import InputError

_DONE = 0


def add_open_data(jobs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `open-data` to `statistics`."""
    parser = jobs.add_parser(
        "open-data", help="write all open data: catalogue, structures, every table",
        description="Write all open data to a folder: the catalogue (DCAT-AP 3), the SDMX structures, every table as "
        "CSV, SDMX-CSV and SDMX-JSON. The folder is replaced whole or not at all; the same figures give the same "
        "bytes. Licence and contact are those of BALSTS_OPEN_DATA_LICENCE and BALSTS_OPEN_DATA_CONTACT.",
        epilog="example: balsts statistics open-data --out open-data --base https://balsts.example",
    )  # fmt: skip
    parser.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="the folder to write or renew")
    parser.add_argument("--base", metavar="ADDRESS", default="",
                        help="the portal's address (left out: BALSTS_PUBLIC_ADDRESS)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print what was written as JSON")
    parser.set_defaults(handler=_write)


def _write(arguments: argparse.Namespace) -> int:
    # The libraries are loaded for the work itself, not for help.
    from tqdm import tqdm

    from balsts.figures.current import book
    from balsts.statistics.open_data.files import files_of
    from balsts.statistics.open_data.folder import written_files, written_folder
    from balsts.statistics.open_data.publisher import publishing

    here = publishing(arguments.base)
    files = files_of(book())
    made = tqdm(written_files(files, here), unit=" files", delay=2, disable=not sys.stderr.isatty())
    try:
        listed = written_folder(arguments.out, made, files.changed_at)
    except OSError as error:
        raise InputError(f"{arguments.out}: {error.strerror}. Nothing was changed; name a folder that can be "
                         "written.") from None  # fmt: skip
    if arguments.json:
        print(json.dumps(listed | {"out": str(arguments.out), "licence": here.licence or None}, indent=1))
        return _DONE
    number, size = len(listed["files"]), sum(one["bytes"] for one in listed["files"])
    print(f"{arguments.out}: {number} files, {size:,} bytes; figures as of {files.changed_at:%Y-%m-%d}")
    if not here.licence:
        print("no licence is chosen: the catalogue says so; set BALSTS_OPEN_DATA_LICENCE")
    return _DONE

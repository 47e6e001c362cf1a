"""What `balsts statistics open-data` does, once the database is ready."""

from __future__ import annotations

import argparse
import json
import sys

from tqdm import tqdm

from balsts.figures.current import book
from balsts.law.engine.errors import InputError
from balsts.statistics.open_data.changed import changed_at
from balsts.statistics.open_data.files import files_of
from balsts.statistics.open_data.folder import written_files, written_folder
from balsts.statistics.open_data.publisher import publishing

_DONE = 0


def open_data(arguments: argparse.Namespace) -> int:
    """Write the folder."""
    here = publishing(arguments.base)
    files = files_of(book(), changed_at())
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

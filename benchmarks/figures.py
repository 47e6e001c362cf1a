"""Measures taking in published figures: the product's own tables into a database that has none, and many more years.

Run it in the repository: `python -m benchmarks.figures`. It makes a database of its own in a temporary folder. Figures
are printed as JSON, beside a loop that tells how fast the machine was.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

_EXAMPLE = "example: python -m benchmarks.figures --years 20"
_ADDITIONS = 20_000_000
_TABLE = "indicators"


def main() -> int:
    """Make a database, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__, epilog=_EXAMPLE,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--years", type=int, default=20, metavar="N", help=f"years of {_TABLE} taken in besides (20)")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="balsts-bench-"))
    folder.chmod(0o711)  # the server's own account must reach its folder in it
    os.environ["BALSTS_DATA"] = str(folder / "data")
    from balsts.database import server
    from balsts.database.connections import set_up

    try:
        subprocess.run([sys.executable, "-m", "balsts.cli", "db", "migrate"], check=True, stdout=sys.stderr)
        set_up()
        print(json.dumps(_measured(arguments.years), indent=1))
    finally:
        from django.db import connections

        connections.close_all()
        server.stop(server.Cluster(folder / "data"))
        shutil.rmtree(folder)
    return 0


def _measured(years: int) -> dict[str, Any]:
    from balsts.figures.book import packaged
    from balsts.figures.current import book
    from balsts.figures.datasets import DATASETS
    from balsts.figures.loading import load_packaged
    from balsts.figures.relations import contradictions

    _emptied()
    read = _seconds(packaged)
    load = _seconds(lambda: load_packaged("owner"))
    found = book()
    rows = {code: found.rows(code) for code in DATASETS}
    return {
        "figures": sum(1 for _ in found.figures()),
        "read_and_tried_seconds": read,
        "taken_in_seconds": load,
        "contradictions_seconds": _seconds(lambda: contradictions(rows)),
        "more_years_seconds": [_year(1990 + one) for one in range(years)],
        "book_of_all_seconds": _seconds(book),
        "machine_seconds": _seconds(lambda: sum(range(_ADDITIONS))),
    }


def _year(year: int) -> float:
    """Another year of a table: the same rows said of that year."""
    from balsts.access.acting import Acting
    from balsts.figures.datasets import DATASETS
    from balsts.figures.loading import load_file

    table, analyst = DATASETS[_TABLE], Acting(None, None, "", "policy_analyst", "policy")
    text = table.path.read_text(encoding="utf-8").replace(",2020,", f",{year},").replace("I2020-", f"I{year}-")
    return _seconds(lambda: load_file(analyst, table, f"{year}.csv", text.encode(), year))


def _emptied() -> None:
    """As if nothing had been taken in: the owner alone can do it, and only with the triggers off."""
    from django.db import connections

    tables = "load loadedrow loadedfigure contradiction contradictionfigure".split()
    with connections["owner"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE figures_{table} DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE " + ", ".join(f"figures_{one}" for one in tables))
        for table in tables:
            cursor.execute(f"ALTER TABLE figures_{table} ENABLE TRIGGER USER")


def _seconds(job: Any) -> float:
    started = time.perf_counter()
    job()
    return round(time.perf_counter() - started, 3)


if __name__ == "__main__":
    sys.exit(main())

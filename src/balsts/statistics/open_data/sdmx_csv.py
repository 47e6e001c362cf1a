"""The figures of a table as SDMX-CSV 2.0: a line for each, with codes and no names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from balsts.statistics.open_data.message import flow_id
from balsts.statistics.open_data.observations import Observation
from balsts.statistics.open_data.structures import AGENCY, VERSION, Structure


def data_csv(structure: Structure, taken: Iterable[Observation]) -> bytes:
    """The figures of a table: which dataflow, what to do with them (I: for information), key, value, what is told."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *(one.id for one in structure.components)])
    for one in taken:
        known = {**one.key, structure.measure.id: one.value, **one.attributes}
        lines.writerow(["dataflow", f"{AGENCY}:{flow_id(structure)}({VERSION})", "I",
                        *(known.get(part.id, "") for part in structure.components)])  # fmt: skip
    return written.getvalue().encode()

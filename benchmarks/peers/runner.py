"""Runs one peer in a process and an environment of its own, a round at a time, on request.

Requests and answers are lines of JSON over standard input and output:
    {"do": "load", "peer": "numpy", "folder": "…"}   reads the columns, makes the structure, warms up
    {"do": "round"}                                  one timed round: {"seconds": …, "cpu_seconds": …}
    {"do": "write", "folder": "…"}                   the outputs of the last round, an .npy file a code
    {"do": "memory"}                                 {"peak_rss_mb": …}
    {"do": "stop"}
It is started as a module from the root of the repository: `python -m benchmarks.peers.runner`.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np


class Runner:
    def __init__(self) -> None:
        self.law: Any = None
        self.columns: dict[str, np.ndarray[Any, Any]] = {}
        self.structure: Any = None
        self.outputs: dict[str, np.ndarray[Any, Any]] = {}

    def load(self, request: dict[str, Any]) -> dict[str, Any]:
        started = time.perf_counter()
        self.law = importlib.import_module(f"benchmarks.peers.{request['peer']}_law")
        imported = time.perf_counter()
        self.columns = {path.stem: np.load(path) for path in sorted(Path(request["folder"]).glob("*.npy"))}
        read = time.perf_counter()
        self.structure = self.law.Structure(self.columns)
        made = time.perf_counter()
        parts = {name: getattr(self.structure, name) for name in ("seconds_to_build", "seconds_to_set")
                 if hasattr(self.structure, name)}  # fmt: skip
        self.round(request)
        return {"import_seconds": imported - started, "structure_seconds": made - read, **parts}

    def round(self, _: dict[str, Any]) -> dict[str, Any]:
        self.outputs = {}
        cpu, started = time.process_time(), time.perf_counter()
        self.outputs = self.law.evaluate(self.columns, self.structure)
        return {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu}

    def write(self, request: dict[str, Any]) -> dict[str, Any]:
        for name, values in self.outputs.items():
            np.save(Path(request["folder"]) / f"{name}.npy", values)
        return {"written": sorted(self.outputs)}

    def memory(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    runner = Runner()
    jobs = {"load": runner.load, "round": runner.round, "write": runner.write, "memory": runner.memory}
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "stop":
            break
        try:
            answer = jobs[request["do"]](request)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()

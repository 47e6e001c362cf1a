"""`balsts bench law`: how fast the law is over a population, beside the machine's limit and its peers, in one run.

Rounds of ours, of the null pass and of each peer take turns, so that a machine whose speed drifts is fair to all;
medians are quoted.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from balsts.law.engine.errors import InputError

if TYPE_CHECKING:
    import numpy as np

    from balsts.law.engine.many.columns import Columns
    from balsts.law.engine.many.output import Entries
    from balsts.law.engine.many.passes import Pass

_EXAMPLE = """examples:
  balsts bench law
  balsts bench law --persons 200000 --peers --json
"""
_PERSONS, _SEED, _ROUNDS, _PEER_ROUNDS = 2_000_000, 2026, 15, 7
_MONTH = "2026-01"
_HOUSEHOLD_ROUNDS = 200
_PEERS = ("openfisca", "numpy", "polars")
_BLOCK_PERSONS = 2_000_000


@dataclass
class Measured:
    """What one run measured; names as in the contract."""

    persons: int
    households: int = 0
    rights: int = 0
    rules: int = 0
    seconds: float = 0.0
    dense_seconds: float = 0.0
    null_kernel_seconds: float = 0.0
    floor_seconds: float = 0.0
    input_mb: float = 0.0
    output_mb: float = 0.0
    baseline_rss_mb: float = 0.0
    peak_rss_mb: float = 0.0
    one_household_ms: float = 0.0
    one_household_p99_ms: float = 0.0
    compile_seconds: float = 0.0
    cached_seconds: float = 0.0
    nanoseconds_per_person: float = 0.0
    null_ratio: float = 0.0
    memory_ratio: float = 0.0
    threads: int = 0
    machine: str = ""
    peers: dict[str, dict[str, Any]] = field(default_factory=dict)


def add_commands(subparsers: Any) -> None:
    """Add `bench law` to the command line."""
    bench = subparsers.add_parser("bench", help="measure speed")
    jobs = bench.add_subparsers(dest="bench_command", required=True, metavar="WHAT")
    parser = jobs.add_parser("law", help="the law over a population, and for one household", epilog=_EXAMPLE,
                             description="Population speed, memory and one household's latency, all in one run.",
                             formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--persons", type=int, default=_PERSONS, metavar="N")
    parser.add_argument("--peers", action="store_true", help="also OpenFisca, NumPy and Polars, value by value")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure; returns 1 when a peer that is exact disagrees with ours."""
    if arguments.persons < 1:
        raise InputError(f"--persons: expected 1 or more, found {arguments.persons}.")
    measured = measure(arguments.persons, peers=arguments.peers)
    if arguments.json:
        print(json.dumps(asdict(measured), indent=1))
    else:
        print("\n".join(lines(measured)))
    wrong = measured.peers.get("numpy", {}).get("wrong_cents", 0)
    return 1 if wrong else 0


def measure(persons: int, *, peers: bool = False) -> Measured:
    """One run of everything."""
    from balsts.law.engine.many.output import Output
    from balsts.law.engine.many.passes import Pass
    from balsts.law.engine.quantities import month_from
    from balsts.law.engine.wiring import wire
    from balsts.law.latvia import latvia

    law, month = latvia(), month_from(_MONTH)
    found = Measured(persons, threads=os.cpu_count() or 1, machine=machine())
    found.one_household_ms, found.one_household_p99_ms = one_household()
    found.compile_seconds, found.cached_seconds = compile_times()
    wiring = wire(law, month)
    outputs = [Output("right", code) for code in wiring.rights]
    outputs += [Output("value", code) for code in wiring.statuses]
    ours = Pass(wiring, outputs)
    found.rights, found.rules = len(wiring.rights), len(wiring.values)
    columns = population(persons, month, ours)
    result = ours.run(columns)
    null = null_pass(ours, result)
    found.households = columns.households
    found.input_mb = sum(column.nbytes for column in _inputs(columns)) / 1e6
    found.output_mb = sum(one.rows.nbytes + one.values.nbytes for one in result.values()) / 1e6
    runners: dict[str, Callable[[], float]] = {
        "ours": lambda: timed(lambda: ours.run(columns)),
        "dense": lambda: timed(lambda: dense(ours.run(columns))),
        "null": lambda: timed(lambda: null(columns)),
    }
    client = peer_client(columns, ours) if peers else None
    if client is not None:
        runners |= {name: partial(client.round, name) for name in _PEERS}
    seconds = interleaved(runners, _PEER_ROUNDS if peers else _ROUNDS)
    found.seconds = statistics.median(seconds["ours"])
    found.dense_seconds = statistics.median(seconds["dense"])
    found.null_kernel_seconds = statistics.median(seconds["null"])
    found.floor_seconds = floor_seconds(found.input_mb, found.output_mb)
    found.nanoseconds_per_person = found.seconds / persons * 1e9
    found.null_ratio = found.seconds / found.null_kernel_seconds
    found.baseline_rss_mb, found.peak_rss_mb = memory_of_one_run(persons)
    found.memory_ratio = (found.peak_rss_mb - found.baseline_rss_mb) / (found.input_mb + found.output_mb)
    if client is not None:
        for name in _PEERS:
            median = statistics.median(seconds[name])
            wrong = client.compare(name, result)
            found.peers[name] = {"seconds": median, "ratio": median / found.seconds,
                                 "wrong_cents": sum(wrong.values()), "wrong_by_code": wrong}  # fmt: skip
        client.close()
    return found


def rules_growth(persons: int) -> list[tuple[int, int, float]]:
    """Seconds for more and more rights of the month: (rights and statuses, values worked out, median seconds)."""
    from balsts.law.engine.many.output import Output
    from balsts.law.engine.many.passes import Pass
    from balsts.law.engine.quantities import month_from
    from balsts.law.engine.wiring import wire
    from balsts.law.latvia import latvia

    law, month = latvia(), month_from(_MONTH)
    everything = wire(law, month)
    codes = [*everything.rights, *everything.statuses]
    found = []
    for number in (len(codes) // 4, len(codes) // 2, len(codes) * 3 // 4, len(codes)):
        chosen = codes[-number:]
        wiring = wire(law, month, wanted=chosen)
        ours = Pass(wiring, [Output("right" if code in everything.rights else "value", code) for code in chosen])
        columns = population(persons, month, ours)
        seconds = interleaved({"ours": partial(timed, partial(ours.run, columns))}, _ROUNDS)
        found.append((number, len(wiring.values), statistics.median(seconds["ours"])))
    return found


def interleaved(runners: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Rounds in which all take turns; in each turn a runner goes twice, once to be warm again, once to be timed."""
    found: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, runner in runners.items():
            runner()
            found[name].append(runner())
    return found


def timed(job: Callable[[], Any]) -> float:
    """Seconds a job takes."""
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def _inputs(columns: Columns) -> list[np.ndarray[Any, Any]]:
    return [columns.starts, *columns.persons.values(), *columns.household.values()]


# -- the population ------------------------------------------------------------------------------------------------


def population(persons: int, month: int, ours: Pass) -> Columns:
    """A synthetic population with only the columns the pass reads; above two million, blocks of it repeated."""
    import numpy as np

    from balsts.law.engine.many.columns import Columns, tie
    from balsts.law.engine.many.compiled import cache_folder
    from balsts.law.latvia import latvia
    from balsts.population.main_job import draw
    from balsts.population.reader import read_population

    block = min(persons, _BLOCK_PERSONS)
    path = cache_folder() / f"bench-{block}-{_SEED}.parquet"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(block, path)
    law = latvia()
    columns = read_population(path, law.catalogue, names=set(ours.wiring.inputs)).columns
    tie(columns, law.catalogue, month)
    columns.stated = {}
    columns.persons = {name: columns.persons[name] for name in ours.kernel.person_inputs}
    columns.household = {name: columns.household[name] for name in ours.kernel.household_inputs}
    times = -(-persons // block)
    if times == 1:
        return columns
    starts = np.concatenate([columns.starts[:-1] + np.uint64(block * number) for number in range(times)])
    return Columns(
        np.append(starts, np.uint64(block * times)),
        {name: np.tile(column, times) for name, column in columns.persons.items()},
        {name: np.tile(column, times) for name, column in columns.household.items()},
    )


def dense(result: dict[str, Entries]) -> list[np.ndarray[Any, Any]]:
    """All outputs as full columns, one after the other on each thread: what the peers give."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda one: one.dense(), result.values()))


def null_pass(ours: Pass, result: dict[str, Entries]) -> Callable[[Columns], Any]:
    """A pass that reads the same inputs, member by member, writes as many entries, and applies no law."""
    from balsts.law.engine.many.compiled import module_of
    from balsts.law.engine.many.passes import Pass

    null = Pass.__new__(Pass)
    null.__dict__.update(ours.__dict__)
    null.module = module_of(null_text(ours, [max(1, one.size // max(1, len(one.rows))) for one in result.values()]))
    return null.run


def null_text(ours: Pass, steps: list[int]) -> str:
    """The text of that pass: sums of what is read go to what is written, so that nothing can be left out.

    Args:
        steps: for each output, how many rows lie from one entry to the next.
    """
    kernel = ours.kernel
    persons, households = kernel.person_inputs, kernel.household_inputs
    arguments = ["P", "K", "rows", "starts", "first", "last", "largest", "at", "values", "made"]
    arguments += [f"in_{name}" for name in (*persons, *households)]
    lines = ["from numba import njit", "import numpy as np", "", "",
             "@njit(cache=True, nogil=True, error_model='numpy')", f"def kernel({', '.join(arguments)}):",
             "    whole = np.int64(0)", "    begin, end = starts[first], starts[last]",
             "    for h in range(first, last):"]  # fmt: skip
    lines += [f"        whole += np.int64(in_{name}[h])" for name in households]
    lines += ["        for i in range(starts[h], starts[h + np.uint64(1)]):"]
    lines += [f"            whole += np.int64(in_{name}[i])" for name in persons]
    for number, (by_household, step) in enumerate(zip(kernel.by_household, steps, strict=True)):
        bounds = "first, last" if by_household else "begin, end"
        lines += [f"    for i in range({bounds}, {step}):", f"        at[{number}, made[{number}]] = i",
                  f"        values[{number}, made[{number}]] = whole", f"        made[{number}] += 1"]  # fmt: skip
    return "\n".join([*lines, "    return 0", ""])


def floor_seconds(input_mb: float, output_mb: float) -> float:
    """Bytes over the bandwidth measured here: reading at the speed of a copy's reads, writing at that of its writes."""
    import numpy as np

    source = np.ones(64_000_000 // 8)
    target = np.empty_like(source)
    best = min(timed(lambda: np.copyto(target, source)) for _ in range(7))
    return (input_mb + output_mb) * 1e6 / (2 * source.nbytes / best)


# -- one household, compiling, memory ------------------------------------------------------------------------------


def one_household() -> tuple[float, float]:
    """Median and 99th percentile in ms: facts read, all rights, every explanation, in a warm process."""
    from balsts.law.engine.answer import entitle
    from balsts.law.engine.explaining.explain import Explainer
    from balsts.law.engine.household import read_household
    from balsts.law.engine.text import parse
    from balsts.law.latvia import latvia

    law = latvia()
    text = _HOUSEHOLD.encode()

    def answer() -> None:
        facts, month = read_household(parse(text, "bench"), law.catalogue, law.rights())
        found = entitle(law, facts, month)
        explainer = Explainer(found.results, "lv")
        for right in found.rights:
            explainer.right(right)

    times = sorted(timed(answer) for _ in range(_HOUSEHOLD_ROUNDS))
    return statistics.median(times) * 1e3, times[int(len(times) * 0.99)] * 1e3


_HOUSEHOLD = """
on: 2026-01
persons:
  anna: {born: 1990-05-04, sex: f, partner: juris}
  juris: {born: 1988-01-30, sex: m, wage_net_eur_month: "640.00"}
  liene: {born: 2024-11-11, sex: f, parents: [anna, juris]}
  oto: {born: 2016-02-01, sex: m, parents: [anna, juris], education: general}
  zane: {born: 1955-02-01, sex: f, disability_group: 2, pension_eur_month: "210.00"}
housing_costs_eur_month: "280.00"
"""


def compile_times() -> tuple[float, float]:
    """Seconds to compile all rights of the month into an empty cache, and to read them from it in a new process."""
    with tempfile.TemporaryDirectory() as folder:
        cold, cached = (_in_process(["compile"], {"BALSTS_CACHE": folder})["seconds"] for _ in range(2))
        return cold, cached


def memory_of_one_run(persons: int) -> tuple[float, float]:
    """Resident memory in MB of a process of its own: before the columns are loaded, and at most during a run."""
    found = _in_process(["memory", str(persons)], {})
    return found["baseline_mb"], found["peak_mb"]


def _in_process(arguments: list[str], environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "balsts.population.bench", *arguments], check=True,
                          capture_output=True, text=True, env=os.environ | environment)  # fmt: skip
    return dict(json.loads(done.stdout.splitlines()[-1]))


def memory_mb(what: str) -> float:
    """Resident memory of this process in MB: `VmRSS` now, `VmHWM` at most since the last `forget_peak`."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(what)) / 1024


def forget_peak() -> None:
    """Let the peak of memory count from now on, where the system can: reading the file is not the run."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def machine() -> str:
    """Processor and cores, for the record."""
    model = "unknown processor"
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = [line for line in cpuinfo.read_text().splitlines() if line.startswith("model name")]
        model = found[0].split(":", 1)[1].strip() if found else model
    return f"{model}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"


def peer_client(columns: Columns, ours: Pass) -> Any:
    """The peers of the repository's `benchmarks/peers`, prepared with the same columns."""
    path = Path("benchmarks/peers/client.py")
    if not path.exists():
        raise InputError("--peers: run it in the repository, where benchmarks/peers stands.")
    spec = importlib.util.spec_from_file_location("balsts_peers_client", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    client = module.Peers()
    client.prepare(columns, [output.column for output in ours.kernel.outputs])
    return client


def lines(found: Measured) -> list[str]:
    """The figures for a person to read."""
    shown = [
        f"{found.machine}, {found.threads} threads, the law of {_MONTH}: {found.rights} rights, {found.rules} values",
        f"{found.persons:,} persons in {found.households:,} households",
        (f"  all rights, median              {found.seconds * 1e3:10.1f} ms  "
         f"{found.nanoseconds_per_person:.1f} ns a person"),
        f"  the same, as full columns       {found.dense_seconds * 1e3:10.1f} ms",
        (f"  null pass (same columns)        {found.null_kernel_seconds * 1e3:10.1f} ms  "
         f"ours is {found.null_ratio:.2f} x"),
        f"  bytes over bandwidth            {found.floor_seconds * 1e3:10.1f} ms",
        f"  inputs and outputs              {found.input_mb + found.output_mb:10.1f} MB",
        (f"  peak memory above the baseline  {found.peak_rss_mb - found.baseline_rss_mb:10.1f} MB  "
         f"{found.memory_ratio:.2f} x"),
        f"  compiling cold, from the cache  {found.compile_seconds:10.1f} s   {found.cached_seconds:.2f} s",
        (f"  one household, explained        {found.one_household_ms:10.2f} ms  "
         f"(99 %: {found.one_household_p99_ms:.2f} ms)"),
    ]  # fmt: skip
    for name, peer in found.peers.items():
        shown.append(f"  {name:<32}{peer['seconds'] * 1e3:10.1f} ms  {peer['ratio']:.2f} x ours, "
                     f"{peer['wrong_cents']:,} values differ")  # fmt: skip
    return shown


def _child(arguments: list[str]) -> dict[str, float]:
    """What a process of its own measures: `compile`, or `memory PERSONS`."""
    from balsts.law.engine.many.output import Output
    from balsts.law.engine.many.passes import Pass
    from balsts.law.engine.quantities import month_from
    from balsts.law.engine.wiring import wire
    from balsts.law.latvia import latvia

    started = time.perf_counter()
    wiring = wire(latvia(), month_from(_MONTH))
    outputs = [Output("right", code) for code in wiring.rights]
    ours = Pass(wiring, outputs + [Output("value", code) for code in wiring.statuses])
    if arguments[0] == "compile":
        return {"seconds": time.perf_counter() - started}
    baseline = memory_mb("VmRSS")
    columns = population(int(arguments[1]), month_from(_MONTH), ours)
    forget_peak()
    ours.run(columns)
    return {"baseline_mb": baseline, "peak_mb": memory_mb("VmHWM")}


if __name__ == "__main__":
    print(json.dumps(_child(sys.argv[1:])))

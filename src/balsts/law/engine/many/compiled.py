"""Generated code as modules: written under the hash of all that could change its machine code, compiled once."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import llvmlite
import numba
import numpy as np
from llvmlite import binding

from balsts.law.engine.errors import InputError

_RECURSION = 50_000


def cache_folder() -> Path:
    """Where compiled code is kept: `BALSTS_CACHE`, else the user's cache folder."""
    chosen = os.environ.get("BALSTS_CACHE")
    if chosen:
        return Path(chosen)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "balsts"


def surroundings() -> str:
    """What besides the text shapes the machine code: the compiler's versions, Python's, and the processor."""
    return "|".join(
        [numba.__version__, llvmlite.__version__, np.__version__, platform.python_version(),
         binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()]
    )  # fmt: skip


def module_name(text: str) -> str:
    """The name that stands for a generated text on this machine."""
    return "law_" + hashlib.sha256(f"{surroundings()}\n{text}".encode()).hexdigest()[:40]


@lru_cache(maxsize=64)
def module_of(text: str) -> ModuleType:
    """The module of a generated text; a file that is there already is taken as it is, its name being its hash.

    Raises:
        InputError: the cache folder cannot be written to.
    """
    name = module_name(text)
    path = cache_folder() / f"{name}.py"
    try:
        _keep(text, path)
    except OSError as error:
        raise InputError(
            f"{path.parent}: compiled code cannot be kept there: {error.strerror or error}. "
            "Name a folder that can be written to in BALSTS_CACHE."
        ) from None
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _keep(text: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).replace(path)


@contextmanager
def room_to_compile() -> Iterator[None]:
    """The compiler goes from branch to branch by recursion: a law of some size needs more of it than Python allows."""
    allowed = sys.getrecursionlimit()
    sys.setrecursionlimit(max(allowed, _RECURSION))
    try:
        yield
    finally:
        sys.setrecursionlimit(allowed)


def is_compiled(text: str) -> bool:
    """Whether machine code of a text lies on disk."""
    return any((cache_folder() / "__pycache__").glob(f"{module_name(text)}.*.nbi"))

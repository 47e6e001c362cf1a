"""A progress bar for jobs that may take more than two seconds; on standard error, and only for a person."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from tqdm import tqdm


class Bar:
    """Shows how far a job is, once it has taken two seconds and a person is watching."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.bar: tqdm[Any] | None = None

    def __enter__(self) -> Bar:
        return self

    def to(self, done: int, whole: int) -> None:
        """Move to `done` of `whole` steps."""
        if self.bar is None:
            self.bar = tqdm(total=whole, desc=self.what, delay=2, leave=False, disable=not sys.stderr.isatty())
        self.bar.total = whole
        self.bar.update(done - self.bar.n)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 traceback: TracebackType | None) -> None:  # fmt: skip
        if self.bar is not None:
            self.bar.close()

"""A circuit breaker: a register that keeps failing is left alone for a while, and then tried by one question first."""

from __future__ import annotations

import time
from collections.abc import Callable


class CircuitBreaker:
    """Counts failures in a row. Not shared between processes: each learns for itself.

    Args:
        failures: so many in a row open the circuit.
        pause_seconds: how long it stays open.
        clock: seconds that never run backwards.
    """

    def __init__(self, failures: int, pause_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._failures, self._pause, self._clock = failures, pause_seconds, clock
        self._in_a_row = 0
        self._tried_again_at: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether questions are being held back."""
        return self._tried_again_at is not None

    def lets_through(self) -> bool:
        """Whether a question may go out now. After the pause one may; the others wait for how it fares."""
        if self._tried_again_at is None:
            return True
        if self._clock() < self._tried_again_at:
            return False
        self._tried_again_at = self._clock() + self._pause
        return True

    def answered(self) -> None:
        """The register answered: the circuit closes."""
        self._in_a_row = 0
        self._tried_again_at = None

    def failed(self) -> None:
        """The register failed once more."""
        self._in_a_row += 1
        if self._in_a_row >= self._failures:
            self._tried_again_at = self._clock() + self._pause

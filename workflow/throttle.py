"""How often somebody may fail to sign in.

Failures are counted for one account *from one address*: whoever guesses at somebody
else's password slows down himself, and never locks the owner out. The counts live in this
process; with several processes each has its own.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

MOST_FAILURES: Final = 10
WINDOW: Final = 15 * 60.0
"""Seconds over which failures count."""
MOST_REMEMBERED: Final = 10_000
"""Pairs of address and account that are remembered; the one longest untouched is forgotten first."""


class Throttle:
    """Counts of recent failures, and how long to wait after too many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, *, address: str, account: str) -> int:
        """Return the seconds until `address` may try `account` again; 0 if it may now."""
        with self._lock:
            failures = self._recent((address, account))
            if len(failures) < MOST_FAILURES:
                return 0
            return max(1, round(failures[0] + WINDOW - self._clock()))

    def failed(self, *, address: str, account: str) -> None:
        """Count a failure of `address` to sign in to `account`."""
        key = (address, account)
        with self._lock:
            failures = self._recent(key)
            failures.append(self._clock())
            self._failures[key] = failures
            self._failures.move_to_end(key)
            while len(self._failures) > MOST_REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, *, address: str, account: str) -> None:
        """Forget the failures of `address` on `account`."""
        with self._lock:
            self._failures.pop((address, account), None)

    def _recent(self, key: tuple[str, str]) -> deque[float]:
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= self._clock() - WINDOW:
            failures.popleft()
        return failures

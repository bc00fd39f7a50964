"""Who guesses at a password slows down himself, and nobody else."""

from workflow.throttle import MOST_FAILURES, MOST_REMEMBERED, WINDOW, Throttle


class _Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _after(failures: int, clock: _Clock) -> Throttle:
    throttle = Throttle(clock)
    for _ in range(failures):
        throttle.failed(address="192.0.2.1", account="a@example.org")
    return throttle


def test_so_many_failures_are_free() -> None:
    assert _after(MOST_FAILURES - 1, _Clock()).wait(address="192.0.2.1", account="a@example.org") == 0


def test_one_more_and_one_waits_until_the_first_is_forgotten() -> None:
    clock = _Clock()
    throttle = _after(MOST_FAILURES, clock)

    assert throttle.wait(address="192.0.2.1", account="a@example.org") == WINDOW
    clock.now += WINDOW - 1
    assert throttle.wait(address="192.0.2.1", account="a@example.org") == 1
    clock.now += 1
    assert throttle.wait(address="192.0.2.1", account="a@example.org") == 0


def test_the_owner_elsewhere_is_not_locked_out() -> None:
    throttle = _after(MOST_FAILURES, _Clock())

    assert throttle.wait(address="192.0.2.2", account="a@example.org") == 0
    assert throttle.wait(address="192.0.2.1", account="b@example.org") == 0


def test_success_forgets_the_failures() -> None:
    throttle = _after(MOST_FAILURES - 1, _Clock())
    throttle.succeeded(address="192.0.2.1", account="a@example.org")
    throttle.failed(address="192.0.2.1", account="a@example.org")

    assert throttle.wait(address="192.0.2.1", account="a@example.org") == 0


def test_memory_is_bounded() -> None:
    throttle = _after(MOST_FAILURES, _Clock())
    for number in range(MOST_REMEMBERED):
        throttle.failed(address="192.0.2.1", account=f"{number}@example.org")

    assert throttle.wait(address="192.0.2.1", account="a@example.org") == 0
    assert len(throttle._failures) == MOST_REMEMBERED

from gateway.breaker import Breaker


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def broken(clock: Clock) -> Breaker:
    breaker = Breaker(clock)
    for _ in range(5):
        assert breaker.admit()
        breaker.failed()
    return breaker


def test_some_failures_do_not_open_it() -> None:
    breaker = Breaker(Clock())
    for _ in range(4):
        breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.admit()


def test_failures_in_a_row_open_it() -> None:
    assert not broken(Clock()).admit()


def test_after_a_pause_one_call_tries_and_others_still_wait() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += 0.5

    assert breaker.admit()
    assert not breaker.admit()


def test_a_trial_that_succeeds_closes_it() -> None:
    clock = Clock()
    breaker = broken(clock)
    clock.now += 0.5
    breaker.admit()
    breaker.succeeded()

    assert breaker.admit()
    assert breaker.admit()


def test_trials_that_fail_make_the_pauses_longer_up_to_a_bound() -> None:
    clock = Clock()
    breaker = broken(clock)
    for _ in range(10):
        clock.now += 5.0
        assert breaker.admit()
        breaker.failed()

    assert not breaker.admit()
    assert breaker.retry_after == 5

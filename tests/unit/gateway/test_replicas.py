from gateway.replicas import Replica, Replicas


def _asked(replicas: Replicas) -> list[str]:
    return sorted(replica.url for replica in replicas.admitted())


def _one(replicas: Replicas, url: str) -> Replica:
    return next(replica for replica in replicas.admitted() if replica.url == url)


def _gone(url: str, *, was_refused: bool) -> Replicas:
    replicas = Replicas("http://a, http://b/")
    replica = _one(replicas, url)
    for _ in range(5):
        replica.breaker.failed(was_refused=was_refused)
    return replicas


def test_another_one_is_first_each_time() -> None:
    replicas = Replicas("http://a,http://b")
    assert [next(replicas.admitted()).url for _ in range(3)] == ["http://a", "http://b", "http://a"]


def test_one_that_refused_is_asked_last_and_only_if_no_other_answers() -> None:
    replicas = _gone("http://a", was_refused=True)
    for _ in range(3):
        assert [replica.url for replica in replicas.admitted()] == ["http://b", "http://a"]


def test_one_that_kept_silent_is_left_alone() -> None:
    assert _asked(_gone("http://a", was_refused=False)) == ["http://b"]


def test_one_that_is_back_is_asked_in_turn_again() -> None:
    replicas = _gone("http://a", was_refused=True)
    *_, last = replicas.admitted()
    last.breaker.succeeded()
    assert [next(replicas.admitted()).url for _ in range(2)].count("http://a") == 1

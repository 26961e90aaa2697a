import signal

import pytest

from webapp.processes import FEW, spread


def is_deaf(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="only where signals are masked")
def test_ctrl_c_goes_to_this_process_alone() -> None:
    many = [(number, number) for number in range(2 * FEW)]
    assert [found for _, found in spread(is_deaf, many, 2)] == [True] * len(many)
    assert [found for _, found in spread(is_deaf, many, 1)] == [False] * len(many)

import socket

import pytest

from digital_days.kernel.sentences import Unable
from digital_days.running.reachable import check_answers, check_port_free


def test_port_is_refused_when_taken_and_fine_when_given_back() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Unable, match=rf"Le port {port} est déjà pris .*\nPort {port} is already in use"):
            check_port_free("127.0.0.1", port)
    check_port_free("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("no.such.host.invalid", 8000), ("127.0.0.1", 70_000)])
def test_address_is_refused_when_nobody_could_listen_there(host: str, port: int) -> None:
    with pytest.raises(Unable, match="PORT="):
        check_port_free(host, port)


def test_server_is_refused_without_its_password_when_silent() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(Unable, match=f"Aucun serveur ne répond .*127.0.0.1:{port}") as refusal:
        check_answers(f"postgresql://alice:hidden@127.0.0.1:{port}/db", "DATABASE_URL")
    assert "hidden" not in str(refusal.value)

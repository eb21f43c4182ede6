import asyncio
import errno
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import psutil
import pytest
from redis import Redis

from digital_days.embedded import running_servers, servers, servers_of_another
from digital_days.running.private_place import SHARED_ROOT, EmbeddedError, disk_troubles
from digital_days.running.private_postgres import explanation
from tests.running.holder import hold
from tests.running.running_processes import kept_servers, server_processes, still_alive

# One data folder for all, because the first start on a folder is the slow one; each test leaves it whole.
pytestmark = pytest.mark.xdist_group("embedded")

as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root starts the servers as another account, which only root can; .ci/run is root"
)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with kept_servers(tmp_path_factory.mktemp("embedded")) as folder:
        yield folder


def ask(url: str, statement: str) -> object:
    async def connect_and_ask() -> object:
        connection = await asyncpg.connect(url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()

    return asyncio.run(connect_and_ask())


def test_servers_keep_data_and_port_when_started_again(data_dir: Path) -> None:
    with servers(data_dir) as first:
        ask(first.database_url, "CREATE TABLE words AS SELECT 'é'::text AS word")
    with servers(data_dir) as second:
        assert ask(second.database_url, "SELECT word FROM words") == "é"
        assert second.database_url == first.database_url


def test_servers_are_durable_utf8_and_compare_like_everywhere_when_new(data_dir: Path) -> None:
    with servers(data_dir) as addresses:
        assert ask(addresses.database_url, "SHOW fsync") == "on"
        assert ask(addresses.database_url, "SHOW server_encoding") == "UTF8"
        assert ask(addresses.database_url, "SELECT 'Z' < 'a' AND 'z' < 'é'") is True
        with Redis.from_url(addresses.redis_url) as redis:
            assert redis.ping() is True


def test_servers_let_nobody_in_when_the_password_is_wrong(data_dir: Path) -> None:
    with servers(data_dir) as addresses:
        place = addresses.database_url.rpartition("@")[2]
        with pytest.raises(asyncpg.InvalidPasswordError):
            ask(f"postgresql://digital_days:wrong@{place}", "SELECT 1")
        with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
            ask(f"postgresql://postgres:@{place}", "SELECT 1")


def test_throwaway_servers_leave_nothing_when_an_error_ends_the_block(tmp_path: Path) -> None:
    def start_and_fail() -> None:
        with servers(tmp_path, durable=False):
            processes.extend(server_processes(tmp_path))
            folders.append((tmp_path / "servers").resolve())
            raise ZeroDivisionError

    processes: list[psutil.Process] = []
    folders: list[Path] = []
    with pytest.raises(ZeroDivisionError):
        start_and_fail()
    assert len(processes) == 2
    assert still_alive(processes) == []
    assert [folder for folder in [*tmp_path.iterdir(), *folders] if folder.exists()] == []


def test_errors_of_the_block_stay_what_they_are_when_they_resemble_disk_trouble(data_dir: Path) -> None:
    with pytest.raises(FileNotFoundError), servers(data_dir):
        (data_dir / "nothing here").read_text()


def test_second_start_is_refused_and_finds_the_first_when_it_is_running(data_dir: Path) -> None:
    assert servers_of_another(data_dir) is None
    with servers(data_dir) as addresses:
        assert servers_of_another(data_dir) == addresses
        with pytest.raises(EmbeddedError, match="déjà sur le dossier"), servers(data_dir):
            pass
        assert ask(addresses.database_url, "SELECT 1") == 1
    assert servers_of_another(data_dir) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_servers_end_with_their_holder_when_it_is_told_to_stop(data_dir: Path, number: signal.Signals) -> None:
    holder = hold(data_dir)
    processes = server_processes(data_dir)
    holder.process.send_signal(number)
    holder.process.communicate(timeout=20)
    assert len(processes) == 2
    assert still_alive(processes) == []


def test_servers_recover_and_end_leftovers_when_the_holder_was_killed(data_dir: Path) -> None:
    holder = hold(data_dir)
    ask(holder.addresses.database_url, "CREATE TABLE before_kill AS SELECT 1")
    left = server_processes(data_dir)
    holder.process.kill()
    holder.process.communicate()
    assert len([process for process in left if process.is_running()]) == 2
    with servers(data_dir) as addresses:
        assert still_alive(left) == []
        assert ask(addresses.database_url, "SELECT count(*) FROM before_kill") == 1


def test_servers_recover_when_the_database_itself_was_killed(data_dir: Path) -> None:
    with running_servers(data_dir) as running:
        ask(running.addresses.database_url, "CREATE TABLE before_crash AS SELECT 1")
        running.postgres.kill()
        running.postgres.wait()
    assert (data_dir / "servers" / "postgres" / "data" / "postmaster.pid").exists()
    with servers(data_dir) as addresses:
        assert ask(addresses.database_url, "SELECT count(*) FROM before_crash") == 1


def test_servers_take_another_port_when_theirs_is_taken(data_dir: Path) -> None:
    with servers(data_dir) as first:
        pass
    port = int(first.database_url.rpartition("/")[0].rpartition(":")[2])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with servers(data_dir) as second:
            assert second.database_url != first.database_url
            assert ask(second.database_url, "SELECT 1") == 1


def test_servers_start_when_an_earlier_first_start_was_interrupted(data_dir: Path) -> None:
    with servers(data_dir):
        place = (data_dir / "servers").resolve()
    (place / "postgres").rename(place / "postgres.new")  # as it is before the last step
    with servers(data_dir) as addresses:
        assert ask(addresses.database_url, "SELECT 1") == 1


def test_damaged_data_is_refused_and_kept_when_a_part_is_missing(data_dir: Path) -> None:
    with servers(data_dir):
        postgres = (data_dir / "servers" / "postgres").resolve()
    refused = {}
    for missing in ("password", "data/PG_VERSION", "data/global/pg_control", "data/global/pg_filenode.map"):
        part = postgres / missing
        aside = part.rename(part.with_name("aside"))
        try:
            with servers(data_dir):
                refused[missing] = ""
        except EmbeddedError as error:
            refused[missing] = str(error)
        finally:
            aside.rename(part)
    assert [missing for missing, said in refused.items() if "incomplètes ou abîmées" not in said] == []
    with servers(data_dir) as addresses:
        assert ask(addresses.database_url, "SELECT 1") == 1


def test_data_of_an_unknown_version_is_refused_when_found(data_dir: Path) -> None:
    with servers(data_dir):
        version = data_dir / "servers" / "postgres" / "data" / "PG_VERSION"
    before = version.read_text()
    version.write_text("12\n")
    try:
        with pytest.raises(EmbeddedError, match="PostgreSQL 12"), servers(data_dir):
            pass
    finally:
        version.write_text(before)


def test_data_folder_is_refused_when_it_cannot_be_one(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbeddedError, match="ne peut pas servir"), servers(tmp_path / "file"):
        pass
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "servers").touch()
    with pytest.raises(EmbeddedError, match="Déplacez-le"), servers(tmp_path / "var"):
        pass


def test_full_disk_is_told_when_we_or_the_server_meet_it(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match="plus d’espace"), disk_troubles(tmp_path):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    said = 'FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device'
    assert "No space is left" in str(explanation(said, tmp_path))


@as_root
def test_root_starts_the_servers_as_another_account_and_opens_no_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with running_servers(closed / "var", durable=False) as running:
        postgres = psutil.Process(running.postgres.pid)
        assert postgres.uids().effective != 0
        assert psutil.Process(running.valkey.pid).uids().effective != 0
        assert Path(postgres.exe()).is_relative_to(SHARED_ROOT)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@as_root
def test_what_a_killed_test_run_left_is_removed_when_the_next_one_starts(tmp_path: Path) -> None:
    holder = hold(tmp_path / "killed", durable=False)
    left = server_processes(tmp_path / "killed")
    folder = (tmp_path / "killed" / "servers").resolve()
    holder.process.kill()
    holder.process.communicate()
    with servers(tmp_path / "next", durable=False):
        assert still_alive(left) == []
        assert not folder.exists()

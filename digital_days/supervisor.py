"""``digital-days run``: servers, schema, sample, web and worker, started in order and ended together."""

import json
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from digital_days.embedded import Addresses, running_servers
from digital_days.kernel.sentences import Unable
from digital_days.kernel.settings import Settings
from digital_days.running.children import (
    environment,
    local_url,
    network_url,
    task_command,
    web_command,
    worker_command,
)
from digital_days.running.private_place import is_held
from digital_days.running.processes import Household
from digital_days.running.reachable import check_answers, check_port_free, check_url, check_valkey_lets_in
from digital_days.running.signals import STOPPING, ending_on

PATIENCE = 60  # seconds for the web server to say that it is ready


@dataclass(frozen=True)
class Member:
    name_fr: str
    name_en: str
    process: subprocess.Popen[bytes]
    log: Path


def run(settings: Settings, variables: Mapping[str, str], say: Callable[[str], None]) -> None:
    """Run until told to stop (``SystemExit(0)``); raise ``Unable`` when a part cannot start or dies."""
    with ending_on(STOPPING, exit_code=0), _servers(settings) as (own_servers, household, members):
        env = environment(variables, settings, own_servers)
        links = _prepare(env)
        logs = settings.data_dir / "worker.log", settings.data_dir / "web.log"
        worker = household.start(worker_command(), env=env, log=logs[0])
        web = household.start(web_command(settings), env=env, log=logs[1])
        members += [
            Member("L’exécutant des tâches", "The worker", worker, logs[0]),
            Member("Le serveur web", "The web server", web, logs[1]),
        ]
        _wait_until_ready(settings, members)
        say(_welcome(settings, links))
        while True:
            _check_alive(members)
            time.sleep(0.25)


def given_servers(settings: Settings) -> Addresses | None:
    """The servers named by DATABASE_URL and REDIS_URL, None when neither is set; one alone is refused."""
    if settings.database_url and settings.redis_url:
        check_url(settings.database_url, "DATABASE_URL")
        check_url(settings.redis_url, "REDIS_URL")
        return Addresses(settings.database_url, settings.redis_url)
    if settings.database_url or settings.redis_url:
        raise Unable(
            "DATABASE_URL et REDIS_URL vont ensemble : donnez les deux, ou aucune pour les serveurs privés.",
            "DATABASE_URL and REDIS_URL go together: set both, or neither for the private servers.",
        )
    return None


@contextmanager
def _servers(settings: Settings) -> Iterator[tuple[Addresses | None, Household, list[Member]]]:
    given = given_servers(settings)
    if given is not None:
        check_port_free(settings.host, settings.port)
        check_answers(given.database_url, "DATABASE_URL")
        check_answers(given.redis_url, "REDIS_URL")
        check_valkey_lets_in(given.redis_url)
        with Household() as household:
            yield None, household, []
        return
    if is_held(settings.data_dir.absolute()):  # then nothing that listens is left from us
        check_port_free(settings.host, settings.port)
    with running_servers(settings.data_dir, before_start=lambda: check_port_free(settings.host, settings.port)) as own:
        members = [
            Member(
                "La base de données PostgreSQL", "The PostgreSQL database", own.postgres, own.folder / "postgres.log"
            ),
            Member("La file d’attente Valkey", "The Valkey queue", own.valkey, own.folder / "valkey.log"),
        ]
        yield own.addresses, own.household, members


def _prepare(env: Mapping[str, str]) -> list[tuple[str, str]]:
    """Migrate, load the sample into an empty database, and return a sign-in link for each sample role."""
    done = subprocess.run(  # noqa: S603 (the command is ours)
        task_command("prepare"), env=dict(env), stdout=subprocess.PIPE, start_new_session=True, check=False
    )
    if done.returncode != 0:
        raise Unable(
            "La base de données n’a pas pu être préparée (voir ci-dessus).",
            "The database could not be prepared (see above).",
        )
    return [(str(role), str(url)) for role, url in json.loads(done.stdout)]


def _wait_until_ready(settings: Settings, members: list[Member]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _answers(settings):
        _check_alive(members)
        if time.monotonic() > deadline:
            raise Unable(
                f"Le serveur web n’est pas prêt après {PATIENCE} secondes. Son journal : {members[-1].log}",
                f"The web server is not ready after {PATIENCE} seconds. Its log: {members[-1].log}",
            )
        time.sleep(0.05)


def _answers(settings: Settings) -> bool:
    context = None
    if settings.https:
        context = ssl.create_default_context(cafile=settings.data_dir / "certificate" / "certificate.pem")
        context.check_hostname = False  # HOST may be a name that our certificate cannot know
    try:
        with urlopen(f"{local_url(settings)}/health/ready", timeout=5, context=context) as answer:  # noqa: S310 - our own
            return bool(answer.status == 200)
    except (HTTPError, HTTPException, OSError):
        return False


def _check_alive(members: list[Member]) -> None:
    for member in members:
        code = member.process.poll()
        if code is not None:
            raise Unable(
                f"{member.name_fr} : arrêt inattendu (code {code}), tout le reste est arrêté. "
                f"Son journal : {member.log}",
                f"{member.name_en} ended unexpectedly (code {code}), everything else is stopped. Its log: {member.log}",
            )


def _welcome(settings: Settings, links: list[tuple[str, str]]) -> str:
    lines = ["", "Digital Days est en marche.", "", f"  Sur cet ordinateur   {local_url(settings)}"]
    if on_network := network_url(settings):
        lines.append(f"  Sur le réseau        {on_network}")
    if settings.https:
        lines.append("  Le certificat est fait maison : acceptez l’avertissement du navigateur.")
    if links:
        lines += ["", "  Liens de connexion (chacun sert une fois, dans les 15 minutes) :"]
        width = max(len(role) for role, _ in links)
        lines += [f"    {role:<{width}}   {url}" for role, url in links]
    lines += ["", f"  Journaux : {settings.data_dir}/web.log et worker.log", "  Ctrl-C arrête tout.", ""]
    return "\n".join(lines)

"""``digital-days``: what an operator types. Each command finds or starts the servers that it needs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from digital_days.assets import build
from digital_days.embedded import servers, servers_of_another
from digital_days.kernel.sentences import Unable
from digital_days.kernel.settings import Settings, SettingsError, load
from digital_days.running.children import environment, match_command, task_command, web_command, worker_command
from digital_days.running.processes import Household
from digital_days.running.reachable import check_valkey_lets_in
from digital_days.running.signals import STOPPING, ending_on
from digital_days.supervisor import given_servers, run

PASSED_ON = {"ignore_unknown_options": True, "help_option_names": []}


def main() -> None:
    """An expected failure is a sentence on the error stream and exit code 1, never a traceback."""
    try:
        cli()
    except (Unable, SettingsError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.group()
def cli() -> None:
    """Digital Days: the platform of the Journées numériques."""


@cli.command("run")
def run_everything() -> None:
    """Start the servers, the web program and the worker; Ctrl-C stops them."""
    run(load(os.environ), os.environ, click.echo)


@cli.command()
def web() -> None:
    """Start the web program only."""
    settings = load(os.environ)
    _serve(settings, web_command(settings))


@cli.command()
def worker() -> None:
    """Start the worker only."""
    _serve(load(os.environ), worker_command())


@cli.command()
@click.option("--dev", is_flag=True, help="Also install what tests and benchmarks use.")
def assets(dev: bool) -> None:
    """Build the front end."""
    build(dev=dev)


@cli.command("import-template", context_settings=PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def import_template(arguments: tuple[str, ...]) -> None:
    """Write the spreadsheet to fill in for an import."""
    sys.exit(_call("import-template", arguments, dict(os.environ)))


@cli.group()
def match() -> None:
    """Problems of the speed dating, from files."""


@match.command("solve", context_settings=PASSED_ON)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def match_solve(arguments: tuple[str, ...]) -> None:
    """Find when to hold the meetings of a published problem."""
    command = match_command("solve", *arguments)
    os.execve(command[0], command, os.environ)  # noqa: S606 (signals and exit code are its own)


def _with_database(name: str, summary: str) -> None:
    @cli.command(name, context_settings=PASSED_ON, help=summary)
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(arguments: tuple[str, ...]) -> None:
        if "--help" in arguments:
            sys.exit(_call(name, arguments, dict(os.environ)))
        with ending_on(STOPPING, exit_code=130), _environment(load(os.environ)) as env:
            code = _call(name, arguments, env)
        sys.exit(code)


_with_database("migrate", "Bring the database to this version of the program.")
_with_database("import", "Import a programme: c3voc schedule (JSON, XML) or spreadsheet.")
_with_database("grant", "Give somebody a role in an edition: the first organiser comes from here.")
_with_database("revoke", "Take a role back.")
_with_database("roles", "List who has which role in which edition.")
_with_database("sample", "Load the sample editions and print a sign-in link for each role.")


def _call(name: str, arguments: tuple[str, ...], env: dict[str, str]) -> int:
    # In a session of its own: Ctrl-C reaches us, and we end it before the servers that it uses.
    return subprocess.run(  # noqa: S603 (the command is ours)
        task_command(name, *arguments), env=env, start_new_session=True, check=False
    ).returncode


@contextmanager
def _environment(settings: Settings) -> Iterator[dict[str, str]]:
    """With the servers given, those of a running ``digital-days run``, or private ones while it lasts.

    Private ones may be new, and are brought to this version first; those given are brought there by their operator.
    """
    if given_servers(settings):
        yield environment(os.environ, settings, None)
    elif running := servers_of_another(settings.data_dir):
        yield environment(os.environ, settings, running)
    else:
        with servers(settings.data_dir) as started:
            env = environment(os.environ, settings, started)
            if code := _call("migrate", (), env):
                sys.exit(code)
            yield env


def _serve(settings: Settings, command: list[str]) -> None:
    if given := given_servers(settings):
        check_valkey_lets_in(given.redis_url)
        env = environment(os.environ, settings, None)
        os.execve(command[0], command, env)  # noqa: S606 (signals and exit code are the program's own)
    with (
        ending_on(STOPPING, exit_code=0),
        _environment(settings) as env,
        Household() as household,
    ):
        code = household.start(command, env=env).wait()
    sys.exit(code)


if __name__ == "__main__":
    main()

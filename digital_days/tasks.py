"""One-off tasks with a database at hand; ``digital-days`` starts them, each in a process of its own."""

import asyncio
import json
import sys
from datetime import date
from pathlib import Path

import asyncpg
import click

from digital_days.composition import plug_in
from digital_days.kernel.database import Unreachable, connect_to
from digital_days.kernel.editions import say_contact
from digital_days.kernel.errors import Refusal
from digital_days.kernel.people import email_address
from digital_days.kernel.sentences import Unable
from digital_days.kernel.settings import SettingsError, current
from digital_days.kernel.tables import Edition
from digital_days.kernel.written_times import day
from digital_days.migrations import migrate
from digital_days.role_commands import grant, list_roles, revoke
from digital_days.running.import_summary import summary
from digital_days.sample.loader import load_sample, sample_sign_in_links
from scheduling.domain.import_report import ImportReport
from scheduling.domain.importing import import_file
from scheduling.imports.template import csv_template, xlsx_template


def main() -> None:
    """An expected failure is a sentence on the error stream and exit code 1, never a traceback."""
    try:
        plug_in()
        connect_to(current().database_url or "")
        tasks()
    except (Unable, SettingsError, Refusal) as error:
        sys.exit(str(error))
    except Unreachable as error:
        sys.exit(
            f"La base de données ne répond pas ({type(error).__name__}).\n"
            f"The database does not answer ({type(error).__name__})."
        )
    except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError, asyncpg.UndefinedFunctionError):
        sys.exit(
            "La base de données n’est pas à jour : lancez d’abord « digital-days migrate ».\n"
            "The database is not up to date: run “digital-days migrate” first."
        )
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        sys.exit(f"La base de données refuse : {error}\nThe database refuses: {error}")


@click.group()
def tasks() -> None:
    """One-off tasks."""


for _command in (grant, revoke, list_roles):
    tasks.add_command(_command)


@tasks.command("migrate")
def run_migrations() -> None:
    """Bring the database to this version of the program: all of it, or nothing."""
    asyncio.run(migrate(current()))


@tasks.command()
def prepare() -> None:
    """Migrate, load the sample when there is no edition yet, and print the sample's sign-in links as JSON."""

    async def steps() -> list[tuple[str, str]]:
        await migrate(current())
        if not await Edition.exists():
            await load_sample()
        return await sample_sign_in_links()

    click.echo(json.dumps(asyncio.run(steps())))


@tasks.command()
def sample() -> None:
    """Load the sample editions (again changes nothing) and print a sign-in link for each role."""

    async def steps() -> list[tuple[str, str]]:
        await load_sample()
        return await sample_sign_in_links()

    for role, url in asyncio.run(steps()):
        click.echo(f"{role} : {url}")


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    found = day(value) if value else None
    if value and found is None:
        raise Unable(
            f"--first-day {value} n’est pas une date : écrivez-la comme 2027-11-05.",
            f"--first-day {value} is not a date: write it like 2027-11-05.",
        )
    return found


@tasks.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--edition", help="Slug of the edition; by default the one that the file names.")
@click.option("--dry-run", is_flag=True, help="Print the report and write nothing.")
@click.option("--seats", type=click.IntRange(min=0), help="Seats of a slot when neither file nor room says.")
@click.option("--replace", is_flag=True, help="Let a file that has nothing in common replace everything.")
@click.option("--organiser", default="", help="Who holds the edition, as pages, mails and agreements name them.")
@click.option("--contact", default="", help="E-mail address that people of the edition write to.")
@click.option("--postal-address", default="", help="Postal address at the foot of the edition's mails.")
@click.option(
    "--first-day",
    callback=_day,
    metavar="YYYY-MM-DD",
    help="Move the programme by whole days so that it starts on this one; slots keep their hours, in Toronto.",
)
def import_programme(
    file: Path,
    *,
    edition: str | None,
    dry_run: bool,
    seats: int | None,
    replace: bool,
    organiser: str,
    contact: str,
    postal_address: str,
    first_day: date | None,
) -> None:
    """Import FILE: c3voc schedule (JSON, XML) or spreadsheet (xlsx, csv). Again changes nothing."""
    contact, data = email_address(contact) if contact else "", file.read_bytes()

    async def steps() -> ImportReport:
        report = await import_file(
            data,
            filename=file.name,
            edition_slug=edition,
            dry_run=dry_run,
            default_seats=seats,
            replace=replace,
            first_day=first_day,
        )
        if (organiser or contact or postal_address) and not report.refused and not dry_run:
            await say_contact(
                report.edition,
                organiser_name=organiser.strip(),
                contact_email=contact,
                postal_address=postal_address.strip(),
            )
        return report

    report = asyncio.run(steps())
    for line in summary(report):
        click.echo(line)
    if report.refused:
        sys.exit(1)


@tasks.command("import-template")
@click.argument("path", type=click.Path(dir_okay=False, writable=True, path_type=Path))
def import_template(path: Path) -> None:
    """Write the spreadsheet to fill in to PATH, whose ending says which: .xlsx or .csv."""
    templates = {".xlsx": xlsx_template, ".csv": csv_template}
    if path.suffix.lower() not in templates:
        raise Unable(
            f"Le nom {path.name} doit se terminer par .xlsx ou .csv.",
            f"The name {path.name} must end in .xlsx or .csv.",
        )
    path.write_bytes(templates[path.suffix.lower()]())


if __name__ == "__main__":
    main()

"""Commands for whoever runs the program: who may welcome, organise, administer. The first organiser comes from here."""

import asyncio

import click

from digital_days.kernel import database, roles
from digital_days.kernel.editions import edition_called
from digital_days.kernel.people import add_person, email_address, person_name, person_with_account
from digital_days.kernel.permissions import Role
from digital_days.kernel.sentences import Unable

_ROLE = click.argument("role", type=click.Choice([role.value for role in Role]))
_EDITION = click.option("--edition", help="Slug of the edition; an administrator is one for all.")


@click.command("grant")
@_ROLE
@click.argument("email")
@_EDITION
@click.option("--name", default="", help="The person's name, where the address is not known yet.")
def grant(role: str, email: str, *, edition: str | None, name: str) -> None:
    """Give somebody a role; again changes nothing. They sign in with a link sent to EMAIL."""
    email, wanted = email_address(email), _wanted(role, edition)

    async def steps() -> bool:
        async with database.transaction():
            edition_id = await _edition_id(edition)
            person = await person_with_account(email)
            if person is None:
                if not person_name(name):
                    raise Unable(
                        f"Personne n’a l’adresse {email} : ajoutez --name.",
                        f"Nobody has the address {email}: add --name.",
                    )
                person = await add_person(name=person_name(name), email=email, locale="fr", account=True)
            return await roles.give(person, wanted, edition_id=edition_id)

    click.echo(_line("+" if asyncio.run(steps()) else "=", email, role, edition))


@click.command("revoke")
@_ROLE
@click.argument("email")
@_EDITION
def revoke(role: str, email: str, *, edition: str | None) -> None:
    """Take a role back; it no longer counts from the person's next request on."""
    email, wanted = email_address(email), _wanted(role, edition)

    async def steps() -> bool:
        edition_id, person = await _edition_id(edition), await person_with_account(email)
        return person is not None and await roles.take_back(person, wanted, edition_id=edition_id)

    if not asyncio.run(steps()):
        raise Unable(
            f"{email} n’a pas ce rôle : rien n’a changé.", f"{email} does not have this role: nothing changed."
        )
    click.echo(_line("-", email, role, edition))


@click.command("roles")
def list_roles() -> None:
    """List who has which role in which edition."""
    for each in asyncio.run(roles.grants()):
        click.echo(_line(" ", each.email, each.role.value, each.edition))


def _wanted(role: str, edition: str | None) -> Role:
    wanted = Role(role)
    if wanted is Role.ADMINISTRATOR and edition:
        raise Unable(
            "Une administratrice ou un administrateur l’est pour toutes les éditions : retirez --edition.",
            "An administrator is one for all editions: leave --edition out.",
        )
    if wanted is not Role.ADMINISTRATOR and not edition:
        raise Unable("Ajoutez --edition : pour quelle édition?", "Add --edition: which edition is it for?")
    return wanted


async def _edition_id(slug: str | None) -> int | None:
    return (await edition_called(slug)).id if slug else None


def _line(sign: str, email: str, role: str, edition: str | None) -> str:
    return f"{sign} {email}  {role}  {edition or '*'}"

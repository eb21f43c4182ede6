"""Roles come from whoever runs the program; their holders sign in as everybody does."""

from pathlib import Path

import click
import httpx
import pytest

from digital_days.kernel.errors import Refusal
from digital_days.kernel.sentences import Unable
from digital_days.role_commands import grant, revoke
from tests.product import EDITION, FRENCH_ONLY, Product
from tests.running.program import call, environment

NEW = "dominique.organise@example.ca"


async def signed_in(product: Product, email: str) -> httpx.AsyncClient:
    browser = product.browser()
    link = await product.sign_in_link(email)
    assert (await browser.post(f"/connexion/{link}", data={"confirm": "yes"})).status_code == 303
    return browser


async def test_first_organiser_of_an_edition_is_named_by_command_and_no_longer_one_when_revoked(product: Product):
    given = await product.command("grant", "organiser", NEW, "--edition", FRENCH_ONLY, "--name", "Dominique Neuve")
    again = await product.command("grant", "organiser", NEW, "--edition", FRENCH_ONLY)
    browser = await signed_in(product, NEW)

    assert (given, again) == (f"+ {NEW}  organiser  {FRENCH_ONLY}\n", f"= {NEW}  organiser  {FRENCH_ONLY}\n")
    assert f"  {NEW}  organiser  {FRENCH_ONLY}\n" in await product.command("roles")
    assert (await browser.get(f"/{FRENCH_ONLY}/organisation")).status_code == 200
    assert (await browser.get(f"/{EDITION}/organisation")).status_code == 403

    await product.command("revoke", "organiser", NEW, "--edition", FRENCH_ONLY)

    assert (await browser.get(f"/{FRENCH_ONLY}/organisation")).status_code == 403
    assert NEW not in await product.command("roles")
    await browser.aclose()


async def test_administrator_named_by_command_runs_every_edition(product: Product):
    email = "claude.administre@example.ca"
    await product.command("grant", "administrator", email, "--name", "Claude Neuf")
    browser = await signed_in(product, email)

    for edition in (EDITION, FRENCH_ONLY):
        assert (await browser.get(f"/{edition}/organisation")).status_code == 200
    await product.command("revoke", "administrator", email)
    await browser.aclose()


@pytest.mark.parametrize(
    ("command", "arguments", "sentence"),
    [
        (grant, ("organiser", NEW), "Add --edition"),
        (grant, ("administrator", NEW, "--edition", EDITION), "leave --edition out"),
        (grant, ("king", NEW), "is not one of"),
        (revoke, ("administrator", "no address"), "adresse courriel complète"),
    ],
)
def test_role_command_is_refused_before_anything_is_asked(
    command: click.Command, arguments: tuple[str, ...], sentence: str
):
    with pytest.raises((Unable, Refusal, click.BadParameter)) as refused:
        command.main([*arguments], standalone_mode=False)

    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("grant", "desk", NEW, "--edition", "no-such-edition", "--name", "A"), "Cette édition n’existe pas."),
        (("grant", "administrator", "nobody.yet@example.ca"), "add --name"),
        (("revoke", "administrator", "nobody.yet@example.ca"), "nothing changed"),
    ],
)
def test_role_command_is_refused_in_a_sentence(
    tmp_path: Path, database_url: str, redis_url: str, arguments: tuple[str, ...], sentence: str
):
    done = call(*arguments, env=environment(DATA_DIR=str(tmp_path), DATABASE_URL=database_url, REDIS_URL=redis_url))

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr

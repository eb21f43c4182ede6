"""Portraits, by themselves and beside a name."""

import httpx
import pytest

from digital_days.kernel import database, revalidated
from scheduling.domain.portraits import keep_portrait
from tests.factories import make_activity, make_edition
from tests.kernel.photos import opened, photo, saved
from tests.scheduling.programme_factories import make_speaker

pytestmark = pytest.mark.usefixtures("db")


async def test_portrait_is_kept_for_good_and_is_only_a_picture(client: httpx.AsyncClient):
    digest = await keep_portrait(saved(photo()))

    answer = await client.get(f"/portraits/{digest}.webp")

    assert (answer.status_code, opened(answer.content).size) == (200, (480, 480))
    assert {name: answer.headers[name] for name in ("content-type", "cache-control", "x-content-type-options")} == {
        "content-type": "image/webp",
        "cache-control": "public, max-age=31536000, immutable",
        "x-content-type-options": "nosniff",
    }
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("name", ["{digest}", "{digest}.html", "{digest}.webp.webp", f"{'0' * 64}.webp", ".webp", "x"])
async def test_portrait_that_is_not_there_is_a_page_that_says_so(client: httpx.AsyncClient, name: str):
    digest = await keep_portrait(saved(photo()))

    answer = await client.get(f"/portraits/{name.format(digest=digest)}")

    assert (answer.status_code, "Ce portrait n’existe pas, ou n’existe plus." in answer.text) == (404, True)


async def test_same_portrait_is_kept_once(client: httpx.AsyncClient):
    digests = {await keep_portrait(saved(photo())) for _twice in range(2)}

    [row] = await database.fetch("SELECT count(*) AS number FROM portrait")
    assert (len(digests), row["number"]) == (1, 1)


async def test_public_pages_show_the_portrait_or_initials(client: httpx.AsyncClient):
    edition = await make_edition()
    activity = await make_activity(edition)
    camille = await make_speaker(edition, "Camille Roy", activity=activity)
    await make_speaker(edition, "Denis de la Côte", activity=activity)
    digest = await keep_portrait(saved(photo()))
    await database.fetch("UPDATE speaker SET portrait = $2 WHERE id = $1", camille.id, digest)

    own = await client.get(f"/jn2027/intervenants/{camille.code}")
    listed = await client.get(f"/jn2027/activites/{activity.code}")

    picture = f'src="/portraits/{digest}.webp" width="{{0}}" height="{{0}}" alt="'
    assert f'{picture.format(128)}Portrait : Camille Roy" decoding="async"' in own.text.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert f'{picture.format(64)}" loading="lazy"' in listed.text
    assert '<span class="speaker-portrait" aria-hidden="true">DC</span>' in listed.text


async def test_initials_take_the_place_of_a_portrait_that_is_gone(client: httpx.AsyncClient):
    edition = await make_edition()
    camille = await make_speaker(edition, "Camille Roy")
    await database.fetch("UPDATE speaker SET portrait = $2 WHERE id = $1", camille.id, "0" * 64)
    revalidated.forget_all()

    page = await client.get(f"/jn2027/intervenants/{camille.code}")

    assert (">CR</span>" in page.text, "/portraits/" in page.text) == (True, False)

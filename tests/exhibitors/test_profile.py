"""The public page of an exhibitor: written, looked at and published by whoever acts for it."""

import asyncio

import httpx
import pytest

from digital_days.kernel import database
from digital_days.kernel.changed_meanwhile import ChangedMeanwhile
from exhibitors.domain.exhibitors import NoSuchExhibitor
from exhibitors.domain.logos import NoSuchLogo, forget_logos, keep_logo, logo_called
from exhibitors.domain.profiles import (
    Link,
    NotAcceptedYet,
    NothingToShow,
    Profile,
    ProfileTexts,
    hide_profile,
    profile_of,
    publish_profile,
    save_profile,
)
from tests.exhibitors.factories import make_need
from tests.exhibitors.portal_pages import Owner, make_owner, owner_signs_in
from tests.factories import make_activity, make_edition, make_slot
from tests.kernel.photos import opened, photo, saved
from tests.scheduling.routes.catalogue_pages import errors, fields, rows, said

LISTED = "SELECT listed FROM exhibitor WHERE id = $1"


async def save(client: httpx.AsyncClient, owner: Owner, **typed: object) -> httpx.Response:
    page = await client.get(f"{owner.path}/fiche")
    known = {name: value for name, value in fields(page, "/fiche").items() if name not in ("picture", "do")}
    return await client.post(f"{owner.path}/fiche", data={**known, **typed})


@pytest.mark.usefixtures("db")
async def test_whole_page_is_written_and_read_back(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await make_need(owner.edition)
    await make_need(owner.edition, "web", "Site Web")
    activity = await make_activity(owner.edition)
    await make_slot(activity)

    answer = await save(
        client,
        owner,
        name="Atelier du Sud",
        summary_fr="Nous réparons.",
        summary_en="We repair.",
        description_fr="Depuis 1990.\n\nÀ Lachute.",
        description_en="Since 1990.",
        needs=["web", "inconnu"],
        link_label=["Notre site", "", ""],
        link_url=["https://atelier.example/nous", "", "mailto:info@atelier.example"],
        activities=[activity.code, "INCONNU"],
    )

    assert (answer.status_code, answer.headers["location"]) == (303, f"{owner.path}/fiche")
    profile = await profile_of(owner.exhibitor.id)
    assert profile == Profile(
        name="Atelier du Sud",
        summary_fr="Nous réparons.",
        summary_en="We repair.",
        description_fr="Depuis 1990.\n\nÀ Lachute.",
        description_en="Since 1990.",
        needs=("web",),
        links=(
            Link("Notre site", "https://atelier.example/nous"),
            Link("info@atelier.example", "mailto:info@atelier.example"),
        ),
        activities=(activity.code,),
        listed=False,
        version=profile.version,
    )
    [(key,)] = await rows("SELECT search_key FROM exhibitor WHERE id = $1", owner.exhibitor.id)
    assert key == "atelier du sud nous reparons. we repair. site web"


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("javascript:alert(1)", "Une adresse qui commence par « javascript: » ne convient pas"),
        ("data:text/html,x", "Une adresse qui commence par « data: » ne convient pas"),
        ("/page", "Écrivez l’adresse au complet"),
        ("https://bob:secret@exemple.ca", "Cette adresse contient un nom d’utilisateur"),
    ],
)
async def test_link_that_is_refused_says_why_and_loses_nothing(client: httpx.AsyncClient, address: str, sentence: str):
    owner = await owner_signs_in(client)

    answer = await save(
        client, owner, name="Autre nom", link_label=["", "Ici"], link_url=["https://exemple.ca", address]
    )

    assert answer.status_code == 422
    [told] = errors(answer)
    assert sentence in told
    assert 'href="#field-link_url-1"' in answer.text
    assert fields(answer, "/fiche")["name"] == "Autre nom"
    assert (await profile_of(owner.exhibitor.id)).name == "Atelier du Nord"


@pytest.mark.usefixtures("db")
async def test_logo_keeps_its_shape_and_is_served_for_good(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    known = fields(await client.get(f"{owner.path}/fiche"), "/fiche")
    data = {name: value for name, value in known.items() if name not in ("picture", "do")}

    await client.post(f"{owner.path}/fiche", data=data, files={"picture": ("logo.png", saved(photo(600, 100), "PNG"))})

    digest = (await profile_of(owner.exhibitor.id)).logo
    served = await client.get(f"/salon/logos/{digest}.webp")
    assert (served.status_code, served.headers["content-type"], opened(served.content).size) == (
        200,
        "image/webp",
        (480, 320),
    )
    assert served.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert [(await client.get(f"/salon/logos/{name}")).status_code for name in (digest, "x.webp")] == [404, 404]
    assert f"/salon/logos/{digest}.webp" in (await client.get(f"{owner.path}/fiche")).text


@pytest.mark.usefixtures("db")
async def test_file_that_is_no_picture_is_refused_and_the_rest_kept(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    data = {"name": "Autre nom", "version": (await profile_of(owner.exhibitor.id)).version}

    answer = await client.post(f"{owner.path}/fiche", data=data, files={"picture": ("logo.png", b"<svg onload=x>")})

    assert answer.status_code == 422
    assert errors(answer) == [
        "Ce fichier n’est pas une photo que nous pouvons lire. Choisissez une image JPEG, PNG ou WebP."
    ]
    assert fields(answer, "/fiche")["name"] == "Autre nom"


@pytest.mark.usefixtures("db")
async def test_logo_is_taken_off_and_goes_after_a_day(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    digest = await keep_logo(saved(photo(300, 200)))
    await save(client, owner, logo=digest)
    kept = (await profile_of(owner.exhibitor.id)).logo

    await save(client, owner, without_logo="yes")
    await forget_logos((await database.fetch("SELECT now() AS now"))[0]["now"])
    still_there = await logo_called(digest)
    await forget_logos((await database.fetch("SELECT now() + interval '25 hours' AS now"))[0]["now"])

    assert (kept, (await profile_of(owner.exhibitor.id)).logo, bool(still_there)) == (digest, "", True)
    with pytest.raises(NoSuchLogo):
        await logo_called(digest)


@pytest.mark.usefixtures("db")
async def test_english_is_asked_for_only_where_the_edition_opens_it_and_kept_elsewhere(client: httpx.AsyncClient):
    owner = await owner_signs_in(client, english=False)
    await database.fetch("UPDATE exhibitor SET summary_en = 'Kept' WHERE id = $1", owner.exhibitor.id)

    page = await client.get(f"{owner.path}/fiche")
    await save(client, owner, summary_fr="Bonjour.", summary_en="Typed")

    profile = await profile_of(owner.exhibitor.id)
    assert ("summary_en" in fields(page, "/fiche"), profile.summary_fr, profile.summary_en) == (
        False,
        "Bonjour.",
        "Kept",
    )


@pytest.mark.usefixtures("db")
async def test_preview_shows_what_the_public_will_read(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await make_need(owner.edition)
    activity = await make_activity(owner.edition, "Courriel")
    await make_slot(activity)
    answer = await save(
        client,
        owner,
        do="preview",
        summary_fr="Nous réparons.",
        description_fr="<b>Un</b>\n\nDeux",
        needs=["securite"],
        link_label=["Site"],
        link_url=["https://exemple.ca"],
        activities=[activity.code],
    )

    page = await client.get(answer.headers["location"])

    words = said(page)
    shown = ("Atelier du Nord", "Nous réparons.", "<b>Un</b>", "Deux", "Cybersécurité", "Courriel")
    assert (answer.headers["location"], [text for text in shown if text not in words]) == (
        f"{owner.path}/fiche/apercu",
        [],
    )
    assert '<a href="https://exemple.ca" rel="noopener nofollow">Site</a>' in page.text
    assert "Votre fiche n’est pas publiée" in words


@pytest.mark.usefixtures("db")
async def test_page_is_published_and_taken_back(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await save(client, owner, summary_fr="Nous réparons.")

    published = await client.post(f"{owner.path}/fiche/publier")
    listed = await rows(LISTED, owner.exhibitor.id)
    preview = said(await client.get(f"{owner.path}/fiche/apercu"))
    hidden = await client.post(f"{owner.path}/fiche/retirer")

    assert [published.status_code, hidden.status_code] == [303, 303]
    assert (listed, await rows(LISTED, owner.exhibitor.id)) == ([(True,)], [(False,)])
    assert "Votre fiche est publiée" in preview
    assert (await profile_of(owner.exhibitor.id)).summary_fr == "Nous réparons."


async def refused_to_publish(owner: Owner, why: type[Exception]) -> None:
    with pytest.raises(why):
        await publish_profile(owner.exhibitor.id)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize(
    ("state", "summary", "why"),
    [("accepted", "", NothingToShow), ("submitted", "Oui.", NotAcceptedYet), ("withdrawn", "Oui.", NotAcceptedYet)],
)
async def test_page_is_not_published_before_it_can_be(state: str, summary: str, why: type[Exception]):
    owner = await make_owner(state=state)
    await database.fetch("UPDATE exhibitor SET summary_fr = $2 WHERE id = $1", owner.exhibitor.id, summary)

    await refused_to_publish(owner, why)

    assert await rows(LISTED, owner.exhibitor.id) == [(False,)]


@pytest.mark.usefixtures("committed")
async def test_published_page_keeps_its_sentence(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await save(client, owner, summary_fr="Nous réparons.")
    await publish_profile(owner.exhibitor.id)

    answer = await save(client, owner, summary_fr="")

    assert (answer.status_code, len(errors(answer))) == (422, 1)
    assert (await profile_of(owner.exhibitor.id)).summary_fr == "Nous réparons."


@pytest.mark.usefixtures("committed")
async def test_second_of_two_colleagues_sees_what_the_first_wrote(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    await make_need(owner.edition)
    opened_page = fields(await client.get(f"{owner.path}/fiche"), "/fiche")
    opened_page.pop("picture", None)
    first = ProfileTexts(name="Premier", summary_fr="Du premier.", needs=("securite",))
    await save_profile(owner.exhibitor.id, first, version=opened_page["version"])

    answer = await client.post(f"{owner.path}/fiche", data={**opened_page, "summary_fr": "Du second."})
    compared = said(answer)
    again = {name: value for name, value in fields(answer, "/fiche").items() if name not in ("picture", "do")}
    saved_now = await client.post(f"{owner.path}/fiche", data=again)

    assert (answer.status_code, saved_now.status_code) == (409, 303)
    assert [text in compared for text in ("Premier", "Du premier.", "Cybersécurité")] == [True] * 3
    profile = await profile_of(owner.exhibitor.id)
    assert (profile.name, profile.summary_fr, profile.needs) == ("Atelier du Nord", "Du second.", ())


@pytest.mark.usefixtures("committed")
async def test_one_of_two_who_save_at_once_is_told():
    owner = await make_owner()
    version = (await profile_of(owner.exhibitor.id)).version

    outcomes = await asyncio.gather(
        *(save_profile(owner.exhibitor.id, ProfileTexts(name=name), version=version) for name in ("Un", "Deux")),
        return_exceptions=True,
    )

    assert sorted(type(each).__name__ for each in outcomes) == [ChangedMeanwhile.__name__, "NoneType"]


@pytest.mark.usefixtures("db")
async def test_hiding_twice_is_harmless_and_only_ones_own_page_is_there(client: httpx.AsyncClient):
    owner = await owner_signs_in(client)
    for _twice in (1, 2):
        await hide_profile(owner.exhibitor.id)
    elsewhere = await make_edition("autre")

    foreign = await client.get(f"/{elsewhere.code}/mon-kiosque/{owner.exhibitor.code}/fiche")

    assert (foreign.status_code, str(NoSuchExhibitor()) in foreign.text) == (404, True)

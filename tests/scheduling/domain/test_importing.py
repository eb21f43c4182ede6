"""Importing a programme: what is reported is what is written, and again changes nothing."""

from datetime import date

import pytest
from msgspec.structs import replace

from digital_days.kernel import database
from scheduling.domain.import_report import Change, Counts, ImportReport, Line
from scheduling.imports.model import ImportedLabel, ImportedRoom, Remark
from tests.scheduling.domain.programmes import (
    DENISE,
    HALL,
    LIBRARY,
    PRIVACY,
    WORKSHOP,
    activity,
    at,
    every_row,
    imported,
    programme,
    rows,
    slot,
)

NBSP = "\N{NO-BREAK SPACE}"
FULL = activity(
    "mots",
    slot("a", seats=12),
    slot("b", 15, room=None),
    title_en="Passwords",
    summary_fr="Choisir un bon mot de passe.",
    speakers=("denise",),
    links=(("Aide-mémoire", "https://example.org/a"),),
    extra={"rating": 1e23, "tags": ["é", 1.50]},
)
FOUND_BY = (
    "titre de mots passwords denise lavallee cote cle bibliotheque bibliotheque municipale "
    "atelier workshop vie privee choisir un bon mot de passe."
)


async def test_import_makes_the_edition_and_reports_each_thing_when_there_is_none(db: None) -> None:
    report = await imported(programme(FULL))

    assert report == ImportReport(
        edition="journees",
        added=(
            Line(what="édition", title="Journées"),
            Line(what="salle", title="Bibliothèque"),
            Line(what="salle", title="Grande salle"),
            Line(what="genre", title="Atelier"),
            Line(what="thème", title="Vie privée"),
            Line(what="personne intervenante", title="Denise Lavallée-Côté"),
            Line(what="activité", title="Titre de mots"),
        ),
        counts=Counts(rooms=2, speakers=1, labels=2, activities=1, slots=2),
    )
    assert await rows("SELECT slug, name_fr, starts_on, ends_on FROM edition") == [
        ("journees", "Journées", date(2027, 10, 21), date(2027, 10, 22))
    ]
    assert await rows("SELECT facet, slug, name_fr, name_en, colour, position FROM label ORDER BY id") == [
        ("kind", "atelier", "Atelier", "Workshop", "", 0),
        ("theme", "vie-privee", "Vie privée", "", "336699", 1),
    ]
    assert await rows(
        """
        SELECT a.source_id, a.title_fr, a.title_en, k.slug, t.slug, a.audience, a.search_key, s.name
        FROM activity a JOIN label k ON k.id = a.kind JOIN label t ON t.id = a.theme
        JOIN activity_speaker l ON l.activity = a.id JOIN speaker s ON s.id = l.speaker
        """
    ) == [
        (
            "mots",
            "Titre de mots",
            "Passwords",
            "atelier",
            "vie-privee",
            None,
            FOUND_BY,
            "Denise Lavallée-Côté",
        )
    ]
    assert await rows(
        "SELECT s.source_id, s.starts_at, s.ends_at, r.name, s.seats, s.taken, s.state, s.sequence "
        "FROM slot s LEFT JOIN room r ON r.id = s.room ORDER BY s.source_id"
    ) == [
        ("a", at(13), at(14), "Bibliothèque", 12, 0, "scheduled", 0),
        ("b", at(15), at(16), None, None, 0, "scheduled", 0),
    ]


async def test_second_import_writes_nothing_when_nothing_changed(db: None) -> None:
    await imported(programme(FULL))
    before = await every_row()

    report = await imported(programme(FULL))

    assert report == ImportReport(
        edition="journees", counts=Counts(rooms=2, speakers=1, labels=2, activities=1, slots=2)
    )
    assert report.empty
    assert await every_row() == before


async def test_dry_run_reports_what_the_import_then_does_and_writes_nothing(db: None) -> None:
    await imported(programme(FULL))
    changed = programme(activity("mots", slot("a", 14, seats=12)), activity("nouveau"), speakers=())
    before = await every_row()

    foretold = await imported(changed, dry_run=True)

    assert await every_row() == before
    assert replace(await imported(changed), dry_run=True) == foretold


async def test_changed_file_changes_only_what_differs(db: None) -> None:
    await imported(programme(FULL, activity("autre", slot("c", 9))))
    await database.fetch("UPDATE activity SET updated_at = '2020-01-01Z'")
    await database.fetch("UPDATE slot SET updated_at = '2020-01-01Z'")
    changed = programme(
        replace(FULL, title_fr="Mots de passe", slots=(slot("a", 14, seats=10, room="Grande salle"),)),
        activity("autre", slot("c", 9), slot("d", 10)),
        rooms=(HALL, replace(LIBRARY, step_free=True)),
        speakers=(replace(DENISE, organisation="CJE"),),
    )

    report = await imported(changed)

    assert report.added == (
        Line(what="plage", title=f"Titre de autre, 21{NBSP}octobre 2027, 6{NBSP}h à 7{NBSP}h, Bibliothèque"),
    )
    assert report.changed == (
        Line(what="ordre des salles", title=""),
        Line(what="salle", title="Bibliothèque", changes=(Change("accès sans marche", "", "oui"),)),
        Line(
            what="personne intervenante", title="Denise Lavallée-Côté", changes=(Change("organisation", "CLE", "CJE"),)
        ),
        Line(what="activité", title="Mots de passe", changes=(Change("titre", "Titre de mots", "Mots de passe"),)),
        Line(
            what="plage",
            title=f"Mots de passe, 21{NBSP}octobre 2027, 10{NBSP}h à 11{NBSP}h, Grande salle",
            changes=(
                Change(
                    "moment",
                    f"21{NBSP}octobre 2027 9{NBSP}h à 10{NBSP}h",
                    f"21{NBSP}octobre 2027 10{NBSP}h à 11{NBSP}h",
                ),
                Change("salle", "Bibliothèque", "Grande salle"),
                Change("places", "12", "10"),
            ),
        ),
    )
    assert report.removed == (Line(what="plage", title=f"Titre de mots, 21{NBSP}octobre 2027, 11{NBSP}h à 12{NBSP}h"),)
    assert await rows("SELECT name, position FROM room ORDER BY position") == [("Grande salle", 0), ("Bibliothèque", 1)]
    assert await rows(
        "SELECT source_id, sequence, extract(year FROM updated_at) = 2020 FROM slot ORDER BY source_id"
    ) == [("a", 1, False), ("c", 0, True), ("d", 0, False)]
    assert await rows("SELECT source_id, extract(year FROM updated_at) = 2020 FROM activity ORDER BY source_id") == [
        ("autre", True),
        ("mots", False),
    ]
    assert await rows("SELECT count(*) FROM activity WHERE search_key LIKE '%lavallee cote cje grande salle%'") == [
        (1,)
    ]


async def test_codes_and_label_addresses_stay_when_the_file_changes(db: None) -> None:
    await imported(programme(FULL))
    codes = "SELECT code FROM activity UNION ALL SELECT code FROM slot UNION ALL SELECT code FROM speaker ORDER BY 1"
    before = await rows(codes)

    await imported(programme(replace(FULL, title_fr="Autre", slots=(slot("a", 14), slot("b", 15, room=None)))))

    assert await rows(codes) == before


async def test_labels_get_addresses_of_their_own_when_their_names_fold_alike(db: None) -> None:
    labels = (
        WORKSHOP,
        PRIVACY,
        ImportedLabel(facet="kind", name_fr="atelier !"),
        ImportedLabel(facet="kind", name_fr="★"),
    )

    await imported(programme(FULL, labels=labels))

    assert await rows("SELECT facet, slug FROM label ORDER BY position") == [
        ("kind", "atelier"),
        ("theme", "vie-privee"),
        ("kind", "atelier-2"),
        ("kind", "kind"),
    ]


async def test_silence_keeps_what_the_database_has_and_a_value_replaces_it(db: None) -> None:
    await imported(programme(FULL))
    await database.fetch(
        "UPDATE room SET workstations = 9, step_free = true, capacity = 18 WHERE name = 'Bibliothèque'"
    )
    await database.fetch("UPDATE slot SET seats = 7 WHERE source_id = 'b'")

    report = await imported(programme(FULL))

    assert report.changed == (Line(what="salle", title="Bibliothèque", changes=(Change("capacité", "18", "20"),)),)
    assert await rows("SELECT seats FROM slot ORDER BY source_id") == [(12,), (7,)]
    assert await rows("SELECT workstations, step_free FROM room WHERE name = 'Bibliothèque'") == [(9, True)]


async def test_default_seats_never_exceed_the_room_and_never_replace_seats(db: None) -> None:
    small = ImportedRoom(name="Bibliothèque", capacity=20)
    unknown = ImportedRoom(name="Grande salle", capacity=0)
    wanted = programme(
        activity("a", slot("1")),
        activity("b", slot("2", room="Grande salle")),
        activity("c", slot("3", 15, room=None)),
        activity("d", slot("4", 16, seats=5)),
        rooms=(small, unknown),
    )

    await imported(wanted, default_seats=30)
    again = await imported(wanted, default_seats=40)

    assert await rows("SELECT seats FROM slot ORDER BY source_id") == [(20,), (30,), (30,), (5,)]
    assert again.empty


@pytest.mark.parametrize("slug", ["connexion", "api", "mon-agenda", "en"])
async def test_import_is_refused_when_the_address_belongs_to_the_site(db: None, slug: str) -> None:
    before = await every_row()

    report = await imported(programme(FULL), edition_slug=slug)

    assert report.errors == (
        Remark(
            "édition",
            f"L’adresse «{NBSP}{slug}{NBSP}» est déjà celle d’une page du site{NBSP}: "
            "choisissez-en une autre pour l’édition.",
        ),
    )
    assert await every_row() == before


@pytest.mark.parametrize("slug", ["JN 2027", "a/b", "-a", "é", "a" * 41])
async def test_import_is_refused_when_the_address_does_not_fit(db: None, slug: str) -> None:
    report = await imported(programme(FULL), edition_slug=slug)

    assert [error.place for error in report.errors] == ["édition"]
    assert await rows("SELECT count(*) FROM edition") == [(0,)]


async def test_import_is_refused_when_no_activity_is_known_unless_it_is_to_replace_all(db: None) -> None:
    await imported(programme(FULL))
    before = await every_row()
    other = programme(activity("tout-autre", slot("z")))

    refused = await imported(other)
    unchanged = await every_row() == before
    replaced = await imported(other, replace=True)

    assert refused.errors == (
        Remark(
            "activités",
            f"Ce fichier ne reprend pas l’activité déjà au programme de cette édition{NBSP}: il l’effacerait. "
            "Vérifiez l’édition choisie, ou demandez le remplacement.",
        ),
    )
    assert unchanged
    assert [line.title for line in replaced.removed] == ["Titre de mots"]
    assert await rows("SELECT source_id FROM activity") == [("tout-autre",)]


async def test_import_is_refused_when_a_text_has_no_room(db: None) -> None:
    report = await imported(programme(activity("long", title_fr="x" * 301)))

    assert report.errors == (
        Remark(
            f"activité «{NBSP}{'x' * 60}{NBSP}»",
            f"Ce texte compte 301 caractères, il y a place pour 300{NBSP}: raccourcissez-le.",
        ),
    )
    assert await rows("SELECT count(*) FROM edition") == [(0,)]


async def test_other_editions_stay_as_they_are(db: None) -> None:
    await imported(programme(FULL))
    before = await rows("SELECT row_to_json(s)::text FROM slot s")

    await imported(programme(activity("mots", slot("a", 18))), edition_slug="autre-edition")

    assert (await rows("SELECT row_to_json(s)::text FROM slot s ORDER BY id"))[: len(before)] == before

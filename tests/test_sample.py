"""The sample editions: complete, loaded once, alive with places taken."""

from digital_days.composition import plug_in
from digital_days.kernel.settings import Settings
from digital_days.sample.loader import load_sample, sample_sign_in_links
from matchmaking.domain.pool import pool_of
from matchmaking.domain.settings import speed_dating_of
from tests.scheduling.domain.programmes import every_row, rows


async def test_sample_holds_two_editions_of_which_one_opens_english(db: None) -> None:
    await load_sample()

    assert await rows("SELECT slug, ends_on - starts_on + 1, english_ground_fr <> '' FROM edition ORDER BY slug") == [
        ("cafe2028", 1, False),
        ("jn2027", 2, True),
    ]
    assert await rows(
        """
        SELECT e.slug, count(DISTINCT a.id), count(DISTINCT s.id) FROM edition e
        JOIN activity a ON a.edition = e.id JOIN slot s ON s.activity = a.id GROUP BY 1 ORDER BY 1
        """
    ) == [("cafe2028", 6, 6), ("jn2027", 40, 45)]


async def test_every_activity_is_complete_and_in_english_too_where_the_edition_opens_it(db: None) -> None:
    await load_sample()

    assert (
        await rows(
            """
            SELECT e.slug, a.title_fr FROM activity a JOIN edition e ON e.id = a.edition
            WHERE '' IN (a.title_fr, a.summary_fr, a.description_fr) OR a.kind IS NULL OR a.theme IS NULL
                OR a.audience IS NULL
                OR (e.english_ground_fr <> '' AND '' IN (a.title_en, a.summary_en, a.description_en))
            """
        )
        == []
    )
    assert await rows("SELECT count(*) FROM slot WHERE room IS NULL") == [(0,)]


async def test_sample_shows_places_taken_and_one_full_workshop_and_writes_to_nobody(db: None) -> None:
    await load_sample()

    assert await rows(
        "SELECT source_id, taken, seats = taken FROM slot WHERE taken > 0 ORDER BY taken DESC, source_id"
    ) == [
        ("premiers-pas-1", 12, True),
        ("telephone-de-poche-1", 7, False),
        ("intelligence-artificielle-1", 6, False),
        ("mots-de-passe-1", 6, False),
        ("numerique-a-hauteur-humaine-1", 1, False),
    ]
    assert await rows("SELECT state, count(*) FROM place GROUP BY state") == [("confirmed", 32)]
    assert await rows("SELECT count(*) FROM outbox_message") == [(0,)]


async def test_each_role_is_granted_on_both_editions_and_the_administrator_on_all(db: None) -> None:
    await load_sample()

    assert await rows("SELECT role, count(*), count(edition) FROM role_grant GROUP BY role ORDER BY role") == [
        ("administrator", 1, 0),
        ("advisor", 2, 2),
        ("attendee", 2, 2),
        ("desk", 2, 2),
        ("exhibitor", 2, 2),
        ("organiser", 2, 2),
    ]


async def test_sample_has_a_speed_dating_in_which_its_attendee_takes_part(db: None) -> None:
    await load_sample()

    [[edition]] = await rows("SELECT id FROM edition WHERE slug = 'jn2027'")
    pool, dating = await pool_of(edition), await speed_dating_of(edition)
    sides = [house.side for house in pool.organisations.values()]
    assert (sides.count("business"), sides.count("resource"), len(dating.rounds)) == (11, 7, 10)
    solange = next(each for each in pool.participants if each.name == "Solange Thibert-Vaillancourt")
    assert sorted(said for (by, _about), said in pool.wishes.items() if by == solange.organisation) == [
        "like",
        "like",
        "must",
        "no",
    ]
    free = [each.number for each in dating.rounds if not any(each.overlaps(*span) for span in solange.expected)]
    assert free == [1, 2, 3, 4, 5, 6]
    assert all(house.needs for house in pool.organisations.values())
    assert await rows("SELECT count(*) FROM consent WHERE purpose = 'matchmaking'") == [(len(pool.participants),)]


async def test_sample_changes_nothing_when_it_is_loaded_again(db: None) -> None:
    await load_sample()
    before = await every_row()

    await load_sample()

    assert await every_row() == before


async def test_sign_in_links_are_one_for_each_role(db: None, settings: Settings) -> None:
    plug_in()
    none_yet = await sample_sign_in_links()
    await load_sample()

    links = await sample_sign_in_links()

    assert none_yet == []
    assert [role for role, _link in links] == [
        "Participation",
        "Exposition",
        "Accueil",
        "Organisation",
        "Conseil",
        "Administration",
    ]
    assert all("/connexion/" in link for _role, link in links)
    assert await rows("SELECT count(DISTINCT token_hash), count(DISTINCT person) FROM sign_in_link") == [(6, 6)]

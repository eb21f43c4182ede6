"""Names as they are stored."""

from digital_days.kernel import database
from digital_days.kernel.people import add_person, search_key


def test_search_key_holds_name_and_address_without_accents():
    assert search_key("Zoé Côté", "zoe@example.ca") == "zoe cote zoe@example.ca"


async def test_name_whose_letters_unfold_into_many_is_kept(db: None):
    name = "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 200

    number = await add_person(name=name, email="bob@example.ca", locale="fr", account=True)

    [person] = await database.fetch("SELECT name FROM person WHERE id = $1", number)
    assert person["name"] == name

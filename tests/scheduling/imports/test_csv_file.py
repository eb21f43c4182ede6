import pytest

from scheduling.imports.reader import read
from tests.scheduling.imports.builders import as_csv, row, said


@pytest.mark.parametrize(
    ("separator", "encoding", "seen"),
    [
        (";", "utf-8-sig", "Lu comme UTF-8, séparateur : point-virgule."),
        (",", "utf-8", "Lu comme UTF-8, séparateur : virgule."),
        ("\t", "utf-16", "Lu comme UTF-16, séparateur : tabulation."),
        (";", "windows-1252", "Lu comme windows-1252, séparateur : point-virgule."),
    ],
)
def test_file_is_read_and_its_form_said_whatever_wrote_it(separator: str, encoding: str, seen: str) -> None:
    one = row(summary_fr="Déjà, l’été ; bientôt", title_fr='Un "titre"')

    reading = read(as_csv(one, separator=separator, encoding=encoding), filename="jn-2027.csv")

    assert reading.errors == ()
    assert said(reading.repairs) == [("", seen)]
    assert reading.programme is not None
    assert (reading.programme.title, reading.programme.slug) == ("jn 2027", "jn-2027")
    assert reading.programme.activities[0].summary_fr == "Déjà, l’été ; bientôt"
    assert reading.programme.activities[0].title_fr == 'Un "titre"'


def test_file_is_refused_when_its_encoding_is_unknown() -> None:
    data = as_csv(row(title_fr="Été")).replace("Été".encode(), b"\x81t\x8f")

    assert said(read(data, filename="a.csv").errors) == [
        ("ligne 2", "L’encodage est inconnu : enregistrez le fichier en « CSV UTF-8 ».")
    ]


def test_file_is_refused_at_its_line_when_quotes_are_wrong() -> None:
    data = b'id,title_fr\nA,"un"deux\n'

    assert said(read(data, filename="a.csv").errors) == [
        ("ligne 2", "Le CSV est mal formé : vérifiez à cet endroit les guillemets et la longueur des cellules.")
    ]


def test_error_names_row_and_column_when_cells_span_lines() -> None:
    data = as_csv(row(1, summary_fr="un\ndeux\n\ntrois"), row(2, start="?"))

    assert [place for place, _message in said(read(data, filename="a.csv").errors)] == ["ligne 3, colonne start"]

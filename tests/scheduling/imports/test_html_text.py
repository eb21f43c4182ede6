import time

import pytest

from scheduling.imports.html_text import plain_line, plain_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Un\ndeux</p><p>Trois</p>", "Un deux\n\nTrois"),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("Voir <a href='https://x.org/?a=1&amp;b=2'>le site</a>.", "Voir le site (https://x.org/?a=1&b=2)."),
        ("<a href='https://x.org/'>https://x.org/</a>", "https://x.org/"),
        ("<a href=https://x.org/>sans fin", "sans fin (https://x.org/)"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>fin", "- a\n- b\n\nfin"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("ligne\nligne <i>penchée</i>\n\nparagraphe", "ligne\nligne penchée\n\nparagraphe"),
        ("2<sup>de</sup> &eacute;t&#233; &mdash;", "2de été —"),
        ("<img src='chat.png' alt='Un chat'>", "(Un chat)  (chat.png)"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a ; b ;"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("avant<!-- caché -->après", "avantaprès"),
        ("<script>alert(1)</script>texte", "texte"),
        ("&lt;b&gt; reste", "<b> reste"),
    ],
)
def test_tags_go_and_words_stay_when_a_text_is_html(source: str, text: str) -> None:
    assert plain_text(source) == (text, True)


@pytest.mark.parametrize(
    "source",
    ["a < b et c > d", "List<int>", "AT&T &copy=2", "<https://x.org/>", "x <- y", "# Titre\n\n* point", "<!-- a"],
)
def test_text_is_left_alone_when_it_is_no_html(source: str) -> None:
    assert plain_text(source) == (source, False)


def test_title_is_one_line_when_it_was_written_on_several() -> None:
    assert plain_line(" Un <b>grand</b>\r\n titre ") == ("Un grand titre", True)


@pytest.mark.parametrize(
    "source",
    [
        "<!--" * 25_000,
        "<a " * 30_000,
        '<a "' * 25_000,
        " " * 100_000 + "<p>",
        "<a href='u'>x" * 8_000,
        "<p " + '" ' * 50_000,
    ],
)
def test_hostile_text_is_read_quickly(source: str) -> None:
    start = time.monotonic()

    plain_text(source)

    assert time.monotonic() - start < 2

"""Where a sign-in link may lead: our own pages, nothing else."""

import pytest

from digital_days.kernel.web.own_paths import own_path


@pytest.mark.parametrize(
    "path", ["/", "/jn2027/mon-billet", "/en/jn2027/mon-agenda", "/jn2027/programme?public=a&q=b#c"]
)
def test_own_path_is_kept_when_it_is_ours(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "jn2027",
        "//evil.example",
        "///evil.example",
        "/en//evil.example/x",
        "/jn2027//evil.example",
        "/en/\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/jn2027\\..\\x",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r\nSet-Cookie: a=b",
        "/\x00",
        "/\x7f",
        " //evil.example",
        "/ /evil.example",
        "/é",
        "/" + "a" * 500,
    ],
)
def test_own_path_is_dropped_when_a_browser_could_leave_by_it(path: str) -> None:
    assert own_path(path) == ""

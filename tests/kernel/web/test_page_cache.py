import gzip
from collections.abc import Iterator

import pytest
from litestar import Request

from digital_days.kernel.web import page_cache
from digital_days.kernel.web.page_cache import Prepared, kept
from digital_days.kernel.web.pages import PageRequest


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    page_cache.forget()
    yield
    page_cache.forget()


def asking(path: str = "/page", **headers: str) -> PageRequest:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": path, "headers": named, "query_string": b""})  # type: ignore[arg-type] # as much of a scope as is looked at


def answer(request: PageRequest, body: bytes = b"page", version: str = "1", query: str = "") -> Prepared:
    given = kept(request, version=version, query=query, make=lambda: body)
    assert isinstance(given, Prepared)
    return given


def header(prepared: Prepared, name: bytes) -> bytes:
    return dict(prepared.prepared_headers).get(name, b"")


def test_kept_makes_a_page_once_while_its_version_stays() -> None:
    first = answer(asking(), b"first")

    assert answer(asking(), b"second") is first
    assert answer(asking(), b"second", version="2").body == b"second"


def test_kept_tells_paths_and_queries_apart() -> None:
    bodies = [answer(asking("/a"), b"1"), answer(asking("/b"), b"2"), answer(asking("/a"), b"3", query="q=x")]

    assert [each.body for each in bodies] == [b"1", b"2", b"3"]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip", b"gzip"),
        ("br;q=1.0, gzip;q=0.8", b"gzip"),
        ("gzip, deflate, br", b"gzip"),
        ("*", b"gzip"),
        ("gzip;q=0", b""),
        ("gzip;q=0.0, br", b""),
        ("br", b""),
        ("", b""),
    ],
)
def test_kept_compresses_for_those_who_accept_it(accepted: str, encoding: bytes) -> None:
    given = answer(asking(accept_encoding=accepted))

    assert header(given, b"content-encoding") == encoding
    assert (gzip.decompress(given.body) if encoding else given.body) == b"page"


def test_kept_gives_each_encoding_its_own_mark() -> None:
    plain, packed = answer(asking()), answer(asking(accept_encoding="gzip"))

    assert header(plain, b"etag") != header(packed, b"etag")


def test_kept_answers_304_only_to_the_mark_of_the_page_as_it_is() -> None:
    mark = header(answer(asking()), b"etag").decode()

    statuses = [
        answer(asking(if_none_match=each)).status_code
        for each in (mark, f"W/{mark}", f'"other",{mark}', "*", '"other"', mark.strip('"'))
    ]

    assert statuses == [304, 304, 304, 304, 200, 200]


def test_kept_gives_the_same_mark_when_a_new_version_looks_the_same() -> None:
    first, second = answer(asking(), version="1"), answer(asking(), version="2")

    assert header(first, b"etag") == header(second, b"etag")


def test_kept_forgets_the_page_unused_longest_when_there_are_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "MOST_BYTES", 3 * 1100)
    for path in ("/a", "/b", "/a", "/c", "/d"):
        answer(asking(path), path.encode() * 500)

    assert answer(asking("/a"), b"anew").body == b"/a" * 500
    assert answer(asking("/b"), b"anew").body == b"anew"

import pytest

from digital_days.kernel.web.keepsakes import Keepsake

pytestmark = pytest.mark.usefixtures("app")

LIST = Keepsake(name="list", most=3)
A, B, C, D = ("AAAAAAAAA0", "BBBBBBBBB0", "CCCCCCCCC0", "DDDDDDDDD0")


def kept(value: str) -> list[str]:
    return LIST.kept_in({"list": value})


def test_keepsake_reads_what_it_has_written() -> None:
    assert kept(LIST.keeping([A, B, A]).value or "") == [A, B]
    assert kept("") == LIST.kept_in({}) == []


def test_keepsake_never_grows_beyond_its_size_whoever_wrote_it() -> None:
    assert LIST.keeping([A, B, C, D]).value == f"{B}.{C}.{D}"
    assert kept(".".join([A, B, C, D] * 50)) == [B, C, D]


@pytest.mark.parametrize("value", ["nothing of ours", "<script>", "..", "a" * 4000, f"{A.lower()}.{A}x", "\udcff"])
def test_keepsake_reads_nothing_but_codes(value: str) -> None:
    assert kept(value) == []


def test_keepsake_is_out_of_reach_of_scripts_unless_pages_need_it() -> None:
    assert LIST.keeping([A]).httponly is True
    assert Keepsake(name="list", most=3, for_scripts=True).keeping([A]).httponly is False


def test_keepsake_goes_when_there_is_nothing_to_keep() -> None:
    assert (LIST.keeping([]).value, LIST.keeping([]).max_age) == ("", 0)

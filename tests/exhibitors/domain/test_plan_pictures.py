"""Pictures of halls: drawn anew, kept once, thrown away when no plan has them."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from digital_days.kernel import clock, database, files
from digital_days.kernel.pictures import NotAPicture, NotOnlyAPicture, TooHeavy
from exhibitors.domain.plan_pictures import NoSuchPlanPicture, keep_plan_picture, plan_picture
from exhibitors.domain.tidying import tidy
from tests.exhibitors.factories import make_plan
from tests.factories import make_edition
from tests.kernel.photos import photo, saved

SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_root", lambda: tmp_path)


def hall(width: int = 3000, height: int = 1500) -> bytes:
    return saved(photo(width, height), "PNG")


@pytest.mark.usefixtures("db")
async def test_picture_is_drawn_anew_with_its_own_proportions():
    name = await keep_plan_picture(hall())

    with Image.open(io.BytesIO(await plan_picture(name))) as drawn:
        assert (drawn.format, drawn.size) == ("WEBP", (2400, 1200))


@pytest.mark.usefixtures("db")
async def test_same_picture_again_is_kept_once():
    assert await keep_plan_picture(hall(400, 300)) == await keep_plan_picture(hall(400, 300))

    assert len(await database.fetch("SELECT FROM plan_picture")) == 1


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        (SCRIPT, NotAPicture),
        (b"%PDF-1.7 a plan", NotAPicture),
        (hall(400, 300) + b"<script>alert(1)</script>", NotOnlyAPicture),
        (bytes(50_000_000), TooHeavy),
    ],
    ids=["svg with a script", "pdf", "picture with a script", "50 MB"],
)
@pytest.mark.usefixtures("db")
async def test_what_is_no_picture_is_refused(sent: bytes, refusal: type[Exception]):
    with pytest.raises(refusal):
        await keep_plan_picture(sent)


@pytest.mark.usefixtures("db")
async def test_picture_that_no_plan_has_goes_after_a_day_and_one_that_is_shown_stays():
    edition = await make_edition()
    await make_plan(edition)
    shown, unused = await keep_plan_picture(hall(400, 300)), await keep_plan_picture(hall(300, 400))
    await database.fetch("UPDATE floor_plan SET background = $1", shown)

    await tidy(clock.now() + timedelta(hours=25))

    assert await plan_picture(shown)
    with pytest.raises(NoSuchPlanPicture):
        await plan_picture(unused)
    assert len(await files.names_kept_before(clock.now() + timedelta(minutes=1))) == 1


@pytest.mark.usefixtures("db")
async def test_file_that_no_row_names_goes_after_a_day():
    forgotten = await files.keep(b"x")

    await tidy(clock.now() + timedelta(hours=1))
    assert await files.read(forgotten) == b"x"
    await tidy(clock.now() + timedelta(hours=25))

    with pytest.raises(files.FileGone):
        await files.read(forgotten)

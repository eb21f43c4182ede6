"""The plan as it is drawn for everybody (templates/floor_plan.html)."""

import pytest
from lxml import html

from digital_days.kernel.web.templates import environment
from exhibitors.domain.floor_plan import Booth, Plan, Shape

pytestmark = pytest.mark.usefixtures("app")  # which names the templates
SOURCE = '{% from "exhibitors/floor_plan.html" import floor_plan %}{{ floor_plan(plan, marks, "Plan du salon", back) }}'


def drawn(plan: Plan, marks: dict[str, dict[str, str]], back: str = "") -> html.HtmlElement:
    return html.fromstring(environment().from_string(SOURCE).render(plan=plan, marks=marks, back=back, locale="fr"))


def booth(number: str, x: int = 100) -> Booth:
    return Booth(code=f"code-{number}", number=number, x=x, y=100, width=300, depth=200)


def mark(state: str, *, url: str = "", name: str = "") -> dict[str, str]:
    return {"state": state, "words": f"Kiosque, {state}", "url": url, "name": name}


def test_booths_that_lead_somewhere_are_links_in_the_order_of_the_plan():
    plan = Plan(booths=[booth("A1"), booth("A2", 400)])

    page = drawn(plan, {f"code-{n}": mark("free", url=f"/salon/{n}") for n in ("A1", "A2")})

    assert page.xpath("//svg//a/@href") == ["/salon/A1", "/salon/A2"]
    assert page.xpath("//svg//a/@aria-label") == ["Kiosque, free"] * 2


def test_booth_that_leads_nowhere_is_heard_all_the_same():
    page = drawn(Plan(booths=[booth("A1")]), {"code-A1": mark("taken")})

    assert page.xpath("//svg/g[@role='img']/@aria-label") == ["Kiosque, taken"]


def test_state_is_told_by_a_sign_beside_its_colour():
    states = ("free", "held", "taken", "mine", "found")
    plan = Plan(booths=[booth(state) for state in states])

    page = drawn(plan, {f"code-{state}": mark(state) for state in states})

    assert page.xpath("//use/@href") == ["#plan-held", "#plan-taken", "#plan-mine", "#plan-found"]
    assert set(page.xpath("//symbol/@id")) == {"plan-held", "plan-taken", "plan-mine", "plan-found"}


def test_words_are_never_markup():
    page = drawn(Plan(booths=[booth("<b>")]), {"code-<b>": mark("taken", name="<script>x</script>")})

    assert (page.xpath("//script"), page.xpath("//svg//b")) == ([], [])
    assert page.xpath("string(//text)") == "<b>"


def test_entrance_without_a_label_says_what_it_is():
    entrance = Shape(code="e", kind="entrance", x=0, y=0, width=200, depth=40)

    assert drawn(Plan(shapes=[entrance]), {}).xpath("string(//svg//text)") == "Entrée"


def test_picture_lies_under_everything():
    page = drawn(Plan(booths=[booth("A1")], opacity=30), {}, back="/fond.webp")

    assert page.xpath("//image/@href | //image/@opacity") == ["/fond.webp", "0.3"]
    assert [child.tag for child in page.xpath("//svg/*")] == ["defs", "rect", "image", "g"]


def test_what_is_seen_in_a_booth_is_heard_as_it_is_read():
    name = "Carrefour d’entraide informatique de la Vallée-de-la-Gatineau"

    page = drawn(Plan(booths=[booth("A1")]), {"code-A1": mark("taken", url="/x", name=name)})

    seen = page.xpath("string(//svg//a)").strip().removesuffix("…")
    assert f"A1 {name}".startswith(seen)

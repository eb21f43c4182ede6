"""Templates say nothing past the catalogue: every word for people stands in ``_()`` or ``{% trans %}``."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from digital_days.kernel.web.templates import environment
from digital_days.messages import template_files

HOLE = "\x00"  # where the template computes something
NOT_READ = re.compile(r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SPOKEN = re.compile(r"\b(?:aria-label|alt|title|placeholder|label|data-label|data-text-[\w-]+)=\"([^\"]*)\"")
TAG = re.compile(r"<(?:[^<>\"]|\"[^\"]*\")*>|&\w+;")
WORDS = re.compile(rf"[^{HOLE}]*[^\W\d]{{2}}[^{HOLE}]*")

# Names of classes and halves of attributes, which macros put into a tag.
NO_WORDS = {"page page--narrow", "page page--projector", "slot", "slot--kind-", "slot--cancelled", "slot--mine"}
NO_WORDS |= {'aria-describedby="', "-help", "-error", 'aria-invalid="true"'}

# The style guide's examples are nobody's words.
TEMPLATES = [path for path in template_files() if path.name != "styleguide.html"]


def bare_text(source: str) -> list[str]:
    """The words of a template that no reader's language changes."""
    outputs = environment().parse(source).find_all(nodes.Output)
    said = [node.data if isinstance(node, nodes.TemplateData) else "" for output in outputs for node in output.nodes]
    read = NOT_READ.sub(HOLE, HOLE.join(said))
    spoken = HOLE.join(SPOKEN.findall(read))
    return [piece.strip() for piece in WORDS.findall(TAG.sub(HOLE, read) + HOLE + spoken)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_template_has_no_words_of_its_own(path: Path):
    assert [piece for piece in bare_text(path.read_text(encoding="utf-8")) if piece not in NO_WORDS] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Download it</p>", ["Download it"]),
        ('<a href="/x" title="Votre billet">{{ _("Mon billet") }}</a>', ["Votre billet"]),
        ("{% if a %}Complet{% endif %}", ["Complet"]),
        ("{% trans %}Votre place{% endtrans %} · {{ 3 }} <code>make run</code>", []),
    ],
)
def test_words_past_the_catalogue_are_noticed(source: str, found: list[str]):
    assert bare_text(source) == found

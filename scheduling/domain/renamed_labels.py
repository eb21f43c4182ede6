"""A label is the same under another name: its address (``slug``) stays, and with it everything that links there."""

from collections import Counter
from collections.abc import Mapping

from msgspec import structs

from scheduling.domain.programme_facts import Facts, LabelKey, StoredProgramme
from scheduling.imports.model import ImportedActivity


def under_new_names(stored: StoredProgramme, slugs: Mapping[LabelKey, str]) -> StoredProgramme:
    """What is stored, keyed as the other side calls it now: a comparison then finds labels renamed, not replaced.

    ``slugs`` are the other side's. Two that would then have one name keep those they have.
    """
    called = {(facet, slug): (facet, name) for (facet, name), slug in slugs.items()}
    wanted = {key: called.get((key[0], slug), key) for key, slug in stored.label_slugs.items()}
    often = Counter(wanted.values())
    renamed = {key: name for key, name in wanted.items() if name != key and often[name] == 1}
    if not renamed:
        return stored
    facts = stored.facts
    return structs.replace(
        stored,
        label_ids={renamed.get(key, key): number for key, number in stored.label_ids.items()},
        label_slugs={renamed.get(key, key): slug for key, slug in stored.label_slugs.items()},
        facts=structs.replace(
            facts,
            labels={renamed.get(key, key): label for key, label in facts.labels.items()},
            activities=_marked(facts, renamed),
        ),
    )


def _marked(facts: Facts, renamed: Mapping[LabelKey, LabelKey]) -> dict[str, ImportedActivity]:
    def name(facet: str, known: str) -> str:
        return renamed.get((facet, known), (facet, known))[1]

    return {
        key: structs.replace(
            each,
            kind=name("kind", each.kind),
            theme=name("theme", each.theme),
            audience=name("audience", each.audience or ""),
        )
        for key, each in facts.activities.items()
    }

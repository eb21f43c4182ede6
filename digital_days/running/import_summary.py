"""An import's report as lines for a terminal."""

from collections.abc import Iterator

from digital_days.kernel.i18n import _, ngettext
from scheduling.domain.import_report import ImportReport, Line
from scheduling.imports.model import Remark


def summary(report: ImportReport) -> Iterator[str]:
    """Every error and repair at its place, then what was added, changed and removed."""
    if report.refused:
        yield _("Fichier refusé, rien n’a été écrit :")
        yield from (_at(error) for error in report.errors)
        return
    if report.repairs:
        yield _("Réparé en lisant :")
        yield from (_at(repair) for repair in report.repairs)
    for title, lines in (
        (_("Ajouté :"), report.added),
        (_("Changé :"), report.changed),
        (_("Retiré :"), report.removed),
    ):
        if lines:
            yield title
            for line in lines:
                yield from _of(line)
    if report.blocked:
        yield _("Pas publié : le programme se contredit. Corrigez le brouillon dans l’horaire, puis publiez-le.")
        yield from (f"  {sentence}" for sentence in report.blocked)
    yield _outcome(report)


def _at(remark: Remark) -> str:
    if not remark.place:
        return f"  {remark.message}"
    return "  " + _("%(place)s : %(remark)s", place=remark.place, remark=remark.message)


def _of(line: Line) -> Iterator[str]:
    title = _("%(what)s « %(title)s »", what=line.what, title=line.title) if line.title else line.what
    yield f"  {title} ({line.note})" if line.note else f"  {title}"
    for change in line.changes:
        yield "    " + _(
            "%(field)s : %(before)s → %(after)s", field=change.field, before=change.before, after=change.after
        )


def _outcome(report: ImportReport) -> str:
    numbers = _(
        "Édition %(edition)s, ajouts : %(added)s, changements : %(changed)s, retraits : %(removed)s.",
        edition=report.edition,
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
    )
    if report.empty:
        return _("Édition %(edition)s : rien à changer.", edition=report.edition)
    if report.dry_run:
        return f"{numbers} {_('Essai seulement : rien n’a été écrit.')}"
    if report.counts.places_cancelled:
        numbers += " " + ngettext(
            "%(num)d place est annulée.", "%(num)d places sont annulées.", report.counts.places_cancelled
        )
    return numbers

"""Names that several rows use: spelled once, whatever the case and accents of the next mention."""

from digital_days.kernel.i18n import _
from scheduling.imports.columns import normal
from scheduling.imports.findings import Findings, Where


class Register:
    """The members of one list, declared in its own sheet or met on the way."""

    def __init__(self, findings: Findings) -> None:
        self.met: list[str] = []
        self._names: dict[str, str] = {}
        self._declared = False
        self._findings = findings

    def declare(self, name: str, where: Where, *others: str) -> bool:
        """Whether the name is new; an error when its list already has it. ``others`` mean the same."""
        self._declared = True
        key = normal(name) or name
        if key in self._names:
            self._findings.error(where, _("« %(name)s » est déjà dans la liste : gardez une ligne.", name=name))
            return False
        self._names[key] = name
        for other in others:
            self._names.setdefault(normal(other) or other, name)
        return True

    def find(self, name: str, where: Where) -> str:
        """The name as its list spells it; added where it isn't there."""
        key = normal(name) or name
        if key not in self._names:
            self._names[key] = name
            self.met.append(name)
            if self._declared:
                message = _("« %(name)s » n’est pas dans la feuille de sa liste : ajouté.", name=name)
                self._findings.repair(where, message)
        spelled = self._names[key]
        if spelled != name:
            message = _("« %(name)s » est compris comme « %(spelled)s ».", name=name, spelled=spelled)
            self._findings.repair(where, message)
        return spelled

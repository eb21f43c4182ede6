"""The time zone of a c3voc schedule: named, or read off the offsets of its times."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from digital_days.kernel import written_times as times
from digital_days.kernel.i18n import TORONTO, _
from scheduling.imports.findings import Findings, Where

WHERE: Where = ("schedule", "conference", "time_zone_name")


_zone_names = cache(available_timezones)  # it reads a folder of files


class Start(Struct, frozen=True):
    where: Where
    at: datetime


def named_zone(name: str, findings: Findings) -> ZoneInfo | None:
    """The zone of that name; an error when there is none."""
    if not name:
        return None
    if name not in _zone_names():
        message = _("« %(name)s » n’est pas un fuseau horaire : écrivez par exemple America/Toronto.", name=name[:60])
        findings.error(WHERE, message)
        return None
    return ZoneInfo(name)


def believed(named: ZoneInfo | None, written: Iterable[str]) -> ZoneInfo | None:
    """The named zone, unless most of the times that are written with an offset contradict it."""
    found = [moment for text in written if (moment := times.moment(text)) and moment.tzinfo]
    if named and 2 * sum(_agrees(moment, named) for moment in found) >= len(found):
        return named
    return None


def settle_zone(named: ZoneInfo | None, starts: Sequence[Start], findings: Findings) -> ZoneInfo:
    """The zone in which the file's times read as it wrote them."""
    if named:
        strays = [start for start in starts if not _agrees(start.at, named)]
        if not strays:
            return named
        if len({start.at.utcoffset() for start in starts}) > 1:
            _refuse_the_few(named, starts, strays, findings)
            return named
        message = _(
            "Le fuseau annoncé (%(name)s) contredit les heures, écrites avec %(offset)s : les heures sont gardées.",
            name=named.key,
            offset=f"{starts[0].at:%z}",
        )
        findings.repair(WHERE, message)
    zone = _from_offsets([start.at for start in starts])
    if not named:
        findings.repair(WHERE, _("Pas de fuseau horaire : %(name)s d’après les heures.", name=zone.key))
    return zone


def _refuse_the_few(named: ZoneInfo, starts: Sequence[Start], strays: Sequence[Start], findings: Findings) -> None:
    """What most of the file says stands; where nothing does, the zone is what to look at first."""
    usual = {start.at.utcoffset() for start in strays}
    if 2 * len(strays) <= len(starts):
        for start in strays:
            findings.error((*start.where, "date"), _stray(start.at, named))
    elif len(usual) == 1 and len(strays) < len(starts):
        for start in starts:
            if start.at.utcoffset() not in usual:
                findings.error((*start.where, "date"), _alone(start.at, strays[0].at))
    else:
        message = _(
            "Le fuseau annoncé (%(name)s) contredit la plupart des heures (%(count)s sur %(all)s) : corrigez le fuseau "
            "ou les décalages.",
            name=named.key,
            count=len(strays),
            all=len(starts),
        )
        findings.error(WHERE, message)


def _from_offsets(starts: Sequence[datetime]) -> ZoneInfo:
    if all(_agrees(start, TORONTO) for start in starts):
        return TORONTO
    offset = starts[0].utcoffset() or timedelta()
    hours, rest = divmod(offset, timedelta(hours=1))
    fixed = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX signs: Etc/GMT-1 is one hour east
    if rest or any(start.utcoffset() != offset for start in starts) or fixed not in _zone_names():
        return ZoneInfo("UTC")
    return ZoneInfo(fixed)


def _agrees(start: datetime, zone: ZoneInfo) -> bool:
    return start.astimezone(zone).utcoffset() == start.utcoffset()


def _stray(start: datetime, named: ZoneInfo) -> str:
    return _(
        "Le décalage %(offset)s n’est pas celui du fuseau %(name)s à cette date : corrigez l’un des deux.",
        offset=f"{start:%z}",
        name=named.key,
    )


def _alone(start: datetime, usual: datetime) -> str:
    return _(
        "Le décalage %(offset)s n’est pas celui des autres heures (%(usual)s) : corrigez-le.",
        offset=f"{start:%z}",
        usual=f"{usual:%z}",
    )

"""Whether somebody wants to be reminded of what they have booked: yes until they say no, edition by edition."""

from digital_days.kernel import database


async def say_reminders(registration: str, *, wanted: bool) -> None:
    """From now on; also what is promised already leaves or stays by it. Again changes nothing."""
    await database.fetch("UPDATE registration SET reminders = $2 WHERE code = $1", registration, wanted)

"""A speaker's page."""

from digital_days.kernel.codes import normalize
from digital_days.kernel.errors import NotFound
from digital_days.kernel.i18n import N_
from scheduling.domain.programme import Programme, Slot, Speaker


class NoSuchSpeaker(NotFound):
    message = N_("Cette personne n’est pas, ou n’est plus, au programme.")


def speaker_called(programme: Programme, code: str) -> Speaker:
    """The speaker of this edition with this public code; raises ``NoSuchSpeaker``, also for another edition's."""
    speaker = programme.speakers.get(normalize(code))
    if speaker is None:
        raise NoSuchSpeaker
    return speaker


def appearances(programme: Programme, speaker: Speaker) -> list[Slot]:
    """Where and when the speaker can be heard, in order of time."""
    codes = {activity.code for activity in programme.activities_of.get(speaker.code, ())}
    return [slot for slot in programme.slots if slot.activity.code in codes]

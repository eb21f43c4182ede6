"""Two people at one form: the second is told before anything of the first is lost."""

from digital_days.kernel.errors import Conflict
from digital_days.kernel.i18n import N_


class ChangedMeanwhile(Conflict):
    message = N_("Quelqu’un a changé ceci pendant que vous écriviez. Comparez, puis enregistrez de nouveau.")

"""An edition that is not announced exists for its organisers and for administrators, and for nobody else."""

from digital_days.kernel.editions import Edition
from digital_days.kernel.permissions import Permission
from digital_days.kernel.web.sessions import Viewer


def is_shown_to(viewer: Viewer | None, edition: Edition) -> bool:
    """Whether this person may know that the edition exists; asks the database nothing."""
    return edition.announced or (viewer is not None and viewer.may(Permission.ORGANISE, edition.slug))

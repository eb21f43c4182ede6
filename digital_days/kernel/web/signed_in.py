"""The viewer of a route that only signed-in people reach."""

from digital_days.kernel.web.access import SignInFirst
from digital_days.kernel.web.pages import PageRequest
from digital_days.kernel.web.sessions import Viewer


def signed_in(request: PageRequest) -> Viewer:
    """Who is asking; raises ``SignInFirst`` where nobody is."""
    if request.user is None:
        raise SignInFirst
    return request.user

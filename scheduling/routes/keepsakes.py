"""What a browser keeps for its reader: favourite activities, and the slots of the day that they compose.

Places asked for without an account stand apart from what is only chosen: whether they were got, the mail says.
"""

from digital_days.kernel.web.keepsakes import Keepsake
from scheduling.domain.favourites import keep_favourites

FAVOURITES = Keepsake(name="favourites", most=100, for_scripts=True, hand_over=keep_favourites)
CHOSEN = Keepsake(name="my-day", most=40)
ASKED = Keepsake(name="my-day-asked", most=40)
KEEPSAKES = (FAVOURITES, CHOSEN, ASKED)

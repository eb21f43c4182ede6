"""What a browser keeps for its reader: exhibitors to see."""

from digital_days.kernel.web.keepsakes import Keepsake
from exhibitors.domain.favourite_exhibitors import keep_favourite_exhibitors

FAVOURITES = Keepsake(name="favourite-exhibitors", most=100, hand_over=keep_favourite_exhibitors)
KEEPSAKES = (FAVOURITES,)

"""The services that make up the program."""

from digital_days.kernel.service import Service
from exhibitors.service import SERVICE as EXHIBITORS
from matchmaking.service import SERVICE as MATCHMAKING
from scheduling.service import SERVICE as SCHEDULING

SERVICES: tuple[Service, ...] = (SCHEDULING, MATCHMAKING, EXHIBITORS)

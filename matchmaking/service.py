"""How the speed dating plugs into the program."""

from digital_days.kernel.service import Service

SERVICE = Service(
    name="matchmaking",
    tables="matchmaking.piccolo_app",
)

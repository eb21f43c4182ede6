"""Every table of the service, for its migrations."""

from matchmaking.tables.day import Replan, RoundClock
from matchmaking.tables.meetings import Meeting, MeetingOutcome, MeetingRound, MeetingTable, Publication
from matchmaking.tables.plans import DraftMeeting, Scenario, SolverRun
from matchmaking.tables.setting import SpeedDating
from matchmaking.tables.sides import (
    MatchAbsence,
    MatchExclusion,
    MatchNeed,
    MatchOrganisation,
    MatchParticipant,
    MatchWish,
)

TABLES = (
    SpeedDating,
    MatchOrganisation,
    MatchNeed,
    MatchParticipant,
    MatchAbsence,
    MatchWish,
    MatchExclusion,
    Scenario,
    SolverRun,
    DraftMeeting,
    Publication,
    MeetingRound,
    MeetingTable,
    Meeting,
    MeetingOutcome,
    RoundClock,
    Replan,
)

"""A problem of our own, written as the published ones are."""

SMALL = """\
nBusiness = 3;
nMeetings = 3;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2, 1,
|1, 3, 3,
|2, 3, 3,
|];

forbidden = [{0, 3}, {}, {0}];

fixed = [0, 4, 0];

precedences = [{}, {}, {1}];
"""

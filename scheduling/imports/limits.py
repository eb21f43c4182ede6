"""How large a programme may be: far beyond any real one, and small enough to be read in seconds."""

BYTES = 20_000_000
UNPACKED_BYTES = 40_000_000
PLACED_BYTES = 5_000_000
"""Up to here, finding the line of a JSON path takes a few seconds at most."""
PARTS = 500_000
"""Elements of an XML document, objects and lists of a JSON one."""
DEPTH = 40
ROWS = 20_000
COLUMNS = 200
CELLS = 5_000_000
NAME = 200
LINE = 500
TEXT = 100_000
NUMBER = 100_000

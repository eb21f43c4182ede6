"""``python -m digital_days``: the command line, quiet when Ctrl-C comes while Python is still loading it."""

import runpy
import signal

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    runpy.run_module("digital_days.cli", run_name="__main__")

"""A real worker in a process of its own, with the tests' letters and less patience."""

import asyncio
import logging

from digital_days.kernel import mail
from digital_days.kernel.settings import current
from digital_days.worker import run
from tests.kernel.letters import HURRIED, TOPIC, compose

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    mail.add_composers({TOPIC: compose})
    asyncio.run(run(current(), patience=HURRIED))

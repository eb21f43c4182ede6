"""What becomes due by the clock alone, asked every minute by every worker."""

from datetime import datetime

from exhibitors.domain.checklist_reminders import remind as remind_of_checklists
from exhibitors.domain.contact_mails import tell_visitors
from exhibitors.domain.holds_by_the_clock import end_holds
from exhibitors.domain.invoice_reminders import remind as remind_of_invoices


async def sweep(now: datetime) -> None:
    """Each keeps its own promises under keys that make a second one harmless."""
    await end_holds(now)
    await remind_of_invoices(now)
    await remind_of_checklists(now)
    await tell_visitors(now)

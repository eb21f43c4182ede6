"""Who composes which mail of the fair, for its manifest."""

from collections.abc import Mapping

from digital_days.kernel.mail import Composer
from exhibitors.domain.applications import RECEIVED
from exhibitors.domain.badges import TOPIC as BADGE
from exhibitors.domain.checklist_reminders import TOPIC as CHECKLIST
from exhibitors.domain.contact_mails import TOPIC as CONTACTS
from exhibitors.domain.decisions import DECISION
from exhibitors.domain.documents import REFUSED as DOCUMENT_REFUSED
from exhibitors.domain.invoice_reminders import REMINDER
from exhibitors.domain.invoice_writing import INVOICE
from exhibitors.domain.members import TOPIC as MEMBER
from exhibitors.domain.told_booths import TOPIC as BOOTH_CHANGED
from exhibitors.mails import applications, booth_changed, booths, checklist, contacts, invoices, team

MAILS: Mapping[str, Composer] = {
    RECEIVED: applications.received,
    DECISION: applications.decision,
    DOCUMENT_REFUSED: applications.document_refused,
    "exhibitors.booking": booths.booking,
    "exhibitors.booking_over": booths.booking_over,
    "exhibitors.offer": booths.offer,
    "exhibitors.offer_over": booths.offer_over,
    BOOTH_CHANGED: booth_changed.booth_changed,
    INVOICE: invoices.invoice,
    REMINDER: invoices.reminder,
    CHECKLIST: checklist.checklist,
    MEMBER: team.member,
    BADGE: team.badge,
    CONTACTS: contacts.contacts,
}

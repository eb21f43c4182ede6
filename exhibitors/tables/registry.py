"""The service's tables; Piccolo finds them in ``TABLES``."""

from exhibitors.tables.applications import ApplicationEvent
from exhibitors.tables.bookings import Booking, BookingExtra, BoothWaiting
from exhibitors.tables.exhibitors import (
    ArrivalSlot,
    BoothShift,
    Exhibitor,
    ExhibitorActivity,
    ExhibitorArrival,
    ExhibitorDocument,
    ExhibitorLogo,
    ExhibitorMember,
    ExhibitorNeed,
    FavouriteExhibitor,
    StaffBadge,
)
from exhibitors.tables.fair import BoothExtra, DecisionText, Fair, FairBilling, FairCategory
from exhibitors.tables.invoices import Invoice, InvoiceCounter, Payment
from exhibitors.tables.leads import Lead, LeadConsent, Scanner
from exhibitors.tables.plan import Booth, FloorPlan, PlanPicture, PlanShape

TABLES = [
    Fair,
    FairCategory,
    BoothExtra,
    FairBilling,
    DecisionText,
    Exhibitor,
    ExhibitorMember,
    ExhibitorNeed,
    ExhibitorActivity,
    ExhibitorLogo,
    ExhibitorDocument,
    ApplicationEvent,
    StaffBadge,
    BoothShift,
    ArrivalSlot,
    ExhibitorArrival,
    FavouriteExhibitor,
    FloorPlan,
    PlanPicture,
    Booth,
    PlanShape,
    Booking,
    BookingExtra,
    BoothWaiting,
    InvoiceCounter,
    Invoice,
    Payment,
    Scanner,
    Lead,
    LeadConsent,
]

"""Puts the packages together: what web and worker both need to know before they start."""

from pathlib import Path

from digital_days.kernel import agenda, events, forgetting, happenings, long_work, mail, occupations, purge, sweeping
from digital_days.kernel.web import keepsakes, navigation, organiser_menu, templates, urls
from digital_days.services import SERVICES
from digital_days.site.service import SITE


def plug_in() -> None:
    """Reads every manifest once; again is harmless."""
    for service in (*SERVICES, SITE):
        if service.templates:
            templates.add_folders({service.name: Path(service.templates)})
        urls.remember(service.routers)
        navigation.add_items(service.menu)
        organiser_menu.add_parts(service.organising)
        mail.add_composers(service.mails)
        keepsakes.add(service.keepsakes)
        events.subscribe(service.subscriptions, service=service.name)
        if service.agenda:
            agenda.add_provider(service.agenda)
        occupations.add_titles(service.agenda_titles)
        if service.happenings:
            happenings.add_provider(service.happenings)
        if service.forget:
            forgetting.add_service(service.forget)
        if service.tidy:
            purge.add_service(service.tidy)
        if service.sweep:
            sweeping.add_service(service.sweep)
        if service.long_work:
            long_work.add_service(service.long_work)

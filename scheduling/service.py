"""How the programme and its places plug into the program."""

from pathlib import Path

from digital_days.kernel.i18n import N_
from digital_days.kernel.permissions import Permission
from digital_days.kernel.service import Service
from digital_days.kernel.web.navigation import MenuItem
from digital_days.kernel.web.organiser_menu import MenuPart
from scheduling.domain import dashboard
from scheduling.domain.afterwards import afterwards
from scheduling.domain.agenda_items import agenda_items
from scheduling.domain.by_the_clock import sweep
from scheduling.domain.feedback_invitations import TOPIC as FEEDBACK
from scheduling.domain.forgetting import forget_places
from scheduling.domain.group_reminders import SOON as GROUP_SOON
from scheduling.domain.group_reminders import TOMORROW as GROUP_TOMORROW
from scheduling.domain.groups import TOPIC as GROUP
from scheduling.domain.happenings import happenings
from scheduling.domain.held_places import titles_of_places
from scheduling.domain.organiser_messages import TOPIC as ORGANISER_MESSAGE
from scheduling.domain.speaker_links import TOPIC as SPEAKER_LINK
from scheduling.domain.tidying import tidy
from scheduling.domain.told_lines import MOVED as MOVED_LINE
from scheduling.mails import agenda, group, group_reminders, organiser_message, places, release, reminders, speaker_link
from scheduling.mails import feedback as feedback_mail
from scheduling.mails import waiting as waiting_mails
from scheduling.routes import (
    activity_rules,
    audiences,
    certificates,
    changes,
    doors,
    edition_rules,
    edition_settings,
    editor,
    exports,
    favourites,
    feedback,
    feedback_results,
    group_list,
    group_page,
    groups,
    label_lists,
    label_removal,
    message_form,
    message_templates,
    my_answers,
    my_day,
    my_day_sent,
    my_places,
    needs,
    new_edition,
    opening_hours,
    organiser_messages,
    own_page,
    paper_pages,
    passing_on,
    planned_activities,
    planned_activity_list,
    portraits,
    prepared_needs,
    programme,
    public_api,
    registrants,
    registration,
    registration_api,
    registration_sent,
    releases,
    room_removal,
    rooms,
    slot_answers,
    speakers,
    untranslated,
    venues,
    waiting,
    waiting_lists,
    workbook,
)
from scheduling.routes.keepsakes import KEEPSAKES

SERVICE = Service(
    name="scheduling",
    tables="scheduling.piccolo_app",
    routers=[
        audiences.router,
        changes.router,
        doors.router,
        paper_pages.router,
        certificates.router,
        feedback.router,
        feedback_results.show,
        editor.router,
        favourites.router,
        my_day.router,
        my_day_sent.router,
        exports.router,
        message_form.router,
        message_templates.router,
        organiser_messages.router,
        group_list.router,
        groups.router,
        group_page.router,
        my_places.router,
        passing_on.router,
        needs.router,
        prepared_needs.router,
        my_answers.router,
        own_page.router,
        portraits.router,
        planned_activity_list.list_activities,
        planned_activities.router,
        untranslated.router,
        waiting.router,
        waiting_lists.router,
        rooms.router,
        room_removal.router,
        venues.router,
        opening_hours.router,
        label_lists.router,
        label_removal.router,
        edition_settings.router,
        edition_rules.router,
        activity_rules.router,
        slot_answers.router,
        new_edition.router,
        programme.router,
        public_api.programme,
        registrants.router,
        registration.router,
        registration_sent.router,
        registration_api.register,
        releases.router,
        speakers.router,
        workbook.workbook,
    ],
    templates=Path(__file__).parent / "templates",
    mails={
        "scheduling.agenda": agenda.agenda,
        GROUP: group.group,
        "scheduling.ticket": places.ticket,
        "scheduling.overlap": places.overlap,
        "scheduling.limit": places.limit,
        "scheduling.waiting": waiting_mails.waiting,
        "scheduling.offer": waiting_mails.offer,
        "scheduling.waiting_over": waiting_mails.over,
        MOVED_LINE: waiting_mails.moved,
        "scheduling.cancelled": places.cancelled,
        "scheduling.release": release.release,
        "scheduling.tomorrow": reminders.tomorrow,
        "scheduling.soon": reminders.soon,
        GROUP_TOMORROW: group_reminders.tomorrow,
        GROUP_SOON: group_reminders.soon,
        FEEDBACK: feedback_mail.feedback,
        ORGANISER_MESSAGE: organiser_message.organiser_message,
        SPEAKER_LINK: speaker_link.speaker_link,
    },
    agenda=agenda_items,
    agenda_titles={"scheduling.place": titles_of_places},
    afterwards=afterwards,
    happenings=happenings,
    forget=forget_places,
    tidy=tidy,
    sweep=sweep,
    keepsakes=KEEPSAKES,
    attention=dashboard.attention,
    panels=dashboard.panels,
    menu=[
        MenuItem(
            message=N_("Programme"),
            route="scheduling:programme",
            permission=Permission.PUBLIC,
            way_out=N_("Voir le programme"),
        ),
        MenuItem(
            message=N_("Ma journée"), route="scheduling:my-day", permission=Permission.PUBLIC, signed_out_only=True
        ),
        MenuItem(message=N_("Ma journée"), route="scheduling:my-day", permission=Permission.SIGNED_IN, personal=True),
    ],
    organising=[
        MenuPart(
            words=N_("Programme"),
            pages=(
                ("scheduling:editor", N_("Horaire")),
                ("scheduling:planned-activities", N_("Activités")),
                ("scheduling:speakers", N_("Intervenants")),
                ("scheduling:rooms", N_("Salles")),
                ("scheduling:label-lists", N_("Thèmes et publics")),
                ("scheduling:untranslated", N_("Traductions")),
                ("scheduling:release", N_("Publication")),
                ("scheduling:edition-settings", N_("Édition")),
            ),
        ),
        MenuPart(
            words=N_("Participation"),
            pages=(
                ("scheduling:registrants", N_("Inscriptions")),
                ("scheduling:waiting-lists", N_("Listes d’attente")),
                ("scheduling:groups", N_("Groupes")),
                ("scheduling:prepared-needs", N_("Besoins")),
                ("scheduling:organiser-messages", N_("Messages")),
                ("scheduling:paper", N_("Sur papier")),
                ("scheduling:feedback-results", N_("Avis")),
            ),
        ),
    ],
    sql=Path(__file__).parent / "sql",
)

"""The sheets and columns of a programme spreadsheet, with the French names that mean the same."""

import unicodedata
from collections.abc import Mapping

from digital_days.kernel.i18n import N_

Names = Mapping[str, tuple[str, ...]]

SHEETS: Names = {
    "activities": ("activites", "activite", "programme", "horaire"),
    "rooms": ("salles", "salle", "locaux"),
    "speakers": ("intervenants", "intervenantes", "intervenant", "conferenciers", "personnes"),
    "labels": ("etiquettes", "etiquette", "categories"),
}
NOTES = ("notes", "lisez moi", "lisezmoi", "readme", "mode d emploi")
"""Sheets for people, which the import passes over."""

ACTIVITIES: Names = {
    "id": ("identifiant", "numero", "no"),
    "activity": ("activite",),
    "date": ("jour",),
    "start": ("debut", "heure de debut", "heure"),
    "end": ("fin", "heure de fin"),
    "duration": ("duree",),
    "title_fr": ("titre", "titre fr", "titre francais"),
    "title_en": ("titre en", "titre anglais"),
    "summary_fr": ("resume", "resume fr", "resume francais"),
    "summary_en": ("resume en", "resume anglais"),
    "description_fr": ("description", "description francaise"),
    "description_en": ("description anglaise",),
    "kind": ("genre", "type"),
    "theme": ("thematique",),
    "audience": ("public",),
    "language": ("langue",),
    "room": ("salle", "local"),
    "seats": ("places", "nombre de places"),
    "speakers": ("intervenants", "intervenant", "intervenantes", "conferenciers"),
}
ROOMS: Names = {
    "room": ("salle", "local", "name", "nom"),
    "venue": ("lieu",),
    "address": ("adresse",),
    "capacity": ("capacite",),
    "workstations": ("postes", "postes de travail", "ordinateurs"),
    "step_free": ("sans marche", "acces de plain pied", "accessible"),
}
SPEAKERS: Names = {
    "name": ("nom", "intervenant", "intervenante"),
    "organisation": ("organization", "organisme", "entreprise"),
    "ambassador": ("ambassadeur", "ambassadrice", "ambassadeur du numerique"),
    "biography_fr": ("biographie", "biographie fr", "biographie francaise", "bio"),
    "biography_en": ("biographie en", "biographie anglaise"),
}
LABELS: Names = {
    "facet": ("facette", "sorte"),
    "name_fr": ("nom", "nom fr", "nom francais"),
    "name_en": ("nom en", "nom anglais"),
    "colour": ("couleur", "color"),
    "description_fr": ("description", "description francaise"),
    "description_en": ("description anglaise",),
}
FACETS: Names = {
    "kind": ("genre", "type"),
    "theme": ("thematique",),
    "audience": ("public",),
}
LANGUAGES: Names = {
    "fr": ("francais", "french", "fr ca"),
    "en": ("anglais", "english", "en ca"),
    "bi": ("bilingue", "bilingual", "fr en", "en fr", "fr/en", "en/fr"),
}
YES_OR_NO: Names = {
    "yes": ("oui", "o", "y", "x", "1", "vrai", "true"),
    "no": ("non", "n", "0", "faux", "false"),
}

GROUP: Names = {
    "name": ("nom", "prenom", "first name", "nom complet", "eleve", "employe", "participant", "personne"),
    "email": ("courriel", "e mail", "adresse courriel", "adresse", "adresse electronique"),
    "note": ("notes", "remarque", "remarques"),
}
"""The people of a group, in a file of their own."""

NEEDED = {
    "group": ("name",),
    "activities": ("id",),
    "rooms": ("room",),
    "speakers": ("name",),
    "labels": ("facet", "name_fr"),
}
COLUMNS = {"group": GROUP, "activities": ACTIVITIES, "rooms": ROOMS, "speakers": SPEAKERS, "labels": LABELS}

EXPLANATIONS = {
    "id": N_("Obligatoire. Un identifiant par ligne, qui ne change plus : c’est lui qui retrouve la plage."),
    "activity": N_("Les lignes de même valeur sont des plages d’une même activité. Vide : l’id de la ligne."),
    "date": N_("Jour, comme 2027-10-22. Sans date ni début, l’activité est importée sans plage."),
    "start": N_("Heure de début, comme 13:30 ou 13 h 30 (heure locale)."),
    "end": N_("Heure de fin. Après minuit, écrivez 2027-10-23 00:30 ou remplissez plutôt duration."),
    "duration": N_("Au lieu de la fin : 90 (minutes), 1:30 ou 1 h 30."),
    "title_fr": N_("Titre en français."),
    "title_en": N_("Titre en anglais, si l’édition ouvre l’anglais."),
    "summary_fr": N_("Une ou deux phrases pour la liste."),
    "summary_en": N_("Le même résumé en anglais."),
    "description_fr": N_("Texte de la page de l’activité; une ligne vide sépare les paragraphes."),
    "description_en": N_("Le même texte en anglais."),
    "kind": N_("Genre : conférence, témoignage, atelier…"),
    "theme": N_("Thème : cybersécurité, réseaux sociaux…"),
    "audience": N_("Public : entreprises, grand public, étudiants…"),
    "language": N_("Langue parlée : fr, en ou bi (bilingue). Vide : fr."),
    "room": N_("Salle. Vide : la plage est importée sans salle."),
    "seats": N_("Nombre de places. Vide : entrée libre."),
    "speakers": N_("Noms séparés par des points-virgules."),
}


def normal(text: str) -> str:
    """Without case, accents, underscores or repeated spaces, so that « Début » finds « debut »."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", " ").replace("'", " "))
    plain = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(plain.casefold().replace("_", " ").replace("-", " ").split())


def known(text: str, names: Names) -> str | None:
    """The name that this text means, by itself or by one of its aliases."""
    wanted = normal(text)
    return next((name for name, aliases in names.items() if wanted in (normal(name), *aliases)), None)

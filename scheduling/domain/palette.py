"""Colours for labels: white words on each of them can be read (4.5 to 1), and each stands out from our pages."""

from digital_days.kernel.i18n import N_

PALETTE: dict[str, str] = {
    "0d5b66": N_("Rivière"),
    "3f4f9c": N_("Indigo"),
    "7a4a78": N_("Prune"),
    "a03a58": N_("Framboise"),
    "b0441b": N_("Automne"),
    "8a5a08": N_("Ambre"),
    "6b6b12": N_("Mousse"),
    "3f6b2d": N_("Forêt"),
    "1f6f54": N_("Sapin"),
    "4c5c60": N_("Ardoise"),
}
"""Six digits without « # », and what the colour is called."""

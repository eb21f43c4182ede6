"""Slips of the finger in the names of the large mail providers: asked about, never corrected unasked."""

_SLIPS = {
    "gmail.com": "gmial.com gmai.com gmal.com gmil.com gamil.com gnail.com gmaill.com gmail.co gmail.con gmail.cm "
    "gmail.ca gmail.fr",
    "hotmail.com": "hotmial.com hotmai.com hotmal.com hotmil.com hotamil.com hotmaill.com homail.com hotmail.co "
    "hotmail.con",
    "outlook.com": "outlok.com outllok.com outloook.com outloock.com outlook.co outlook.con",
    "yahoo.com": "yaho.com yahooo.com yahoo.co yahoo.con",
    "icloud.com": "iclod.com icoud.com iclould.com icloud.co icloud.con",
    "videotron.ca": "videotron.con videotrom.ca videotrn.ca vidoetron.ca vidéotron.ca",
    "sympatico.ca": "sympatico.con simpatico.ca sympatco.ca sympatioc.ca",
}
_MEANT = {slip: domain for domain, slips in _SLIPS.items() for slip in slips.split()}


def probably_meant(email: str) -> str:
    """The provider that this address most likely means; empty where nothing looks wrong."""
    return _MEANT.get(email.strip().lower().rpartition("@")[2], "")

"""A mail as SendGrid's API wants it (POST /v3/mail/send); the development mailbox keeps the very same."""

import base64
import hashlib
from typing import Any

from digital_days.kernel.mail import Attachment, Mail, one_line
from digital_days.kernel.settings import Settings

# Privacy: nobody learns who opened what, and links stay as we wrote them.
_NO_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
    "ganalytics": {"enable": False},
}


def mail_request(mail: Mail, *, key: str, settings: Settings) -> dict[str, Any]:
    """The request's JSON. The same key always gives the same Message-ID, which mailboxes use to spot a copy."""
    request: dict[str, Any] = {
        "personalizations": [{"to": [_address(mail.to_email, mail.to_name)], "custom_args": {"key": key}}],
        "from": _address(settings.mail_from, mail.from_name or settings.mail_from_name),
        "subject": one_line(mail.subject),
        "headers": {"Message-ID": message_id(key, settings.mail_from), "Auto-Submitted": "auto-generated"},
        "content": [
            {"type": "text/plain", "value": mail.text},
            {"type": "text/html", "value": mail.html},
        ],
        "tracking_settings": _NO_TRACKING,
    }
    if mail.reply_to:
        request["reply_to"] = {"email": mail.reply_to}
    if mail.attachments:
        request["attachments"] = [_attachment(attachment) for attachment in mail.attachments]
    return request


def message_id(key: str, sender: str) -> str:
    """Stable for the deduplication key, opaque to the reader."""
    domain = sender.rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain}>"


def _address(email: str, name: str) -> dict[str, str]:
    return {"email": email, "name": name} if name else {"email": email}


def _attachment(attachment: Attachment) -> dict[str, str]:
    kept = {
        "content": base64.b64encode(attachment.content).decode(),
        # SendGrid refuses a type with parameters: METHOD stands inside the calendar file.
        "type": attachment.media_type.partition(";")[0].strip(),
        "filename": attachment.filename,
    }
    if not attachment.content_id:
        return kept | {"disposition": "attachment"}
    return kept | {"disposition": "inline", "content_id": attachment.content_id}

"""A mail inside one of our pages: a document of its own, which brings its styles and nothing else."""

from litestar import Response

# No script, no form, nothing fetched; its links open a new tab.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    )
)


def mail_frame(html: str) -> Response[bytes]:
    """What a mail program would show, for a frame of ours."""
    return Response(
        html.replace("<head>", '<head><base target="_blank">', 1).encode(),
        media_type="text/html",
        headers={
            "content-security-policy": MAIL_POLICY,
            "x-frame-options": "SAMEORIGIN",
            "cache-control": "no-store",
        },
    )

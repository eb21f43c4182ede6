"""Looks before the leap: a port that is taken or a server that is silent is told in a sentence."""

import errno
import os
import socket
from urllib.parse import urlsplit

from digital_days.running.sentences import Unable

USUAL_PORTS = {"postgresql": 5432, "postgres": 5432, "redis": 6379, "rediss": 6379, "valkey": 6379}


def check_port_free(host: str, port: int) -> None:
    """Refuse an address that we cannot listen on."""
    if not 0 < port < 65_536:
        raise Unable(f"PORT={port} n’est pas un port.", f"PORT={port} is not a port.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _cannot_listen(error, host, port) from None


def check_answers(url: str, name: str) -> None:
    """Refuse a server address where nobody takes a connection; sockets in files are left to the client."""
    parts = urlsplit(url)
    if not parts.hostname:
        return
    port = parts.port or USUAL_PORTS.get(parts.scheme, 0)
    try:
        socket.create_connection((parts.hostname, port), timeout=5).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unable(
            f"Aucun serveur ne répond à l’adresse de {name} ({parts.hostname}:{port} : {reason}). "
            "Démarrez-le, ou retirez DATABASE_URL et REDIS_URL pour les serveurs privés.",
            f"No server answers at the address in {name} ({parts.hostname}:{port}: {reason}). "
            "Start it, or unset DATABASE_URL and REDIS_URL for the private servers.",
        ) from None


def _cannot_listen(error: OSError, host: str, port: int) -> Unable:
    if error.errno == errno.EADDRINUSE:
        return Unable(
            f"Le port {port} est déjà pris sur {host}. Arrêtez le programme qui s’en sert, "
            f"ou choisissez-en un autre : make run PORT={port + 1}",
            f"Port {port} is already in use on {host}. Stop the program that uses it, "
            f"or choose another one: make run PORT={port + 1}",
        )
    reason = os.strerror(error.errno) if isinstance(error.errno, int) and error.errno > 0 else str(error)
    return Unable(
        f"Impossible d’écouter sur HOST={host} PORT={port} ({reason}). Choisissez une adresse de cette machine, "
        "et un port au-dessus de 1024.",
        f"Cannot listen on HOST={host} PORT={port} ({reason}). Choose an address of this machine, "
        "and a port above 1024.",
    )

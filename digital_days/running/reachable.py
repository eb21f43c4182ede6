"""Looks before the leap: a port that is taken or a server that is silent is told in a sentence."""

import errno
import socket
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError, RedisError, ResponseError

from digital_days.kernel.sentences import Unable

USUAL_PORTS = {"postgresql": 5432, "postgres": 5432, "redis": 6379, "rediss": 6379}
SCHEMES = {"DATABASE_URL": ("postgresql", "postgres"), "REDIS_URL": ("redis", "rediss", "unix")}


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


def check_url(url: str, name: str) -> None:
    """Refuse what is no address of such a server; the sentence shows no password."""
    try:
        parts = urlsplit(url)
        port_is_possible = parts.port != 0  # reading it raises ``ValueError`` when it is no number
    except ValueError:
        raise _no_address(name, "port", "port") from None
    if parts.scheme not in SCHEMES[name]:
        raise _no_address(name, f"« {parts.scheme or '?'} »", f"“{parts.scheme or '?'}”")
    if not port_is_possible:
        raise _no_address(name, "port", "port")
    # A socket is a file: its folder stands in the query (PostgreSQL) or in the path (Valkey).
    if not parts.hostname and not (parts.scheme == "unix" and parts.path) and "host=" not in parts.query:
        raise _no_address(name, "hôte absent", "no host")


def check_valkey_lets_in(url: str) -> None:
    """Refuse a Valkey that does not accept us; one that is away is waited for, since messages leave without it."""
    try:
        with Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as valkey:
            valkey.ping()
    except (AuthenticationError, NoPermissionError, ResponseError) as error:
        raise Unable(
            f"Valkey refuse l’accès : vérifiez le mot de passe et le numéro de base dans REDIS_URL ({error}).",
            f"Valkey refuses us: check the password and the database number in REDIS_URL ({error}).",
        ) from None
    except (RedisError, OSError):
        return
    except (ValueError, TypeError) as error:  # an option in the query that the client does not know
        raise _no_address("REDIS_URL", str(error), str(error)) from None


def _no_address(name: str, what_fr: str, what_en: str) -> Unable:
    scheme, port = SCHEMES[name][0], USUAL_PORTS[SCHEMES[name][0]]
    return Unable(
        f"{name} n’est pas une adresse de serveur ({what_fr}). Modèle : {scheme}://utilisateur:secret@hôte:{port}/base",
        f"{name} is not the address of a server ({what_en}). Pattern: {scheme}://user:secret@host:{port}/database",
    )


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
    reason = error.strerror or str(error)
    return Unable(
        f"Impossible d’écouter sur HOST={host} PORT={port} ({reason}). Choisissez une adresse de cette machine, "
        "et un port au-dessus de 1024.",
        f"Cannot listen on HOST={host} PORT={port} ({reason}). Choose an address of this machine, "
        "and a port above 1024.",
    )

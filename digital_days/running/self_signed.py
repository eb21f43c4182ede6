"""A certificate of our own, so that a phone on the same network gives the page its camera."""

import ipaddress
import os
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

VALID_FOR = timedelta(days=397)  # the longest that browsers take
RENEWED_BEFORE = timedelta(days=14)


def certificate(data_dir: Path, addresses: Sequence[str]) -> tuple[Path, Path]:
    """Certificate and key for this machine, kept between starts; made anew near its end or for a new address."""
    folder = data_dir / "certificate"
    paths = folder / "certificate.pem", folder / "key.pem"
    names = _names(addresses)
    if not _still_good(*paths, names):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _make(*paths, names)
    return paths


def _names(addresses: Sequence[str]) -> list[x509.GeneralName]:
    hosts: list[x509.GeneralName] = [x509.DNSName("localhost")]
    name = socket.gethostname()
    if name.isascii() and name.replace("-", "").replace(".", "").isalnum() and name != "localhost":
        hosts += [x509.DNSName(name), x509.DNSName(f"{name}.local")]
    ips = dict.fromkeys(["127.0.0.1", "::1", *addresses])
    return hosts + [x509.IPAddress(ipaddress.ip_address(ip)) for ip in ips]


def _still_good(cert_path: Path, key_path: Path, names: list[x509.GeneralName]) -> bool:
    try:
        cert = x509.load_pem_x509_certificate(cert_path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), None)
        known = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (OSError, ValueError, TypeError, x509.ExtensionNotFound):
        return False
    same_pair = cert.public_key() == key.public_key()
    long_enough = cert.not_valid_after_utc > datetime.now(UTC) + RENEWED_BEFORE
    return same_pair and long_enough and set(names) <= set(known)


def _make(cert_path: Path, key_path: Path, names: list[x509.GeneralName]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Digital Days")])
    now = datetime.now(UTC)
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    key_pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_path, key_pem)
    _write(cert_path, cert.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)

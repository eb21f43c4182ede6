import ssl
import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509 import SubjectAlternativeName

from digital_days.running import self_signed
from digital_days.running.self_signed import certificate


def read(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def test_certificate_serves_this_machine_and_the_network_when_made(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path, ["192.0.2.7"])
    names = read(cert).extensions.get_extension_for_class(SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert {ip_address("127.0.0.1"), ip_address("192.0.2.7")} <= set(names.get_values_for_type(x509.IPAddress))
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)


def test_certificate_stays_when_nothing_has_changed(tmp_path: Path) -> None:
    first = read(certificate(tmp_path, ["192.0.2.7"])[0])
    assert read(certificate(tmp_path, ["192.0.2.7"])[0]) == first
    assert read(certificate(tmp_path, [])[0]) == first


def test_certificate_is_made_anew_when_an_address_is_new(tmp_path: Path) -> None:
    first = read(certificate(tmp_path, ["192.0.2.7"])[0])
    assert read(certificate(tmp_path, ["192.0.2.8"])[0]) != first


def test_certificate_is_made_anew_when_its_end_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_signed, "VALID_FOR", timedelta(days=3))
    certificate(tmp_path, [])
    monkeypatch.undo()
    second = read(certificate(tmp_path, [])[0])
    assert second.not_valid_after_utc > datetime.now(UTC) + timedelta(days=300)


def test_certificate_is_made_anew_when_a_file_is_broken(tmp_path: Path) -> None:
    _cert, key = certificate(tmp_path, [])
    key.write_text("half a key")
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(*certificate(tmp_path, []))

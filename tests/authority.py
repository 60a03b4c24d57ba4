# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An authority that signs certificates, for tests of TLS."""

from __future__ import annotations

import dataclasses
import datetime
import ipaddress
import pathlib
import typing as t

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NOW = datetime.datetime.now(datetime.timezone.utc)


OTHER_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "encipher_only",
    "decipher_only",
)


@dataclasses.dataclass
class Authority:
    """Signs certificates into ``folder``; its own is ``path``."""

    folder: pathlib.Path
    name: str

    def __post_init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, self.name)])
        usage = {"key_cert_sign": True, "crl_sign": True, **dict.fromkeys(OTHER_USAGES, False)}
        certificate = self.sign(
            self.subject, self.key, x509.BasicConstraints(ca=True, path_length=None), x509.KeyUsage(**usage)
        )
        self.path = self.write(f"{self.name}.pem", certificate.public_bytes(serialization.Encoding.PEM))

    def sign(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, *extensions: t.Any) -> x509.Certificate:
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - datetime.timedelta(days=1))
            .not_valid_after(NOW + datetime.timedelta(days=1))
        )
        ours, theirs = self.key.public_key(), key.public_key()
        ids = (  # without them, Python 3.13 trusts nobody
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ours),
            x509.SubjectKeyIdentifier.from_public_key(theirs),
        )
        for extension in (*ids, *extensions):
            critical = isinstance(extension, (x509.BasicConstraints, x509.KeyUsage))
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self.key, hashes.SHA256())

    def issue(self, name: str, passphrase: bytes | None = None) -> tuple[str, str]:
        """Paths of a certificate for ``name`` (a host name or address) and of its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        try:
            host: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(name))
        except ValueError:
            host = x509.DNSName(name)
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        certificate = self.sign(subject, key, x509.SubjectAlternativeName([host]))
        locked = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, locked)
        return (
            self.write(f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM)),
            self.write(f"{name}.key", private),
        )

    def write(self, name: str, content: bytes) -> str:
        path = self.folder / f"{self.name}-{name}"
        path.write_bytes(content)
        return str(path)

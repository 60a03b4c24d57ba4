# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of the connection options: what all systems share, and what belongs to one."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  instance:
    description:
      - The name of the organization or server, where there are several of this system, such as V(iq_emea). Results,
        differences and messages say it.
      - An instance that is not named like the system has its own name in capitals in the place of the system's in all
        environment variables, such as C(IQ_EMEA_URL) or C(IICS_DEV_PASSWORD). Nothing falls back to the variables of
        the system.
      - Without it, it is the instance that is named like the system.
    type: str
  expect:
    description:
      - What must be found there, or nothing is written. For IICS, the name or the id of the organization, which is
        compared right after the sign-in; for the others, the host, with or without its port, which is compared before
        credentials are sent.
    type: str
  validate_certs:
    description:
      - Whether the certificate of the service is verified.
      - The environment says the opposite, C(<SYSTEM>_SKIP_TLS_VERIFY=true), so that an empty variable is the safe one.
    type: bool
    default: true
  ca_path:
    description:
      - File or folder with the certificates of the authorities that are trusted, for a service with a private one.
      - An empty file counts as not given. The environment variable is C(<SYSTEM>_CA_PATH).
    type: path
  client_cert:
    description:
      - File with a client certificate (PEM), with its key in it or in O(client_key).
      - The environment variable is C(<SYSTEM>_CLIENT_CERT).
    type: path
  client_key:
    description:
      - File with the key of O(client_cert) (PEM, not encrypted).
      - The environment variable is C(<SYSTEM>_CLIENT_KEY).
    type: path
  timeout:
    description:
      - How many seconds to wait for a connection, and for each sign of life of an answer.
      - The environment variable is C(<SYSTEM>_TIMEOUT).
    type: float
    default: 30.0
  retries:
    description:
      - How often a request is repeated that found no connection, or met a service that asked for patience.
      - A request that creates something is never repeated blindly; the account is looked at first.
      - The environment variable is C(<SYSTEM>_RETRIES).
    type: int
    default: 3
  use_proxy:
    description:
      - Whether the proxy variables of the environment (C(HTTPS_PROXY) and so on) are followed.
      - The environment variable is C(<SYSTEM>_USE_PROXY).
    type: bool
    default: false
attributes:
  platform:
    description: Where the module can run.
    platforms: posix
    support: full
requirements:
  - python >= 3.10
  - requests >= 2.32.4
notes:
  - Runs where it finds its Python libraries, usually on the control node with C(connection=local) or
    C(delegate_to=localhost). Environment variables are read where the module runs.
  - An environment variable that is set and empty counts as not set.
  - A password or token of the environment is sent to the address of the environment only. A task that gives another
    O(api_url) gives the credentials, too.
"""

    IICS = r"""
options:
  api_url:
    description:
      - Where to sign in, either the region's full URL such as V(https://dm-us.informaticacloud.com), or the short name
        of a region or POD such as V(dm-em), V(usw3) or V(emea).
      - The address for everything else comes with the answer to the sign-in.
      - The environment variable is E(IICS_LOGIN_URL).
    type: str
  api_username:
    description:
      - User name of an account with the Admin role. The environment variable is E(IICS_USERNAME).
    type: str
  api_password:
    description:
      - Its password. One that was refused is never tried again in the same run, because the service locks accounts.
      - The environment variable is E(IICS_PASSWORD).
    type: str
  api_hosts:
    description:
      - Names of further hosts that the answer to the sign-in may lead to. Without them it may only lead to hosts of the
        same domain as that of O(api_url), by https.
      - The environment variable is E(IICS_API_HOSTS), with commas between the names.
    type: list
    elements: str
attributes:
  action_group:
    description: Use C(group/people.lifecycle.iics) or C(group/people.lifecycle.all) in C(module_defaults) to set
      options of all modules of the group.
    support: full
    membership: [people.lifecycle.iics, people.lifecycle.all]
"""

    IQ = r"""
options:
  api_url:
    description:
      - Address of the IQ Server, with its context path if it has one, such as V(https://iq.example.com/iq).
      - The environment variable is E(IQ_SERVER_URL).
    type: str
  api_username:
    description:
      - User name, or the user code of a user token. The environment variable is E(IQ_SERVER_USERNAME).
    type: str
  api_password:
    description:
      - Password, or the pass code of a user token. The environment variable is E(IQ_SERVER_PASSWORD).
    type: str
attributes:
  action_group:
    description: Use C(group/people.lifecycle.iq) or C(group/people.lifecycle.all) in C(module_defaults) to set options
      of all modules of the group.
    support: full
    membership: [people.lifecycle.iq, people.lifecycle.all]
"""

    MAGISTRALA = r"""
options:
  api_url:
    description:
      - Address of the users service or of the proxy in front of it, such as V(https://magistrala.example.com).
      - The environment variable is E(MAGISTRALA_URL).
    type: str
  api_username:
    description:
      - User name or e-mail address of an administrator, where no O(api_token) is given.
      - The environment variable is E(MAGISTRALA_USERNAME).
    type: str
  api_password:
    description:
      - The password of O(api_username). The environment variable is E(MAGISTRALA_PASSWORD).
    type: str
  api_token:
    description:
      - An access token or a personal access token, in place of O(api_username) and O(api_password).
      - The environment variable is E(MAGISTRALA_TOKEN).
    type: str
  domains_url:
    description:
      - Address of the domains service, where no proxy leads to it from O(api_url), such as
        V(https://domains.example.com). O(expect) is about O(api_url) alone. From v0.40 on domains are in Atom; leave it
        out there.
      - The environment variable is E(MAGISTRALA_DOMAINS_URL).
    type: str
attributes:
  action_group:
    description: Use C(group/people.lifecycle.magistrala) or C(group/people.lifecycle.all) in C(module_defaults) to set
      options of all modules of the group.
    support: full
    membership: [people.lifecycle.magistrala, people.lifecycle.all]
"""

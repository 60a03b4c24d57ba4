# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sphinx's settings for the documentation site that ``make docs`` builds."""

from __future__ import annotations

import re
import typing as t

project = "people.lifecycle"
copyright = "people.lifecycle contributors"
title = "people.lifecycle: accounts for people, with Ansible"
html_short_title = "people.lifecycle"

extensions = ["sphinx.ext.intersphinx", "sphinx_antsibull_ext"]
default_role = "any"
nitpicky = True
highlight_language = "YAML+Jinja"
pygments_style = "ansible"

html_theme = "sphinx_ansible_theme"
html_static_path = ["site"]
html_css_files = ["site.css"]
html_show_sphinx = False
html_copy_source = False
html_use_index = False
html_use_modindex = False

# The list of Ansible's labels that pages refer to is made by the build, which reaches no other server.
intersphinx_mapping = {"ansible": ("https://docs.ansible.com/ansible/devel/", "ansible.inv")}

GUIDE = re.compile(r"`([^`<]+?)\s+<(guide_\w+)\.rst>`__")
PLUGIN = re.compile(r"``people\.lifecycle\.(\w+)``")
KINDS = ("role", "module", "inventory", "lookup", "filter")  # the first that there is, where several have one name


def link(app: t.Any, page: str, source: list[str]) -> None:
    """Make references of Sphinx of what guides say so that it reads well as plain text on a repository's page, too."""

    def plugin(match: re.Match[str]) -> str:
        kind = next((kind for kind in KINDS if f"{match[1]}_{kind}" in app.env.found_docs), None)
        return f":ansplugin:`people.lifecycle.{match[1]}#{kind}`" if kind else match[0]

    if page.startswith("docsite/"):
        guides = GUIDE.sub(r":ref:`\1 <ansible_collections.people.lifecycle.docsite.\2>`", source[0])
        source[0] = PLUGIN.sub(plugin, guides)


def setup(app: t.Any) -> None:
    app.connect("source-read", link)

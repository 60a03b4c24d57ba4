# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The XML form of v2 objects: the root element is the object's type, a list is wrapped in ``root``."""

from __future__ import annotations

import re
import typing as t

from lxml import etree

LARGEST = 1_000_000
ITEMS = {"roles": "role", "usergroups": "usergroup"}
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(text: bytes) -> dict[str, t.Any]:
    """The members of a request's object; raises ValueError for anything but plain, well-formed, small XML."""
    if len(text) > LARGEST:
        raise ValueError("the document is too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not well-formed: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type is not allowed")
    return _members(root)


def _members(element: t.Any) -> dict[str, t.Any]:
    members: dict[str, t.Any] = {}
    for child in element.iterchildren(tag=etree.Element):
        item = ITEMS.get(child.tag)
        if item is None:
            members[child.tag] = child.text or ""
        else:
            members[child.tag] = [_members(entry) for entry in child.iterchildren(tag=item)]
    return members


def document(data: dict[str, t.Any] | list[dict[str, t.Any]]) -> bytes:
    """An object, or a list of objects, as an XML document; ``@type`` names the element."""
    if isinstance(data, list):
        root = etree.Element("root")
        root.extend([_element(entry) for entry in data])
    else:
        root = _element(data)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _element(members: dict[str, t.Any]) -> t.Any:
    element = etree.Element(members["@type"])
    for name, value in members.items():
        if name == "@type" or value is None:
            continue
        child = etree.SubElement(element, name)
        if isinstance(value, list):
            child.extend([_element(entry) for entry in value])
        elif isinstance(value, bool):
            child.text = "true" if value else "false"
        else:
            child.text = _FORBIDDEN.sub("", str(value))
    return element

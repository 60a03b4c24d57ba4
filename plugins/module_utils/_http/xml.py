# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""XML: the only import of lxml. A hardened parser, and the way between an element and a dictionary.

The dictionary is what the JSON of the same service would hold: ``<user><name>jane</name><roles><role><name>Admin</name>
</role></roles></user>`` is ``{"name": "jane", "roles": [{"name": "Admin"}]}``. XML does not tell a list from a record,
so ``lists`` names the elements that hold a list and the name of their items: ``{"roles": "role"}``.
"""

from __future__ import annotations

import typing as t

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer, InputError, MissingLibrary

LARGEST = 8 * 1024 * 1024
DEEPEST = 16
MOST_TAGS = 500_000

Lists = t.Mapping[str, str]


class BadXml(BadAnswer):
    """An answer that is no XML which can be trusted; ``what`` says it without a sentence around."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The service answered with {what}.")
        self.what = what


def lxml_library() -> t.Any:
    """``lxml.etree``, imported when the first document is read or written.

    Raises MissingLibrary.
    """
    try:
        from lxml import etree
    except ImportError as error:
        raise MissingLibrary("lxml", "to read and write XML") from error
    return etree


def parse(body: bytes, lists: Lists) -> tuple[str, t.Any]:
    """The name of the root element, and what is in it.

    An element with others inside becomes a dictionary, one named in ``lists`` a list, any other its text, exactly as
    sent. Attributes, comments and blanks between elements are left out. Raises BadXml for anything but small, shallow,
    well-formed XML without a document type.
    """
    etree = lxml_library()
    if len(body) > LARGEST or body.count(b"<") > MOST_TAGS:
        raise BadXml(f"XML that is too large (more than {LARGEST // 2**20} MiB or {MOST_TAGS} tags)")
    _refuse_document_type(b"<!DOCTYPE" in body)
    if b"\x00" in body:
        raise BadXml("XML that holds NUL or is not in an encoding like UTF-8")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise BadXml("something that is not well-formed XML") from None
    _refuse_document_type(bool(root.getroottree().docinfo.doctype))  # in an encoding where the bytes do not show it
    return root.tag, _content(root, lists, 1)


def _refuse_document_type(there: bool) -> None:
    if there:
        raise BadXml("XML that has a document type")


def _content(element: t.Any, lists: Lists, depth: int) -> t.Any:
    if depth > DEEPEST:
        raise BadXml("XML nested too deeply")
    children = list(element)
    if children and any((text or "").strip() for text in (element.text, *(child.tail for child in children))):
        raise BadXml("XML that has text between elements")
    item = lists.get(element.tag)
    if item is not None:
        if any(child.tag != item for child in children):
            raise BadXml(f"XML that has other elements than {item} in {element.tag}")
        return [_content(child, lists, depth + 1) for child in children]
    if not children:
        return element.text or ""
    members = {child.tag: _content(child, lists, depth + 1) for child in children}
    if len(members) < len(children):
        raise BadXml("XML that has an element twice")
    return members


def render(name: str, value: t.Any, lists: Lists) -> bytes:
    """``value`` as a document whose root element is ``name``, members in their order; what is None is left out.

    Raises InputError for text that XML cannot carry (control characters, halves of surrogate pairs).
    """
    etree = lxml_library()
    document: bytes = etree.tostring(_element(etree, name, value, lists), xml_declaration=True, encoding="UTF-8")
    return document


def _element(etree: t.Any, name: str, value: t.Any, lists: Lists) -> t.Any:
    element = etree.Element(name)
    if isinstance(value, dict):
        element.extend(_element(etree, key, inner, lists) for key, inner in value.items() if inner is not None)
    elif isinstance(value, list):
        element.extend(_element(etree, lists[name], inner, lists) for inner in value)
    else:
        try:
            element.text = str(value).lower() if isinstance(value, bool) else str(value)
        except ValueError:
            raise InputError(f"{name} has a character that the service's XML cannot carry.") from None
    return element

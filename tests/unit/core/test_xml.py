# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""XML: exact both ways, and nothing but plain small documents is read."""

from __future__ import annotations

import http.server
import pathlib
import re
import sys
import threading
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.people.lifecycle.plugins.module_utils._core.errors import BadAnswer, InputError, MissingLibrary
from ansible_collections.people.lifecycle.plugins.module_utils._http import xml
from ansible_collections.people.lifecycle.plugins.module_utils._http.xml import (
    LARGEST,
    MOST_TAGS,
    BadXml,
    parse,
    render,
)

PLUGINS = pathlib.Path(xml.__file__).parents[2]
LISTS = {"roles": "role", "root": "user"}

USER = (
    b"<?xml version='1.0' encoding='UTF-8'?>\n"
    b"<user><orgId>000QML</orgId><name>jane@example.com</name><forceChangePassword>false</forceChangePassword>"
    b"<title>R&amp;D"
    b" &lt;lead&gt;</title><roles><role><name>Designer</name></role><role><name>Admin</name></role></roles>"
    b"<timezone/></user>"
)
MEMBERS = {
    "orgId": "000QML",
    "name": "jane@example.com",
    "forceChangePassword": False,
    "title": "R&D <lead>",
    "phone": None,
    "roles": [{"name": "Designer"}, {"name": "Admin"}],
    "timezone": "",
}


def test_a_record_is_written_in_its_order():
    assert render("user", MEMBERS, LISTS).replace(b"<timezone></timezone>", b"<timezone/>") == USER


def test_a_record_is_read():
    name, members = parse(USER, LISTS)
    assert name == "user"
    assert members == {key: "false" if value is False else value for key, value in MEMBERS.items() if value is not None}


def test_a_list_of_one_and_of_none_is_a_list():
    assert parse(b"<user><roles><role><name>A</name></role></roles></user>", LISTS)[1] == {"roles": [{"name": "A"}]}
    assert parse(b"<user><roles/></user>", LISTS)[1] == {"roles": []}
    assert parse(b"<root>\n <user><name>a</name></user>\n <user><name>b</name></user>\n</root>", LISTS) == (
        "root",
        [{"name": "a"}, {"name": "b"}],
    )


def test_comments_instructions_and_cdata_do_not_change_text():
    assert parse(b"<u><?x y?><n>a<!-- c -->b<![CDATA[ <c> ]]></n></u>", {})[1] == {"n": "ab <c> "}


def test_declared_encoding_is_used():
    document = "<?xml version='1.0' encoding='ISO-8859-1'?><u><n>Zoë</n></u>".encode("iso-8859-1")
    assert parse(document, {})[1] == {"n": "Zoë"}


XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"))


@given(
    st.one_of(XML_TEXT, st.sampled_from(["a\tb", "a\nb", "a\rb", "a\r\nb", " x ", "]]>", "&lt;", "\U0001f468\u200d"]))
)
def test_text_is_kept_exactly(text: str):
    assert parse(render("user", {"name": text}, {}), {}) == ("user", {"name": text})


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_text_that_xml_cannot_carry_is_refused(character: str):
    with pytest.raises(InputError, match="title has a character"):
        render("user", {"title": f"a{character}b"}, {})


ENTITIES = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
LAUGHS = f'<!DOCTYPE u [<!ENTITY l0 "ha">{ENTITIES}]><u>&l9;</u>'
HOSTILE: dict[str, bytes] = {
    "billion laughs": LAUGHS.encode(),
    "billion laughs in UTF-16": f"<?xml version='1.0' encoding='UTF-16'?>{LAUGHS}".encode("utf-16"),
    "billion laughs in EBCDIC": f"<?xml version='1.0' encoding='cp037'?>{LAUGHS}".encode("cp037"),
    "quadratic blowup": f'<!DOCTYPE u [<!ENTITY a "{"a" * 50_000}">]><u>{"&a;" * 50_000}</u>'.encode(),
    "external entity": b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><u>&x;</u>',
    "external document type": b'<!DOCTYPE u SYSTEM "http://127.0.0.1:PORT/u.dtd"><u/>',
    "parameter entity": b'<!DOCTYPE u [<!ENTITY % p SYSTEM "http://127.0.0.1:PORT/p.dtd"> %p;]><u/>',
    "document type of HTML": b"<!DOCTYPE html><html></html>",
    "undefined entity": b"<u>&nbsp;</u>",
    "50 MB": b"<u>" + b"x" * 50_000_000 + b"</u>",
    "millions of elements": b"<u>" + b"<a/>" * (MOST_TAGS + 1) + b"</u>",
    "depth 100000": b"<u>" * 100_000 + b"</u>" * 100_000,
    "depth 20": b"<u>" * 20 + b"</u>" * 20,
    "wrong encoding": b"<u>\xff\xfe\xfd</u>",
    "encoding that differs": "<?xml version='1.0' encoding='UTF-8'?><u>Zoë</u>".encode("iso-8859-1"),
    "encoding that does not exist": b"<?xml version='1.0' encoding='UTF-1234'?><u/>",
    "UTF-16": "<u/>".encode("utf-16"),
    "NUL": b"<u>a\x00b</u>",
    "character that XML forbids": b"<u>&#1;</u>",
    "cut off": USER[:-20],
    "empty": b"",
    "JSON": b'{"a": 1}',
    "two roots": b"<u/><u/>",
    "element twice": b"<u><name>a</name><name>b</name></u>",
    "text between elements": b"<u>text<name>a</name></u>",
    "stranger in a list": b"<u><roles><admin/></roles></u>",
    "text in a list": b"<u><roles>x<role/></roles></u>",
}


class Listener(http.server.BaseHTTPRequestHandler):
    asked: t.ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *dummy: t.Any) -> None:
        pass


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused_at_once(name: str):
    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        with pytest.raises(BadXml) as caught:
            parse(HOSTILE[name].replace(b"PORT", str(server.server_port).encode()), LISTS)
    finally:
        server.shutdown()
        server.server_close()
    assert not Listener.asked
    assert isinstance(caught.value, BadAnswer)
    assert "root:" not in str(caught.value)


def test_size_limit_is_that_of_the_document():
    assert parse(b"<u>" + b"x" * 1_000_000 + b"</u>", {})[1] == "x" * 1_000_000
    with pytest.raises(BadXml, match="too large"):
        parse(b"<u>" + b"x" * LARGEST + b"</u>", {})


def test_missing_library_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingLibrary, match="lxml is needed"):
        parse(b"<u/>", {})


def test_lxml_is_imported_nowhere_else():
    importing = [
        path.name for path in PLUGINS.rglob("*.py") if re.search(r"^\s*(import|from) lxml", path.read_text(), re.M)
    ]
    assert importing == ["xml.py"]

# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The time zone codes of v2; any other value becomes the default."""

from __future__ import annotations

_CODES = {
    "Pacific": "Apia Tahiti Gambier Auckland Norfolk Fiji Chatham Enderbury Kiritimati",
    "America": "Vancouver Tijuana Los_Angeles Phoenix Dawson_Creek Denver El_Salvador Costa_Rica Mexico_City Chicago"
    " Jamaica Panama Montreal Havana New_York Barbados Bogota Caracas Dominica Guadeloupe La_Paz Puerto_Rico Halifax"
    " Buenos_Aires",
    "Brazil": "Acre DeNoronha East West",
    "Atlantic": "South_Georgia Cape_Verde",
    "Africa": "Casablanca Johannesburg Cairo Nairobi",
    "Europe": "London Vienna Brussels Zurich Prague Berlin Copenhagen Madrid Budapest Rome Luxembourg Amsterdam Warsaw"
    " Stockholm Belgrade Paris Athens Bucharest Istanbul Moscow",
    "Asia": "Jerusalem Bahrain Kuwait Qatar Riyadh Baghdad Dubai Muscat Karachi Katmandu Rangoon Hong_Kong Kuala_Lumpur"
    " Singapore Seoul Magadan",
    "Indian": "Mauritius",
    "Australia": "Perth Lord_Howe",
}
_SHORT = "HST AST CNT GMT IST BST VST CTT JST ACT AET"

TIME_ZONES = frozenset(
    [f"{area}/{place}" for area, places in _CODES.items() for place in places.split()] + _SHORT.split()
)

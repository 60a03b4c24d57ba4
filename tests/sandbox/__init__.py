# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small server with the APIs of Informatica IICS, Sonatype IQ Server and Magistrala, state in memory.

It follows what is known of the real products, not what the collection's clients would like. Behaviour that nobody has
published is a named switch of its system, so that the clients can be tested on both sides of it.
"""

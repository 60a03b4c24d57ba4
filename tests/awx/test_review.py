# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An access review as jobs of AWX: finding in the artifact, decision in the project, approval, and removal."""

from __future__ import annotations

import pathlib
import typing as t

import pytest

from awx import content, jobs
from awx.backend import CANARY, SYSTEMS, Backend, backend

Values = dict[str, t.Any]
ROSTER = "id,first_name,last_name,email,profile\nE1,Jane,Smith,jane.smith@example.com,data-engineer\n"
STRANGERS = ("person-00001", "person-00002")


class Review:
    """Jobs of the templates about reviews, in IQ Server, where nobody knows of two accounts."""

    def __init__(self, systems: Backend, folder: pathlib.Path) -> None:
        self.systems = systems
        self.folder = folder
        self.environment = systems.credentials(folder / "credentials")
        self.roster = folder / "roster.csv"
        self.roster.write_text(ROSTER)
        systems.sandbox.apps["iq"].act("POST", "seed", {"count": len(STRANGERS)})

    def job(
        self, number: int, name: str, decided: t.Sequence[Values] = (), **variables: t.Any
    ) -> tuple[jobs.Done, int]:
        """The job of a template with ``decided`` in the project, and how much it wrote."""
        template = content.named("controller_templates")[name]
        given = {**template["extra_vars"], "review_systems": ["iq"], **variables}
        before = len(self.systems.writes())
        done = jobs.Job(
            self.folder / str(number),
            template["playbook"],
            number,
            given,
            self.environment,
            check=template["job_type"] == "check",
            diff=template["diff_mode"],
            roster=self.roster,
            decisions={"review_decisions": [*decided]},
        ).run()
        assert not any(done.files_with(CANARY.format(system)) for system in SYSTEMS)
        return done, len(self.systems.writes()) - before


@pytest.fixture
def review(tmp_path: pathlib.Path) -> t.Iterator[Review]:
    with backend() as systems:
        yield Review(systems, tmp_path)


def test_what_was_decided_and_approved_is_done_and_nothing_that_was_decided_later(review: Review) -> None:
    found, written = review.job(1, "People: review")
    assert (found.status, written) == ("successful", 0), found.output
    marks = {each["account"]: each["mark"] for each in found.artifacts["review_1"]["findings"]}
    first, second = [{"id": marks[name], "decision": "remove"} for name in STRANGERS]

    preview, written = review.job(2, "People: apply a review (preview)", [first])
    assert (preview.status, written) == ("successful", 0), preview.output
    assert f"{STRANGERS[0]} in IQ Server" in preview.pane and STRANGERS[1] not in preview.pane

    unapproved, written = review.job(3, "People: apply a review", [first])
    assert (unapproved.status, written) == ("failed", 0)
    assert "carries out approved plans only" in unapproved.output
    more, written = review.job(4, "People: apply a review", [first, second], **preview.artifacts)
    assert (more.status, written) == ("failed", 0)
    assert "to be done now: " in more.output and f"{STRANGERS[1]} in iq" in more.output

    done, written = review.job(5, "People: apply a review", [first], **preview.artifacts)
    assert done.status == "successful" and written > 0, done.output
    assert review.systems.names("iq") == [STRANGERS[1]]

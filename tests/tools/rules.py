# Copyright (c) 2026, people.lifecycle contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of transport and trust, each with the place in the code that makes it hold and the test that fails without
it.

The security guide lists them by name; ``make mutants`` switches them off one by one.
"""

from __future__ import annotations

import dataclasses

CORE = "tests/unit/core"


@dataclasses.dataclass(frozen=True)
class Rule:
    """``old`` in ``FILE`` below ``plugins/module_utils`` replaced by ``new`` switches the rule off;
    ``test`` then fails.
    """

    name: str
    file: str
    old: str
    new: str
    test: str


RETRIES = f"{CORE}/test_http_retries.py"
TROUBLE = f"{CORE}/test_trouble.py"
SESSION = f"{CORE}/test_http_session.py"
ANSWERS = f"{CORE}/test_http_answers.py"
TLS = f"{CORE}/test_http_tls.py"
PROXY = f"{CORE}/test_http_proxy.py"
PROPERTY = "tests/unit/property/test_property.py"
TRUTH = "tests/unit/execution/test_truth.py"
ORIGIN = "tests/unit/execution/test_credentials_origin.py"
SECRETS = "tests/unit/secrets/test_modules.py"
URLS = f"{CORE}/test_urls.py"
XML = f"{CORE}/test_xml.py"
REDACT = f"{CORE}/test_redact.py"

ROWS = "tests/unit/trust/join/test_rows.py"
WHOSE = "tests/unit/trust/leave/test_whose.py"
TOGETHER = "tests/unit/trust/runs/test_together.py"
HANDOVER = "tests/unit/people/test_handover.py"
ENTRIES = "tests/unit/entries/test_bad_entries.py"
LIFECYCLE = "../plugin_utils/lifecycle"
PEOPLE = "../plugin_utils/people"

RULES = (
    Rule(
        "Reads are repeated when the answer is lost or the service is busy",
        "_http/retry.py",
        "if method in READS or method in REPEATABLE:",
        "if method in REPEATABLE:",
        f"{RETRIES}::test_what_may_be_sent_twice_is_sent_again",
    ),
    Rule(
        "PUT and DELETE are repeated in the same cases",
        "_http/retry.py",
        "if method in READS or method in REPEATABLE:",
        "if method in READS:",
        f"{RETRIES}::test_what_may_be_sent_twice_is_sent_again",
    ),
    Rule(
        "POST and PATCH are never repeated when they may have been processed",
        "_http/retry.py",
        "if method in READS or method in REPEATABLE:",
        "if True:",
        f"{RETRIES}::test_a_create_that_may_have_been_processed_is_never_sent_again",
    ),
    Rule(
        "POST and PATCH are repeated after 429, and after 503 with Retry-After",
        "_http/retry.py",
        "return status == 503 and retry_after is not None",
        "return False",
        f"{RETRIES}::test_a_create_that_was_surely_not_processed_is_sent_again",
    ),
    Rule(
        "A refused connection is tried again, whatever the method",
        "_http/retry.py",
        "if fate is Fate.NOT_SENT or status == 429:",
        "if status == 429:",
        f"{RETRIES}::test_a_refused_connection_is_tried_again_by_every_method",
    ),
    Rule(
        "A write without an answer leaves doubt, and doubt is told as such",
        "_http/retry.py",
        "return fate is Fate.LOST or (status is not None and not 300 <= status < 500)",
        "return False",
        f"{RETRIES}::test_a_create_that_may_have_been_processed_is_never_sent_again",
    ),
    Rule(
        "What was sent is decided by the kind of an error, never by its text",
        "_http/failure.py",
        "kinds = {type(each).__name__ for each in chain}",
        "kinds = {word for word in BEFORE_CONNECTING if word in repr(error)}",
        f"{TROUBLE}::test_what_an_error_means",
    ),
    Rule(
        "A DELETE that may have been processed and then meets 404 was done",
        "_http/session.py",
        "gone = missing and self.missing_is_gone",
        "gone = False",
        f"{RETRIES}::test_a_delete_that_was_done_before_its_answer_was_lost_is_done",
    ),
    Rule(
        "Repetitions are bounded",
        "_http/session.py",
        "final = brief or repeats >= self.connection.retries or",
        "final = brief or repeats >= self.connection.retries + 5 or",
        f"{RETRIES}::test_patience_ends",
    ),
    Rule(
        "Retry-After is honoured in seconds",
        "_http/retry.py",
        "    if text.isdecimal():",
        "    if False:",
        f"{RETRIES}::test_retry_after_in_seconds_and_as_a_date",
    ),
    Rule(
        "Retry-After is honoured as a date",
        "_http/retry.py",
        "when = email.utils.parsedate_to_datetime(text).timestamp()",
        "return None",
        f"{RETRIES}::test_retry_after_in_seconds_and_as_a_date",
    ),
    Rule(
        "No single wait is longer than a minute",
        "_http/retry.py",
        "return min(asked, LONGEST_WAIT)",
        "return asked",
        f"{RETRIES}::test_retry_after_beyond_all_reason_is_cut",
    ),
    Rule(
        "Waits grow, with chance in them",
        "_http/retry.py",
        "return longest * random.uniform(0.5, 1.0)",
        "return FIRST_WAIT",
        f"{RETRIES}::test_waits_grow_where_the_service_names_none",
    ),
    Rule(
        "One worker that is asked to slow down holds back all",
        "_http/session.py",
        "if status in (429, 503):",
        "if False:",
        f"{RETRIES}::test_one_worker_that_is_slowed_down_holds_back_all",
    ),
    Rule(
        "A request that is not signed carries no session, and is not signed in for",
        "_http/session.py",
        "sign_in = self.sign_in if signed else None",
        "sign_in = self.sign_in",
        f"{SESSION}::test_a_login_is_not_renewed_by_itself",
    ),
    Rule(
        "An expired session is renewed by one new login",
        "_http/session.py",
        "if sign_in and not renewed and self.ended(outcome, proof):",
        "if False:",
        f"{SESSION}::test_an_expired_session_is_renewed_once",
    ),
    Rule(
        "A new session that is not accepted either ends the request",
        "_http/session.py",
        "                    renewed = True\n",
        "                    renewed = repeats > 5\n",
        f"{SESSION}::test_a_new_session_that_is_not_accepted_either_is_the_end",
    ),
    Rule(
        "Workers that meet the same end of a session sign in once",
        "_http/sign_in.py",
        "if self._proof is used:",
        "if True:",
        f"{SESSION}::test_workers_that_meet_the_same_end_of_a_session_sign_in_once",
    ),
    Rule(
        "After a failed new login no worker tries another",
        "_http/sign_in.py",
        "            self._refusal = error\n            raise",
        "            raise",
        f"{SESSION}::test_a_failed_login_is_never_repeated_by_any_worker",
    ),
    Rule(
        "No redirect of a write is followed",
        "_http/wire.py",
        "if request.method in READS and there == origin(base) and plain:",
        "if there == origin(base) and plain:",
        f"{SESSION}::test_no_redirect_of_a_write_is_followed",
    ),
    Rule(
        "A read is redirected to the same server only, so no header reaches another",
        "_http/wire.py",
        "if request.method in READS and there == origin(base) and plain:",
        "if request.method in READS and plain:",
        f"{SESSION}::test_no_redirect_leads_to_another_server_and_no_header_goes_there",
    ),
    Rule(
        "No redirect brings other credentials",
        "_http/wire.py",
        "if request.method in READS and there == origin(base) and plain:",
        "if request.method in READS and there == origin(base):",
        f"{SESSION}::test_no_redirect_puts_other_credentials_into_the_request",
    ),
    Rule(
        "Redirects in a circle end",
        "_http/wire.py",
        "for dummy in range(MOST_REDIRECTS + 1):",
        "for dummy in range(50):",
        f"{SESSION}::test_redirects_in_a_circle_or_to_nowhere_end",
    ),
    Rule(
        "Cookies are neither kept nor sent, and bodies of redirects not read",
        "_http/wire.py",
        "return session.get_adapter(prepared.url or url).send(\n            prepared,",
        "return session.send(\n            prepared,\n            allow_redirects=False,",
        f"{SESSION}::test_cookies_are_neither_kept_nor_sent",
    ),
    Rule(
        ".netrc is ignored",
        "_http/wire.py",
        "session.trust_env = False",
        "session.trust_env = True",
        f"{SESSION}::test_netrc_is_ignored",
    ),
    Rule(
        "A header holds nothing that it cannot carry",
        "_http/messages.py",
        "if not CARRIED_BY_HEADERS.fullmatch(value):",
        "if False:",
        f"{SESSION}::test_headers_hold_nothing_that_they_cannot_carry",
    ),
    Rule(
        "A dry run sends no write",
        "_http/session.py",
        "if self.read_only.on and wrote:",
        "if False:",
        f"{SESSION}::test_a_dry_run_writes_nothing",
    ),
    Rule(
        "The base address that a login names is the vendor's or listed, and https",
        "_http/urls.py",
        "return host == login_host or vendors or",
        "return True or vendors or",
        f"{URLS}::test_where_a_session_may_be_sent",
    ),
    Rule(
        "Every request has a timeout",
        "_http/wire.py",
        "timeout=self.timeout(request),",
        "timeout=None,",
        f"{ANSWERS}::test_a_service_that_is_silent_is_given_up",
    ),
    Rule(
        "An answer that trickles is given up",
        "_http/patience.py",
        "if time.monotonic() > self._deadline:",
        "if False:",
        f"{ANSWERS}::TestBodies::test_trickle_only_for_so_long",
    ),
    Rule(
        "An answer has a largest size",
        "_http/wire.py",
        "if size > largest:",
        "if False:",
        f"{ANSWERS}::TestBodies::test_have_a_largest_size",
    ),
    Rule(
        "A packed answer is not unpacked beyond that size",
        "_http/wire.py",
        "return inflater.decompress(piece, limit)",
        "return inflater.decompress(piece, 0)",
        f"{ANSWERS}::TestBodies::test_are_counted_as_they_unpack",
    ),
    Rule(
        "An answer that is cut off is not taken for a whole one",
        "_http/wire.py",
        "if promised.isdecimal() and received < int(promised)",
        "if False and received < int(promised)",
        f"{ANSWERS}::TestBodies::test_that_are_cut_off_are_read_again",
    ),
    Rule(
        "Only the compression that was asked for is accepted",
        "_http/wire.py",
        'if encoding != "gzip":',
        "if False:",
        f"{ANSWERS}::TestBodies::test_come_in_no_other_encoding",
    ),
    Rule(
        "Connections are kept and used again",
        "_http/wire.py",
        "self._idle.append(session)",
        "pass",
        f"{ANSWERS}::test_workers_have_a_connection_each",
    ),
    Rule(
        "A success that cannot be understood leaves doubt after a write",
        "_http/session.py",
        "kind = OutcomeUnknown if answer.wrote else BadAnswer",
        "kind = BadAnswer",
        f"{ANSWERS}::test_what_is_not_the_promised_json_is_told_and_leaves_doubt_after_a_write",
    ),
    Rule(
        "An error tells the service's words without secrets and control characters",
        "_http/session.py",
        "words = self.redactor.clean(words)",
        "words = words[:300]",
        f"{ANSWERS}::test_an_error_has_the_services_words_and_nothing_else_of_the_answer",
    ),
    Rule(
        "Certificates are verified unless the task says otherwise",
        "_http/wire.py",
        "verify=self.connection.verify,",
        "verify=False,",
        f"{TLS}::test_a_certificate_of_an_unknown_authority_is_refused",
    ),
    Rule(
        "A private authority is trusted by ca_path",
        "_http/wire.py",
        "verify=self.connection.verify,",
        "verify=bool(self.connection.verify),",
        f"{TLS}::test_ca_path_names_the_authority",
    ),
    Rule(
        "A client certificate is shown where one is given",
        "_http/wire.py",
        "cert=self.connection.certificate,",
        "cert=None,",
        f"{TLS}::test_a_client_certificate_is_shown_where_the_service_wants_one",
    ),
    Rule(
        "Certificate files that cannot be used are refused by name",
        "_http/connection.py",
        "    _check_certificates(certificate, key, authority)\n",
        "",
        f"{TLS}::test_options_that_cannot_be_used_are_refused_by_name",
    ),
    Rule(
        "An empty file counts as not given",
        "_http/connection.py",
        "if os.path.isfile(path) and os.path.getsize(path) == 0:",
        "if False:",
        f"{TLS}::test_files_of_awx_that_are_empty_count_as_not_given",
    ),
    Rule(
        "A proxy of the environment is used only with use_proxy",
        "_http/wire.py",
        "if self.connection.use_proxy:",
        "if True:",
        f"{PROXY}::test_a_proxy_is_not_used_unless_asked_for",
    ),
    Rule(
        "no_proxy is honoured",
        "_http/wire.py",
        "self._requests.utils.get_environ_proxies(self.connection.url)",
        "self._requests.utils.getproxies()",
        f"{PROXY}::test_no_proxy_is_heeded",
    ),
    Rule(
        "A create lost behind a proxy is not sent again",
        "_http/failure.py",
        'if "ProxyError" in kinds and (kinds & BEFORE_CONNECTING or any(map(is_refused_tunnel, chain))):',
        "if True:",
        f"{PROXY}::test_a_create_lost_behind_a_proxy_is_not_sent_again",
    ),
    Rule(
        "A name is one segment of a path",
        "_http/urls.py",
        'return quote(text, safe="")',
        "return quote(text)",
        f"{URLS}::test_a_segment_arrives_as_it_was",
    ),
    Rule(
        "An address carries no credentials",
        "_http/urls.py",
        "if parts.username is not None or parts.password is not None:",
        "if False:",
        f"{URLS}::test_no_base_url",
    ),
    Rule(
        "XML with a document type is refused",
        "_http/xml.py",
        "if there:",
        "if False:",
        f"{XML}::test_hostile_documents_are_refused_at_once",
    ),
    Rule(
        "XML is bounded in size",
        "_http/xml.py",
        'if len(body) > LARGEST or body.count(b"<") > MOST_TAGS:',
        "if False:",
        f"{XML}::test_size_limit_is_that_of_the_document",
    ),
    Rule(
        "XML is bounded in depth",
        "_http/xml.py",
        "if depth > DEEPEST:",
        "if False:",
        f"{XML}::test_hostile_documents_are_refused_at_once",
    ),
    Rule(
        "Secrets are found in every spelling",
        "_core/redact.py",
        "if view.text != raw.text",
        "if False",
        f"{REDACT}::test_every_spelling_is_taken_out",
    ),
    Rule(
        "Secrets are not left half where text is cut",
        "_core/redact.py",
        "text[: end + LONGEST_SPELLING * max(map(len, self._secrets))]",
        "text[:end]",
        f"{REDACT}::test_no_part_of_a_secret_is_left_where_text_is_cut",
    ),
    Rule(
        "A write whose answer was lost is followed by a look, never by the same again",
        "_core/execute.py",
        "(found,) = self.client.find([self.plan.wanted])",
        "found = self.plan.found",
        f"{PROPERTY}::test_on_a_bad_day_nothing_is_lost_and_nothing_wrong[magistrala]",
    ),
    Rule(
        "A confirmed change that does not show is not told as done",
        "_core/execute.py",
        "    if missing:\n",
        "    if False:\n",
        f"{TRUTH}::test_a_change_that_is_confirmed_and_does_not_show_is_a_failure",
    ),
    Rule(
        "A failure after which something may have changed says changed",
        "_core/execute.py",
        "if self.client.writes() > confirmed_before:",
        "if False:",
        f"{TRUTH}::test_what_is_done_before_a_failure_is_told",
    ),
    Rule(
        "No error repeats a secret, in whatever spelling",
        "_core/redact.py",
        "kept += [text[at:start], HIDDEN]",
        "kept += [text[at:start], text[start:stop]]",
        f"{SECRETS}::test_no_secret_is_told",
    ),
    Rule(
        "A mistake inside tells where it happened, not with which data",
        "_core/errors.py",
        'f"Unexpected {type(error).__name__} in',
        'f"Unexpected {error!r} in',
        f"{SECRETS}::test_no_secret_is_told_when_something_breaks_inside",
    ),
    Rule(
        "An account that somebody else made meanwhile is not told as created",
        "_core/execute.py",
        "if rejected or not resembles(found, before.after, step.values, self.client):",
        "if False:",
        f"{TRUTH}::test_an_account_that_somebody_else_made_meanwhile_is_not_told_as_created",
    ),
    Rule(
        "After a failure the account is read again",
        "_core/execute.py",
        "self.outcome.account = found = self.found_now()",
        "found = self.plan.found",
        f"{TRUTH}::test_what_is_done_before_a_failure_is_told",
    ),
    Rule(
        "A write that was not confirmed and does not show is not told as done",
        "_core/execute.py",
        'return found is None or step.verb == "password" or found.view() != self.plan.found.view()',
        "return True",
        f"{TRUTH}::test_a_create_that_never_arrives_changes_nothing",
    ),
    Rule(
        "Secrets of the environment go to the address of the environment only",
        "_http/connection.py",
        "if not borrowed or any(origin(base(home)) == origin(address) for home in known):",
        "if True:",
        f"{ORIGIN}::test_an_address_of_the_task_does_not_get_the_password_of_the_environment",
    ),
    Rule(
        "A row cannot take an account over",
        f"{LIFECYCLE}/recognition.py",
        "    if address in own:\n        return Recognition(account)\n",
        "    return Recognition(account)\n",
        f"{ROWS}::test_a_row_that_names_the_administrator_changes_nothing",
    ),
    Rule(
        "An administrator is held unless a profile makes them one",
        f"{LIFECYCLE}/join.py",
        "if administers and not",
        "if not administers and not",
        f"{ROWS}::test_an_administrator_is_held_unless_the_profile_makes_them_one",
    ),
    Rule(
        "An address that one system teaches is looked for in the others, whichever comes first",
        f"{LIFECYCLE}/visit.py",
        "        for visit in self.later:",
        "        for visit in ():",
        "tests/unit/trust/join/test_learned.py::test_a_user_name_that_is_the_address_teaches_the_systems_before",
    ),
    Rule(
        "A person whose address another account has gets no second one",
        f"{LIFECYCLE}/recognition.py",
        "    if theirs:\n        return recognised_by_address(",
        "    if False:\n        return recognised_by_address(",
        f"{ROWS}::test_an_account_with_the_address_under_another_name_is_held",
    ),
    Rule(
        "Letter case makes no other address",
        f"{LIFECYCLE}/recognition.py",
        'own = {entry["email"].casefold(), *entry["confirmed"]}',
        'own = {entry["email"], *entry["confirmed"]}',
        f"{ROWS}::test_an_address_in_other_letter_case_is_the_same_address",
    ),
    Rule(
        "A former address of a row is a question",
        f"{LIFECYCLE}/recognition.py",
        "    if former:\n        proven =",
        "    if False:\n        proven =",
        f"{ROWS}::test_a_former_address_of_the_row_is_a_question_and_a_reviewed_one_an_answer",
    ),
    Rule(
        "Somebody with an account in another realm gets no second one",
        f"{LIFECYCLE}/recognition.py",
        "        if theirs:\n            return Recognition(hold=second(",
        "        if False:\n            return Recognition(hold=second(",
        f"{ROWS}::test_somebody_with_an_account_in_another_realm_gets_no_second_one",
    ),
    Rule(
        "An account that was matched by name alone never gets another address",
        f"{LIFECYCLE}/entry.py",
        "if recognition.address_stays or",
        "if",
        f"{ROWS}::test_an_account_matched_by_name_alone_never_gets_another_address",
    ),
    Rule(
        "How somebody signs in is not for a row to say",
        f"{PEOPLE}/plan.py",
        '"held": weakened(differs, access, instance, person),',
        '"held": "",',
        f"{ROWS}::test_a_row_never_weakens_the_reviewed_profile",
    ),
    Rule(
        "A row that names somebody's user name holds nobody but itself",
        f"{PEOPLE}/clashes.py",
        "if len(kept) == 1 else several",
        "if len(kept) == 0 else several",
        f"{ROWS}::test_a_row_that_names_somebodys_user_name_holds_nobody_but_itself",
    ),
    Rule(
        "A record cannot have the account of another address closed",
        f"{LIFECYCLE}/accounts.py",
        "if agrees(account, leaver)]",
        "if account]",
        f"{WHOSE}::test_a_record_cannot_name_the_account_of_another_address",
    ),
    Rule(
        "A former address of a record closes nothing until it was reviewed",
        f"{LIFECYCLE}/leaver.py",
        "        claimed={checked(email",
        "        former={checked(email",
        f"{WHOSE}::test_a_former_address_of_the_record_is_a_question_and_a_reviewed_one_closes",
    ),
    Rule(
        "Every account with a leaver's address is closed",
        f"{LIFECYCLE}/accounts.py",
        "for account in (*decided, *explicit, *addressed)}",
        "for account in (*decided, *explicit, *addressed[:1])}",
        f"{WHOSE}::test_service_accounts_stay_and_do_not_count",
    ),
    Rule(
        "Service accounts are not closed",
        f"{LIFECYCLE}/judge.py",
        "doubt = guards.service(username, self.instance, law.decisions)",
        'doubt = ""',
        f"{WHOSE}::test_service_accounts_stay_and_do_not_count",
    ),
    Rule(
        "An account that another row claims is held",
        f"{LIFECYCLE}/guards.py",
        "if claims > 1",
        "if claims > 99",
        f"{WHOSE}::test_what_another_row_claims_is_held_and_the_rest_is_closed",
    ),
    Rule(
        "Protected is protected by whatever name, and when systems are down",
        f"{LIFECYCLE}/search.py",
        "*leaver.names(accounts.instance, accounts.rule),",
        "",
        f"{WHOSE}::test_protected_whatever_is_down",
    ),
    Rule(
        "The last administrators stay",
        f"{LIFECYCLE}/judge.py",
        "in last}",
        "in ()}",
        f"{WHOSE}::test_the_last_administrators_stay_and_the_others_are_closed",
    ),
    Rule(
        "Two runs do not write to one instance at the same time",
        f"{LIFECYCLE}/batches.py",
        "        if other:\n",
        "        if not other and other:\n",
        f"{TOGETHER}::test_the_second_run_writes_nothing_and_says_who_works_there",
    ),
    Rule(
        "A play of several hosts does not do everything several times",
        f"{LIFECYCLE}/runner.py",
        "if node is None and len(hosts) > 1:",
        "if node is None and len(hosts) > 99:",
        f"{TOGETHER}::test_a_play_of_several_hosts_is_refused",
    ),
    Rule(
        "A run takes back only its own passwords",
        f"{LIFECYCLE}/handover.py",
        "return record not in failed and",
        "return account(record) not in map(account, failed) and",
        f"{HANDOVER}::test_what_another_run_wrote_meanwhile_stays",
    ),
    Rule(
        "The file with new passwords is read again before it is written",
        f"{LIFECYCLE}/handover.py",
        '            with Lock(os.path.join(folder, f".{name}.lock")):\n',
        '            with Lock(os.path.join(folder, f".{name}.{id(change)}.lock")):\n',
        f"{HANDOVER}::test_many_runs_at_once_lose_nothing",
    ),
    Rule(
        "An entry that cannot be done fails alone",
        "_core/reconcile.py",
        'if on_error == "stop" and any(',
        "if any(",
        f"{ENTRIES}::test_one_bad_entry_among_good_ones",
    ),
    Rule(
        "A disabled account whose change fails is disabled again",
        "_core/execute.py",
        "        self.close_anyway()\n",
        "",
        "tests/unit/magistrala/test_reopened.py::test_a_change_that_fails_leaves_it_disabled",
    ),
    Rule(
        "Refresh tokens that a run got are revoked at its end",
        "_magistrala/service.py",
        "            self.revoke(tokens.refresh, self.own[-1].access)\n",
        "            pass\n",
        "tests/unit/magistrala/test_sign_out.py::test_no_token_is_left_behind",
    ),
    Rule(
        "An instance that refused a sign-in is not asked again",
        f"{LIFECYCLE}/batches.py",
        'if result.get("sign_in_refused") or (',
        "if (",
        "tests/unit/people/test_actions.py::test_a_refused_sign_in_is_not_repeated_for_any_batch_of_joiners",
    ),
    Rule(
        "Whatever breaks in one instance, the others are done",
        f"{LIFECYCLE}/action.py",
        "        except Exception as error:\n            told = error if",
        "        except KeyboardInterrupt as error:\n            told = error if",
        "tests/unit/people/test_actions.py::test_whatever_breaks_in_one_instance_the_others_are_done_and_told",
    ),
    Rule(
        "What cannot be read of one account stops no other",
        "_core/apart.py",
        "        if error.sign_in_refused:\n            raise\n        return error",
        "        raise",
        "tests/unit/magistrala/test_unreadable.py::test_a_look_up_that_fails",
    ),
    Rule(
        "A service that seems to be gone is not asked about everybody",
        "_core/apart.py",
        "in_a_row >= MOST_IN_A_ROW",
        "False",
        "tests/unit/iq/test_unreadable.py::test_a_server_that_is_gone_is_not_asked_for_every_place",
    ),
    Rule(
        "A place that cannot be read keeps no leaver in",
        "_iq/find.py",
        'if failures and person.state != "absent":',
        "if failures:",
        "tests/unit/iq/test_unreadable.py::test_a_place_that_fails_keeps_nobody_in",
    ),
    Rule(
        "A place that cannot be read is not told as one without grants",
        "_iq/info.py",
        "        raise failure\n",
        "        break\n",
        "tests/unit/iq/test_unreadable.py::test_the_info_module_takes_a_place_that_fails_for_no_answer",
    ),
    Rule(
        "What may be left of a leaver makes the entry a failure",
        "_iq/find.py",
        "return found._replace(undone=(*sentences,))",
        "return found",
        "tests/unit/iq/test_unreadable.py::test_a_place_that_fails_keeps_nobody_in",
    ),
    Rule(
        "A role that cannot be taken from a leaver keeps no other",
        "_iq/grants.py",
        "grants, 1):\n            if isinstance(answer, LifecycleError):\n                raise answer",
        "grants[:1], 1):\n            if isinstance(answer, LifecycleError):\n                raise answer",
        "tests/unit/iq/test_user_disturbed.py::test_a_role_that_cannot_be_taken_keeps_no_other",
    ),
    Rule(
        "A run whose report cannot be written onboards nobody",
        "../action/onboard.py",
        "        report.reserve()\n",
        "",
        "tests/unit/people/test_actions.py::test_nobody_joins_where_the_report_cannot_be_written",
    ),
)

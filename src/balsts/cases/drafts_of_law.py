"""Drafts of law: loaded and checked against the law in force, then enacted as they are, from a day on."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import timezone

from balsts.access.acting import Acting, in_scope
from balsts.access.predicates import require
from balsts.cases.law_in_force import Amendment, LawInForce, enacted_by, law_in_force, law_with
from balsts.cases.models import LawDraft
from balsts.law.engine.errors import DomainError, InputError
from balsts.law.engine.text import parse

MOST_BYTES = 200_000
"""The largest text of a draft."""


def load_draft(who: Acting, text: str, *, rules: str = "") -> LawDraft:
    """Keep a draft, if it can be read and fits the law in force; the same text twice is one draft.

    Args:
        text: a reform file.
        rules: the Python file that it names; only the platform may bring one, since it is code that is run.

    Raises:
        AccessDenied: who acts does not rehearse.
        InputError, LawError: where the text is wrong, and what was expected.
    """
    amendment = amendment_of(text, rules)
    with in_scope(who), transaction.atomic():
        require("cases.draft_law", who)
        found = LawDraft.objects.filter(sha256=amendment.sha256).first()
        if found is None:
            name = laid_over(amendment).law.amendments[-1]
            found = LawDraft(name=name[:200], text=text, rules=rules, sha256=amendment.sha256, loaded_by=who.staff)
            found.save(force_insert=True)
    return found


def amendment_of(text: str, rules: str = "") -> Amendment:
    """A draft's text as an amendment; one that names rules must come with them, under the name `rules.py`.

    Raises:
        InputError: it is too large, names rules without bringing them, or is not readable.
    """
    if len(text.encode()) > MOST_BYTES:
        raise InputError(
            f"The draft has more than {MOST_BYTES} bytes; expected a reform file such as examples/reform.yaml."
        )
    fields = parse(text.encode(), "draft", max_bytes=MOST_BYTES).mapping("a reform: a mapping with name, parameters")
    if "rules" in fields and not rules:
        fields["rules"].place.fail("names rules. Rules are code: a command on the server brings them "
                                   "(`balsts cases rehearse DRAFT.yaml`), not a page.")  # fmt: skip
    digest = hashlib.sha256(f"{text}\0{rules}".encode()).hexdigest()
    return Amendment(digest, text, rules)


def read_files(path: Path) -> tuple[str, str]:
    """The text of a reform file and of the rules it names.

    Raises:
        InputError: a file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8")
        fields = parse(text.encode(), path.name, max_bytes=MOST_BYTES).mapping("a reform")
        if "rules" not in fields:
            return text, ""
        named = fields["rules"].text("a Python file")
        return text.replace(named, "rules.py"), (path.parent / named).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from None


def laid_over(amendment: Amendment, on: date | None = None) -> LawInForce:
    """The law in force with an amendment laid over it."""
    return law_with((*enacted_by(on or timezone.localdate()), amendment))


def law_of_draft(draft: LawDraft) -> LawInForce:
    """The law in force today with a draft laid over it, or as it is where the draft is in force already."""
    if draft.status == LawDraft.Status.ENACTED and draft.since is not None and draft.since <= timezone.localdate():
        return law_in_force()
    return laid_over(Amendment(draft.sha256, draft.text, draft.rules))


def enact(who: Acting, draft_id: uuid.UUID, since: date) -> LawDraft:
    """Make a draft part of the law that decides, from a day on; what was decided before keeps its own law.

    Raises:
        AccessDenied: who acts does not rehearse, or the draft has rules and is not enacted by command.
        DomainError: it is enacted already, whoever loaded it enacts it, or the day is past.
    """
    if since < timezone.localdate():
        raise DomainError(f"{since} is past; a draft can become part of the law from today on. Months before that it "
                          "may change by its own text.")  # fmt: skip
    with in_scope(who), transaction.atomic():
        require("cases.draft_law", who)
        draft = LawDraft.objects.select_for_update().filter(pk=draft_id).first()
        if draft is None:
            raise DomainError("There is no such draft that may be enacted here; one with rules is enacted by command.")
        if draft.status == LawDraft.Status.ENACTED:
            raise DomainError(f"It is enacted already, from {draft.since} on.")
        if draft.loaded_by is not None and draft.loaded_by == who.staff:
            raise DomainError("Whoever loaded a draft cannot enact it; somebody else must.")
        law_with((*enacted_by(since), Amendment(draft.sha256, draft.text, draft.rules)))
        draft.status, draft.since, draft.enacted_at = LawDraft.Status.ENACTED, since, timezone.now()
        draft.enacted_by = who.staff
        try:
            with transaction.atomic():
                draft.save(update_fields=["status", "since", "enacted_at", "enacted_by"])
        except IntegrityError as error:
            raise DomainError(f"Nothing was changed: {str(error).splitlines()[0]}.") from None
    return draft

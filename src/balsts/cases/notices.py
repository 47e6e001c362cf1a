"""Notices: the sealed letter of a signed decision, kept with it; in Latvian always, in English when asked for."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from django.utils import timezone

from balsts.access.acting import in_scope, the_platform
from balsts.cases.errors import CaseNotReady
from balsts.cases.letters import letter_of
from balsts.cases.models import Decision, Notice, StoredFile
from balsts.documents.letter import Language
from balsts.documents.pdf import letter_pdf
from balsts.documents.seal import Sealer, sealer_from_environment

_NOT_SIGNED = {Decision.State.DRAFTED, Decision.State.CHECKED, Decision.State.DISCARDED}


@lru_cache(maxsize=1)
def _sealer() -> Sealer:
    return sealer_from_environment()


def make_notice(decision: Decision, language: Language = "lv") -> Notice:
    """The notice of a decision in a language: made and sealed the first time, the same document ever after.

    Raises:
        CaseNotReady: the decision is not signed yet.
    """
    with in_scope(the_platform()):
        found = Notice.objects.filter(decision=decision, language=language).first()
        if found is not None:
            return found
        decision = Decision.objects.select_related("case__institution", "determination").get(pk=decision.pk)
        if decision.state in _NOT_SIGNED:
            raise CaseNotReady(f"Decision {decision.number} is not signed yet; there is no notice of it.")
        content = letter_pdf(letter_of(decision, language), at=timezone.now())
        sealed = _sealer().seal(content, reason=decision.number)
        file = kept(sealed)
        return Notice.objects.create(decision=decision, language=language, file=file)


def kept(content: bytes) -> StoredFile:
    """A file in the database by the hash of its bytes."""
    name = sha256(content).hexdigest()
    StoredFile.objects.bulk_create([StoredFile(sha256=name, size=len(content), content=content)], ignore_conflicts=True)
    return StoredFile(sha256=name, size=len(content))


def draft_letter(decision: Decision, language: Language = "lv") -> bytes:
    """A decision that is being made, as the PDF that it would become, marked as a draft; not sealed and not kept."""
    with in_scope(the_platform()):
        return letter_pdf(letter_of(decision, language, is_draft=True), at=timezone.now())

"""The notice of a decision: sealed, with the sums of the decision in plain words, the same document ever after."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from balsts.access.acting import in_scope, the_person
from balsts.cases.chain import draft_decision
from balsts.cases.determining import determine
from balsts.cases.errors import CaseNotReady
from balsts.cases.models import Decision, Notice, StoredFile
from balsts.cases.notices import draft_letter, make_notice
from balsts.documents.verification import verify
from tests.cases.situations import FEBRUARY, applied, decided, head, home, worker
from tests.registry.situations import PLATFORM

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def sealed(decision: Decision, language: str = "lv") -> bytes:
    with in_scope(PLATFORM):
        notice = Notice.objects.get(decision=decision, language=language)
        return bytes(StoredFile.objects.get(pk=notice.file_id).content)


def test_a_signed_decision_has_a_sealed_notice_that_tells_amount_reasons_and_how_to_contest() -> None:
    found = home()
    decision = decided(worker(), head(), found.mother)
    pdf = sealed(decision)
    assert verify(pdf).is_genuine
    text = text_of(pdf)
    # 187.00 + 131.00 - 64.00, for three months, since somebody is able to work.
    assert "254,00 € mēnesī, no 2026. gada februāra līdz aprīlim" in text
    assert "318,00 − 64,00" in text
    assert "Anna Bērziņa" in text
    assert "Valsts ieņēmumu dienests (VID)" in text
    assert "apstrīdēt viena mēneša laikā" in text
    assert decision.number in text


def test_a_notice_is_made_once_and_in_english_when_asked_for() -> None:
    decision = decided(worker(), head(), home().mother)
    assert make_notice(decision).pk == make_notice(decision).pk
    make_notice(decision, "en")
    assert "254.00 € a month, from February 2026 to April 2026" in text_of(sealed(decision, "en"))


def test_a_draft_has_no_notice_and_its_letter_says_that_it_is_one() -> None:
    who, found = worker(), home()
    case = applied(who, found.mother).case
    decision = draft_decision(who, case, determination=determine(who, case, FEBRUARY, "application"))
    with pytest.raises(CaseNotReady, match="not signed yet"):
        make_notice(decision)
    text = text_of(draft_letter(decision))
    assert "Projekts" in text
    assert "254,00 €" in text


def test_a_person_reads_the_notice_of_their_own_decision_alone() -> None:
    found, other = home(), home(surname="Kalniņa")
    decision = decided(worker(), head(), found.mother)
    with in_scope(the_person(found.mother.pk)):
        assert StoredFile.objects.filter(pk=Notice.objects.get(decision=decision).file_id).exists()
    with in_scope(the_person(other.mother.pk)):
        assert not Notice.objects.exists()
        assert not StoredFile.objects.exists()

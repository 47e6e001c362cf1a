"""All tables of cases: what comes in, the chain of decisions, what changed, and what a decision gives besides money."""

from __future__ import annotations

from balsts.cases.block_models import Card, Complaint, EntryDetail, Handover, RegisterEntry
from balsts.cases.case_models import (
    Absence,
    Application,
    Attachment,
    Case,
    Draft,
    Event,
    Message,
    Note,
    Organisation,
    Party,
    StoredFile,
    Task,
)
from balsts.cases.change_models import Change, ChangeLine
from balsts.cases.decision_models import (
    Appeal,
    Award,
    AwardHolder,
    AwardSpan,
    Decision,
    DecisionStep,
    Determination,
    DeterminationLine,
    LawText,
    Notice,
    Trace,
)
from balsts.cases.run_models import LawDraft, Run, RunPart, Unclaimed
from balsts.cases.status_models import StatusNews

__all__ = [
    "Absence", "Appeal", "Application", "Attachment", "Award", "AwardHolder", "AwardSpan", "Card", "Case", "Change",
    "ChangeLine", "Complaint", "Decision", "DecisionStep", "Determination", "DeterminationLine", "Draft",
    "EntryDetail", "Event", "Handover", "LawDraft", "LawText", "Message", "Note", "Notice", "Organisation", "Party",
    "RegisterEntry", "Run", "RunPart", "StatusNews", "StoredFile", "Task", "Trace", "Unclaimed",
]  # fmt: skip

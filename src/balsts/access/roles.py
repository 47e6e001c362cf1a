"""Roles, and the purposes for which each may look: who sees what and why is declared here, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Scope = Literal["municipality", "national", "none"]
Ability = Literal[
    "read", "record", "merge", "export", "break_glass", "oversee", "audit", "manage_accounts",
    "decide", "check", "supervise", "hear_appeals", "rehearse", "status_feed", "status_verify", "registry_search",
    "prepare_payments", "approve_payments", "release_payments", "publish_figures",
]  # fmt: skip
Visibility = Literal["ordinary", "health", "sealed"]


@dataclass(frozen=True)
class Purpose:
    """Why somebody looks at a person's data (apstrādes nolūks).

    `basis` cites the act. `question` is what nobody has confirmed yet about it; it is shown with the purpose. A purpose
    that is not about persons opens nobody's data, whatever the role.
    """

    code: str
    lv: str
    en: str
    basis: str
    question: str = ""
    is_about_persons: bool = True


@dataclass(frozen=True)
class Role:
    """What a member of staff is there for (loma).

    Attributes:
        scope: the persons of one's municipality, of the whole country, or nobody's data.
        purposes: the codes of purposes it may name.
        abilities: what it may do within them; `break_glass` opens what is sealed about one person, for a stated reason
            and a short time, and `oversee` is told of it. `decide` assesses cases and drafts decisions, `check` checks
            and signs what somebody else drafted, `supervise` sees the work of the whole office, `hear_appeals` decides
            on contested decisions, `rehearse` tries a draft of a law on all cases. Of other systems,
            `status_feed` is told of statuses and `status_verify` asks whether somebody has one, and
            `registry_search` searches the registry as its institution's partner. `prepare_payments`,
            `approve_payments` and `release_payments` are the steps of a payment run, each by somebody else.
            `publish_figures` takes in published tables of a new year.
        sees: the kinds of facts it may see.
    """

    code: str
    lv: str
    en: str
    scope: Scope
    purposes: frozenset[str]
    abilities: frozenset[Ability]
    sees: frozenset[Visibility]


_ARTICLE = "which article allows this processing is not read in the act yet"

PURPOSES = {
    one.code: one
    for one in (
        Purpose("social_assistance", "sociālā palīdzība", "social assistance", "SPSPL", _ARTICLE),
        Purpose("social_services", "sociālie pakalpojumi", "social services", "SPSPL", _ARTICLE),
        Purpose("state_benefits", "valsts sociālie pabalsti", "state social benefits", "VSPL", _ARTICLE),
        Purpose("social_insurance", "valsts sociālā apdrošināšana", "social insurance",
                "likums «Par valsts sociālo apdrošināšanu»", _ARTICLE),
        Purpose("disability", "invaliditātes ekspertīze", "assessment of disability", "Invaliditātes likums", _ARTICLE),
        Purpose("child_protection", "bērnu tiesību aizsardzība", "protection of children", "Bāriņtiesu likums",
                _ARTICLE),
        Purpose("appeal", "lēmuma apstrīdēšana", "appeal against a decision", "Administratīvā procesa likums",
                _ARTICLE),
        Purpose("register_intake", "reģistru ziņu saņemšana", "taking in facts from state registers", "",
                "each register's connector states its own legal basis"),
        Purpose("data_subject", "datu subjekta tiesības", "rights of the data subject",
                "Vispārīgā datu aizsardzības regula (2016/679), 15. pants"),
        Purpose("provider_register", "pakalpojumu sniedzēju reģistrs", "register of providers",
                "MK noteikumi Nr. 385 (2017)", _ARTICLE, is_about_persons=False),
        Purpose("policy", "likumu sagatavošana", "preparing laws", "", _ARTICLE, is_about_persons=False),
        Purpose("audit", "piekļuves pārbaude", "checking who looked",
                "Vispārīgā datu aizsardzības regula (2016/679), 5. panta 2. punkts", is_about_persons=False),
        Purpose("status_exchange", "statusu nodošana citām iestādēm", "passing statuses to other institutions", "",
                "which act lets each system be told is not read in the act yet", is_about_persons=False),
        Purpose("payments", "izmaksu veikšana", "making payments", "", _ARTICLE),
        Purpose("accounts", "darbinieku kontu pārvaldība", "management of staff accounts",
                "Vispārīgā datu aizsardzības regula (2016/679), 32. pants", is_about_persons=False),
    )
}  # fmt: skip
"""All purposes by code."""


def _role(code: str, lv: str, en: str, scope: Scope, purposes: str, abilities: str, sees: str = "") -> tuple[str, Role]:
    named = frozenset(purposes.split())
    assert named <= PURPOSES.keys()
    may: frozenset[Ability] = frozenset(abilities.split())  # type: ignore[arg-type]
    kinds: frozenset[Visibility] = frozenset(sees.split())  # type: ignore[arg-type]
    return code, Role(code, lv, en, scope, named, may, kinds)


ROLES = dict(
    (
        _role("social_worker", "sociālā darba speciālists", "social worker", "municipality",
              "social_assistance social_services", "read record break_glass decide", "ordinary health"),
        _role("social_service_head", "sociālā dienesta vadītājs", "head of a social service office", "municipality",
              "social_assistance social_services data_subject",
              "read record merge export break_glass oversee decide check supervise", "ordinary health"),
        _role("orphans_court_member", "bāriņtiesas loceklis", "member of an orphans' court", "municipality",
              "child_protection", "read record", "ordinary health sealed"),
        _role("benefits_officer", "pabalstu piešķīrējs (VSAA)", "benefits officer", "national",
              "state_benefits social_insurance", "read record merge break_glass decide", "ordinary health"),
        _role("benefits_head", "pabalstu nodaļas vadītājs (VSAA)", "head of benefits", "national",
              "state_benefits social_insurance", "read record merge break_glass oversee decide check supervise",
              "ordinary health"),
        _role("register_officer", "reģistra uzturētājs", "keeper of a register", "none",
              "provider_register", "record decide"),
        _role("register_head", "reģistra nodaļas vadītājs", "head of a register", "none",
              "provider_register", "record decide check supervise"),
        _role("policy_analyst", "politikas analītiķis", "policy analyst", "none", "policy",
              "rehearse publish_figures"),
        _role("payment_officer", "izmaksu speciālists", "payment officer", "none", "payments", "prepare_payments"),
        _role("payment_head", "izmaksu nodaļas vadītājs", "head of payments", "none", "payments",
              "approve_payments release_payments"),
        _role("disability_expert", "invaliditātes eksperts (VDEĀVK)", "disability expert", "national",
              "disability", "read record", "ordinary health"),
        _role("appeals_officer", "apstrīdēšanas lietu izskatītājs", "appeals officer", "national",
              "appeal", "read hear_appeals", "ordinary health"),
        _role("data_protection_officer", "datu aizsardzības speciālists", "data protection officer", "national",
              "audit data_subject", "read export audit oversee", "ordinary health sealed"),
        _role("auditor", "piekļuves auditors", "access auditor", "none", "audit", "audit"),
        _role("account_manager", "kontu pārvaldnieks", "account manager", "none", "accounts", "manage_accounts"),
        _role("status_subscriber", "sistēma, kas saņem statusus", "system that is told of statuses", "none",
              "status_exchange", "status_feed"),
        _role("status_verifier", "sistēma, kas pārbauda statusus", "system that verifies statuses", "none",
              "status_exchange", "status_verify"),
        _role("register_intake", "reģistru ziņu saņēmējs", "intake from registers", "national",
              "register_intake", "read record", "ordinary health sealed"),
    )
)  # fmt: skip
"""All roles by code. The last one is the platform's own: no person is appointed to it."""

SYSTEM_ROLE = "register_intake"
CLIENT_ROLES: dict[Ability, str] = {"status_feed": "status_subscriber", "status_verify": "status_verifier"}
"""The role in which another system uses an ability; nobody is appointed to these either."""
CLIENT_ABILITIES: frozenset[Ability] = frozenset({*CLIENT_ROLES, "registry_search"})
"""What another system may be opened for. As what each searches the registry, the file of partners says."""

"""Every address of the portal. A page not named in `portal.session.middleware` is open to staff at work alone."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path

from balsts.exchange.spdci.description import SEARCH
from balsts.portal.api import described, page, tokens
from balsts.portal.applications import document_views, page_views
from balsts.portal.applications import views as applications
from balsts.portal.cards import views as cards
from balsts.portal.interchange import views as interchange
from balsts.portal.law_pages import views as law
from balsts.portal.looked import views as looked
from balsts.portal.my import overview
from balsts.portal.my import payments as my_payments
from balsts.portal.my import views as my
from balsts.portal.office import (
    appeal_views,
    assessment_views,
    change_views,
    decision_views,
    figures_views,
    people_views,
    worklist_views,
    writing_views,
)
from balsts.portal.office import case_views as office_views
from balsts.portal.payments import bank_views as payment_bank
from balsts.portal.payments import choice_views as payment_choices
from balsts.portal.payments import claim_steps as payment_claim_steps
from balsts.portal.payments import claim_views as payment_claims
from balsts.portal.payments import download_views as payment_downloads
from balsts.portal.payments import line_views as payment_lines
from balsts.portal.payments import order_views as payment_orders
from balsts.portal.payments import payout_views as payment_payouts
from balsts.portal.payments import run_views as payment_runs
from balsts.portal.payments import step_views as payment_steps
from balsts.portal.persons import case_views, rights_views, search_views
from balsts.portal.providers import application_views as provider_application
from balsts.portal.providers import case_views as register_cases
from balsts.portal.providers import complaint_views as complaints
from balsts.portal.providers import document_views as provider_documents
from balsts.portal.providers import downloads, register_views
from balsts.portal.public import views as public
from balsts.portal.registers import views as registers
from balsts.portal.rehearsal import views as rehearsal
from balsts.portal.session import residents
from balsts.portal.session import views as session
from balsts.portal.session.identity import NAME
from balsts.portal.statistics import budget_views as statistics_budget
from balsts.portal.statistics import dashboard as statistics_dashboard
from balsts.portal.statistics import downloads as statistics_downloads
from balsts.portal.statistics import eu_fund_views as statistics_eu_funds
from balsts.portal.statistics import live_views as statistics_live
from balsts.portal.statistics import load_views as statistics_load
from balsts.portal.statistics import open_data_views as open_data
from balsts.portal.statistics import programme_views as statistics_programmes
from balsts.portal.statistics import report_views as statistics_reports
from balsts.portal.statistics import service_views as statistics_services
from balsts.portal.statistics import strategy_views as statistics_strategy
from balsts.portal.statistics import views as statistics
from balsts.portal.take_up import views as take_up

urlpatterns = [
    path("", session.start, name="start"),
    path("language/", session.language, name="language"),
    path("support/", public.start, name="support"),
    path("support/questions/", public.questions, name="support_questions"),
    path("law/", law.index, name="law"),
    path("law/search/", law.search, name="law_search"),
    path("law/questions/", law.questions, name="law_questions"),
    path("law/changes/", law.changes, name="law_changes"),
    path("law/acts/<str:code>/", law.act, name="law_act"),
    path("law/rules/<slug:name>/", law.rule, name="law_rule"),
    path("law/parameters/<slug:name>/", law.parameter, name="law_parameter"),
    path("law/<slug:folder>/", law.folder, name="law_folder"),
    # Published figures: open to everybody.
    path("statistics/", statistics_dashboard.dashboard, name="statistics"),
    path("statistics/find/", statistics.find, name="statistics_find"),
    path("statistics/report/", statistics_reports.reports, name="statistics_reports"),
    path("statistics/report/<slug:institution>/<int:year>.<slug:form>", statistics_reports.report,
         name="statistics_report"),
    path("statistics/findings/", statistics.findings, name="statistics_findings"),
    path("statistics/tables/", statistics.tables, name="statistics_tables"),
    path("statistics/tables/<slug:dataset>.<slug:form>", statistics_downloads.download, name="statistics_download"),
    path("statistics/tables/<slug:dataset>/", statistics.table, name="statistics_table"),
    path("statistics/tables/<slug:dataset>/<slug:key>/", statistics.row, name="statistics_row"),
    path("statistics/embed/<slug:dataset>/<slug:key>/", statistics.embed, name="statistics_embed"),
    path("statistics/programmes/", statistics_programmes.index, name="statistics_programmes"),
    path("statistics/programmes/<str:code>/", statistics_programmes.one, name="statistics_programme"),
    path("statistics/budget/", statistics_budget.budget, name="statistics_budget"),
    path("statistics/budget/consolidated/", statistics_budget.consolidated, name="statistics_budget_consolidated"),
    path("statistics/budget/measures/", statistics_budget.priority_measures, name="statistics_budget_measures"),
    path("statistics/budget/frame/", statistics_budget.years_to_come, name="statistics_budget_frame"),
    path("statistics/eu-funds/", statistics_eu_funds.index, name="statistics_eu_funds"),
    path("statistics/eu-funds/<slug:code>/", statistics_eu_funds.one, name="statistics_eu_fund"),
    path("statistics/strategy/", statistics_strategy.goals, name="statistics_strategy"),
    path("statistics/strategy/audit/", statistics_strategy.audit, name="statistics_audit"),
    path("statistics/strategy/research/", statistics_strategy.research, name="statistics_research"),
    path("statistics/services/", statistics_services.public_services, name="statistics_services"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", account.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", second_factor.index, name="mfa_index"),
    path("account/authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/authenticator/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("role/", session.choose_work, name="choose_work"),
    path("reason/", session.reason, name="reason"),
    path("find/", search_views.find, name="find"),
    path("persons/<uuid:person>/", case_views.person, name="person"),
    path("persons/<uuid:person>/facts/", case_views.facts, name="person_facts"),
    path("persons/<uuid:person>/registers/", registers.asked, name="person_registers"),
    path("households/<uuid:household>/", case_views.household, name="household"),
    path("households/<uuid:household>/rights/", rights_views.rights, name="household_rights"),
    path("households/<uuid:household>/registers/ask/", registers.ask, name="household_ask"),
    path("me/who-looked/", looked.who_looked, name="who_looked"),
    path("me/sign-in/", residents.sign_in, name="resident_sign_in"),
    # The library looks the address up by this name, with our name for the provider.
    path("me/signed-in/", residents.signed_in, {"provider_id": NAME}, name="openid_connect_callback"),
    path("me/sign-in/<str:token>/", session.resident_door, name="resident_door"),
    path("me/leave/", session.leave, name="resident_leave"),
    # The register of providers of services: open to everybody.
    path("providers/", register_views.found, name="providers"),
    path("providers/register.csv", downloads.as_csv, name="providers_csv"),
    path("providers/register.json", downloads.as_json, name="providers_json"),
    path("providers/complaint/", complaints.complain, name="provider_complaint"),
    path("providers/apply/", provider_application.begin, name="provider_apply"),
    path("providers/apply/<uuid:draft>/", provider_application.summary, name="provider_draft"),
    path("providers/apply/<uuid:draft>/provider/", provider_application.begin, name="provider_draft_provider"),
    path("providers/apply/<uuid:draft>/place/", provider_application.place, name="provider_draft_place"),
    path("providers/apply/<uuid:draft>/entries/<int:number>/", provider_application.entry, name="provider_draft_entry"),
    path("providers/apply/<uuid:draft>/documents/", provider_documents.evidence, name="provider_evidence"),
    path("providers/apply/<uuid:draft>/documents/<uuid:attachment>/remove/", provider_documents.remove,
         name="provider_document_remove"),
    path("providers/apply/<uuid:draft>/send/", provider_application.send, name="provider_send"),
    path("providers/apply/<uuid:draft>/sent/", provider_application.sent, name="provider_sent"),
    path("providers/<str:number>/", register_views.provider, name="provider"),
    path("register/", register_cases.work, name="register_work"),
    path("register/cases/<uuid:case>/", register_cases.case, name="register_case"),
    path("register/cases/<uuid:case>/register/", register_cases.register, name="register_enter"),
    path("register/cases/<uuid:case>/change/", register_cases.change, name="register_change"),
    path("register/cases/<uuid:case>/remove/", register_cases.remove, name="register_remove"),
    path("register/cases/<uuid:case>/refuse/", register_cases.refuse, name="register_refuse"),
    path("register/complaints/<uuid:complaint>/", complaints.complaint, name="register_complaint"),
    path(f"spdci/social{SEARCH}", interchange.search, name="spdci_search"),
    path("spdci/social/openapi.json", interchange.described, name="spdci_described"),
    path("spdci/social/.well-known/jwks.json", interchange.keys, name="spdci_keys"),
    # Drafts of law, and what nobody has claimed.
    path("drafts/", rehearsal.drafts, name="drafts"),
    path("drafts/<uuid:draft>/", rehearsal.draft, name="draft"),
    path("drafts/<uuid:draft>/rehearse/", rehearsal.rehearse, name="draft_rehearse"),
    path("drafts/<uuid:draft>/enact/", rehearsal.enact_draft, name="draft_enact"),
    path("unclaimed/", take_up.unclaimed, name="unclaimed"),
    path("unclaimed/<uuid:hint>/", take_up.settle_unclaimed, name="settle_unclaimed"),
    path("me/unclaimed/", take_up.my_unclaimed, name="my_unclaimed"),
    # Cases, for staff.
    path("desk/", worklist_views.show, name="worklist"),
    path("desk/find/", worklist_views.find, name="find_case"),
    path("desk/figures/", figures_views.figures, name="figures"),
    path("desk/away/", people_views.away, name="away"),
    path("desk/away/<int:absence>/remove/", people_views.back, name="back"),
    path("cases/<uuid:case>/", office_views.case, name="case"),
    path("cases/<uuid:case>/take/", people_views.take_case, name="case_take"),
    path("cases/<uuid:case>/give-back/", people_views.give_case_back, name="case_give_back"),
    path("cases/<uuid:case>/assign/", people_views.assign_case, name="case_assign"),
    path("cases/<uuid:case>/assessment/", assessment_views.assessment, name="case_assessment"),
    path("cases/<uuid:case>/decide/", assessment_views.decide, name="case_decide"),
    path("cases/<uuid:case>/tasks/new/", writing_views.new_task, name="case_new_task"),
    path("cases/<uuid:case>/tasks/<uuid:task>/done/", writing_views.task_done, name="case_task_done"),
    path("cases/<uuid:case>/notes/", writing_views.notes, name="case_notes"),
    path("cases/<uuid:case>/messages/", writing_views.messages, name="case_messages"),
    path("cases/<uuid:case>/attachments/<uuid:attachment>/", office_views.attachment, name="case_attachment"),
    path("cases/<uuid:case>/appeals/<uuid:appeal>/", appeal_views.appeal, name="case_appeal"),
    path("cases/<uuid:case>/changes/<uuid:change>/", change_views.change, name="case_change"),
    path("cases/<uuid:case>/changes/<uuid:change>/confirm/", change_views.settle, {"is_confirmed": True},
         name="case_change_confirm"),
    path("cases/<uuid:case>/changes/<uuid:change>/dismiss/", change_views.settle, {"is_confirmed": False},
         name="case_change_dismiss"),
    path("cases/<uuid:case>/decisions/<uuid:decision>/", decision_views.decision, name="case_decision"),
    path("cases/<uuid:case>/decisions/<uuid:decision>/draft.pdf", office_views.draft_of_notice, name="case_draft"),
    path("cases/<uuid:case>/decisions/<uuid:decision>/notice/<str:language>.pdf", office_views.notice,
         name="case_notice"),
    path("cases/<uuid:case>/decisions/<uuid:decision>/<str:step>/", decision_views.step, name="case_decision_step"),
    # Payments.
    path("payments/", payment_runs.runs, name="payment_runs"),
    path("payments/prepare/", payment_runs.prepare, name="payment_prepare"),
    path("payments/waiting/", payment_lines.waiting, name="payment_waiting"),
    path("payments/matters/", payment_bank.matters, name="payment_matters"),
    path("payments/matters/<int:matter>/", payment_bank.matter, name="payment_matter"),
    path("payments/runs/<uuid:run>/", payment_runs.run, name="payment_run"),
    path("payments/runs/<uuid:run>/differences/", payment_runs.differences, name="payment_differences"),
    path("payments/runs/<uuid:run>/proof/", payment_runs.proof, name="payment_proof"),
    path("payments/runs/<uuid:run>/sums.<str:form>", payment_downloads.sums, name="payment_sums"),
    path("payments/runs/<uuid:run>/files/", payment_bank.files, name="payment_files"),
    path("payments/runs/<uuid:run>/returns/", payment_bank.returns, name="payment_returns"),
    path("payments/runs/<uuid:run>/lines/", payment_lines.lines, name="payment_lines"),
    path("payments/runs/<uuid:run>/lines/find/", payment_lines.find, name="payment_find_line"),
    path("payments/runs/<uuid:run>/lines/<int:number>/", payment_lines.line, name="payment_line"),
    path("payments/runs/<uuid:run>/overpaid/<int:number>/", payment_lines.overpaid, name="payment_overpaid"),
    path("payments/runs/<uuid:run>/left-out/", payment_lines.left_out, name="payment_left_out"),
    path("payments/runs/<uuid:run>/steps/<str:step>/", payment_steps.step, name="payment_step"),
    path("payments/runs/<uuid:run>/payouts/", payment_payouts.payouts, name="payment_payouts"),
    path("payments/runs/<uuid:run>/payouts/<str:channel>.csv", payment_payouts.payout_list, name="payment_payout_list"),
    path("payments/runs/<uuid:run>/payouts/<int:number>/", payment_payouts.cash, name="payment_cash"),
    path("payments/claims/", payment_claims.claims, name="payment_claims"),
    path("payments/claims/unclaimed/", payment_claims.unclaimed, name="payment_unclaimed"),
    path("payments/claims/unclaimed/<int:overpaid>/", payment_claim_steps.decide, name="payment_claim_decide"),
    path("payments/claims/<uuid:claim>/", payment_claims.claim, name="payment_claim"),
    path("payments/claims/<uuid:claim>/steps/<str:step>/", payment_claim_steps.step, name="payment_claim_step"),
    path("payments/claims/<uuid:claim>/plans/<uuid:plan>/", payment_claim_steps.agree_plan, name="payment_claim_plan"),
    path("payments/claims/<uuid:claim>/write-offs/<uuid:write_off>/", payment_claim_steps.agree_write_off,
         name="payment_claim_write_off"),
    path("payments/orders/", payment_orders.orders, name="payment_orders"),
    path("payments/orders/new/", payment_orders.record, name="payment_order_record"),
    path("payments/orders/<uuid:order>/", payment_orders.order, name="payment_order"),
    path("payments/orders/<uuid:order>/change/", payment_orders.change, name="payment_order_change"),
    path("payments/orders/<uuid:order>/steps/<str:step>/", payment_orders.step, name="payment_order_step"),
    path("payments/choices/", payment_choices.choices, name="payment_choices"),
    path("payments/choices/new/", payment_choices.record, name="payment_choice_record"),
    path("payments/choices/answer/", payment_payouts.post_answer, name="payment_post_answer"),
    path("payments/choices/<uuid:choice>/", payment_choices.choice, name="payment_choice"),
    path("payments/choices/<uuid:choice>/steps/<str:step>/", payment_choices.step, name="payment_choice_step"),
    # Published figures as open data: open to everybody.
    path("statistics/live/", statistics_live.overview, name="statistics_live"),
    path("statistics/live/<slug:indicator>.csv", statistics_live.download, name="statistics_live_download"),
    path("statistics/live/<slug:indicator>/", statistics_live.indicator, name="statistics_live_indicator"),
    path("statistics/open-data/", open_data.open_data, name="statistics_open_data"),
    path("statistics/catalog.<slug:form>", open_data.catalogue_file, name="statistics_catalogue"),
    path("statistics/sdmx/structure.<slug:form>", open_data.structure_file, name="statistics_sdmx_structure"),
    path("statistics/tables/<slug:dataset>.sdmx.<slug:form>", open_data.data_file, name="statistics_sdmx_data"),
    path("statistics/tables/<slug:dataset>.loaded.csv", open_data.loaded_file,
         {"ending": "loaded.csv", "media_type": "text/csv; charset=utf-8"}, name="statistics_loaded"),
    path("statistics/tables/<slug:dataset>.loaded.csv-metadata.json", open_data.loaded_file,
         {"ending": "loaded.csv-metadata.json", "media_type": "application/csvm+json"}, name="statistics_columns"),
    # Published figures: a new year of a table.
    path("statistics/load/", statistics_load.load, name="statistics_load"),
    path("statistics/load/<uuid:offer>/", statistics_load.looked_through, name="statistics_offer"),
    path("statistics/load/<uuid:offer>/settle/", statistics_load.settle, name="statistics_offer_settle"),
    path("statistics/templates/<slug:dataset>.<str:form>", statistics_load.template, name="statistics_template"),
    # Cases, for residents.
    path("me/", overview.my_support, name="my_support"),
    path("me/cases/", my.cases, name="my_cases"),
    path("me/cases/<uuid:case>/", my.case, name="my_case"),
    path("me/cases/<uuid:case>/decisions/<uuid:decision>/", my.decision, name="my_decision"),
    path("me/cases/<uuid:case>/decisions/<uuid:decision>/contest/", my.contest_decision, name="my_contest"),
    path("me/payments/", my_payments.payments, name="my_payments"),
    # Applying.
    path("applications/", applications.applications, name="applications"),
    path("persons/<uuid:person>/apply/", applications.begin, name="person_apply"),
    path("applications/<uuid:draft>/", applications.tasks, name="application_tasks"),
    path("applications/<uuid:draft>/discard/", applications.discard, name="application_discard"),
    path("applications/<uuid:draft>/pages/<slug:sheet>/", page_views.page, name="application_page"),
    path("applications/<uuid:draft>/documents/", document_views.evidence, name="application_evidence"),
    path("applications/<uuid:draft>/documents/<uuid:attachment>/remove/", document_views.remove,
         name="application_document_remove"),
    path("applications/<uuid:draft>/check/", page_views.check, name="application_check"),
    path("applications/sent/<uuid:key>/", applications.sent, name="application_sent"),
    path("documents/<uuid:attachment>/", document_views.document, name="document"),
    path("cards/verify/", cards.verify, name="card_verify"),
    # For other programs.
    path("api/oauth2/token", tokens.token, name="api_token"),
    path("api/v1/openapi.json", described.openapi, name="api_openapi"),
    path("api/v1/docs", page.docs, name="api_docs"),
    path("api/v1/", described.api.urls),
]  # fmt: skip

handler400 = session.unreadable
handler403 = session.denied
handler404 = session.not_found
handler500 = session.failed

"""What use cases and the reader of texts of law say went wrong, as they word it; Latvian stands in the catalogue.

The wording is that of the code that raises the error. A test finds every such place and fails where its wording is not
here.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

OF_DRAFTS = (
    _("The draft has more than %(most)s bytes; expected a reform file such as examples/reform.yaml."),
    _("names rules. Rules are code: a command on the server brings them (`balsts cases rehearse DRAFT.yaml`), not a "
      "page."),
    _("%(day)s is past; a draft can become part of the law from today on. Months before that it may change by its own "
      "text."),
    _("There is no such draft that may be enacted here; one with rules is enacted by command."),
    _("It is enacted already, from %(day)s on."),
    _("Whoever loaded a draft cannot enact it; somebody else must."),
    _("Nothing was changed: %(why)s."),
    _("%(file)s: cannot be read: %(why)s."),
)  # fmt: skip
OF_TEXTS = (
    _("expected %(what)s, found %(kind)s."),
    _("is larger than %(most)s bytes; expected one household or one text of law."),
    _("byte %(number)s is not UTF-8 text; expected a YAML or JSON file."),
    _("is empty; expected a YAML or JSON mapping."),
    _("is stated twice; keep one."),
    _("%(key)s is stated twice; keep one."),
    _("is nested too deeply (at most %(most)s levels)."),
    _("is not readable as YAML: %(why)s."),
    _("expected one document, found a second."),
    _("uses an anchor or alias; write the value out."),
    _("carries the tag %(tag)s; write plain text."),
    _("a name was expected here, found something else."),
    _("cannot be read: %(why)s."),
)
OF_REFORMS = (
    _("%(key)s is not a field of a reform."),
    _("changes nothing; give it `parameters:` or `rules:`."),
    _("%(name)s is not a parameter of the law."),
    _("%(key)s is not a field of a change."),
    _("the change of %(name)s has no %(key)s."),
    _("until must lie after from."),
    _("%(file)s cannot be read: %(why)s."),
    _("is not readable as Python: %(why)s."),
    _("%(file)s: cannot be loaded: %(why)s."),
    _("%(key)s is not a field of a value."),
    _("%(name)s from %(since)s has no reference: which act or document set it?"),
    _("%(name)s from %(since)s needs either a value or `repealed: true`."),
    _("expected the act or document that set the value: {lv: …, en: …}, or one text if it is a citation alone, the "
      "same in both languages, found %(kind)s."),
    _("%(name)s from %(since)s: an unknown value is written `value: unknown`, `certainty: unknown` and has a "
      "question."),
    _("%(name)s: a value that is %(certainty)s must say what it rests on (rests_on)."),
    _("a %(kind)s needs at least one row."),
    _("the row %(row)s stands twice."),
    _("the row %(row)s is out of order."),
    _("%(value)s is above what a parameter of this type may be."),
    _("expected exactly lv and en, found %(found)s."),
    _("expected text, found nothing."),
    _("expected one of %(choices)s, found %(found)s."),
    _("%(name)s is 0 on %(day)s, but %(rule)s divides by it."),
    _("%(name)s has no value on %(day)s (first: %(first)s) but %(rule)s needs it. Add one with its reference."),
)  # fmt: skip
OF_REGISTERS = (
    _("Household %(household)s has no members today; there is nobody to ask about."),
    _("Household %(household)s: %(without)s of %(all)s members have no personal code; registers cannot be asked about "
      "them. Record the code first."),
    _("Household %(household)s has no members in %(month)s."),
    _("There is no connection to %(register)s; name one for it, or one for all."),
    _("BALSTS_REGISTERS_%(name)s is not set; registers cannot be asked without it."),
)  # fmt: skip
OF_APPLICATIONS = (
    _("The person is in no household that the registry knows of; state the household first."),
    _("The person is declared in no municipality today; say which office deals with them."),
    _("No office on this platform decides «%(type)s» here; open its institution first."),
    _("An answer is about somebody who is not in the household; open the form again."),
    _("The answers are not of the form {values, confirmed, shown, details}; send them as the form keeps them."),
    _("The draft was saved elsewhere since this page was opened; open it anew."),
    _("The draft is gone; begin a new application."),
    _("The draft was saved elsewhere since its answers were checked; check them anew."),
    _("The application was changed in another window; nothing was saved. See what it says now."),
)
OF_ENTRIES = (
    _("Case %(number)s: a removal needs its reasons."),
    _("Case %(number)s: a refusal needs its reasons."),
    _("Case %(number)s is not about a provider's registration."),
    _("There is no such case of the register of providers."),
    _("%(service)s: nobody is registered for this service."),
    _("%(codes)s: no municipality has this code."),
    _("%(part)s: expected one of %(parts)s."),
    _("The decision enters, changes or ends nothing, or more than %(most)s entries."),
    _("end: expected a key and a ground, one of %(grounds)s."),
    _("One entry stands twice in the decision, or a change does not say of which entry it is."),
    _("%(part)s: %(field)s is not a field of the register."),
    _("%(part)s: %(field)s says which entry it is; end that entry and enter another one."),
    _("%(part)s: %(fields)s must be stated."),
    _("%(part)s: %(fields)s are too long together."),
    _("%(part)s: %(field)s must be %(what)s."),
    _("%(part)s: no such entry counts on %(day)s; nothing was changed. Read the register anew."),
    _("Decision %(number)s: a decision to %(kind)s enters nothing."),
    _("Decision %(number)s takes a removal back: enter the entries anew by a decision."),
    _("Case %(number)s: verify first that whoever applied may act for the organisation; nothing was signed."),
    _("The register has changed meanwhile; nothing was signed. Draft the decision anew."),
    _("Case %(number)s: another decision is being made; finish or discard it first."),
    _("Case %(number)s: %(codes)s cannot be determined: a value of the law is not known. Decide at the discretion that "
      "the act gives, or wait for the value."),
    _("Case %(number)s is about no organisation."),
    _("This is not a registration number: expected eleven digits as in the enterprise register."),
    _("The name of the organisation must have 1 to %(most)s characters."),
    _("Case %(number)s: say by what the right to act for the organisation was seen."),
    _("Case %(number)s: there is no right to act left to verify."),
)  # fmt: skip
OF_COMPLAINTS = (
    _("A complaint has 1 to %(most)s characters."),
    _("The channel must be one of %(channels)s."),
    _("Complaint %(number)s: say why it goes to another institution, and to which."),
    _("Complaint %(number)s: an answer has 1 to %(most)s characters."),
    _("Complaint %(number)s is answered already, or with another institution by now."),
)
OF_PAYMENTS = (
    _("%(month)s: there is a run of this payer, month and kind already, or another run that pays the same was prepared "
      "meanwhile. Nothing was prepared. Cancel the other one first, or prepare once more."),
    _("The matter is settled already, or it was not said how. Nothing was changed."),
    _("Run %(run)s: what it differs in has changed since; nothing was recorded. Look through it anew."),
    _("Run %(run)s: whoever approves it looks through its differences first; nothing was changed. Acknowledge the "
      "present preview."),
    _("Run %(run)s: to cancel it, a reason must be given. Nothing was changed."),
    _("Run %(run)s: the step %(step)s does not follow from where it is. Nothing was changed. Look at its state."),
    _("Run %(run)s: the step %(step)s is taken by somebody who took no earlier one. Nothing was changed."),
)  # fmt: skip
TEMPLATES = (*OF_DRAFTS, *OF_REFORMS, *OF_TEXTS, *OF_REGISTERS, *OF_APPLICATIONS, *OF_ENTRIES, *OF_COMPLAINTS,
             *OF_PAYMENTS)  # fmt: skip
"""In the order in which they are tried: the more particular ones first."""
PIECES = (
    _("%(month)s (monthly)"),
    _("%(month)s (extra)"),
    _("acknowledged"),
    _("approved"),
    _("released"),
    _("cancelled"),
    _("nothing"),
    _("a mapping"),
    _("a list"),
    _("text"),
    _("a day"),
    _("a day such as 2026-02-01"),
    _("an amount of 0 or more"),
    _("an amount in euros with at most two decimals, such as 171.00"),
    _("an amount of at most %(most)s"),
    _("a share such as 0.22 with at most six decimals"),
    _("a whole number"),
    _("a whole number from 0 to %(most)s"),
    _("one of the codes that its declaration names"),
    _("text of at most %(most)s characters"),
    _("a reform: a mapping with name, parameters"),
    _("a reform: a mapping with name, parameters, rules"),
    _("a reform"),
    _("the name of the reform"),
    _("parameters by name"),
    _("a change: {from: 2027-01-01, value: …, reference: …}"),
    _("a Python file"),
    _("a value with its reference"),
    _("a list of source keys"),
    _("rows of a %(kind)s"),
    _("the Latvian and English words: {lv: …, en: …}"),
    _("did not find expected key"),
    _("did not find expected node content"),
    _("did not find expected ',' or ']'"),
    _("did not find expected ',' or '}'"),
    _("did not find expected '-' indicator"),
    _("could not find expected ':'"),
    _("mapping values are not allowed in this context"),
    _("block sequence entries are not allowed in this context"),
    _("found character that cannot start any token"),
    _("found unexpected end of stream"),
    _("control characters are not allowed"),
)
"""What stands inside a sentence: what was expected, what was found, what the reader of YAML says."""

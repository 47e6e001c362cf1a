"""Where a case is, in plain words for whoever it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from balsts.cases.models import Case, Decision

STAGES = {
    Case.Stage.RECEIVED: _("We have your application and will look at it."),
    Case.Stage.WAITING: _("We wait for your answer."),
    Case.Stage.ASSESSED: _("We have looked at what is known and are preparing the decision."),
    Case.Stage.DECIDING: _("The decision is being made."),
    Case.Stage.RUNNING: _("The decision is in force."),
    Case.Stage.CONTESTED: _("You contested the decision; it is being reviewed."),
    Case.Stage.CLOSED: _("The case is closed."),
}
NEXT = {
    Case.Stage.RECEIVED: _("We ask the registers for what they know, so that you need not bring papers. If something "
                           "is missing, we write to you here."),
    Case.Stage.WAITING: _("Read our message below and answer it. The term goes on meanwhile."),
    Case.Stage.ASSESSED: _("A member of staff prepares the decision, and somebody else checks it. Then you find it "
                           "here."),
    Case.Stage.DECIDING: _("When it is signed, you find it here with its explanation."),
    Case.Stage.RUNNING: _("You need to do nothing. If something changes in your life, write to us here."),
    Case.Stage.CONTESTED: _("Somebody who had no part in the decision looks at it again. The answer comes here."),
    Case.Stage.CLOSED: _("You can apply again at any time."),
}  # fmt: skip
DECISIONS = {
    Decision.Kind.GRANT: _("Your application was granted."),
    Decision.Kind.REFUSE: _("Your application was refused."),
    Decision.Kind.REPLACE: _("A new decision replaced the earlier one."),
    Decision.Kind.END: _("What was granted has ended."),
    Decision.Kind.DISMISS: _("The case was closed without a decision on the matter."),
}

"""Whether the answer depends on the use case: until a reader has chosen one or changed anything, no
option is named the winner of a comparison whose use cases go to different ones.
"""

from dataclasses import replace

from comparison.core.selection import NO_USE_CASE, Selection
from comparison.pages.comparison.use_cases.leaders import cases_by_leader
from comparison.pages.standing import Dependence
from comparison.pages.view import View


def dependence_of(view: View) -> Dependence | None:
    """Return who leads in how many use cases, or None where a reader has chosen or changed
    something, or where no two options lead in a case each.

    Filters, an order and a rival are ways of looking, and choose nothing. Toss-ups and ties alone
    are no disagreement: they name no other winner.
    """
    chosen = replace(view.selection, show=None, q="", by=None, against=None, made_on=None)
    if chosen not in (Selection(), Selection(use=NO_USE_CASE)):
        return None
    cases = cases_by_leader(view.scored)
    if len(cases.led) < 2:
        return None
    return Dependence(cases, view.scored.situations.get(view.settings.use_case or "", ""))

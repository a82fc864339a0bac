"""What cells answer, in the words and signs of READMEs and wikis."""

import pytest

from comparison.core.table.values.answers import Answer, answer_of

YES = ["✓", "✔️", "✅", "☑", ":heavy_check_mark:", ":white_check_mark:", "Yes", "**Y**", "TRUE"]
YES += ["supported", "built-in", "Yes, since 2.0", "✓ (with flag)", "Full", "✔ OpenGL", "`yes`"]
PARTLY = ["partly", "Partial", "🟡", "⚠️", "plugin", "via plugin", "beta", "✅ beta", "✓ / ✗"]
PARTLY += [":warning:", "Limited", "Partial, build from source", "experimental"]
NO = ["✗", "✘", "❌", ":x:", "No", "N", "false", "planned", "not supported", "WIP", "none", "×"]
NO += ["✓ (planned)", "No (API)", "coming soon"]
UNKNOWN = ["", "?", "-", "–", "—", "unknown", "TBD", "...", ":question:", "N.D."]
NOTHING = ["n/a", "N/A", "not applicable", "n.a."]
NO_ANSWER = ["MIT", "No limits", "12 ms", "~ 20 ms", "Yesod", "Notion", "$5", "× 4", "Native SQL"]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((text, Answer.YES) for text in YES),
        *((text, Answer.PARTLY) for text in PARTLY),
        *((text, Answer.NO) for text in NO),
        *((text, Answer.UNKNOWN) for text in UNKNOWN),
        *((text, Answer.DOES_NOT_APPLY) for text in NOTHING),
        *((text, None) for text in NO_ANSWER),
    ],
)
def test_a_cell_is_read_as_what_it_answers(text, answer):
    assert answer_of(text) is answer

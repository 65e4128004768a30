"""What people ask who fear or doubt the system, answered plainly. What is not true of the product is not said.

Tests hold the answers against the rules that they speak of: who may see a person, from how many on counts are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kpi.appraisal.suppression import LEAST
from kpi.i18n import Translator, mark
from kpi.scoring.profile import RuleProfile
from kpi.views.weaknesses import FEW_CASES


class Worry(StrEnum):
    """What a question is about."""

    MYSELF = "myself"
    FIGURES = "figures"
    WORK = "work"


WORRIES: Final[dict[Worry, str]] = {
    Worry.MYSELF: mark("About myself"),
    Worry.FIGURES: mark("About figures and colours"),
    Worry.WORK: mark("About reporting and targets"),
}


@dataclass(frozen=True, slots=True)
class Lead:
    """A way into the product: what it says, the page, and the choices of its address."""

    words: str
    page: str
    choices: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, its answer in short paragraphs, and where to see for oneself."""

    code: str
    worry: Worry
    asked: str
    answer: tuple[str, ...]
    leads: tuple[Lead, ...] = ()


GAPS: Final = Lead(mark("See what costs the index"), "pages/gaps.py")
TRENDS: Final = Lead(mark("See whether it really changed"), "pages/trends.py")
COMPARISON: Final = Lead(mark("See groups and the funnel"), "pages/comparison.py", {"show": "order", "by": "indicator"})
WHY: Final = Lead(mark("See the steps of a score"), "pages/indicators.py")
LEDGER: Final = Lead(mark("See every correction"), "pages/data.py", {"part": "history", "book": "ledger"})
STATES: Final = Lead(mark("See who has reported"), "pages/data.py", {"part": "states"})
SMART: Final = Lead(mark("Check a draft"), "pages/help.py", {"help": "smart"})
RULES: Final = Lead(mark("Try the rules out"), "pages/help.py", {"help": "rules"})
WALK: Final = Lead(mark("Walk the employee's walk"), "pages/help.py", {"help": "walk", "walk": "employee"})

QUESTIONS: Final = (
    Question(
        "orange",
        Worry.MYSELF,
        mark("Why am I orange though I worked hard?"),
        (
            mark(
                "The colour compares your unit's index with its targets. It does not measure effort, and it is no "
                "judgement of you."
            ),
            mark(
                "Look at two things. On Gaps: often one heavy indicator pulls the whole index down. On Trends: perhaps "
                "the figure really improved and only the target is still missed; that deserves to be said aloud."
            ),
            mark(
                "Where the figure moves inside its usual range and the target lies outside, more of the same effort "
                "will not help. Then the way of working has to change, or the target was wrong."
            ),
        ),
        (GAPS, TRENDS),
    ),
    Question(
        "pay",
        Worry.MYSELF,
        mark("Is my pay cut by this?"),
        (
            mark("This application computes no pay and no allowance, and sends nothing to whoever pays."),
            mark(
                "A unit's index is not a person's predicate. What a regulation attaches to a predicate is decided "
                "elsewhere: ask your personnel office which rule applies to you."
            ),
        ),
        (WALK,),
    ),
    Question(
        "who_sees",
        Worry.MYSELF,
        mark("Who can see my appraisal?"),
        (
            mark(
                "You yourself, your own superior, and the people manager. Leaders see how many have which predicate, "
                "and nothing of groups under {least} persons. Colleagues, officers, planners and the public see none "
                "of it."
            ),
            mark(
                "Each time somebody opens your record, it is written down who it was and when. That log can be "
                "checked: a line that is taken out breaks it."
            ),
            mark(
                "Honestly: whoever keeps the computer itself can read its files, as with any system. So there should "
                "be few of them, and they should be known by name."
            ),
        ),
        (WALK,),
    ),
    Question(
        "judged",
        Worry.MYSELF,
        mark("Does a computer judge me?"),
        (
            mark(
                "No. A predicate follows from two judgements of your superior, on work result and behaviour. No index"
                " and no colour is put into it. Where a superior's own entries contradict each other the page says "
                "so, and decides nothing."
            ),
            mark(
                "Your own note stands beside the appraisal. A wrong judgement is corrected by a new one with a reason, "
                "and the old one stays to be seen."
            ),
        ),
        (WALK,),
    ),
    Question(
        "kept",
        Worry.MYSELF,
        mark("What is kept about me?"),
        (
            mark(
                "Your name beside what you enter: figures, comments, reasons, states. It is needed so that a figure "
                "can be asked about, and it is never deleted."
            ),
            mark(
                "That you solved a task of this training, under a pseudonym and without your answers. What you click "
                "and how long you look at a page is not kept; that somebody opened a person's record is."
            ),
        ),
    ),
    Question(
        "small",
        Worry.FIGURES,
        mark("We have three cases a year. One more, and we are red. Is that fair?"),
        (
            mark(
                "No, and the pages say so. With fewer than {cases} cases a year, chance alone moves a rate by a fifth"
                " and more; that is named a weakness of the indicator."
            ),
            mark(
                "Compare several years together, and always say the number of cases beside the rate. The comparison "
                "shows groups that chance can't tell apart instead of ranks."
            ),
        ),
        (COMPARISON,),
    ),
    Question(
        "ranking",
        Worry.FIGURES,
        mark("Will we be ranked?"),
        (
            mark(
                "There are no ranks. A ranking of small units is mostly luck: who is last this year is in the middle "
                "next year. Units that can't be told apart share a group."
            ),
            mark(
                "A unit outside the funnel gets a question, not a verdict: first the data, then who is served, then "
                "work."
            ),
        ),
        (COMPARISON,),
    ),
    Question(
        "fell",
        Worry.FIGURES,
        mark("The figure fell this month. Must I explain it?"),
        (
            mark(
                "Only if it is marked. Ups and downs inside the usual range have no cause of their own, and whoever "
                "looks for one finds an excuse. A marked value does deserve a reason."
            ),
        ),
        (TRENDS,),
    ),
    Question(
        "empty",
        Worry.FIGURES,
        mark("A figure of ours is missing. Does it count as zero?"),
        (
            mark(
                "Never. It is not scored, and its weight is left out. Where less than {share} of a unit's weight "
                "could be scored, the unit gets no rating at all."
            ),
        ),
        (STATES,),
    ),
    Question(
        "rules",
        Worry.FIGURES,
        mark("Why is the index another one than in our own table?"),
        (
            mark(
                "Regulations do not agree with each other on formula, cap and bands. So the rule is chosen as a rule "
                "profile, and its name stands on every page. Here it is: {profile}."
            ),
            mark(
                "Each step names its source and how sure it is. Some rules are known second-hand only; the page says "
                "that too, and never passes them off as the official text."
            ),
        ),
        (WHY, RULES),
    ),
    Question(
        "invented",
        Worry.FIGURES,
        mark("Others may embellish their figures. Am I the fool if I report honestly?"),
        (
            mark(
                "No system sees all of it. But each figure keeps its name, day, file and cell; a second person "
                "verifies; every correction stands in a ledger for all to see; and a jump is marked whichever way it "
                "goes."
            ),
            mark(
                "An honest bad figure with a cause and a plan is worth more here than a good one: it is what help is "
                "given for."
            ),
        ),
        (LEDGER,),
    ),
    Question(
        "out_of_hands",
        Worry.WORK,
        mark("The target is out of my hands. What now?"),
        (
            mark(
                "That happens, and it should be said in the definition: control is low, moderate or high. An outcome "
                "that many move belongs to all of them, not to one post."
            ),
            mark(
                "Keep the outcome, and state beside it an indicator of the part that you can move. Write the obstacle"
                " down at the missed target, so that it goes to whoever can remove it."
            ),
        ),
        (SMART, GAPS),
    ),
    Question(
        "without_us",
        Worry.WORK,
        mark("The target was set without us, or can't be reached any more."),
        (
            mark(
                "A target counts only once it is agreed, with a name and a day. A proposal of your own can be stated "
                "as a draft; it changes no score until it is agreed."
            ),
            mark(
                "Gaps shows what the rest of the year must bring, beside the best that there ever was. If even that "
                "is not enough, say it now: a target is changed openly and with a reason, never quietly at the end."
            ),
        ),
        (GAPS, SMART),
    ),
    Question(
        "late_or_wrong",
        Worry.WORK,
        mark("What if our data are late or wrong?"),
        (
            mark(
                "Late: nothing is scored until they come, and the page shows that they are late. Nobody fills in a "
                "guess for you."
            ),
            mark(
                "Wrong: send the right figure and say why. The old one is kept, and any earlier day can be shown as it "
                "was known then. A slip that is corrected is no shame; a figure that changes silently destroys trust."
            ),
        ),
        (STATES, LEDGER),
    ),
    Question(
        "break",
        Worry.WORK,
        mark("Can I break something?"),
        (
            mark(
                "Hardly. Nothing is recorded before you have seen what would change and pressed the button. Each "
                "batch can be undone, and nothing is ever overwritten."
            ),
        ),
        (LEDGER,),
    ),
)


def answered(question: Question, profile: RuleProfile, t: Translator) -> str:
    """Return a question's answer as paragraphs, with the numbers of the product's own rules put in."""
    values = {
        "least": t.number(LEAST),
        "cases": t.number(FEW_CASES),
        "share": t.percent(profile.least_coverage, 0),
        "profile": profile.name[t.language],
    }
    return "\n\n".join(t(paragraph, **values) for paragraph in question.answer)

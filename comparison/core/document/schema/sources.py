"""Who says so: sources with their claims, advice and verdicts, and what an editor found of each."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from comparison.core.document.schema.criteria import Support
from comparison.core.document.schema.values import (
    Address,
    ComponentSlug,
    CriterionSlug,
    Line,
    Node,
    OptionSlug,
    PartialDate,
    Quantity,
    Reference,
    Score,
    Slug,
    Text,
    UseCaseSlug,
)


class PublisherKind(StrEnum):
    AGENCY = "agency"
    VENDOR = "vendor"
    PRACTITIONER = "practitioner"
    COMPARISON_SITE = "comparison-site"
    CONSULTANCY = "consultancy"
    DOCUMENTATION = "documentation"
    OWN_MEASUREMENT = "own-measurement"


class Form(StrEnum):
    TABLE = "table"
    LIST = "list"
    PROSE = "prose"


class Modality(StrEnum):
    STATES = "states"
    POSSIBLE = "possible"
    TYPICAL = "typical"
    OFTEN = "often"


class Finding(StrEnum):
    NOT_CHECKED = "not-checked"
    SUPPORTED = "supported"
    OUTDATED = "outdated"
    MISLEADING = "misleading"
    WRONG = "wrong"
    OPINION = "opinion"
    UNVERIFIABLE = "unverifiable"


class Judged(Node):
    """What an editor found about a statement, beside it. The harsh findings need a reason and a
    reference.
    """

    finding: Finding = Finding.NOT_CHECKED
    reason: Text | None = None
    reference: Reference | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.finding in (Finding.OUTDATED, Finding.MISLEADING, Finding.WRONG) and not (
            self.reason and self.reference
        ):
            raise ValueError(f'the finding "{self.finding.value}" needs a reason and a reference')
        return self


class Claim(Judged):
    """What a source says, in our words, where it says it, what value it implies, and what the
    editor found.
    """

    slug: Slug
    option: OptionSlug | None = None
    component: ComponentSlug | None = None
    criterion: CriterionSlug | None = None
    statement: Text
    score: Score | None = None
    support: Support | None = None
    quantity: Quantity | None = None
    place: Line
    form: Form
    audience: Line | None = None
    modality: Modality = Modality.STATES

    @model_validator(mode="after")
    def _says_of_what(self) -> Self:
        if self.option is None and self.component is None:
            raise ValueError("a claim names an option or a component")
        return self


class Strength(StrEnum):
    ONLY = "only"
    PREFERRED = "preferred"
    ADVISED_AGAINST = "advised-against"


class Choice(Node):
    """One thing that advice names: an option, a component, or an option with components."""

    option: OptionSlug | None = None
    components: tuple[ComponentSlug, ...] = ()

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.option is None and not self.components:
            raise ValueError("a choice names an option or a component")
        return self


class Advice(Node):
    """What a source recommends for a use case: the first choice, then its alternatives in the
    source's order.
    """

    slug: Slug
    use_case: UseCaseSlug
    choices: Annotated[tuple[Choice, ...], Field(min_length=1)]
    condition: Line | None = None
    strength: Strength = Strength.ONLY
    statement: Text
    place: Line


class Verdict(Node):
    """A source's own overall verdict, at one level (headline, conclusion ...). Without an option it
    names none.
    """

    slug: Slug
    option: OptionSlug | None = None
    condition: Line | None = None
    statement: Text
    place: Line


SELLERS = frozenset(
    {
        PublisherKind.AGENCY,
        PublisherKind.VENDOR,
        PublisherKind.CONSULTANCY,
        PublisherKind.PRACTITIONER,
    }
)


class Source(Node):
    slug: Slug
    title: Line
    publisher: Line
    publisher_kind: PublisherKind
    interest: Line
    published: PartialDate
    read_on: date
    address: Address | None = None
    measured: bool = False
    origin: Slug | None = None  # sources of one origin have one vote; absent means its own
    note: Text | None = None
    claims: tuple[Claim, ...] = ()
    advice: tuple[Advice, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    @property
    def is_commercial(self) -> bool:
        """It sells something: an agency, a vendor, a consultancy or somebody for hire, unless its
        interest says otherwise.
        """
        return self.publisher_kind in SELLERS and not self.interest.casefold().startswith("none")


AGES = (12, 24, 36)  # months


def left_out_at_once(sources: Sequence[Source]) -> dict[str, frozenset[str]]:
    """Return the groups of sources that a reader can leave out at once; groups of none are left
    out.

    A source's age is counted to the day when the sources were last read, so that a release never
    changes with the clock. An undated source is older than any number of months.
    """
    last = max((source.read_on for source in sources), default=None)
    groups = {
        "commercial": {source.slug for source in sources if source.is_commercial},
        "unmeasured": {source.slug for source in sources if not source.measured},
    }
    for months in AGES if last else ():
        groups[f"older-{months}"] = {
            s.slug
            for s in sources
            if s.published == "undated" or _before(s.published, last, months)
        }
    groups["all"] = {source.slug for source in sources}
    return {name: frozenset(slugs) for name, slugs in groups.items() if slugs}


def _before(published: str, last: date | None, months: int) -> bool:
    """Say whether a day, a month or a year lies whole years before a day. What is only known to the
    year is compared so.
    """
    first = f"{last.year - months // 12:04}-{last:%m-%d}" if last else ""
    return published < first[: len(published)]

"""Draft rows by subject, which editors change, and the append-only Release, which readers see."""

# Django lists kinds of rows in the order in which they are imported: for editors, use cases first.
from comparison.models.use_cases import Answer, Question, UseCase, UseCaseImportance

# isort: split
from comparison.models.accounts import Confinement
from comparison.models.comparisons import Comparison, Prose, Renamed
from comparison.models.counts import Count
from comparison.models.criteria import Cell, Criterion, Group
from comparison.models.discarded_drafts import DiscardedDraft
from comparison.models.figures import DerivedFigure, Figure, Run, Workload
from comparison.models.options import Component, Option, OptionPart
from comparison.models.presence import Presence
from comparison.models.releases import FormerAddress, Release
from comparison.models.reviews import Review
from comparison.models.schedules import LastLook, Schedule
from comparison.models.shared_links import SharedLink
from comparison.models.sign_in import FirstLink, RecoveryCodes
from comparison.models.sources import Advice, Choice, Claim, Source, Verdict
from comparison.models.statements import (
    AnsweredQuestion,
    CostLine,
    Hybrid,
    HybridRole,
    Migration,
    Point,
    Popularity,
    Sample,
    SampleFile,
    Story,
    StoryFigure,
)
from comparison.models.suggestions import Suggestion
from comparison.models.withholdings import Withholding

# isort: split
from comparison.models import history
from comparison.models.rows import Row

history.keep((Comparison, *Row.kinds()))

__all__ = [
    "Advice",
    "Answer",
    "AnsweredQuestion",
    "Cell",
    "Choice",
    "Claim",
    "Comparison",
    "Component",
    "Confinement",
    "CostLine",
    "Count",
    "Criterion",
    "DerivedFigure",
    "DiscardedDraft",
    "Figure",
    "FirstLink",
    "FormerAddress",
    "Group",
    "Hybrid",
    "HybridRole",
    "LastLook",
    "Migration",
    "Option",
    "OptionPart",
    "Point",
    "Popularity",
    "Presence",
    "Prose",
    "Question",
    "RecoveryCodes",
    "Release",
    "Renamed",
    "Review",
    "Run",
    "Sample",
    "SampleFile",
    "Schedule",
    "SharedLink",
    "Source",
    "Story",
    "StoryFigure",
    "Suggestion",
    "UseCase",
    "UseCaseImportance",
    "Verdict",
    "Withholding",
    "Workload",
]

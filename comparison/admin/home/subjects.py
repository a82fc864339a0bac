"""The kinds of rows by subject, in the order of the guide for content files: on the home, at the
side, and on a comparison's page.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from comparison.models import (
    Advice,
    AnsweredQuestion,
    Cell,
    Claim,
    Comparison,
    Component,
    CostLine,
    Criterion,
    DerivedFigure,
    Figure,
    Group,
    Hybrid,
    Migration,
    Option,
    Point,
    Popularity,
    Question,
    Release,
    Run,
    Sample,
    Source,
    Story,
    Suggestion,
    UseCase,
    Verdict,
    Workload,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Kinds of rows that belong together."""

    key: str
    name: str  # what stands above them
    models: tuple[type[models.Model], ...]  # in the order of the guide


SUBJECTS = (
    Subject("whole", "The comparison", (Comparison,)),
    Subject("options", "Options", (Option, Component)),
    Subject("criteria", "Criteria", (Group, Criterion, Cell)),
    Subject("use-cases", "Use cases", (UseCase,)),
    Subject("sources", "Sources", (Source, Claim, Advice, Verdict)),
    Subject("figures", "Figures", (Workload, Run, Figure, DerivedFigure)),
    Subject("tree", "Decision tree", (Question,)),
    Subject(
        "rest",
        "What else sources tell",
        (CostLine, Migration, Story, Popularity, Point, Hybrid, AnsweredQuestion, Sample),
    ),
    Subject("readers", "Readers", (Suggestion, Release)),
)


def by_subject(app_list: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what Django lists by app by subject, as Django's own templates read it; other apps
    stay as they are, last.
    """
    apps = list(app_list)
    known = {entry["model"]: entry for app in apps for entry in app["models"]}
    of_subjects = [
        {
            "name": subject.name,
            "app_label": subject.key,
            "app_url": entries[0]["admin_url"],
            "has_module_perms": True,
            "models": entries,
        }
        for subject in SUBJECTS
        if (entries := [known.pop(model) for model in subject.models if model in known])
    ]
    others = (
        {**app, "models": [one for one in app["models"] if one["model"] in known]} for app in apps
    )
    return of_subjects + [app for app in others if app["models"]]

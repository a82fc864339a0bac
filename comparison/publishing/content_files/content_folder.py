"""The files of a content folder: which one holds which fields of the document."""

# Which of the document's fields stand in which file; comparison.yaml holds the rest, sources and
# prose have folders' files.
FILES: dict[str, tuple[str, ...]] = {
    "options.yaml": ("options", "components"),
    "criteria.yaml": ("groups", "criteria"),
    "use-cases.yaml": ("use_cases",),
    "figures.yaml": ("workloads", "runs", "derived_figures"),
    "tree.yaml": ("questions",),
    "costs.yaml": ("costs",),
    "migrations.yaml": ("migrations",),
    "stories.yaml": ("stories",),
    "popularity.yaml": ("popularity",),
    "points.yaml": ("points",),
    "hybrids.yaml": ("hybrids",),
    "answered-questions.yaml": ("answered_questions",),
    "samples.yaml": ("samples",),
}
MAIN = "comparison.yaml"
SOURCES, SAMPLES = "sources", "samples"
LATER = {field for fields in FILES.values() for field in fields} | {"sources", "prose"}

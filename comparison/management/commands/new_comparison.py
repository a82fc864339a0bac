"""new_comparison: a table -> the draft of a new comparison."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from pydantic import TypeAdapter, ValidationError

from comparison.core.document.schema import Address, Direction, Importance
from comparison.core.table.draft_tree import LineCorrection
from comparison.core.table.kinds import LineKind
from comparison.core.table.source import About
from comparison.models import history
from comparison.publishing.draft.new_draft import AddressRefused, create_draft
from comparison.publishing.drafts import read_draft
from comparison.publishing.inspection import listed, today
from comparison.publishing.tables.table_import import (
    BrokenTable,
    proposed,
    read_table,
)

ABOUT = {
    "title": 'the heading, for example "FastAPI or Django?"',
    "topic": "what is compared, in two or three words",
    "question": "what the comparison answers",
    "summary": "two or three sentences under the heading",
    "licence": "under which licence others may use the content",
    "source_title": "what the table is called, as a source",
    "source_url": "where the table was found",
    "publisher": "who publishes the table",
}
BETTER = {"higher": Direction.HIGHER, "lower": Direction.LOWER}


class Command(BaseCommand):
    help = (
        "Makes the draft of a new comparison from a table: .csv, .tsv, .md, .html, .xlsx, or "
        "a wiki's markup. The table is taken whole or refused whole, and every problem is "
        "named with its row. What was guessed is listed; each guess can be corrected here, or "
        "later in the admin. Readers see nothing of it until somebody publishes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="its address, for example python-web-frameworks")
        parser.add_argument(
            "--from",
            dest="file",
            type=Path,
            required=True,
            metavar="FILE",
            help="the table, for example frameworks.csv",
        )
        parser.add_argument(
            "--transpose",
            action="store_true",
            help="the options are not what is guessed: rows instead of columns, or the reverse",
        )
        parser.add_argument(
            "--sheet",
            default="",
            metavar="WHICH",
            help="where there are several tables: a sheet, words of a heading, or a number from 1",
        )
        for name, words in ABOUT.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=words)
        for name, value, words in (
            ("kind", f"|{'|'.join(LineKind)}", "what a criterion is"),
            ("unit", " for example ms", "the unit of a quantity"),
            ("better", "|higher|lower", "which way better is, of a quantity"),
            ("importance", " 0 to 5", "how much a criterion matters before a reader chooses"),
            ("group", " any words", "under which heading a criterion stands"),
        ):
            parser.add_argument(
                f"--{name}",
                action="append",
                default=[],
                metavar="CRITERION=" + value.lstrip("|").strip(),
                help=f"{words}; may be given for several",
            )
        parser.add_argument(
            "--check", action="store_true", help="only say what it would become; write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read ({error.strerror}).") from error
        about = About(
            slug=options["slug"],
            read_on=today(),
            source_address=_address(options["source_url"]),
            **{name: options[name] for name in ABOUT if name != "source_url"},
        )
        corrections = _corrections(options)
        try:
            table = read_table(content, file.name, options["sheet"])
            draft = proposed(table, about, corrections, turned=options["transpose"])
            self.stdout.write("Guessed:")
            for words in draft.guesses:
                self.stdout.write(f"  {words}")
            if options["check"]:
                self.stdout.write("Nothing was written.")
                return
            with history.doing(history.TABLE):
                comparison = create_draft(draft.tree)
        except BrokenTable as broken:
            problems = [*listed(broken.problems), "Nothing was written."]
            raise CommandError("\n".join(problems)) from broken
        except AddressRefused as refusal:
            raise CommandError(f"{refusal}.\nNothing was written.") from refusal
        self.stdout.write(
            f"{comparison.slug}: a draft of {len(draft.tree['options'])} options and "
            f"{len(draft.tree['criteria'])} criteria"
        )
        self._say_what_is_missing(read_draft(comparison).problems)

    def _say_what_is_missing(self, problems: Any) -> None:
        if not problems:
            self.stdout.write("Nothing keeps it from being published.")
            return
        self.stdout.write("Publishing still asks for:")
        for words in listed([str(problem) for problem in problems]):
            self.stdout.write(f"  {words}")


def _corrections(options: dict[str, Any]) -> dict[str, LineCorrection]:
    """Return what was said of single criteria. Raises CommandError for what cannot be meant."""
    said: dict[str, dict[str, Any]] = defaultdict(dict)
    for flag, read in (
        ("kind", LineKind),
        ("unit", str),
        ("better", BETTER.__getitem__),
        ("importance", _importance),
        ("group", str),
    ):
        for given in options[flag]:
            slug, equals, value = given.partition("=")
            try:
                said[slug]["direction" if flag == "better" else flag] = read(value)
            except (ValueError, KeyError) as error:
                allowed = {
                    "kind": f"one of {', '.join(LineKind)}",
                    "better": "higher or lower",
                    "importance": "a number from 0 to 5 with one decimal at most",
                }
                raise CommandError(
                    f"--{flag} {given}: {value or 'nothing'} is not {allowed[flag]}."
                ) from error
            if not (equals and slug and value):
                raise CommandError(f"--{flag} {given}: write CRITERION=VALUE.")
    return {slug: LineCorrection(**fields) for slug, fields in said.items()}


def _importance(text: str) -> float:
    return float(TypeAdapter(Importance).validate_python(text.replace(",", ".")))


def _address(text: str) -> str:
    """Return where the table was found. Raises CommandError for what no reader could follow."""
    try:
        return str(TypeAdapter(Address).validate_python(text)) if text else ""
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise CommandError(f"--source-url {text}: {reason}.") from error

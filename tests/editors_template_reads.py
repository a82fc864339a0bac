"""What the editors' templates, which are Django's, read of the records that they are given: found
by following types through loops, conditions and includes, as `template_reads.py` does for readers.
"""

from pathlib import Path

from django.template.base import FilterExpression, Variable
from django.template.defaulttags import ForNode, WithNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode

from tests.template_reads import Reads, elements

OURS = Path(__file__).resolve().parent.parent / "templates"
# what Django's admin, its context processors and its tags give every page
OF_DJANGO = {
    "available_apps",
    "block",
    "cl",
    "forloop",
    "form",
    "has_permission",
    "opts",
    "original",
    "request",
    "site_header",
    "site_title",
    "site_url",
    "title",
    "user",
}


class EditorsReads(Reads):
    """As Reads, for Django's own template language, which prints nothing for a misspelt name."""

    def template(self, name, context):
        if (OURS / name).exists():
            self.nodes(get_template(name).template.nodelist, dict(context), name)

    def nodes(self, nodelist, names, template):
        for node in nodelist:
            self.node(node, names, template)

    def node(self, node, names, template):
        read = {
            name: self.expressions(value, names, template) for name, value in vars(node).items()
        }
        within = names
        if isinstance(node, ForNode):
            within = dict(names)
            met = {one for kind in read["sequence"] for one in elements(kind)}
            for place, name in enumerate(node.loopvars):
                parts = [self.part(kind, place) for kind in met] if len(node.loopvars) > 1 else met
                within[name] = {part for part in parts if part is not None}
        elif isinstance(node, WithNode | IncludeNode):
            given = node.extra_context
            within = names | {
                name: self.expressions(value, names, template) for name, value in given.items()
            }
        # what has the name of Django's own template extends that one
        if isinstance(node, ExtendsNode) and node.parent_name.var != template:
            self.template(node.parent_name.var, names)
        if isinstance(node, IncludeNode) and not isinstance(node.template.var, Variable):
            self.template(node.template.var, within)
        for name in node.child_nodelists:
            self.nodes(getattr(node, name, ()), within, template)
        for _, nodelist in getattr(node, "conditions_nodelists", ()):
            self.nodes(nodelist, within, template)

    def expressions(self, value, names, template):
        """Return the types of every expression in an attribute of a node."""
        match value:
            case FilterExpression():
                for _, arguments in value.filters:
                    for is_looked_up, argument in arguments:
                        if is_looked_up:
                            self.variable(argument, names, template)
                return self.variable(value.var, names, template)
            case list() | tuple():
                return set().union(*(self.expressions(one, names, template) for one in value))
            case dict():
                return self.expressions(list(value.values()), names, template)
            case _ if hasattr(value, "lbp"):  # a condition
                parts = (getattr(value, part, None) for part in ("first", "second", "value"))
                return self.expressions(list(parts), names, template)
        return set()

    def variable(self, variable, names, template):
        if not isinstance(variable, Variable) or not variable.lookups:
            return set()
        first, *steps = variable.lookups
        if first not in names and first not in OF_DJANGO:
            self.missing.add(f"{template} reads {first}, which nothing gives")
        kinds = names.get(first, set())
        for step in steps:
            kinds = self.read(kinds, step, template)
        return kinds

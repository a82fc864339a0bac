"""What templates read of the records that they are given, found by following types through them:
loops, macros, includes, and names that are set on the way. A name that nothing gives is missing.

Follows no branch more than another, so that rare ones are read too. What has no known type (texts,
numbers, markup) is followed no further.
"""

import types
import typing
from collections.abc import Iterable
from functools import cache
from inspect import get_annotations, getsource
from itertools import pairwise

from django.template import engines
from jinja2 import nodes

CONTAINERS = (tuple, list, frozenset, set)
WITHIN_MACROS = ("caller", "varargs", "kwargs")
WITHIN_BLOCKS = ("super", "self")


def is_record(kind):
    return isinstance(kind, type) and (
        hasattr(kind, "__dataclass_fields__") or is_named_tuple(kind)
    )


def is_named_tuple(kind):
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


@cache
def lines_of(kind):
    return getsource(kind).splitlines()


def is_explained(kind, name):
    """Return whether a field has a comment, on its line or on the one before."""
    before, line = next(
        (before, line)
        for before, line in pairwise(lines_of(kind))
        if line.startswith(f"    {name}: ")
    )
    return "  # " in line or before.lstrip().startswith("# ")


def members(kind):
    """Return the types that a value of an annotation may have."""
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return {one for part in typing.get_args(kind) for one in members(part)}
    return set() if kind is type(None) else {kind}


def home_of(record, name):
    """Return the record that a field is written in: a page's is often its head's."""
    return next((one for one in record.__mro__ if name in get_annotations(one)), None)


def elements(kind):
    """Return what a loop over a value meets."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin in CONTAINERS or (isinstance(origin, type) and issubclass(origin, Iterable)):
        return {one for part in parts[:1] if part is not ... for one in members(part)}
    return set()


def untyped(names):
    """Return names of which nothing is known but that they are there."""
    return {name: set() for name in names}


class Reads:
    """What was read: `fields` as (record, field), `missing` as sentences."""

    def __init__(self, environment=None):
        self.fields, self.missing, self.walked = set(), set(), set()
        self.environment = environment or engines["reader"].env
        self.around = {}  # (template, macro) -> the names that stand around it
        self.trees = {}  # template -> its syntax, read once

    def template(self, name, context):
        """Follow a template; return the names that hold at its end."""
        key = (name, tuple(sorted((n, tuple(sorted(map(str, t)))) for n, t in context.items())))
        if key in self.walked:
            return dict(context)
        self.walked.add(key)
        names = dict(context)
        self.body(self.parsed(name).body, names, name)
        return names

    def named(self, name, names, template):
        """Return the types of a name, and note one that nothing gives."""
        if name not in names and name not in self.environment.globals:
            self.missing.add(f"{template} reads {name}, which nothing gives")
        return names.get(name, set())

    def parsed(self, name):
        if name not in self.trees:
            source = self.environment.loader.get_source(self.environment, name)[0]
            self.trees[name] = self.environment.parse(source)
        return self.trees[name]

    def read(self, kinds, name, template):
        """Return the types of a field; of several records, at least one has to have it."""
        kinds_read, there = set(), [kind for kind in kinds if is_record(kind)]
        for kind in there:
            if home := home_of(kind, name):
                self.fields.add((home, name))
                kinds_read |= members(typing.get_type_hints(home)[name])
            elif isinstance(value := getattr(kind, name, None), property):
                kinds_read |= members(typing.get_type_hints(value.fget)["return"])
        if there and not any(hasattr(kind, name) or home_of(kind, name) for kind in there):
            names = " or ".join(sorted(kind.__name__ for kind in there))
            self.missing.add(f"{template} reads {name} of {names}")
        return kinds_read

    # --- statements -------------------------------------------------------------------------------

    def body(self, statements, names, template):
        for one in statements:
            method = getattr(self, f"on_{type(one).__name__.lower()}", None)
            if method:
                method(one, names, template)
            else:
                self.parts(one, names, template)

    def parts(self, node, names, template):
        for child in node.iter_child_nodes():
            if isinstance(child, nodes.Expr):
                self.value(child, names, template)
            else:
                self.body([child], names, template)

    def on_extends(self, node, names, template):
        # what a template sets outside its blocks is set before what it extends is rendered
        own = {
            target.name
            for one in self.parsed(template).body
            if isinstance(one, nodes.Assign)
            for target in getattr(one.target, "items", [one.target])
        }
        names.update(self.template(node.template.value, untyped(own) | names))

    def on_block(self, node, names, template):
        self.body(node.body, names | untyped(WITHIN_BLOCKS), template)

    def on_include(self, node, names, template):
        if isinstance(node.template, nodes.Const):
            self.template(node.template.value, names)
        else:
            self.value(node.template, names, template)

    def on_import(self, node, names, template):
        names[node.target] = {("module", node.template.value)}

    def on_fromimport(self, node, names, template):
        for one in node.names:
            name, known_as = one if isinstance(one, tuple) else (one, one)
            names[known_as] = {("macro", node.template.value, name)}

    def on_macro(self, node, names, template):
        names[node.name] = {("macro", template, node.name)}
        self.around[template, node.name] = names

    def on_callblock(self, node, names, template):
        self.value(node.call, names, template)
        within = names | untyped(parameter.name for parameter in node.args)
        self.body(node.body, within, template)

    def on_assignblock(self, node, names, template):
        self.body(node.body, dict(names), template)
        names[node.target.name] = set()

    def on_with(self, node, names, template):
        given = [self.value(one, names, template) for one in node.values]
        within = dict(names)
        for target, kinds in zip(node.targets, given, strict=True):
            within[target.name] = kinds
        self.body(node.body, within, template)

    def on_assign(self, node, names, template):
        if isinstance(node.target, nodes.Tuple) and isinstance(node.node, nodes.Tuple):
            for target, value in zip(node.target.items, node.node.items, strict=True):
                names[target.name] = self.value(value, names, template)
        elif isinstance(node.target, nodes.Name):
            # a name that is set in two branches has both types
            names[node.target.name] = names.get(node.target.name, set()) | self.value(
                node.node, names, template
            )
        else:
            self.value(node.node, names, template)

    def on_for(self, node, names, template):
        met = {one for kind in self.value(node.iter, names, template) for one in elements(kind)}
        within = names | {"loop": set()}
        self.bind(node.target, met, within)
        if node.test:
            self.value(node.test, within, template)
        self.body(node.body, within, template)
        self.body(node.else_, names, template)

    def bind(self, target, met, names):
        if isinstance(target, nodes.Name):
            names[target.name] = met
            return
        for place, one in enumerate(target.items):
            parts = [part for kind in met for part in [self.part(kind, place)] if part is not None]
            names[one.name] = {single for part in parts for single in members(part)}

    def part(self, kind, place):
        if is_named_tuple(kind):
            return typing.get_type_hints(kind)[kind._fields[place]]
        parts = typing.get_args(kind)
        return parts[place] if typing.get_origin(kind) is tuple and place < len(parts) else None

    # --- expressions ------------------------------------------------------------------------------

    def value(self, node, names, template):
        """Return the types that an expression may have, and note all that it reads."""
        match node:
            case nodes.Name():
                return self.named(node.name, names, template)
            case nodes.Getattr():
                kinds = self.value(node.node, names, template)
                return self.read(kinds, node.attr, template) | self.of_mapping(kinds, node.attr)
            case nodes.Getitem():
                kinds = self.value(node.node, names, template)
                if isinstance(node.arg, nodes.Slice):
                    return kinds
                self.value(node.arg, names, template)
                return self.item(kinds, node.arg, template)
            case nodes.Call():
                return self.call(node, names, template)
            case nodes.Test(name="defined") if self.may_lack(node.node, names):
                return set()
            case nodes.Filter():
                return self.filtered(node, names, template)
            case nodes.CondExpr():
                self.value(node.test, names, template)
                other = self.value(node.expr2, names, template) if node.expr2 else set()
                return self.value(node.expr1, names, template) | other
            case nodes.Or() | nodes.And():
                return self.value(node.left, names, template) | self.value(
                    node.right, names, template
                )
            case nodes.List() | nodes.Tuple():
                made = [self.value(one, names, template) for one in node.items]
                if isinstance(node, nodes.Tuple) and made and all(len(one) < 2 for one in made):
                    return {tuple[tuple(next(iter(one), str) for one in made)]}
                return {list[one] for kinds in made for one in kinds}
            case _:
                self.parts(node, names, template)
                return set()

    def of_mapping(self, kinds, name):
        kinds_read = set()
        for kind in kinds:
            parts = typing.get_args(kind)
            if len(parts) == 2 and name in ("items", "values", "keys"):
                key, value = parts
                met = {"items": tuple[key, value], "values": value, "keys": key}
                kinds_read.add(list.__class_getitem__(met[name]))
        return kinds_read

    def item(self, kinds, arg, template):
        kinds_read = set()
        for kind in kinds:
            parts, origin = typing.get_args(kind), typing.get_origin(kind)
            if isinstance(arg, nodes.Const) and isinstance(arg.value, str) and is_record(kind):
                kinds_read |= self.read({kind}, arg.value, template)
            elif (origin in CONTAINERS and parts[-1:] == (...,)) or origin is list:
                kinds_read |= members(parts[0])
            elif origin is tuple and isinstance(arg, nodes.Const):
                kinds_read |= members(parts[arg.value])
            elif len(parts) == 2 and origin is not tuple:
                kinds_read |= members(parts[1])
        return kinds_read

    def call(self, node, names, template):
        given = [self.value(one, names, template) for one in node.args]
        named = {one.key: self.value(one.value, names, template) for one in node.kwargs}
        called = self.value(node.node, names, template)
        for kind in called | self.macros(node.node, names):
            if isinstance(kind, tuple) and kind[0] == "macro":
                self.macro(kind[1], kind[2], given, named)
        return {kind for kind in called if typing.get_args(kind)}

    def macros(self, node, names):
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            return {
                ("macro", one[1], node.attr)
                for one in names.get(node.node.name, ())
                if isinstance(one, tuple) and one[0] == "module"
            }
        return set()

    def macro(self, template, name, given, named):
        tree, around = self.parsed(template), self.around.get((template, name), {})
        key = (template, name, str(given), str(sorted(named.items())), str(sorted(around)))
        if key in self.walked:
            return
        self.walked.add(key)
        (macro,) = [one for one in tree.find_all(nodes.Macro) if one.name == name]
        names = dict(around)
        for one in tree.body:
            if isinstance(one, nodes.Import | nodes.FromImport | nodes.Macro | nodes.Assign):
                self.body([one], names, template)
        for one in macro.defaults:
            self.value(one, names, template)
        names |= untyped([*(parameter.name for parameter in macro.args), *WITHIN_MACROS])
        for parameter, kinds in zip(macro.args, given, strict=False):
            names[parameter.name] = kinds
        self.body(macro.body, names | named, template)

    def may_lack(self, node, names):
        """Return whether a name is asked for where it need not be there."""
        return isinstance(node, nodes.Name) and node.name not in names

    def filtered(self, node, names, template):
        if node.name == "default" and self.may_lack(node.node, names):
            return self.value(node.args[0], names, template) if node.args else set()
        kinds = self.value(node.node, names, template) if node.node else set()
        for one in (*node.args, *(pair.value for pair in node.kwargs)):
            self.value(one, names, template)
        met = {one for kind in kinds for one in elements(kind)}
        named = {pair.key: pair.value.value for pair in node.kwargs if pair.key == "attribute"}
        first = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else None
        path = named.get("attribute") or (
            first if node.name in ("selectattr", "rejectattr", "sort", "groupby") else None
        )
        if node.name == "listed":
            path = "name" if any(map(is_record, met)) else None
        kinds_read = met
        for step in str(path).split(".") if path and isinstance(path, str) else ():
            kinds_read = self.read(kinds_read, step, template)
        if isinstance(path, int):
            kinds_read = {
                p for kind in met for part in [self.part(kind, path)] if part for p in members(part)
            }
        if node.name == "map":
            return {list[one] for one in kinds_read}
        if node.name in ("first", "last"):
            return met
        return (
            kinds if node.name in ("list", "unique", "selectattr", "rejectattr", "sort") else set()
        )

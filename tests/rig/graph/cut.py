"""Cuts GitHub's GraphQL schema to what the gateway asks.

The source is `schema.graphql` of the npm package `@octokit/graphql-schema` 15.26.1 (MIT,
Copyright (c) 2019 Gregor Martynus), which republishes GitHub's own. To renew the cut, in an empty
folder:

    npm pack @octokit/graphql-schema@15.26.1
    tar xzf octokit-graphql-schema-15.26.1.tgz package/schema.graphql
    python -m tests.rig.graph.cut package/schema.graphql
"""

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    InlineFragmentNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_schema,
    get_named_type,
    parse,
    visit,
)

from mentorship_action.forge.github import queries

CUT: Final = Path(__file__).with_name("github.graphql")
QUERIES: Final = (queries.VIEWER, queries.DEFAULT_BRANCH, queries.PULLS)
_BUILT_IN: Final = frozenset({"String", "Int", "Boolean", "ID", "Float"})


class _Used(Visitor):
    """Collects the fields and their arguments that queries use, by type."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.fields: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
        self.types: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        parent, field = self.info.get_parent_type(), self.info.get_field_def()
        if parent is None or field is None or node.name.value == "__typename":
            return
        arguments = {argument.name.value for argument in node.arguments or ()}
        self.fields[parent.name].setdefault(node.name.value, set()).update(arguments)
        self.types |= {parent.name, get_named_type(field.type).name}
        self.types |= {get_named_type(field.args[name].type).name for name in arguments}

    def enter_inline_fragment(self, node: InlineFragmentNode, *_: Any) -> None:
        if node.type_condition:
            self.types.add(node.type_condition.name.value)


def main(source: Path) -> None:
    """Write the cut of ``source`` beside this file."""
    schema = build_schema(source.read_text(encoding="utf-8"), assume_valid=True)
    info = TypeInfo(schema)
    used = _Used(info)
    for query in QUERIES:
        visit(parse(query), TypeInfoVisitor(info, used))
    # The one kind of git object that a branch points to.
    used.types.add("Commit")
    for name in list(used.types):
        kind = schema.type_map[name]
        if isinstance(kind, GraphQLObjectType):
            # What implements an interface has its fields.
            for interface in kind.interfaces:
                used.fields[name].update(used.fields[interface.name])
        if isinstance(kind, GraphQLInputObjectType):
            used.types |= {get_named_type(field.type).name for field in kind.fields.values()}
    kept = sorted(used.types - _BUILT_IN)
    head = "# Written by cut.py from @octokit/graphql-schema 15.26.1 (MIT). Not to be edited.\n"
    parts = ["\n".join(_lines(schema.type_map[name], used)) for name in kept]
    CUT.write_text("\n\n".join([head, *parts]) + "\n", encoding="utf-8")


def _lines(kind: GraphQLNamedType, used: _Used) -> Iterator[str]:
    """Yield a type's definition with nothing but what is used."""
    if isinstance(kind, GraphQLEnumType):
        yield f"enum {kind.name} {{ {' '.join(kind.values)} }}"
    elif isinstance(kind, GraphQLInputObjectType):
        fields = ", ".join(f"{name}: {field.type}" for name, field in kind.fields.items())
        yield f"input {kind.name} {{ {fields} }}"
    elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        word = "type" if isinstance(kind, GraphQLObjectType) else "interface"
        above = " & ".join(one.name for one in kind.interfaces if one.name in used.types)
        yield f"{word} {kind.name}{' implements ' if above else ''}{above} {{"
        for name, asked in sorted(used.fields[kind.name].items()):
            field = kind.fields[name]
            given = (f"{one}: {field.args[one].type}" for one in sorted(asked))
            arguments = f"({', '.join(given)})" if asked else ""
            yield f"  {name}{arguments}: {field.type}"
        yield "}"
    else:
        yield f"scalar {kind.name}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Writes a module of typed classes for specifications: one class a step, its ports as attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from keyword import iskeyword
from textwrap import fill

from ..specs import DependencySpec, OutputSpec, StepSpecification, TypeLattice
from ..specs.types import TRAVELS
from .ports import DATA_TYPE_MARKERS, TYPES

STUB_WIDTH = 110

_PORTS, _STEP = "stepwire.authoring.ports", "stepwire.authoring.typed_step"
_MARKERS = {marker.__name__ for marker in (*TYPES.values(), *DATA_TYPE_MARKERS.values())}


@dataclass(frozen=True)
class Origin:
    """Where a generated module has its specifications from.

    `expression` gives them by name, `setup` is a statement that comes first, `imports` what both need.
    """

    expression: str
    imports: tuple[str, ...]
    setup: str = ""


SHIPPED = Origin("LIBRARY", ("from stepwire.specs.library import LIBRARY",))


def of_file(path: str) -> Origin:
    """Return the origin of specifications in a spec file, whose path starts from the module's folder."""
    setup = f"SPECS = load_library(Path(__file__).parent / {_text(path)}).specs"
    return Origin(
        "SPECS", ("from pathlib import Path", "from stepwire.specs.load import load_library"), setup
    )


def of_python(reference: str) -> Origin:
    """Return the origin of specifications that `module:attribute` names."""
    setup = f"SPECS = import_specs({_text(reference)})"
    return Origin("SPECS", ("from stepwire.specs.from_python import import_specs",), setup)


def to_stubs(specs: Mapping[str, StepSpecification], origin: Origin, types: TypeLattice | None = None) -> str:
    """Write the module: the same text for the same specifications, whatever their order.

    `types` are types beside those that are always there: a type checker sees the nearest of these above them.
    """
    lattice = types or TypeLattice()
    body = "\n\n\n".join(
        text for name in sorted(specs) for text in _classes(name, specs[name], origin.expression, lattice)
    )
    markers = (name for name in _MARKERS if re.search(rf"\b{name}\b", body))
    used = ["UNSAID", *sorted({"Output", *markers})]
    ours = [it for it in origin.imports if "stepwire" in it]
    parts = [
        '"""Typed classes of steps, written by `stepwire stubs`: change their specifications instead."""',
        "from __future__ import annotations",
        "\n".join(
            sorted(("from typing import Self", *(it for it in origin.imports if "stepwire" not in it)))
        ),
        "\n".join(
            [
                _import(_PORTS, used),
                _import(_STEP, ["Outputs", "TypedStep"]),
                *ours,
            ]
        ),
        *filter(None, [origin.setup]),
    ]
    return "\n\n".join(parts) + "\n\n\n" + body + "\n"


def _import(module: str, names: Sequence[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= STUB_WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def class_name(name: str) -> str:
    """Turn the name of a specification into one of a class."""
    parts = re.findall(r"[A-Za-z0-9]+", name)
    joined = "".join(part[0].upper() + part[1:] for part in parts) or "Unnamed"
    return f"_{joined}" if joined[0].isdigit() else joined


def attribute_names(ports: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Turn the names of ports into attributes; those that would be the same, or taken, get a number."""
    found: dict[str, str] = {}
    used = set(taken)
    for port in ports:
        plain = re.sub(r"\W+", "_", port).strip("_") or "port"
        plain = f"_{plain}" if plain[0].isdigit() or iskeyword(plain) else plain
        numbered = (plain, *(f"{plain}_{number}" for number in range(2, len(used) + 3)))
        found[port] = next(name for name in numbered if name not in used)
        used.add(found[port])
    return found


def _classes(name: str, spec: StepSpecification, expression: str, lattice: TypeLattice) -> Iterator[str]:
    title = class_name(name)
    if spec.outputs:
        names = attribute_names(spec.outputs, ("step", "spec", "named"))
        made = "\n\n".join(_output(names[port], output, lattice) for port, output in spec.outputs.items())
        yield f'class {title}Outputs(Outputs):\n    """What {title} makes."""\n\n{made}'
    told = _sentence(f"A {spec.kind} step of the specification {name}")
    parts = [
        f'class {title}(TypedStep):\n    """{told}"""',
        f"    specification = {expression}[{_text(name)}]",
    ]
    if spec.outputs:
        parts.append(
            f"    @property\n    def outputs(self) -> {title}Outputs:\n"
            f'        """What the step makes."""\n'
            f"        return {title}Outputs(self.name, self.specification)"
        )
    if spec.dependencies:
        parts.append(_takes(spec, lattice))
    yield "\n\n".join(parts)


def _output(attribute: str, spec: OutputSpec, lattice: TypeLattice) -> str:
    annotation = f"Output[{_type(spec.output_type, lattice)}, {DATA_TYPE_MARKERS[spec.data_type].__name__}]"
    told = _sentence(spec.description or f"The output {spec.logical_name}")
    return (
        f"    @property\n    def {attribute}(self) -> {annotation}:\n"
        f'        """{told}"""\n        return self.named({_text(spec.logical_name)})'
    )


def _takes(spec: StepSpecification, lattice: TypeLattice) -> str:
    names = attribute_names(spec.dependencies, ("self",))
    ports = spec.dependencies.items()
    parameters = "".join(_parameter(names[port], *_accepted(item, lattice)) for port, item in ports)
    told = "\n".join(_wrapped(f"{names[port]}: {_told(item)}") for port, item in ports)
    pairs = "".join(f"                {_text(port)}: {names[port]},\n" for port, _ in ports)
    doc = f"Return the step with what it is told to take; what is not said is solved.\n\n{told}\n        "
    return (
        f"    def takes(\n        self,\n        *,\n{parameters}    ) -> Self:\n"
        f'        """{doc}"""\n'
        f"        return self._pinned(\n            {{\n{pairs}            }}\n        )"
    )


def _parameter(name: str, types: str, data_types: str) -> str:
    """Write a parameter, broken where ruff and black would break it."""
    whole = f"        {name}: Output[{types}, {data_types}] = UNSAID,\n"
    if len(whole) <= STUB_WIDTH + 1:
        return whole
    inner = f"            {types}, {data_types}\n"
    if len(inner) > STUB_WIDTH + 1:
        inner = "".join(f"            {_broken(union)},\n" for union in (types, data_types))
    return f"        {name}: Output[\n{inner}        ] = UNSAID,\n"


def _broken(union: str) -> str:
    """Write a union that is too long for a line with each member on its own."""
    return union if len(union) + 13 <= STUB_WIDTH else union.replace(" | ", f"\n{' ' * 12}| ")


def _wrapped(text: str) -> str:
    """Break a line of a docstring where it would be too long; what goes on stands further in."""
    return fill(text, STUB_WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 12, break_long_words=False)


def _told(spec: DependencySpec) -> str:
    need = spec.description or "a value"
    optional = "" if spec.required else ", optional"
    return _escaped(f"{need} ({spec.dependency_type}, {spec.data_type}{optional})")


def _accepted(spec: DependencySpec, lattice: TypeLattice) -> tuple[str, str]:
    """Write the types and the data types that a dependency accepts: the lattice's answer, as unions."""
    types = {_type(name, lattice) for name in lattice.accepted(spec.dependency_type)} or {"Untyped"}
    data_types = {DATA_TYPE_MARKERS[name].__name__ for name in TRAVELS[spec.data_type]}
    return " | ".join(sorted(types)), " | ".join(sorted(data_types))


def _type(name: str, lattice: TypeLattice) -> str:
    """Name the class of a type; of one that a library adds, that of the nearest type above it."""
    if name in TYPES:
        return TYPES[name].__name__
    above = sorted(type_ for type_ in lattice.ancestors(name) if type_ in TYPES)
    return TYPES[above[0]].__name__ if above else "Untyped"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return plain.replace("\\", "\\\\").replace('"', "'")


def _sentence(text: str) -> str:
    plain = _escaped(text)
    return f"{plain[:1].upper()}{plain[1:]}" + ("" if plain.endswith(".") else ".")

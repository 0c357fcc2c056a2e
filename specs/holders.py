"""Which output of a step holds a property file: the folder that the file lies in."""

from __future__ import annotations

from collections.abc import Mapping

from .kinds.catalogue import find_kind
from .paths import Key, Member, parse_path
from .port_specs import OutputSpec
from .specification import StepSpecification
from .types import DataType, DependencyType


class UnpairedError(ValueError):
    """A property file of which nobody can know the output it lies in; its text says so."""


def property_file_name(file: OutputSpec) -> str:
    """Return the name under which a definition lists a property file."""
    last = parse_path(file.property_path)[-1] if file.property_path else None
    return last.name if isinstance(last, Member) else file.logical_name


def holder_of(file: OutputSpec, spec: StepSpecification) -> tuple[str, OutputSpec] | None:
    """Find the output that holds a property file of a step, after the name under which a request lists it.

    It is the only one that can hold files, or the one whose name the file has; None where there is none.
    Raises UnpairedError where several could hold it, and none has its name.
    """
    name, folders = property_file_name(file), _folders(spec)
    if len(folders) < 2:
        return next(iter(folders.items()), None)
    names = (name, file.logical_name, *file.aliases)
    alike = {key: item for key, item in folders.items() if any(_belongs(each, key, item) for each in names)}
    longest = max(map(len, alike), default=0)
    best = {key: item for key, item in alike.items() if len(key) == longest}
    if len(best) != 1:
        raise UnpairedError(f"the property file '{name}' may lie in each of {', '.join(sorted(folders))}")
    return next(iter(best.items()))


def _folders(spec: StepSpecification) -> Mapping[str, OutputSpec]:
    """Map the names under which a request lists the outputs that may hold property files to those outputs."""
    declared = find_kind(spec.kind).declares
    found = {}
    for output in spec.outputs.values():
        if output.data_type == DataType.S3_URI and output.property_path:
            tokens = parse_path(output.property_path)
            way = tuple(token.name for token in tokens[: len(declared)] if isinstance(token, Member))
            key = tokens[len(declared)] if len(tokens) > len(declared) else None
            if way == declared and isinstance(key, Key):
                found[key.text] = output
    reports = {
        key: item for key, item in found.items() if item.output_type == DependencyType.EVALUATION_REPORT
    }
    return reports or found


def _belongs(name: str, key: str, output: OutputSpec) -> bool:
    """Tell whether a property file is named after an output: `bias_metrics` after `bias`."""
    for owner in (key, output.logical_name):
        shorter, longer = sorted((_plain(name), _plain(owner)), key=len)
        if longer == shorter or longer.startswith(f"{shorter}_") or longer.endswith(f"_{shorter}"):
            return True
    return False


def _plain(name: str) -> str:
    spaced = "".join(f"_{letter}" if letter.isupper() else letter for letter in name)
    return spaced.lower().replace("-", "_").replace("__", "_").strip("_")

"""Stubs for the scripts and the data of any definition: what its steps must write to go well."""

from __future__ import annotations

import io
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from stepwire.definitions.steps import DeclaredPropertyFile, DefinedStep, output_names, read_definition
from stepwire.specs.expressions import iter_expressions, parse_get
from stepwire.specs.paths import Index, Key, Member, Token, parse_path

from .json_values import example, members, members_named, texts_in

PROGRAM = Path(__file__).with_name("stub_program.py")
UNLABELLED = "2.5,3\n1.5,2\n"
ROWS = "1,2.5,3\n0,1.5,2\n" * 20
_BY_TYPE: Mapping[str, Any] = {"String": "stub", "Integer": 1, "Float": 0.5, "Boolean": True}


@dataclass(frozen=True)
class Stubs:
    """What takes the place of all that a definition leaves to others.

    Conditions over what stubs tell come out as `holds`, as far as one value can do that.
    """

    definition: Mapping[str, Any]
    holds: bool = True
    steps: tuple[DefinedStep, ...] = field(init=False)
    parameters: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        read = read_definition(self.definition)
        object.__setattr__(self, "steps", read.steps)
        values = {
            item.name: _value_of_parameter(item.name, item.type, item.enum_values)
            if item.default_value in (None, "")
            else item.default_value
            for item in read.parameters
        }
        object.__setattr__(self, "parameters", values)

    @cached_property
    def program(self) -> str:
        """The script that does what any of the steps must do."""
        table = {step.name: self._told(step) for step in self.steps}
        return PROGRAM.read_text("utf-8").replace("@TABLE@", json.dumps(table))

    def content(self, uri: str, what: str) -> dict[str, bytes]:
        """Make what a step may want at a URI, `what` it is for: files by their paths below it."""
        name = uri.rpartition("/")[2]
        scripts = {script: self._script(script) for script in self._scripts()}
        if name.endswith(".tar.gz"):
            return {"": _packed(scripts)}
        if name.endswith((".py", ".ipynb", ".sh")):
            return {"": self._script(name)}
        if name.endswith(".json"):
            return {"": json.dumps({"features": [{"name": f"_c{number}"} for number in range(3)]}).encode()}
        rows = UNLABELLED if what == "its input" else self._rows
        if name.endswith((".csv", ".txt")):
            return {"": rows.encode()}
        if "code" not in what and "channel" not in what:
            return {"data.csv": rows.encode()}
        return {"data.csv": rows.encode(), "sourcecode.json": self._sourcecode(), **scripts}

    def told_uris(self) -> set[str]:
        """Return the places of data that stubs tell of without writing them."""
        told = [self._told(step) for step in self.steps]
        return {text for text in texts_in(told) if text.startswith("s3://stub-bucket/")}

    def _script(self, name: str) -> bytes:
        program = self.program.encode()
        shell = b"cat > /tmp/stub.py <<'END'\n" + program + b"\nEND\nexec python3 /tmp/stub.py\n"
        return shell if name.endswith(".sh") else program

    @property
    def _rows(self) -> str:
        """Data as the built-in algorithms of the definition read them: with a label first, CSV or libsvm."""
        is_csv = re.search(r'"ContentType": "(text/)?csv', json.dumps(self.definition))
        return ROWS if is_csv else "1 1:2.5 2:3\n0 1:1.5 2:2\n" * 20

    def _rows_of(self, step: DefinedStep) -> dict[str, str]:
        """Return the data of a Processing step's outputs; what is transformed has no label."""
        transformed = json.dumps([item.arguments.get("TransformInput") for item in self.steps])
        return {
            name: UNLABELLED
            if f"Steps.{step.name}.ProcessingOutputConfig.Outputs['{name}']" in transformed
            else self._rows
            for name in output_names(step)
        }

    def _scripts(self) -> set[str]:
        """Name every script that the definition speaks of, by its path in its code."""
        words = [word for text in texts_in(self.definition) for word in re.split(r"[\s\"'=]+", text)]
        named = {
            word.partition("/code/")[2] or word.rpartition("/")[2]
            for word in words
            if word.endswith((".py", ".sh"))
        }
        return {
            "inference.py",
            "code/inference.py",
            *(name for name in named if re.fullmatch(r"[\w./-]+", name)),
        }

    def _sourcecode(self) -> bytes:
        scripts = sorted(name for name in self._scripts() if "inference" not in name)
        return json.dumps({"entry_script": scripts[0] if scripts else "inference.py"}).encode()

    def _told(self, step: DefinedStep) -> dict[str, Any]:
        properties: dict[str, Any] = {}
        for path, value in self._gets(step.name):
            _put(properties, path, value)
        answers = {
            item["OutputName"]: _at(properties, ("OutputParameters", item["OutputName"]))
            or _BY_TYPE.get(item.get("OutputType", "String"), "stub")
            for item in step.body.get("OutputParameters", [])
        }
        patterns = list(members(step.arguments, "MetricDefinitions"))
        names = [*(item["Name"] for item in patterns), *members_named(step.arguments, "MetricName")]
        return {
            "rows": self._rows_of(step),
            "properties": properties,
            "answers": answers,
            "files": dict(self._files(step)),
            "log": [example(item["Regex"]) for item in patterns],
            "metrics": dict.fromkeys(map(str, names), 0.5),
        }

    def _gets(self, step: str) -> Iterator[tuple[tuple[Token, ...], Any]]:
        """Yield the properties of a step that others ask for, with a value for each."""
        for location, expression in iter_expressions(self.definition):
            get = parse_get(text) if isinstance(text := expression.get("Get"), str) else None
            if get and get.scope == "Steps" and get.name == step and "PropertyFiles" not in get.path:
                value = self._wanted(expression)
                is_place = {"S3Uri", "ModelDataUrl", "S3OutputPath"} & {
                    *location,
                    get.path.rpartition(".")[2],
                }
                default = f"s3://stub-bucket/{step}/{len(get.path)}" if is_place else f"stub-{step}"
                yield parse_path(f"properties.{get.path}"), default if value is None else value

    def _files(self, step: DefinedStep) -> Iterator[tuple[str, str]]:
        """Yield the files below its outputs that others ask for by name."""
        places = {
            item["OutputName"]: item["S3Output"]["LocalPath"]
            for item in step.arguments.get("ProcessingOutputConfig", {}).get("Outputs", [])
            if "S3Output" in item and isinstance(item["S3Output"].get("LocalPath"), str)
        }
        for uri, rest in self._joined(step.name):
            for name, place in places.items():
                if f"'{name}'" in uri or f"[{list(places).index(name)}]" in uri:
                    yield f"{place}/{rest}", "{}" if rest.endswith(".json") else self._rows
        for item in step.arguments.get("ProcessingOutputConfig", {}).get("Outputs", []):
            prefix = f"{item.get('S3Output', {}).get('S3Uri')}/"
            for text in texts_in(self.definition):
                if text.startswith(prefix) and item["OutputName"] in places:
                    yield f"{places[item['OutputName']]}/{text.removeprefix(prefix)}", self._rows
        for file in step.property_files:
            if file.output_name in places:
                yield f"{places[file.output_name]}/{file.file_path}", json.dumps(self._json(step, file))

    def _joined(self, step: str) -> Iterator[tuple[str, str]]:
        for _, expression in iter_expressions(self.definition):
            match expression:
                case {"Std:Join": {"On": on, "Values": [{"Get": str(text)}, *rest]}} if text.startswith(
                    f"Steps.{step}."
                ):
                    known = [self._plain(item) for item in rest]
                    if known and all(isinstance(item, str) for item in known):
                        yield text, str(on).join(map(str, known)).strip("/")

    def _json(self, step: DefinedStep, file: DeclaredPropertyFile) -> Any:
        whole: dict[str, Any] = {}
        name = f"Steps.{step.name}.PropertyFiles.{file.property_file_name}"
        for _, expression in iter_expressions(self.definition):
            match expression:
                case {"Std:JsonGet": {"PropertyFile": {"Get": text}, "Path": str(path)}} if text == name:
                    value = self._wanted(expression)
                    rest = path.removeprefix("$")
                    dot = "" if rest.startswith((".", "[")) else "."
                    _put(whole, parse_path(f"properties{dot}{rest}"), 0.5 if value is None else value)
        return whole

    def _wanted(self, expression: Mapping[str, Any]) -> Any:
        """Return a value with which the first condition over an expression comes out as wished, if any."""
        for condition in _conditions(self.definition):
            if condition.get("QueryValue") == expression and condition.get("Values"):
                return self._plain(condition["Values"][0]) if self.holds else "none of them"
            for side, other, up in (("LeftValue", "RightValue", 1), ("RightValue", "LeftValue", -1)):
                if (
                    condition.get(side) == expression
                    and (bound := self._plain(condition.get(other))) is not None
                ):
                    return _on_the_side(condition["Type"], bound, up, holds=self.holds)
        return None

    def _plain(self, value: Any) -> Any:
        """Return a value that is known before anything runs; None when it is not."""
        if isinstance(value, Mapping):
            get = parse_get(value["Get"]) if isinstance(value.get("Get"), str) else None
            return self.parameters.get(get.name) if get and get.scope == "Parameters" else None
        return value


def _value_of_parameter(name: str, kind: str, allowed: Any) -> Any:
    if allowed:
        return allowed[0]
    if kind == "String" and re.search("script|entry", name, re.IGNORECASE):
        return "stub.py"
    if kind == "String" and re.search("uri|url|s3|path|bucket|data|prefix", name, re.IGNORECASE):
        return "stub-bucket" if name.lower().endswith("bucket") else f"s3://stub-bucket/parameters/{name}"
    return _BY_TYPE[kind]


def _on_the_side(kind: str, bound: Any, up: int, *, holds: bool) -> Any:
    if kind == "Equals" or not isinstance(bound, int | float):
        return bound if holds else _other(bound)
    rising = kind.startswith("Greater") == holds
    return bound + (up if rising else -up)


def _other(value: Any) -> Any:
    return f"not {value}" if isinstance(value, str) else value + 1


def _at(value: Any, path: Iterable[str]) -> Any:
    for name in path:
        value = value.get(name, {}) if isinstance(value, dict) else {}
    return value


def _conditions(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if {"LeftValue", "RightValue"} <= value.keys() or {"QueryValue", "Values"} <= value.keys():
            yield value
        for item in value.values():
            yield from _conditions(item)
    elif isinstance(value, list):
        for item in value:
            yield from _conditions(item)


def _put(whole: dict[str, Any], path: Iterable[Token], value: Any) -> None:
    """Put a value at a path; lists are held as mappings by name, and by number as lists."""
    tokens = list(path)
    place: Any = whole
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        inner: Any = value if after is None else ([] if isinstance(after, Index) else {})
        if isinstance(token, Index):
            place.extend({} for _ in range(token.number + 1 - len(place)))
            place[token.number] = inner if not place[token.number] or after is None else place[token.number]
            place = place[token.number]
        else:
            name = token.name if isinstance(token, Member) else token.text if isinstance(token, Key) else ""
            if after is None:
                place[name] = value
            else:
                place = place.setdefault(name, inner)


def _packed(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=1) as archive:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()

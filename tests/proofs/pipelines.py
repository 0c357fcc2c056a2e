"""Random pipelines of tiny shell scripts, edits of them, and a referee that knows what they must make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

# Sleeps for $1 seconds, then writes its word and whatever its inputs hold, in the order of their names.
SCRIPT = """#!/bin/sh
sleep "$1"
cd /opt/ml/processing
{ printf '%s(%s' "WORD" "$2"; cat in/*/* 2>/dev/null; printf ')'; } > out/text
"""


@dataclass(frozen=True)
class TinyStep:
    """A step that joins its word, an argument, files of the user's and what earlier steps made."""

    word: str
    argument: str
    files: tuple[str, ...]
    sources: tuple[int, ...]
    depends: tuple[int, ...] = ()


@dataclass(frozen=True)
class TinyPipeline:
    """Steps, each of which takes from earlier ones, and the contents of the user's files."""

    steps: tuple[TinyStep, ...]
    files: Mapping[str, str]

    def results(self) -> list[str]:
        """Return what every step must make."""
        made: list[str] = []
        for step in self.steps:
            parts = [self.files[name] for name in step.files] + [made[index] for index in step.sources]
            made.append(f"{step.word}({step.argument}{''.join(parts)})")
        return made

    def ingredients(self) -> list[tuple[Any, ...]]:
        """Return all that the result of each step depends on."""
        made = self.results()
        return [
            (
                index,
                step.word,
                step.argument,
                tuple((name, self.files[name]) for name in step.files),
                tuple((source, made[source]) for source in step.sources),
            )
            for index, step in enumerate(self.steps)
        ]


def random_pipeline(chance: Random, most: int = 6) -> TinyPipeline:
    """Make a pipeline of at most so many steps."""
    names = [f"file{number}" for number in range(2)]
    steps = []
    for index in range(chance.randint(2, most)):
        earlier = range(index)
        sources = tuple(sorted(chance.sample(earlier, min(index, chance.randint(0, 2)))))
        depends = tuple(chance.sample(earlier, 1)) if index and chance.random() < 0.2 else ()
        files = tuple(name for name in names if chance.random() < 0.4)
        steps.append(TinyStep(_word(chance), _word(chance), files, sources, depends))
    return TinyPipeline(tuple(steps), {name: _word(chance) for name in names})


def edit(pipeline: TinyPipeline, chance: Random) -> TinyPipeline:
    """Change one thing of a pipeline."""
    index = chance.randrange(len(pipeline.steps))
    step = pipeline.steps[index]
    match chance.choice(["word", "argument", "file", "source", "depends", "nothing"]):
        case "word":
            step = replace(step, word=_word(chance))
        case "argument":
            step = replace(step, argument=_word(chance))
        case "file":
            name = chance.choice(sorted(pipeline.files))
            return replace(pipeline, files={**pipeline.files, name: _word(chance)})
        case "source" if index:
            step = replace(
                step, sources=tuple(sorted({*step.sources, chance.randrange(index)} - {step.sources[:1]}))
            )
        case "depends" if index:
            step = replace(step, depends=(chance.randrange(index),))
    steps = (*pipeline.steps[:index], step, *pipeline.steps[index + 1 :])
    return replace(pipeline, steps=steps)


def write_definition(pipeline: TinyPipeline, folder: Path, pause: str = "0") -> dict[str, Any]:
    """Write the scripts and files of a pipeline, and return its definition."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pipeline.files.items():
        (folder / name).write_text(text)
    return {
        "Version": "2020-12-01",
        "Steps": [_step(pipeline, index, folder, pause) for index in range(len(pipeline.steps))],
    }


def _step(pipeline: TinyPipeline, index: int, folder: Path, pause: str) -> dict[str, Any]:
    step = pipeline.steps[index]
    script = folder / f"step{index}.sh"
    script.write_text(SCRIPT.replace("WORD", step.word))
    inputs = [("code", str(script), "/opt/ml/processing/code")]
    inputs += [(name, str(folder / name), f"/opt/ml/processing/in/0{name}") for name in step.files]
    for source in step.sources:
        uri = {"Get": f"Steps.S{source}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri"}
        inputs.append((f"s{source}", uri, f"/opt/ml/processing/in/1s{source}"))  # type: ignore[arg-type]
    output = {"S3Uri": f"s3://bucket/S{index}", "LocalPath": "/opt/ml/processing/out"}
    return {
        "Name": f"S{index}",
        "Type": "Processing",
        "DependsOn": [f"S{other}" for other in step.depends],
        "Arguments": {
            "ProcessingInputs": [
                {"InputName": name, "S3Input": {"S3Uri": uri, "LocalPath": place}}
                for name, uri, place in inputs
            ],
            "ProcessingOutputConfig": {"Outputs": [{"OutputName": "out", "S3Output": output}]},
            "AppSpecification": {
                "ImageUri": "image",
                "ContainerEntrypoint": ["sh", f"/opt/ml/processing/code/step{index}.sh"],
                "ContainerArguments": [pause, step.argument],
            },
        },
    }


def _word(chance: Random) -> str:
    return "".join(chance.choice("abcd") for _ in range(2))

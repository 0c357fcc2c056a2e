"""`Pipeline`: a pipeline written in Python, whose parts editors complete and type checkers hold together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack, overload
from typing import Literal as Exactly

from ..diagnosis.explain import explain_search
from ..diagnosis.resolve import require_wiring
from ..problems.errors import DocumentError, SpecificationError
from ..problems.problem import Location, Position
from ..problems.suggestions import missing_key
from ..solver.search.search import Search
from ..specs import INPUTS, Branch, DataType, InputSpec, PipelineSpec, Port, StepSpecification
from ..specs.kinds.fail import FAIL
from ..specs.text.source import SourceMap
from .conditions import Gate, condition_step
from .places import called_from, claim
from .ports import (
    Comparison,
    CustomProperty,
    EvaluationReport,
    Hyperparameters,
    InputOptions,
    Literal,
    ModelArtifacts,
    Output,
    PayloadSamples,
    ProcessingOutput,
    PropertyFile,
    S3Uri,
    TrainingData,
    Untyped,
)
from .typed_step import AnyStep, Pin, TypedStep

if TYPE_CHECKING:
    from ..diagnosis.report import Report
    from ..emitters.definition import Emission
    from ..runtime.results import Run
    from ..solver.search.wiring import Wiring

S = TypeVar("S", bound=TypedStep)


class Pipeline:
    """A pipeline that is written down step by step, in any order; what is not said is solved.

    `request` has the settings and defaults of a document's `request`, `types` further types by name with
    their parents. Paths of `code` start from `folder`, which is that of the calling file when it is left out.
    """

    def __init__(
        self,
        name: str,
        *,
        request: Mapping[str, object] | None = None,
        types: Mapping[str, Sequence[str]] | None = None,
        folder: str | Path | None = None,
    ) -> None:
        self.name = name
        self._position = called_from()
        self._folder = Path(self._position.file).parent if folder is None else Path(folder)
        self._request = dict(request or {})
        self._types = {type_: tuple(parents) for type_, parents in (types or {}).items()}
        self._inputs: dict[str, InputSpec] = {}
        self._steps: dict[str, TypedStep] = {}
        self._order: list[tuple[str, str]] = []
        self._forbidden: list[tuple[str, str]] = []
        self._branches: dict[str, dict[str, list[str]]] = {}
        self._places: dict[Location, Position] = {(): self._position, ("name",): self._position}
        self._open: list[list[str]] = []
        self._pins: dict[str, str] = {}
        self._rest: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"Pipeline({self.name!r}, {len(self._steps)} steps)"

    def _repr_html_(self) -> str:
        return self.spec._repr_html_()

    @overload
    def input(
        self, name: str, type: Exactly["training_data"], **options: Unpack[InputOptions]
    ) -> Output[TrainingData, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["processing_output"], **options: Unpack[InputOptions]
    ) -> Output[ProcessingOutput, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["evaluation_report"], **options: Unpack[InputOptions]
    ) -> Output[EvaluationReport, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["model_artifacts"], **options: Unpack[InputOptions]
    ) -> Output[ModelArtifacts, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["hyperparameters"], **options: Unpack[InputOptions]
    ) -> Output[Hyperparameters, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["payload_samples"], **options: Unpack[InputOptions]
    ) -> Output[PayloadSamples, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["property_file"], **options: Unpack[InputOptions]
    ) -> Output[PropertyFile, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["custom_property"], **options: Unpack[InputOptions]
    ) -> Output[CustomProperty, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: Exactly["any"], **options: Unpack[InputOptions]
    ) -> Output[Untyped, S3Uri]: ...

    @overload
    def input(
        self, name: str, type: str, data_type: DataType | str = ..., **options: Unpack[InputOptions]
    ) -> Output[Any, Any]: ...

    def input(
        self,
        name: str,
        type: str,
        data_type: DataType | str = DataType.S3_URI,
        **options: Unpack[InputOptions],
    ) -> Output[object, object]:
        """Declare a value from outside, which becomes a parameter of the pipeline.

        A type checker knows the types that are always there, as long as the data type is S3Uri; what has
        another type may stand anywhere. Raises DocumentError when the name is taken or a value wrong.
        """
        location = (INPUTS, name)
        claim(self._places, location, self._inputs, called_from())
        try:
            given = InputSpec(input_type=type, data_type=data_type, **options)
        except SpecificationError as error:
            where = self._places.pop(location)
            raise DocumentError([replace(problem, position=where) for problem in error.problems]) from None
        self._inputs[name] = given
        return Output(Port(*location), type, given.data_type)

    def add(self, step: S) -> S:
        """Add a step, to the branch that is open, if any; raises DocumentError for a name that is taken."""
        claim(self._places, ("steps", step.name), self._steps, step.position)
        self._steps[step.name] = step
        if self._open:
            self._open[-1].append(step.name)
        return step

    def step(self, name: str, spec: StepSpecification, **settings: Any) -> AnyStep:
        """Add a step of a specification that has no class; `settings` are those of `AnyStep`."""
        return self.add(AnyStep(name, spec, **settings))

    def condition(self, name: str, *comparisons: Comparison) -> AbstractContextManager[Gate]:
        """Add a condition: steps that are added under `with` run only when all comparisons hold."""
        spec, request, pins = condition_step(comparisons)
        step = AnyStep(name, spec, request=request)
        step.pins = {port: Pin(source, step.position) for port, source in pins.items()}
        self.add(step)
        self._branches[name] = {"if": [], "else": []}
        return self._gate(name)

    @contextmanager
    def _gate(self, condition: str) -> Iterator[Gate]:
        gate = Gate(condition, lambda side: self._inside(condition, side))
        with self._inside(condition, "if"):
            yield gate

    @contextmanager
    def _inside(self, condition: str, side: str) -> Iterator[None]:
        self._open.append(self._branches[condition][side])
        try:
            yield
        finally:
            self._open.pop()

    def fail(self, name: str, message: str) -> AnyStep:
        """Add a step that ends the execution with a message."""
        spec = StepSpecification(kind=FAIL.name)
        return self.add(AnyStep(name, spec, request={"ErrorMessage": message}))

    def __getitem__(self, name: str) -> AnyStep:
        """Return a step by its name, of whatever class; its outputs are found by name.

        Raises KeyError when there is none.
        """
        if name not in self._steps:
            raise missing_key("step", name, self._steps)
        step = self._steps[name]
        return step if isinstance(step, AnyStep) else AnyStep(name, step.spec)

    def order(self, first: TypedStep, then: TypedStep) -> None:
        """Let one step run before another; this says nothing of data."""
        self._places["order", len(self._order)] = called_from()
        self._order.append((first.name, then.name))

    def forbid(self, step: TypedStep, dependency: str, source: Output[object, object]) -> None:
        """Say that a dependency never takes a source."""
        self._places["forbid", len(self._forbidden)] = called_from()
        self._forbidden.append((f"{step.name}.{dependency}", str(source.port)))

    @property
    def spec(self) -> PipelineSpec:
        """The pipeline as a document says it, each part with its line of Python."""
        pins = {
            f"{step.name}.{port}": pin for step in self._steps.values() for port, pin in step.pins.items()
        }
        places: dict[Location, Position] = dict(self._places)
        places |= {("pins", port): pin.position for port, pin in pins.items()}
        made = PipelineSpec(
            name=self.name,
            types=self._types,
            inputs=self._inputs,
            steps={name: step.as_step() for name, step in self._steps.items()},
            order=tuple(self._order),
            branches={
                name: Branch(if_=tuple(sides["if"]), else_=tuple(sides["else"]))
                for name, sides in self._branches.items()
            },
            pins={**self._pins, **{port: str(pin.source) for port, pin in pins.items()}},
            forbid=tuple(self._forbidden),
            request=self._request,
            **self._rest,
        )
        return made.read_from(SourceMap(self._position.file, places, places), self._folder)

    def resolve(self, *, strict: bool = False, timeout: float | None = None) -> Wiring:
        """Return the best wiring; raises as `stepwire.resolve` does, with lines of this program."""
        return require_wiring(Search.over(self.spec, timeout=timeout), strict=strict)

    def explain(self) -> Report:
        """Say why the pipeline is, or is not, resolved, and what would mend it."""
        return explain_search(Search.over(self.spec))

    def emit(self, path: str | Path | None = None) -> Emission:
        """Write the definition, checked against the SageMaker API, to a file where one is named."""
        from ..emitters.definition import emit_valid, to_json  # loads botocore's model of the service
        from ..specs.text.files import write_text

        emission = emit_valid(self.resolve())
        if path is not None:
            write_text(Path(path), to_json(emission.definition))
        return emission

    def run(self, *, root: str | Path = ".stepwire", **inputs: Literal) -> Run:
        """Run the pipeline on this machine, without AWS and docker; `inputs` are the values from outside."""
        from ..runtime.runner import run_emission

        return run_emission(self.emit(), inputs, root=Path(root))

    def to_sagemaker(self, sagemaker_session: object = None) -> Any:
        """Return the pipeline as one of the SageMaker SDK; needs `stepwire[sagemaker]`."""
        from ..emitters.sagemaker import to_pipeline

        return to_pipeline(self.emit().definition, name=self.name, sagemaker_session=sagemaker_session)

    @classmethod
    def of(cls, spec: PipelineSpec) -> Pipeline:
        """Return a pipeline that says what a document says, to go on from there."""
        made = cls(spec.name, request=spec.request, types=spec.types, folder=spec.folder)
        made._inputs, made._pins = dict(spec.inputs), dict(spec.pins)
        made._steps = {name: AnyStep.of(name, step) for name, step in spec.steps.items()}
        made._order, made._forbidden = list(spec.order), list(spec.forbid)
        made._branches = {
            name: {"if": list(branch.if_), "else": list(branch.else_)}
            for name, branch in spec.branches.items()
        }
        made._rest = {name: getattr(spec, name) for name in _ONLY_IN_DOCUMENTS}
        return made


_ONLY_IN_DOCUMENTS = tuple(
    name
    for name in PipelineSpec.model_fields
    if name not in ("name", "types", "inputs", "steps", "order", "branches", "pins", "forbid", "request")
)
"""What a document says that has no word of its own here; it is kept."""

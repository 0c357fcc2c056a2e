"""Builds an SDK pipeline from the user's own step builders, wired by their specifications."""

from __future__ import annotations

from typing import Any, Protocol

from ..errors import DefinitionError, Problem
from ..solver.dag import PipelineDAG
from ..specs import InputSpec, PropertyReference, StepSpecification
from .definition import to_parameter

NAME_DIFFERS = "SW436"


class StepBuilder(Protocol):
    """What makes one SDK step without being wired."""

    def create_step(self) -> Any:
        """Make the step."""
        ...


class SpecifiedStepBuilder(Protocol):
    """What makes one SDK step from references to what it takes."""

    STEP_SPEC: StepSpecification

    def create_step_with_resolved_inputs(self, resolved_inputs: dict[str, PropertyReference]) -> Any:
        """Make the step, with a reference for each bound dependency by its logical name."""
        ...


class PipelineBuilder:
    """Collects step builders in any order and makes an SDK `Pipeline` of their steps.

    Builders with a `STEP_SPEC` are wired; the others keep working through their plain `create_step()`. What
    they make is ordered by the wiring, and by name where that leaves a choice.
    """

    def __init__(self, name: str = "pipeline") -> None:
        self.name = name
        self.dag = PipelineDAG(name)
        self._builders: dict[str, StepBuilder | SpecifiedStepBuilder] = {}

    def add_step(self, step_name: str, builder: StepBuilder | SpecifiedStepBuilder) -> PipelineBuilder:
        """Add a step under its name; the steps it takes from may come later."""
        spec = getattr(builder, "STEP_SPEC", None)
        if spec is not None:
            self.dag.register_step_spec(step_name, spec)
        self._builders[step_name] = builder
        return self

    def add_input(self, name: str, spec: InputSpec) -> PipelineBuilder:
        """Add a value from outside; it becomes a parameter of the pipeline."""
        self.dag.add_input(name, spec)
        return self

    def validate_dependencies(self) -> list[str]:
        """Say, a sentence each, which required dependencies nothing can supply."""
        return self.dag.validate_dependencies()

    def build_steps(self) -> list[Any]:
        """Make the SDK steps, wired, each after all it takes from.

        Raises NoWiringError when there is no wiring, DefinitionError when a builder names its step otherwise.
        """
        resolved = self.dag.auto_resolve_dependencies()
        return [self._build(name, resolved.get(name, {})) for name in self._order()]

    def build_pipeline(self, *, sagemaker_session: Any = None) -> Any:
        """Make the SDK `Pipeline`; needs the extra `stepwire[sagemaker]`, but no AWS account or region."""
        from .sagemaker import build_sdk_pipeline  # importing the SDK takes seconds

        steps = self.build_steps()
        inputs = sorted(self.dag.pipeline.inputs.items())
        parameters = [to_parameter(name, given) for name, given in inputs]
        return build_sdk_pipeline(
            self.name, steps, parameters=parameters, sagemaker_session=sagemaker_session
        )

    def _order(self) -> list[str]:
        wired = self.dag.topological_sort()
        return [*(name for name in sorted(self._builders) if name not in wired), *wired]

    def _build(self, name: str, resolved: dict[str, PropertyReference]) -> Any:
        builder = self._builders[name]
        create = getattr(builder, "create_step_with_resolved_inputs", None)
        step = builder.create_step() if create is None else create(resolved)  # type: ignore[union-attr]
        made = getattr(step, "name", name)
        if made != name:
            message = f"the builder of step '{name}' made a step called '{made}'"
            raise DefinitionError([Problem(NAME_DIFFERS, message, hint="make both names the same")])
        return step

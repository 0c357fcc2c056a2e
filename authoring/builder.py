"""Builds an SDK pipeline from the user's own step builders, wired by their specifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from typing import Any, Protocol
from warnings import warn

from ..diagnosis.warnings import ambiguities
from ..emitters.declared_parameters import to_parameter
from ..problems.codes import Code
from ..problems.errors import DefinitionError, DocumentError
from ..problems.problem import Problem
from ..specs import Branch, InputSpec, PropertyReference, StepSpecification
from .dag import PipelineDAG


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

    Builders with a `STEP_SPEC` are wired; the others keep working through their plain `create_step()`. A
    builder's step has the name under which the builder was added, since references name it so. `dag` takes
    edges and pins.
    """

    def __init__(self, name: str = "pipeline") -> None:
        self.name = name
        self.dag = PipelineDAG(name)
        self._builders: dict[str, StepBuilder | SpecifiedStepBuilder] = {}

    def add_step(self, step_name: str, builder: StepBuilder | SpecifiedStepBuilder) -> PipelineBuilder:
        """Add a step; the steps it takes from may come later. Raises DocumentError when the name is taken."""
        if step_name in self._builders:
            message = f"step '{step_name}' has a builder already"
            raise DocumentError([Problem(Code.CONTRADICTION, message, hint="choose another name")])
        spec = getattr(builder, "STEP_SPEC", None)
        if spec is None:
            self.dag.add_node(step_name)
        else:
            self.dag.register_step_spec(step_name, spec)
        self._builders[step_name] = builder
        return self

    def add_input(self, name: str, spec: InputSpec) -> PipelineBuilder:
        """Add a value from outside, which becomes a parameter of the pipeline."""
        self.dag.add_input(name, spec)
        return self

    def add_branch(
        self, condition: str, *, if_: Iterable[str] = (), else_: Iterable[str] = ()
    ) -> PipelineBuilder:
        """Put steps in the branches of a condition step, whose builder may leave them empty.

        They run only when the condition holds (`if_`), or only when it does not (`else_`).
        """
        self.dag.add_branch(condition, if_=if_, else_=else_)
        return self

    def validate_dependencies(self) -> list[str]:
        """Say, a sentence each, why there is no wiring; empty when there is one."""
        return self.dag.validate_dependencies()

    def build_steps(self) -> list[Any]:
        """Make the SDK steps, wired, each after all it needs, by name where that leaves a choice.

        Steps in a branch are in their condition's step, and not in the list.

        Warns (UserWarning) of bindings for which another source would do almost as well. Raises
        NoWiringError when there is no wiring, DefinitionError when a builder names its step otherwise.
        """
        wiring = self.dag.resolve()
        for problem in ambiguities(wiring):
            warn(str(problem), stacklevel=2)
        resolved = wiring.references()
        steps = {name: self._build(name, resolved[name]) for name in wiring.steps_in_order()}
        branches = wiring.pipeline.branches
        inside = {(name, member) for name, branch in branches.items() for member in branch.members}
        for first, then in sorted(wiring.pipeline.fixed_edges - set(wiring.edges()) - inside):
            steps[then].add_depends_on([first])  # no reference says it
        held = {member for name in steps for member in _put_in(steps, name, branches.get(name, Branch()))}
        return [step for name, step in steps.items() if name not in held]

    def build_pipeline(self, *, sagemaker_session: Any = None) -> Any:
        """Make the SDK `Pipeline`; needs the extra `stepwire[sagemaker]`.

        Give the session with which it shall be created or started. Without one, no AWS account and no region
        are needed: the builders are called with the SDK kept offline.
        """
        from ..emitters.offline import offline  # imports boto3
        from ..emitters.sagemaker import build_sdk_pipeline  # importing the SDK takes seconds

        with nullcontext() if sagemaker_session else offline():
            steps = self.build_steps()
        inputs = sorted(self.dag.pipeline.inputs.items())
        parameters = [to_parameter(name, given) for name, given in inputs]
        return build_sdk_pipeline(
            self.name, steps, parameters=parameters, sagemaker_session=sagemaker_session
        )

    def _build(self, name: str, resolved: dict[str, PropertyReference]) -> Any:
        builder: Any = self._builders[name]
        create = getattr(builder, "create_step_with_resolved_inputs", None)
        if create is None and resolved:
            lost = f"the builder of step '{name}' has no create_step_with_resolved_inputs"
            warn(f"{lost}: it is not told what {', '.join(sorted(resolved))} should take", stacklevel=3)
        step = builder.create_step() if create is None else create(resolved)
        step = getattr(step, "_step", step)  # what a decorated function returns stands for its step
        made = getattr(step, "name", None)
        if made != name:
            found = "no step" if made is None else f"a step called '{made}'"
            message = f"the builder of step '{name}' made {found}"
            raise DefinitionError([Problem(Code.NAME_DIFFERS, message, hint=f"it should be called '{name}'")])
        return step


def _put_in(steps: Mapping[str, Any], condition: str, branch: Branch) -> list[str]:
    """Put the steps of a branch into the SDK's condition step; names all steps that it then holds.

    Raises DefinitionError where a step that is to have branches can have none.
    """
    step = steps[condition]
    sides = (("if_steps", branch.if_), ("else_steps", branch.else_))
    if any(members and not hasattr(step, side) for side, members in sides):
        message = f"the builder of step '{condition}' made no ConditionStep, and so nothing with branches"
        raise DefinitionError([Problem(Code.NAME_DIFFERS, message, hint="make a ConditionStep")])
    for side, members in sides:
        there = list(getattr(step, side, None) or [])
        names = [getattr(item, "name", None) for item in there]
        added = [steps[member] for member in members if member not in names]
        if added:
            setattr(step, side, [*there, *added])
    held = [item for side, _ in sides for item in getattr(step, side, None) or []]
    return [name for item in held if isinstance(name := getattr(item, "name", None), str)]

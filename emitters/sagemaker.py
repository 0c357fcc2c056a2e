"""A pipeline definition as objects of the SageMaker SDK (v3, or v2).

Importing this module imports the SDK, which takes some seconds: import it where it is used. Nothing here
calls AWS or needs credentials, and nothing here needs a region.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..definitions.api_paths import property_operations
from ..definitions.api_shapes import response_shape
from ..specs.expressions import iter_gets, map_expressions, parse_get
from ..specs.kinds.catalogue import find_kind
from ..specs.kinds.condition import CONDITION
from .sdk import (
    condition_step,
    conditions,
    entities,
    execution_variables,
    functions,
    mlflow_config,
    offline_session,
    pipeline,
    pipeline_experiment_config,
    properties,
    sdk_error,
    sdk_parameters,
    sdk_steps,
    step_dependency,
)

__all__ = [
    "LiftedCondition",
    "LiftedStep",
    "build_sdk_pipeline",
    "offline_session",
    "to_pipeline",
    "to_step",
    "to_variable",
]

_KEPT = frozenset({"Version", "Parameters", "PipelineExperimentConfig", "MlflowConfig", "Steps"})

_PARAMETERS: Mapping[str, Any] = {
    "String": sdk_parameters.ParameterString,
    "Integer": sdk_parameters.ParameterInteger,
    "Float": sdk_parameters.ParameterFloat,
    "Boolean": sdk_parameters.ParameterBoolean,
}


def to_pipeline(definition: Mapping[str, Any], *, name: str = "", sagemaker_session: Any = None) -> Any:
    """Lift a pipeline definition (version 2020-12-01) into an SDK `Pipeline` with the same steps.

    References become the SDK's live variables, so that its own dependency tracking works; what names no
    step or parameter of the definition stays as it is. A definition does not hold its pipeline's `name`.
    Give a `sagemaker_session` to create or start the pipeline; without, it has an `offline_session()`.
    Raises DefinitionError (SW430) for what the SDK has no object for.
    """
    if lost := sorted(key for key, value in definition.items() if value and key not in _KEPT):
        raise sdk_error(f"the SageMaker SDK has no place for {', '.join(lost)} of a definition")
    steps = definition.get("Steps", ())
    parameters = [_parameter(entry) for entry in definition.get("Parameters", ())]
    scope = _Scope({each.name: each for each in parameters}, frozenset(_step_names(steps)))
    experiment = scope.lift(definition.get("PipelineExperimentConfig")) or {}
    return pipeline.Pipeline(
        name=name,
        parameters=parameters,
        pipeline_experiment_config=pipeline_experiment_config.PipelineExperimentConfig(
            experiment.get("ExperimentName"), experiment.get("TrialName")
        )
        if experiment
        else None,
        steps=[scope.step(request) for request in steps],
        sagemaker_session=sagemaker_session or offline_session(),
        **_mlflow(scope.lift(definition.get("MlflowConfig")) or {}),
    )


def _mlflow(said: Mapping[str, Any]) -> dict[str, Any]:
    """Say where executions are recorded in MLflow; raises DefinitionError where the SDK has no place."""
    if not said:
        return {}
    names = {"MlflowResourceArn": "mlflow_resource_arn", "MlflowExperimentName": "mlflow_experiment_name"}
    if lost := sorted(said.keys() - names):
        raise sdk_error(f"the SageMaker SDK has no place for {', '.join(lost)} of MlflowConfig")
    return {"mlflow_config": mlflow_config({names[key]: value for key, value in said.items()})}


def build_sdk_pipeline(
    name: str,
    steps: Sequence[Any],
    *,
    parameters: Sequence[Mapping[str, Any]] = (),
    sagemaker_session: Any = None,
) -> Any:
    """Put SDK steps, as users' own builders make them, into an SDK `Pipeline`.

    `parameters` are entries of a definition's Parameters. The session is as for `to_pipeline`.
    """
    return pipeline.Pipeline(
        name=name,
        parameters=[_parameter(entry) for entry in parameters],
        steps=list(steps),
        sagemaker_session=sagemaker_session or offline_session(),
    )


def to_variable(expression: Mapping[str, Any]) -> Any:
    """Lift a reference such as `{"Get": "Steps.Train.TrainingJobName"}` into an SDK `PipelineVariable`.

    The SDK's classes take it wherever they take a string, and know by it which step must run before; a
    plain reference some refuse and some misread (`ModelBuilder` takes it for a ModelDataSource). Joins and
    reads of property files are lifted too. Raises DefinitionError (SW430) for anything else.
    """
    variable = _scope_of(expression).lift(expression)
    if not isinstance(variable, entities.PipelineVariable):
        raise sdk_error(f"{expression} is no reference")
    return variable


def to_step(request: Mapping[str, Any]) -> Any:
    """Lift one step of a definition into an SDK `Step`; references may stand anywhere in its arguments."""
    return _scope_of(request).step(request)


def _required(mapping: Mapping[str, Any], key: str, subject: str) -> str:
    value = mapping.get(key)
    if not isinstance(value, str):
        raise sdk_error(f"{subject} of the definition has no {key}")
    return value


def _parameter(entry: Mapping[str, Any]) -> Any:
    name = _required(entry, "Name", "a parameter")
    make = _PARAMETERS.get(entry.get("Type", "String"))
    if make is None:
        raise sdk_error(f"parameter '{name}' is of type {entry['Type']}", hint=f"known: {[*_PARAMETERS]}")
    default = entry.get("DefaultValue")
    if isinstance(default, int) and entry.get("Type") == "Float":
        default = float(default)  # the SDK takes no 1 for 1.0
    enumeration = {"enum_values": entry["EnumValues"]} if "EnumValues" in entry else {}
    try:
        return make(name=name, default_value=default, **enumeration)
    except TypeError as error:
        raise sdk_error(f"parameter '{name}': {error}") from error


def _step_names(steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for request in steps:
        yield _required(request, "Name", "a step")
        for member in find_kind(str(request.get("Type"))).nested:
            yield from _step_names(request.get("Arguments", {}).get(member, ()))


def _scope_of(value: Any) -> _Scope:
    """Make a scope of everything that a value names; parameters are taken for strings."""
    gets = [get for _, text in iter_gets(value) if (get := parse_get(text))]
    names = {get.name for get in gets if get.scope == "Parameters"}
    return _Scope(
        {name: sdk_parameters.ParameterString(name=name) for name in sorted(names)},
        frozenset(get.name for get in gets if get.scope == "Steps"),
    )


@dataclass(frozen=True)
class _Scope:
    """What references can name, and the lifting of JSON that holds them."""

    parameters: Mapping[str, Any]
    steps: Container[str]

    def lift(self, value: Any) -> Any:
        """Copy a JSON value with its references turned into SDK variables."""
        return map_expressions(value, self._variable)

    def step(self, request: Mapping[str, Any]) -> Any:
        """Lift one step; the SDK compiles the branches of a condition itself, so that one is its own."""
        name = _required(request, "Name", "a step")
        type_ = _required(request, "Type", f"step '{name}'")
        known = [kind.value for kind in sdk_steps.StepTypeEnum]
        if type_ not in known:
            raise sdk_error(f"step '{name}' is of type {type_}", hint=f"the SDK knows {', '.join(known)}")
        if type_ != CONDITION.name:
            return LiftedStep(self.lift({"Arguments": {}, **request}))
        arguments = request.get("Arguments", {})
        return condition_step.ConditionStep(
            name=name,
            depends_on=_depends_on(request),
            display_name=request.get("DisplayName"),
            description=request.get("Description"),
            conditions=[LiftedCondition(self.lift(each)) for each in arguments.get("Conditions", ())],
            if_steps=[self.step(each) for each in arguments.get("IfSteps", ())],
            else_steps=[self.step(each) for each in arguments.get("ElseSteps", ())],
        )

    def _variable(self, expression: Mapping[str, Any]) -> Any:
        match expression:
            case {"Get": str(text)}:
                variable = self._get(text)
                return expression if variable is None else variable
            case {"Std:Join": {"On": str(separator), "Values": list(values)}}:
                return functions.Join(on=separator, values=self.lift(values))
            case {"Std:JsonGet": {"Path": str(path), "PropertyFile": {"Get": str(text)}}}:
                get = parse_get(text)
                if get and get.name in self.steps and get.path.startswith("PropertyFiles."):
                    file = get.path.removeprefix("PropertyFiles.")
                    return functions.JsonGet(step_name=get.name, property_file=file, json_path=path)
        return {key: self.lift(value) for key, value in expression.items()}

    def _get(self, text: str) -> Any:
        get = parse_get(text)
        if get is None:
            return None
        if get.scope == "Parameters":
            return self.parameters.get(get.name)
        if get.scope == "Execution":
            return execution_variables.ExecutionVariable(get.name)
        return properties.Properties(get.name, path=get.path) if get.name in self.steps else None


def _depends_on(request: Mapping[str, Any]) -> list[Any]:
    entries = request.get("DependsOn", ())
    return [entry if isinstance(entry, str) else step_dependency(entry) for entry in entries]


def _property_shapes(type_: str) -> list[str]:
    """Name the shapes of the SageMaker API whose members are the properties of a step of this type."""
    shapes = map(response_shape, property_operations(type_))
    return [shape.name for shape in shapes if shape]


class LiftedCondition(conditions.Condition):  # type: ignore[misc]
    """A condition of a definition, its request kept as it is."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        self._request = request

    def to_request(self) -> Any:
        """Return the condition as it stands in a definition."""
        return self._request

    @property
    def _referenced_steps(self) -> list[Any]:
        variables = sdk_steps.Step._find_pipeline_variables_in_step_arguments(self._request)
        return [step for variable in variables for step in variable._referenced_steps]


class LiftedStep(sdk_steps.Step):  # type: ignore[misc]
    """A step of a definition as the SDK's own step object, its request kept as it is."""

    def __init__(self, request: Mapping[str, Any]) -> None:
        super().__init__(
            name=request["Name"],
            display_name=request.get("DisplayName"),
            description=request.get("Description"),
            step_type=sdk_steps.StepTypeEnum(request["Type"]),
            depends_on=_depends_on(request),
        )
        self._request = request
        shapes = _property_shapes(request["Type"])
        self._properties = properties.Properties(request["Name"], step=self, shape_names=shapes)

    @property
    def arguments(self) -> Any:
        """The step's request to SageMaker, with live variables in it."""
        return self._request["Arguments"]

    @property
    def properties(self) -> Any:
        """The step's outputs, as other SDK steps refer to them."""
        return self._properties

    def to_request(self) -> dict[str, Any]:
        """Return the step as it stands in a definition, with what has been added to `depends_on`."""
        request = dict(self._request)
        if self.depends_on:
            request["DependsOn"] = list(self.depends_on)
        return request

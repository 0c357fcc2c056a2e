"""Wire SageMaker pipelines: steps say what they need and make, and a solver finds how they fit.

    import stepwire as sw

    pipeline = sw.load("pipeline.yaml")     a document, or a PipelineSpec made in Python
    wiring = sw.resolve(pipeline)           the best wiring: wiring.bindings["Train.data"].source
    print(sw.explain(pipeline))             why there is none, and what would mend it
    print(sw.why(pipeline, "Train.data"))   why this source, and why not that one
    sw.emit(wiring).definition              what SageMaker takes
    sw.run(wiring)                          the pipeline, run on this machine
    sw.deploy(sw.plan(pipeline))            what deploying would change, then exactly that
    sw.propose(["raw_data"], "registered-model")   pipelines of library steps that lead there
    sw.from_definition(sdk_pipeline)        a pipeline that exists already: a definition, or one of the SDK

Every call takes a pipeline or the path of its document, returns a value and prints nothing; the values read
as text and, in a notebook, as HTML. Every error is a StepwireError, whose `problems` say what is wrong.

Names are imported when they are first used, so that a program that needs few of them starts fast.
"""

from importlib import import_module

TYPE_CHECKING = False  # as type checkers know it; to import typing would take most of the time of this import
if TYPE_CHECKING:
    from .api import (
        check,
        count,
        diff,
        emit,
        explain,
        graph,
        impact,
        load,
        lock,
        resolve,
        run,
        why,
        wirings,
    )
    from .authoring.builder import PipelineBuilder
    from .authoring.dag import PipelineDAG
    from .authoring.existing import from_sagemaker
    from .authoring.fluent import Pipeline
    from .authoring.proposals import Proposal, propose
    from .deployment.aws import Aws
    from .deployment.calls import deploy, permissions, plan, pull
    from .deployment.plan import Plan
    from .deployment.target import Wishes
    from .diagnosis.report import Report
    from .diagnosis.why import Why
    from .errors import (
        AmbiguousWiringError,
        AwsError,
        DefinitionError,
        DocumentError,
        DriftError,
        ExecutionError,
        LockError,
        MovedOnError,
        NoWiringError,
        ParameterError,
        PlanError,
        RevisionError,
        RunError,
        SearchLimitError,
        SpecificationError,
        SpecSetError,
        StepFailedError,
        StepwireError,
        UnknownCodeError,
    )
    from .importers.from_definition import from_definition
    from .problems.problem import Position, Problem
    from .solver.search.binding import Binding
    from .solver.search.counting import WiringCount
    from .solver.search.wiring import Wiring
    from .specs import (
        LIBRARY,
        Branch,
        DataType,
        DependencySpec,
        DependencyType,
        InputSpec,
        NodeType,
        OutputSpec,
        PipelineSpec,
        Policy,
        Port,
        PropertyReference,
        Step,
        StepSpecification,
    )

    __version__: str

_HOMES = {
    ".api": (
        "check",
        "count",
        "diff",
        "emit",
        "explain",
        "graph",
        "impact",
        "load",
        "lock",
        "resolve",
        "run",
        "why",
        "wirings",
    ),
    ".authoring.builder": ("PipelineBuilder",),
    ".authoring.dag": ("PipelineDAG",),
    ".authoring.existing": ("from_sagemaker",),
    ".authoring.fluent": ("Pipeline",),
    ".authoring.proposals": ("Proposal", "propose"),
    ".deployment.aws": ("Aws",),
    ".deployment.calls": ("deploy", "permissions", "plan", "pull"),
    ".deployment.plan": ("Plan",),
    ".deployment.target": ("Wishes",),
    ".diagnosis.report": ("Report",),
    ".diagnosis.why": ("Why",),
    ".errors": (
        "AmbiguousWiringError",
        "AwsError",
        "DefinitionError",
        "DocumentError",
        "DriftError",
        "ExecutionError",
        "LockError",
        "MovedOnError",
        "NoWiringError",
        "ParameterError",
        "PlanError",
        "RevisionError",
        "RunError",
        "SearchLimitError",
        "SpecSetError",
        "SpecificationError",
        "StepFailedError",
        "StepwireError",
        "UnknownCodeError",
    ),
    ".importers.from_definition": ("from_definition",),
    ".problems.problem": ("Position", "Problem"),
    ".solver.search.binding": ("Binding",),
    ".solver.search.counting": ("WiringCount",),
    ".solver.search.wiring": ("Wiring",),
    ".specs": (
        "LIBRARY",
        "Branch",
        "DataType",
        "DependencySpec",
        "DependencyType",
        "InputSpec",
        "NodeType",
        "OutputSpec",
        "PipelineSpec",
        "Policy",
        "Port",
        "PropertyReference",
        "Step",
        "StepSpecification",
    ),
}

__all__ = [
    "LIBRARY",
    "AmbiguousWiringError",
    "Aws",
    "AwsError",
    "Binding",
    "Branch",
    "DataType",
    "DefinitionError",
    "DependencySpec",
    "DependencyType",
    "DocumentError",
    "DriftError",
    "ExecutionError",
    "InputSpec",
    "LockError",
    "MovedOnError",
    "NoWiringError",
    "NodeType",
    "OutputSpec",
    "ParameterError",
    "Pipeline",
    "PipelineBuilder",
    "PipelineDAG",
    "PipelineSpec",
    "Plan",
    "PlanError",
    "Policy",
    "Port",
    "Position",
    "Problem",
    "PropertyReference",
    "Proposal",
    "Report",
    "RevisionError",
    "RunError",
    "SearchLimitError",
    "SpecSetError",
    "SpecificationError",
    "Step",
    "StepFailedError",
    "StepSpecification",
    "StepwireError",
    "UnknownCodeError",
    "Why",
    "Wiring",
    "WiringCount",
    "Wishes",
    "check",
    "count",
    "deploy",
    "diff",
    "emit",
    "explain",
    "from_definition",
    "from_sagemaker",
    "graph",
    "impact",
    "load",
    "lock",
    "permissions",
    "plan",
    "propose",
    "pull",
    "resolve",
    "run",
    "why",
    "wirings",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version("stepwire")
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module 'stepwire' has no attribute '{name}'")
    return getattr(import_module(home, __name__), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

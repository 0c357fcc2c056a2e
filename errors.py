"""The exceptions that a user of stepwire can meet.

    StepwireError
    ├── SpecificationError      a step specification that cannot stand          (exit 2)
    ├── DocumentError           a pipeline document with problems               (exit 2)
    ├── NoWiringError           no valid wiring exists                          (exit 1)
    ├── AmbiguousWiringError    several wirings are equally good, under strict  (exit 3)
    ├── SearchLimitError        a time or size limit was reached                (exit 5)
    ├── DefinitionError         a definition that SageMaker would refuse        (exit 2)
    ├── ParameterError          a run was started with wrong or missing values  (exit 2)
    ├── UnknownCodeError        a code was asked about that there is not        (exit 2)
    ├── LockError               a lock that cannot be used                      (exit 2)
    ├── SpecSetError            a set of wiring tests that cannot stand         (exit 2)
    ├── RevisionError           git does not give what was asked for            (exit 2)
    ├── DriftError              what was locked or agreed is so no more         (exit 4)
    ├── AwsError                a call of AWS that failed                       (exit 2)
    ├── PlanError               a plan, or a pipeline, that may not be used     (exit 2)
    │   └── MovedOnError        something else is deployed than was planned     (exit 4)
    ├── ExecutionError          an execution did not succeed                    (exit 6)
    └── RunError                a pipeline did not run to its end               (exit 6)
        └── StepFailedError     one step's program failed

Every exception carries objects; its words are made when it is printed.
"""

from __future__ import annotations

from .deployment.errors import AwsError, ExecutionError, MovedOnError, PlanError
from .diagnosis.errors import NoWiringError
from .problems.errors import (
    DefinitionError,
    DocumentError,
    DriftError,
    LockError,
    ParameterError,
    ProblemsError,
    RevisionError,
    SpecificationError,
    SpecSetError,
    StepwireError,
    UnknownCodeError,
)
from .problems.problem import Position, Problem
from .runtime.errors import RunError, StepFailedError
from .solver.search.errors import AmbiguousWiringError, SearchLimitError

__all__ = [
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
    "Position",
    "Problem",
    "ProblemsError",
    "RevisionError",
    "RunError",
    "SearchLimitError",
    "SpecSetError",
    "SpecificationError",
    "StepFailedError",
    "StepwireError",
    "UnknownCodeError",
]

"""EMR: a step of a cluster of Amazon EMR, one that is there or one made for it."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, attribute, attributes
from .shapes import JSON_SHAPE, TEXT_SHAPE, list_of, map_of, structure
from .slot import Slot

_TIMES = dict.fromkeys(("CreationDateTime", "StartDateTime", "EndDateTime"), TEXT_SHAPE)
_FAILURE = structure({}, dict.fromkeys(("Reason", "Message", "LogFile"), TEXT_SHAPE))
_CHANGE = structure({}, dict.fromkeys(("Code", "Message"), TEXT_SHAPE))
_JAR = structure(
    {"Jar": TEXT_SHAPE}, {"Args": list_of(TEXT_SHAPE), "MainClass": TEXT_SHAPE, "Properties": JSON_SHAPE}
)

EMR = StepKind(
    "EMR",
    offers=(*attributes("Id", "Name", "ClusterId"), attribute("Status", "Status.State", Form.TEXT)),
    slots=(
        Slot("ClusterId", name="cluster_id"),
        Slot("StepConfig.HadoopJarStep.Jar", name="jar"),
        Slot("StepConfig.HadoopJarStep.Args[Flag=--{name}]"),
    ),
    added={
        **dict.fromkeys(("Id", "Name", "ActionOnFailure", "ExecutionRoleArn", "ClusterId"), TEXT_SHAPE),
        "ClusterConfig": JSON_SHAPE,
        "Config": structure(
            {},
            {
                "Jar": TEXT_SHAPE,
                "MainClass": TEXT_SHAPE,
                "Args": list_of(TEXT_SHAPE),
                "Properties": map_of(TEXT_SHAPE),
            },
        ),
        "Status": structure(
            {},
            {
                "State": TEXT_SHAPE,
                "StateChangeReason": _CHANGE,
                "FailureDetails": _FAILURE,
                "Timeline": structure({}, _TIMES),
            },
        ),
    },
    arguments=structure(
        {
            "StepConfig": structure(
                {"HadoopJarStep": _JAR}, {"Name": TEXT_SHAPE, "ActionOnFailure": TEXT_SHAPE}
            )
        },
        {"ClusterId": TEXT_SHAPE, "ClusterConfig": JSON_SHAPE, "ExecutionRoleArn": TEXT_SHAPE},
    ),
    refused={
        **dict.fromkeys(
            ("ClusterConfig.Name", "ClusterConfig.AutoTerminationPolicy", "ClusterConfig.Steps"),
            "the pipeline decides it for the cluster that it makes",
        ),
        **dict.fromkeys(
            (
                "ClusterConfig.Instances.KeepJobFlowAliveWhenNoSteps",
                "ClusterConfig.Instances.TerminationProtected",
            ),
            "the pipeline ends the cluster that it makes",
        ),
    },
    exclusive=(("ClusterId", "ClusterConfig"),),
    one_of=(("ClusterId", "ClusterConfig"),),
    takes=("arguments",),
    caches=True,
    serves=True,
    cache_keys=(
        "ClusterId",
        "StepConfig",
    ),
)

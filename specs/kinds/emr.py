"""EMR: a step of a cluster of Amazon EMR, one that is there or one made for it."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, attribute, attributes
from .shapes import DOCUMENT, TEXT, list_of, map_of, structure
from .slot import Slot

_TIMES = dict.fromkeys(("CreationDateTime", "StartDateTime", "EndDateTime"), TEXT)
_FAILURE = structure({}, dict.fromkeys(("Reason", "Message", "LogFile"), TEXT))
_CHANGE = structure({}, dict.fromkeys(("Code", "Message"), TEXT))
_JAR = structure({"Jar": TEXT}, {"Args": list_of(TEXT), "MainClass": TEXT, "Properties": DOCUMENT})

EMR = StepKind(
    "EMR",
    offers=(*attributes("Id", "Name", "ClusterId"), attribute("Status", "Status.State", Form.TEXT)),
    slots=(
        Slot("ClusterId", name="cluster_id"),
        Slot("StepConfig.HadoopJarStep.Jar", name="jar"),
        Slot("StepConfig.HadoopJarStep.Args[Flag=--{name}]"),
    ),
    added={
        **dict.fromkeys(("Id", "Name", "ActionOnFailure", "ExecutionRoleArn", "ClusterId"), TEXT),
        "ClusterConfig": DOCUMENT,
        "Config": structure(
            {}, {"Jar": TEXT, "MainClass": TEXT, "Args": list_of(TEXT), "Properties": map_of(TEXT)}
        ),
        "Status": structure(
            {},
            {
                "State": TEXT,
                "StateChangeReason": _CHANGE,
                "FailureDetails": _FAILURE,
                "Timeline": structure({}, _TIMES),
            },
        ),
    },
    arguments=structure(
        {"StepConfig": structure({"HadoopJarStep": _JAR}, {"Name": TEXT, "ActionOnFailure": TEXT})},
        {"ClusterId": TEXT, "ClusterConfig": DOCUMENT, "ExecutionRoleArn": TEXT},
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

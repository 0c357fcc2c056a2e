"""Documents that say what the programs of `v3` say, by the same names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .common import BUCKET, FUNCTION, IMAGE, QUEUE, ROLE

Document = Mapping[str, Any]

SETTINGS: dict[str, Any] = {"role": ROLE, "image": IMAGE}
MODEL_NAME: dict[str, Any] = {"type": "custom_property", "data_type": "ModelName"}
NAME: dict[str, Any] = {"type": "custom_property", "data_type": "String"}
PREPARE: dict[str, Any] = {
    "kind": "Processing",
    "outputs": {
        "train": {"type": "processing_output"},
        "report": {"type": "evaluation_report"},
        "Report": {"type": "property_file", "data_type": "Json", "file": "report.json"},
    },
    "arguments": {"ratio": 0.2},
    "env": {"MODE": "fast"},
    "request": {
        "AppSpecification": {"ContainerEntrypoint": ["python3", "/opt/ml/processing/code/a.py"]},
        "ProcessingInputs": [{"InputName": "raw", "S3Input": {"S3Uri": f"{BUCKET}/raw/"}}],
        "ProcessingOutputConfig": {
            "Outputs": [
                {"OutputName": name, "S3Output": {"S3Uri": f"{BUCKET}/{name}/"}}
                for name in ("train", "report")
            ]
        },
    },
}
CREATE: dict[str, Any] = {
    "kind": "Model",
    "outputs": {"model": MODEL_NAME},
    "request": {"PrimaryContainer": {"ModelDataUrl": f"{BUCKET}/models/model.tar.gz"}},
}
TRAIN: dict[str, Any] = {
    "kind": "Training",
    "dependencies": {"train": {"type": "training_data"}},
    "outputs": {"model": {"type": "model_artifacts"}},
    "arguments": {"eta": 0.1},
    "request": {"OutputDataConfig": {"S3OutputPath": f"{BUCKET}/models/"}},
}
TUNE: dict[str, Any] = {
    "kind": "Tuning",
    "arguments": {"rounds": 10},
    "request": {
        "HyperParameterTuningJobConfig": {
            "ResourceLimits": {"MaxParallelTrainingJobs": 2, "MaxNumberOfTrainingJobs": 4},
            "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
            "ParameterRanges": {
                "ContinuousParameterRanges": [
                    {"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Auto"}
                ]
            },
            "TrainingJobEarlyStoppingType": "Off",
        },
        "TrainingJobDefinition": {
            "AlgorithmSpecification": {
                "MetricDefinitions": [{"Name": "validation:auc", "Regex": "auc=(.*)"}]
            },
            "InputDataConfig": [
                {
                    "ChannelName": "train",
                    "DataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/train/"}},
                }
            ],
            "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/models/"},
        },
    },
}
BEST: dict[str, Any] = {
    "kind": "Model",
    "request": {
        "PrimaryContainer": {
            "ModelDataUrl": {
                "Std:Join": {
                    "On": "/",
                    "Values": [
                        "s3:/",
                        "some-bucket",
                        "models",
                        {"Get": "Steps.Tune.TrainingJobSummaries[0].TrainingJobName"},
                        "output/model.tar.gz",
                    ],
                }
            }
        }
    },
}
SCORE: dict[str, Any] = {
    "kind": "Transform",
    "dependencies": {"model": MODEL_NAME},
    "request": {
        "TransformInput": {
            "DataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/batch/"}},
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        "TransformOutput": {
            "S3OutputPath": f"{BUCKET}/scores/",
            "Accept": "text/csv",
            "AssembleWith": "Line",
        },
        "BatchStrategy": "MultiRecord",
        "DataProcessing": {"InputFilter": "$[1:]", "OutputFilter": "$[0,-1]", "JoinSource": "Input"},
    },
}
REGISTER: dict[str, Any] = {
    "kind": "RegisterModel",
    "env": {
        "SAGEMAKER_PROGRAM": "",
        "SAGEMAKER_SUBMIT_DIRECTORY": "",
        "SAGEMAKER_CONTAINER_LOG_LEVEL": 20,
        "SAGEMAKER_REGION": "us-east-1",
    },
    "request": {
        "ModelPackageGroupName": "churn",
        "ModelMetrics": {"ModelQuality": {"Statistics": {"S3Uri": f"{BUCKET}/report/report.json"}}},
        "InferenceSpecification": {
            "Containers": [{"ModelDataUrl": f"{BUCKET}/models/model.tar.gz"}],
            "SupportedRealtimeInferenceInstanceTypes": ["ml.m5.large"],
            "SupportedTransformInstanceTypes": ["ml.m5.large"],
        },
        "SkipModelValidation": "None",
    },
}


def measured(data: str, output: str, **more: Any) -> dict[str, Any]:
    """Say what a check of quality looks at, and where its result goes."""
    return {
        "image": "156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer",
        "ModelPackageGroupName": None,
        "ProcessingInputs": [{"InputName": "baseline_dataset_input", "S3Input": {"S3Uri": data}}],
        "ProcessingOutputConfig": {
            "Outputs": [{"OutputName": "quality_check_output", "S3Output": {"S3Uri": output}}]
        },
        "Environment": {"dataset_format": '{"csv": {"header": true}}'},
        **more,
    }


OF_MODEL: dict[str, Any] = {
    "analysis_type": "MODEL_QUALITY",
    "problem_type": "BinaryClassification",
    "inference_attribute": "_c0",
    "ground_truth_attribute": "_c1",
}
CHECK_DATA: dict[str, Any] = {
    "kind": "QualityCheck",
    "request": measured(
        f"{BUCKET}/train/",
        f"{BUCKET}/q/",
        ModelPackageGroupName="churn",
        SuppliedBaselineStatistics=f"{BUCKET}/statistics.json",
    ),
}
CHECK_MODEL: dict[str, Any] = {
    "kind": "QualityCheck",
    "env": OF_MODEL,
    "request": measured(
        f"{BUCKET}/scores/",
        f"{BUCKET}/m/",
        CheckType="MODEL_QUALITY",
        RegisterNewBaseline=True,
        SkipCheck=True,
    ),
}
CLARIFY: dict[str, Any] = {
    "kind": "ClarifyCheck",
    "request": {
        "image": "205585389593.dkr.ecr.us-east-1.amazonaws.com/sagemaker-clarify-processing:1.0",
        "ModelPackageGroupName": "churn",
        "ProcessingInputs": [
            {
                "InputName": "analysis_config",
                "S3Input": {"S3Uri": f"{BUCKET}/clarify//analysis_config.json"},
            },
            {"InputName": "dataset", "S3Input": {"S3Uri": f"{BUCKET}/train/"}},
        ],
        "ProcessingOutputConfig": {
            "Outputs": [{"OutputName": "analysis_result", "S3Output": {"S3Uri": f"{BUCKET}/clarify/"}}]
        },
    },
}
CLARIFY_OF_MODEL: dict[str, Any] = {**CLARIFY, "dependencies": {"model_name": MODEL_NAME}}
SERVING: dict[str, Any] = {
    "Create": CREATE,
    "Configure": {
        "kind": "EndpointConfig",
        "dependencies": {"model": MODEL_NAME},
        "outputs": {"config": NAME},
        "request": {"EndpointConfigName": "churn"},
    },
    "Serve": {
        "kind": "Endpoint",
        "dependencies": {"config": {**NAME, "compatible_sources": ["Configure"]}},
        "outputs": {"endpoint": NAME},
        "request": {"EndpointName": "churn"},
    },
    "Add": {
        "kind": "InferenceComponent",
        "dependencies": {"endpoint": {**NAME, "compatible_sources": ["Serve"]}, "model": MODEL_NAME},
        "request": {
            "InferenceComponentName": "part",
            "VariantName": "AllTraffic",
            "Specification": {
                "ComputeResourceRequirements": {"MinMemoryRequiredInMb": 1024, "NumberOfCpuCoresRequired": 1}
            },
        },
    },
}
NOTE: dict[str, Any] = {
    "kind": "Lineage",
    "dependencies": {"data": {"type": "processing_output", "semantic_keywords": ["train"]}},
    "request": {
        "Actions": [
            {
                "ActionName": "run",
                "Source": {"SourceUri": f"{BUCKET}/run", "SourceType": "S3ETag"},
                "ActionType": "ModelTraining",
            }
        ],
        "Associations": [
            {
                "Source": {"Name": "data", "Type": "Artifact"},
                "Destination": {"Name": "run", "Type": "Action"},
                "AssociationType": "ContributedTo",
            }
        ],
    },
}
CHANNEL = "sagemaker_headless_execution_pipelinestep"
NOTEBOOK: dict[str, Any] = {
    "kind": "NotebookJob",
    "arguments": {"rate": "0.1"},
    "env": {
        "MODE": "fast",
        "AWS_DEFAULT_REGION": "us-east-1",
        "SM_JOB_DEF_VERSION": "1.0",
        "SM_ENV_NAME": "sagemaker-default-env",
        "SM_SKIP_EFS_SIMULATION": "true",
        "SM_EXECUTION_INPUT_PATH": f"/opt/ml/input/data/{CHANNEL}",
        "SM_KERNEL_NAME": "python3",
        "SM_INPUT_NOTEBOOK_NAME": "notebook.ipynb",
        "SM_OUTPUT_NOTEBOOK_NAME": "note.ipynb",
    },
    "request": {
        "tags": {
            "sagemaker:name": "note",
            "sagemaker:notebook-name": "notebook.ipynb",
            "sagemaker:notebook-job-origin": "PIPELINE_STEP",
            "sagemaker:is-studio-archived": "false",
        },
        "max_seconds": 172_800,
        "TrainingJobName": "note",
        "RetryStrategy": {"MaximumRetryAttempts": 1},
        "EnableInterContainerTrafficEncryption": True,
        "InputDataConfig": [
            {
                "ChannelName": CHANNEL,
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"{BUCKET}/p/Note/input"}},
            }
        ],
        "OutputDataConfig": {
            "S3OutputPath": {
                "Std:Join": {
                    "On": "/",
                    "Values": [BUCKET, "p", {"Get": "Execution.PipelineExecutionId"}, "Note"],
                }
            }
        },
    },
}
START: dict[str, Any] = {
    "kind": "Job",
    "request": {
        "JobCategory": "AgentRFT",
        "JobConfigSchemaVersion": "1.0.0",
        "JobConfigDocument": {
            "OutputDataConfig": {
                "S3OutputPath": {
                    "Std:Join": {
                        "On": "/",
                        "Values": [f"{BUCKET}/jobs", {"Get": "Execution.PipelineExecutionId"}, ""],
                    }
                }
            },
            "Rounds": 3,
        },
    },
}
ASK: dict[str, Any] = {
    "kind": "Lambda",
    "arguments": {"group": "g", "n": 3},
    "outputs": {"url": {"data_type": "String"}},
    "request": {"FunctionArn": FUNCTION},
}
JAR: dict[str, Any] = {"HadoopJarStep": {"Jar": "command-runner.jar"}}
ON_CLUSTER: dict[str, Any] = {
    "kind": "EMR",
    "display_name": "Spark",
    "description": "A job",
    "arguments": ["spark-submit", "a.py"],
    "request": {"StepConfig": JAR, "ClusterId": "j-ABC"},
}
OWN_CLUSTER: dict[str, Any] = {
    **ON_CLUSTER,
    "display_name": "Own",
    "request": {
        "StepConfig": JAR,
        "ClusterConfig": {
            "Instances": {"InstanceGroups": [{"InstanceCount": 1}]},
            "ReleaseLabel": "emr-6.5.0",
        },
    },
}
COMPARED = ("Equals", "GreaterThan", "GreaterThanOrEqualTo", "LessThan", "LessThanOrEqualTo")
AUC: dict[str, Any] = {
    "Std:JsonGet": {
        "PropertyFile": {"Get": "Steps.Prepare.PropertyFiles.Report"},
        "Path": "metrics.auc.value",
    }
}
COMPARISONS = [{"Type": name, "LeftValue": AUC, "RightValue": 0.5} for name in COMPARED]
AMONG: dict[str, Any] = {"Type": "In", "QueryValue": AUC, "Values": [0.5, 0.6]}
CONDITIONS = [
    *COMPARISONS,
    AMONG,
    {"Type": "Not", "Condition": AMONG},
    {"Type": "Or", "Conditions": COMPARISONS},
]


TUNED = {
    "TuningObjective": {"Type": "Maximize", "MetricName": "auc"},
    "HyperParameterRanges": {
        "ContinuousParameterRanges": [
            {"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Auto"}
        ]
    },
    "AlgorithmSpecification": {"MetricDefinitions": [{"Name": "auc", "Regex": "auc=(.*)"}]},
    "HyperParameterTuningResourceConfig": {
        "InstanceCount": 1,
        "InstanceType": "ml.m5.large",
        "VolumeSizeInGB": 30,
    },
    "InputDataConfig": [
        {"ChannelName": "train", "DataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/train/"}}}
    ],
    "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/models/"},
}
TUNE_BOTH: dict[str, Any] = {
    "kind": "Tuning",
    "arguments": {"rounds": 10},
    "request": {
        "HyperParameterTuningJobConfig": {"ResourceLimits": {"MaxNumberOfTrainingJobs": 4}},
        "TrainingJobDefinitions": [{"DefinitionName": name, **TUNED} for name in ("one", "two")],
    },
}
TRY: dict[str, Any] = {
    "kind": "AutoML",
    "request": {
        "InputDataConfig": [
            {
                "ChannelType": "training",
                "TargetAttributeName": "y",
                "DataSource": {"S3DataSource": {"S3Uri": f"{BUCKET}/train/"}},
            }
        ],
        "OutputDataConfig": {"S3OutputPath": f"{BUCKET}/automl/"},
        "AutoMLJobConfig": {"SecurityConfig": {"EnableInterContainerTrafficEncryption": False}},
        "AutoMLJobObjective": {"MetricName": "F1"},
        "ProblemType": "BinaryClassification",
    },
}


def document(steps: Mapping[str, Any], **more: Any) -> Document:
    """Write a document with the settings that the programs have in common."""
    return {"name": "p", "request": SETTINGS, "steps": dict(steps), **more}


DOCUMENTS: Mapping[str, Document] = {
    "callback": document(
        {
            "Wait": {
                "kind": "Callback",
                "arguments": {"who": "me"},
                "outputs": {"verdict": {"data_type": "String"}},
                "request": {"SqsQueueUrl": QUEUE},
            },
            "Ask": {
                **ASK,
                "arguments": {},
                "dependencies": {"verdict": {**NAME, "compatible_sources": ["Wait"]}},
            },
        }
    ),
    "clarify": document(
        {
            "Create": CREATE,
            "DataBias": CLARIFY,
            "ModelBias": CLARIFY_OF_MODEL,
            "Explain": CLARIFY_OF_MODEL,
        }
    ),
    "cleanup": document(
        {
            "Prepare": PREPARE,
            "Clean": {
                "kind": "Cleanup",
                "depends_on": [{"step": "Prepare", "trigger": "Any"}],
                "request": {
                    "Resources": {"S3": [{"StepName": "Prepare", "S3Uris": [f"{BUCKET}/train/a.csv"]}]}
                },
            },
        }
    ),
    "condition": document(
        {
            "Prepare": PREPARE,
            "Gate": {"kind": "Condition", "request": {"Conditions": CONDITIONS}},
            "Ask": ASK,
            "Stop": {"kind": "Fail", "request": {"ErrorMessage": "not good enough"}},
        },
        branches={"Gate": {"if": ["Ask"], "else": ["Stop"]}},
    ),
    "each": document(
        {
            "All": {
                "kind": "ForEach",
                "body": ["Each"],
                "request": {"IterableItems": ["a", "b"], "MaxConcurrency": 2},
            },
            "Each": {**ASK, "arguments": {"x": {"Get": "ForEach.CurrentItem"}}, "outputs": {}},
        }
    ),
    "emr": document({"Spark": ON_CLUSTER, "Own": OWN_CLUSTER}),
    "emr_serverless": document(
        {
            "Spark": {
                "kind": "EMRServerless",
                "request": {
                    "ApplicationId": "app1",
                    "JobConfig": {"jobDriver": {"sparkSubmit": {"entryPoint": f"{BUCKET}/a.py"}}},
                },
            }
        }
    ),
    "endpoint": document(SERVING),
    "job": document({"Start": START}),
    "lineage": document({"Prepare": PREPARE, "Note": NOTE}),
    "model": document({"Create": CREATE}),
    "monitored_transform": document(
        {
            "Create": CREATE,
            "Watch": {
                "kind": "MonitorBatchTransform",
                "dependencies": {"model": MODEL_NAME},
                "request": measured(
                    f"{BUCKET}/train/",
                    f"{BUCKET}/q/",
                    SuppliedBaselineStatistics=f"{BUCKET}/statistics.json",
                    MonitorBeforeTransform=True,
                    Transform=SCORE["request"],
                ),
            },
        },
    ),
    "notebook": document({"Note": NOTEBOOK}),
    "processing": document({"Prepare": PREPARE}),
    "quality": document({"Data": CHECK_DATA, "Model": CHECK_MODEL}),
    "registration": document({"Register": REGISTER}),
    "training": document(
        {"Prepare": PREPARE, "Train": {**TRAIN, "request": {**TRAIN["request"], "max_seconds": 3600}}}
    ),
    "transform": document({"Create": CREATE, "Score": SCORE}),
    "tuning": document(
        {"Tune": {**TUNE, "request": {**TUNE["request"], "max_seconds": 3600}}, "Create": BEST}
    ),
}

ONLY_V2: Mapping[str, tuple[str, Document]] = {
    "automl": ("Try", document({"Try": TRY})),
    "tuning": ("Both", document({"Both": TUNE_BOTH})),
}
"""What only version 2 of the SDK can write, by its programs: the step that it is, and a document of it."""

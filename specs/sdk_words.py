"""Words that the SageMaker SDK and API have for what a step of a document says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

_INPUTS = "what a step takes stands under 'dependencies', what it makes under 'outputs'"
_ITSELF = "the step is it: settings and members of its request go under 'request', its program under 'code'"
_NETWORK = "write 'network: {subnets: […], security_groups: […], isolation: true}' under 'request'"
_GIVEN = "make it a dependency of the step"
_CHECK = "what is checked is a dependency, 'baseline_dataset'; how goes under 'env' and 'request'"


def _under_request(text: str) -> str:
    return f"write '{text}' under 'request'"


_SETTINGS = {
    "image": ("image_uri", "training_image", "framework_version", "py_version"),
    "instance": ("instance_type", "InstanceType", "compute"),
    "instance_count": ("instance_count",),
    "max_seconds": ("max_run", "max_runtime_in_seconds", "stopping_condition"),
    "role": ("role", "role_arn"),
    "tags": ("tags",),
    "volume_gb": ("volume_size", "volume_size_in_gb"),
}
"""Settings of a request, with the words that the SDK has for them."""

_MEMBERS = {
    "AlgorithmSpecification: {MetricDefinitions: […]}": ("metric_definitions",),
    "AppSpecification: {ContainerEntrypoint: […]}": ("command", "entrypoint", "container_entrypoint"),
    "CheckpointConfig: {S3Uri: …}": ("checkpoint_s3_uri", "checkpoint_config"),
    "ClusterId: …": ("cluster_id",),
    "Conditions: […]": ("conditions",),
    "EnableInterContainerTrafficEncryption: true": ("encrypt_inter_container_traffic",),
    "EnableManagedSpotTraining: true": ("use_spot_instances",),
    "ErrorMessage: …": ("error_message",),
    "FailOnViolation: false": ("fail_on_violation",),
    "FunctionArn: …": ("function_arn", "lambda_func"),
    "HyperParameterTuningJobConfig: {HyperParameterTuningJobObjective: …}": (
        "objective_metric_name",
        "objective_type",
    ),
    "HyperParameterTuningJobConfig: {ParameterRanges: …}": ("hyperparameter_ranges",),
    "HyperParameterTuningJobConfig: {ResourceLimits: …}": ("max_jobs", "max_parallel_jobs"),
    "InferenceSpecification: {…}": (
        "content_types",
        "inference_instances",
        "response_types",
        "transform_instances",
    ),
    "ModelApprovalStatus: …": ("approval_status",),
    "ModelPackageGroupName: …": ("model_package_group_name",),
    "OutputDataConfig: {S3OutputPath: …}": ("output_path", "output_data_config"),
    "RegisterNewBaseline: true": ("register_new_baseline",),
    "ResourceConfig: {KeepAlivePeriodInSeconds: …}": ("keep_alive_period_in_seconds",),
    "SkipCheck: true": ("skip_check",),
    "SqsQueueUrl: …": ("sqs_queue_url",),
    "StepConfig: {HadoopJarStep: …}": ("step_config",),
    "StoppingCondition: {MaxWaitTimeInSeconds: …}": ("max_wait", "max_wait_time_in_seconds"),
    "TransformInput: {…}": ("compression_type", "content_type", "split_type"),
    "TransformOutput: {…}": ("accept", "assemble_with"),
}
"""Members of a request, as they are written, with the words that the SDK has for them."""

_OTHERS = {
    "write it as 'code'": ("entry_point", "entry_script", "source_code", "script"),
    "write it as 'code': a folder with main.py": ("source_dir",),
    "write them as 'arguments'": (
        "HyperParameters",
        "container_arguments",
        "hyper_parameters",
        "hyperparameters",
        "job_arguments",
    ),
    "write it as 'env'": ("Environment", "enviroment", "environment"),
    "write it as 'kind'": ("Type", "type"),
    "write how long: 'cache: P30D'": ("cache_config",),
    "write them as 'retry'": ("retry_policies",),
    "write it under 'request', in SageMaker's words": ("arn",),
    "write them under 'branches' of the document: {STEP: {if: […]}}": ("if_steps",),
    "write them under 'branches' of the document: {STEP: {else: […]}}": ("else_steps",),
    "write 'experiment' at the top of the document": ("experiment_config",),
    "what comes from outside stands under 'inputs' of the document": ("parameters",),
    "its name is the key under which it stands in 'steps'": ("name",),
    "SageMaker names the jobs of a pipeline itself": ("base_job_name", "job_name"),
    "a pipeline waits for its steps, and keeps their logs": ("logs", "wait"),
    "code goes to the 'bucket' and 'prefix' of 'request'": ("code_location",),
    "an output of type property_file is one; or write 'PropertyFiles' under 'request'": ("property_files",),
    _INPUTS: ("input_data_config", "inputs"),
    _NETWORK: (
        "enable_network_isolation",
        "network",
        "network_config",
        "networking",
        "security_group_ids",
        "subnets",
        "vpc_config",
    ),
    _ITSELF: (
        "estimator",
        "model_builder",
        "model_trainer",
        "processor",
        "step_args",
        "transformer",
        "tuner",
    ),
    _GIVEN: (
        "baseline_dataset",
        "drift_check_baselines",
        "model",
        "model_data",
        "model_metrics",
        "model_name",
        "supplied_baseline_constraints",
        "supplied_baseline_statistics",
    ),
    _CHECK: ("check_job_config", "clarify_check_config", "quality_check_config"),
}
"""What is said otherwise than in a request, with the words that the SDK has for it."""

SDK_WORDS: Mapping[str, str] = {
    **{word: _under_request(name) for name, words in _SETTINGS.items() for word in words},
    **{word: _under_request(member) for member, words in _MEMBERS.items() for word in words},
    **{word: hint for hint, words in _OTHERS.items() for word in words},
}
"""Where a key goes that a user may know from elsewhere."""

"""Words that the SageMaker SDK and API have for what a step of a document says otherwise."""

from __future__ import annotations

from collections.abc import Mapping

_INPUTS = "what a step takes stands under 'dependencies', what it makes under 'outputs'"
_TYPE = "write it as 'kind'"

SDK_WORDS: Mapping[str, str] = {
    "instance_type": "write 'instance' under 'request'",
    "InstanceType": "write 'instance' under 'request'",
    "instance_count": "write 'instance_count' under 'request'",
    "volume_size": "write 'volume_gb' under 'request'",
    "volume_size_in_gb": "write 'volume_gb' under 'request'",
    "max_run": "write 'max_seconds' under 'request'",
    "max_runtime_in_seconds": "write 'max_seconds' under 'request'",
    "image_uri": "write 'image' under 'request'",
    "training_image": "write 'image' under 'request'",
    "role": "write 'role' under 'request'",
    "role_arn": "write 'role' under 'request'",
    "output_path": "write 'OutputDataConfig: {S3OutputPath: …}' under 'request'",
    "entry_point": "write it as 'code'",
    "entry_script": "write it as 'code'",
    "source_dir": "write it as 'code': a folder with main.py",
    "source_code": "write it as 'code'",
    "script": "write it as 'code'",
    "hyperparameters": "write them as 'arguments'",
    "hyper_parameters": "write them as 'arguments'",
    "HyperParameters": "write them as 'arguments'",
    "job_arguments": "write them as 'arguments'",
    "environment": "write it as 'env'",
    "enviroment": "write it as 'env'",
    "Environment": "write it as 'env'",
    "inputs": _INPUTS,
    "input_data_config": _INPUTS,
    "property_files": "an output of type property_file is one; or write 'PropertyFiles' under 'request'",
    "cache_config": "write how long: 'cache: P30D'",
    "retry_policies": "write them as 'retry'",
    "conditions": "write 'Conditions' under 'request'",
    "if_steps": "write them under 'branches' of the document: {STEP: {if: […]}}",
    "else_steps": "write them under 'branches' of the document: {STEP: {else: […]}}",
    "type": _TYPE,
    "Type": _TYPE,
    "arn": "write it under 'request', in SageMaker's words",
    "function_arn": "write 'FunctionArn' under 'request'",
    "sqs_queue_url": "write 'SqsQueueUrl' under 'request'",
    "tags": "write 'tags' under 'request'",
    "network": "write 'network' under 'request'",
    "network_config": "write 'network' under 'request'",
}
"""Where a key goes that a user may know from elsewhere."""

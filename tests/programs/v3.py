"""Programs with the step classes of the SDK (v3), by the class each is about."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from .common import BUCKET, FUNCTION, IMAGE, INSTANCE, NOTEBOOK, OPTED_OUT, QUEUE, ROLE, answering_session


def workflow(module: str, name: str) -> Any:
    """Return a class out of the modules of steps."""
    return getattr(import_module(f"sagemaker.mlops.workflow.{module}"), name)


def core(module: str, name: str) -> Any:
    """Return a class out of the SDK's core."""
    return getattr(import_module(f"sagemaker.core.{module}"), name)


@cache
def recording_session() -> Any:
    """Return a session that reaches nobody; what is uploaded goes nowhere."""
    # The SDK holds its own configuration against a schema at each look, which takes half a second.
    core("config.config_manager", "SageMakerConfig").validate_sagemaker_config = staticmethod(lambda _: None)
    return core("workflow.pipeline_context", "PipelineSession")(
        boto_session=answering_session(), default_bucket="some-bucket", sagemaker_config=OPTED_OUT
    )


def pipeline_of(program: Callable[[Any], list[Any]]) -> Any:
    """Make the pipeline of a program."""
    session = recording_session()
    return workflow("pipeline", "Pipeline")("p", steps=program(session), sagemaker_session=session)


def trainer(session: Any, **more: Any) -> Any:
    """Make what trains a model on one machine."""
    configs = import_module("sagemaker.core.training.configs")
    return import_module("sagemaker.train").ModelTrainer(
        training_image=IMAGE,
        role=ROLE,
        compute=configs.Compute(instance_type=INSTANCE, instance_count=1, volume_size_in_gb=30),
        stopping_condition=configs.StoppingCondition(max_runtime_in_seconds=3600),
        output_data_config=configs.OutputDataConfig(s3_output_path=f"{BUCKET}/models/"),
        sagemaker_session=session,
        **more,
    )


def channel(data: Any, name: str = "train") -> Any:
    """Make a channel of data."""
    return core("training.configs", "InputData")(channel_name=name, data_source=data)


def prepared(session: Any, raw: Any) -> Any:
    """Say how a report and data are made of raw data."""
    shapes = import_module("sagemaker.core.shapes")
    folder = "/opt/ml/processing"
    processor = core("processing", "Processor")(
        role=ROLE,
        image_uri=IMAGE,
        instance_count=1,
        instance_type=INSTANCE,
        entrypoint=["python3", f"{folder}/code/a.py"],
        env={"MODE": "fast"},
        max_runtime_in_seconds=86_400,
        sagemaker_session=session,
    )
    source = shapes.ProcessingS3Input(
        s3_uri=raw,
        local_path=f"{folder}/input/raw",
        s3_data_type="S3Prefix",
        s3_input_mode="File",
    )
    outputs = [
        shapes.ProcessingOutput(
            output_name=name,
            s3_output=shapes.ProcessingS3Output(
                s3_uri=f"{BUCKET}/{name}/", local_path=f"{folder}/output/{name}", s3_upload_mode="EndOfJob"
            ),
        )
        for name in ("train", "report")
    ]
    return processor.run(
        inputs=[shapes.ProcessingInput(input_name="raw", s3_input=source)],
        outputs=outputs,
        arguments=["--ratio", "0.2"],
    )


def processing(session: Any) -> list[Any]:
    """A report that is read, and data for others."""
    arguments = prepared(session, f"{BUCKET}/raw/")
    report = core("workflow.properties", "PropertyFile")("Report", output_name="report", path="report.json")
    return [workflow("steps", "ProcessingStep")("Prepare", step_args=arguments, property_files=[report])]


def training(session: Any) -> list[Any]:
    """A model is trained on what another step wrote."""
    (prepare,) = processing(session)
    data = prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
    arguments = trainer(session, hyperparameters={"eta": "0.1"}).train(input_data_config=[channel(data)])
    return [prepare, workflow("steps", "TrainingStep")("Train", step_args=arguments)]


def chain(session: Any, pairs: int) -> Any:
    """Make a pipeline of pairs of steps: data prepared of the model before, and one trained on them."""
    data: Any = f"{BUCKET}/raw/"
    steps = []
    for number in range(pairs):
        prepare = workflow("steps", "ProcessingStep")(f"prepare{number}", step_args=prepared(session, data))
        train = prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
        fitted = trainer(session).train(input_data_config=[channel(train)])
        fit = workflow("steps", "TrainingStep")(f"fit{number}", step_args=fitted)
        data = fit.properties.ModelArtifacts.S3ModelArtifacts
        steps += [prepare, fit]
    return workflow("pipeline", "Pipeline")("p", steps=steps, sagemaker_session=session)


def tuner(session: Any) -> Any:
    """Make what tries other learning rates."""
    ranges = {"eta": core("parameter", "ContinuousParameter")(0.01, 0.3)}
    return import_module("sagemaker.train.tuner").HyperparameterTuner(
        model_trainer=trainer(session, hyperparameters={"rounds": "10"}),
        objective_metric_name="validation:auc",
        hyperparameter_ranges=ranges,
        metric_definitions=[{"Name": "validation:auc", "Regex": "auc=(.*)"}],
        max_jobs=4,
        max_parallel_jobs=2,
    )


def tuning(session: Any) -> list[Any]:
    """The best model of several is made a model."""
    arguments = tuner(session).tune(inputs=[channel(f"{BUCKET}/train/")])
    step = workflow("steps", "TuningStep")("Tune", step_args=arguments)
    best = step.get_top_model_s3_uri(0, "some-bucket", "models")
    return [step, model_of(session, best)]


def model_of(session: Any, data: Any, name: str = "Create") -> Any:
    """Make a step that creates a model of an archive."""
    builder = import_module("sagemaker.serve.model_builder").ModelBuilder(
        image_uri=IMAGE,
        s3_model_data_url=data,
        role_arn=ROLE,
        sagemaker_session=session,
        instance_type=INSTANCE,
    )
    return workflow("model_step", "ModelStep")(name, step_args=builder.build())


def model(session: Any) -> list[Any]:
    """A model of an archive is created, and serves what is compared."""
    return [model_of(session, f"{BUCKET}/models/model.tar.gz")]


def transform_arguments(session: Any, model_name: Any) -> Any:
    """Apply a model to rows, and put its answers beside them."""
    transformer = core("transformer", "Transformer")(
        model_name=model_name,
        instance_count=1,
        instance_type=INSTANCE,
        strategy="MultiRecord",
        assemble_with="Line",
        accept="text/csv",
        output_path=f"{BUCKET}/scores/",
        sagemaker_session=session,
    )
    return transformer.transform(
        f"{BUCKET}/batch/",
        content_type="text/csv",
        split_type="Line",
        input_filter="$[1:]",
        output_filter="$[0,-1]",
        join_source="Input",
    )


def transform(session: Any) -> list[Any]:
    """Rows get the answers of a model."""
    create = model_of(session, f"{BUCKET}/models/model.tar.gz")
    arguments = transform_arguments(session, create.properties.ModelName)
    return [create, workflow("steps", "TransformStep")("Score", step_args=arguments)]


def registration(session: Any) -> list[Any]:
    """A model is registered with the metrics of it."""
    metrics = import_module("sagemaker.core.model_metrics")
    builder = import_module("sagemaker.serve.model_builder").ModelBuilder(
        image_uri=IMAGE,
        s3_model_data_url=f"{BUCKET}/models/model.tar.gz",
        role_arn=ROLE,
        sagemaker_session=session,
    )
    source = metrics.MetricsSource(content_type="application/json", s3_uri=f"{BUCKET}/report/report.json")
    arguments = builder.register(
        model_package_group_name="churn",
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=[INSTANCE],
        transform_instances=[INSTANCE],
        approval_status="PendingManualApproval",
        model_metrics=metrics.ModelMetrics(model_statistics=source),
    )
    return [workflow("model_step", "ModelStep")("Register", step_args=arguments)]


def repacked(session: Any) -> list[Any]:
    """A model is packed anew with the code that answers for it, and registered."""
    prepare, train = training(session)
    code = core("training.configs", "SourceCode")(source_dir=str(NOTEBOOK.parent), entry_script="common.py")
    builder = import_module("sagemaker.serve.model_builder").ModelBuilder(
        image_uri=IMAGE,
        s3_model_data_url=train.properties.ModelArtifacts.S3ModelArtifacts,
        role_arn=ROLE,
        source_code=code,
        sagemaker_session=session,
    )
    arguments = builder.register(
        model_package_group_name="churn", content_types=["text/csv"], response_types=["text/csv"]
    )
    register = workflow("model_step", "ModelStep")("Register", step_args=arguments)
    return [prepare, train, *register.steps, register]


def check_job(session: Any) -> Any:
    """Say on what machine a check runs."""
    return workflow("check_job_config", "CheckJobConfig")(
        role=ROLE, instance_type=INSTANCE, volume_size_in_gb=30, sagemaker_session=session
    )


def data_quality() -> Any:
    """Look at the data of a table."""
    return workflow("quality_check_step", "DataQualityCheckConfig")(
        baseline_dataset=f"{BUCKET}/train/",
        dataset_format={"csv": {"header": True}},
        output_s3_uri=f"{BUCKET}/q/",
    )


def quality(session: Any) -> list[Any]:
    """Data and a model's answers are held against baselines."""
    make = workflow("quality_check_step", "QualityCheckStep")
    of_model = workflow("quality_check_step", "ModelQualityCheckConfig")(
        baseline_dataset=f"{BUCKET}/scores/",
        dataset_format={"csv": {"header": True}},
        output_s3_uri=f"{BUCKET}/m/",
        problem_type="BinaryClassification",
        inference_attribute="_c0",
        ground_truth_attribute="_c1",
    )
    return [
        make(
            "Data",
            data_quality(),
            check_job(session),
            model_package_group_name="churn",
            supplied_baseline_statistics=f"{BUCKET}/statistics.json",
        ),
        make("Model", of_model, check_job(session), register_new_baseline=True, skip_check=True),
    ]


def clarify(session: Any) -> list[Any]:
    """Bias of data and of a model, and what explains its answers."""
    module, c = "clarify_check_step", import_module("sagemaker.core.clarify")
    data = c.DataConfig(
        s3_data_input_path=f"{BUCKET}/train/",
        s3_output_path=f"{BUCKET}/clarify/",
        label="y",
        headers=["y", "a", "b"],
        dataset_type="text/csv",
    )
    bias = c.BiasConfig(label_values_or_threshold=[1], facet_name="a", facet_values_or_threshold=[0])
    make, create = workflow(module, "ClarifyCheckStep"), model_of(session, f"{BUCKET}/models/model.tar.gz")
    served = c.ModelConfig(model_name=create.properties.ModelName, instance_count=1, instance_type=INSTANCE)
    configs = {
        "DataBias": workflow(module, "DataBiasCheckConfig")(data_config=data, data_bias_config=bias),
        "ModelBias": workflow(module, "ModelBiasCheckConfig")(
            data_config=data,
            data_bias_config=bias,
            model_config=served,
            model_predicted_label_config=c.ModelPredictedLabelConfig(probability_threshold=0.5),
        ),
        "Explain": workflow(module, "ModelExplainabilityCheckConfig")(
            data_config=data,
            model_config=served,
            explainability_config=c.SHAPConfig(baseline=[[0, 0]], num_samples=5, agg_method="mean_abs"),
        ),
    }
    return [
        create,
        *(
            make(name, config, check_job(session), model_package_group_name="churn")
            for name, config in configs.items()
        ),
    ]


def monitored_transform(session: Any) -> list[Any]:
    """Rows are checked before a model is applied to them."""
    make = workflow("monitor_batch_transform_step", "MonitorBatchTransformStep")
    create = model_of(session, f"{BUCKET}/models/model.tar.gz")
    arguments = transform_arguments(session, create.properties.ModelName)
    # Pipelines of version 3 take no collections of steps, only what is in them.
    watch = make(
        "Watch",
        arguments,
        data_quality(),
        check_job(session),
        monitor_before_transform=True,
        supplied_baseline_statistics=f"{BUCKET}/statistics.json",
    )
    return [create, *watch.steps]


def notebook(_: Any) -> list[Any]:
    """A notebook is run with parameters."""
    return [
        workflow("notebook_job_step", "NotebookJobStep")(
            name="Note",
            notebook_job_name="note",
            input_notebook=str(NOTEBOOK),
            image_uri=IMAGE,
            kernel_name="python3",
            role=ROLE,
            s3_root_uri=BUCKET,
            parameters={"rate": "0.1"},
            environment_variables={"MODE": "fast"},
        )
    ]


def ask(**more: Any) -> Any:
    """Make a step that calls a function."""
    function = core("lambda_helper", "Lambda")(function_arn=FUNCTION)
    make, output, types = (
        workflow("lambda_step", name) for name in ("LambdaStep", "LambdaOutput", "LambdaOutputTypeEnum")
    )
    told = {"name": "Ask", "inputs": {"group": "g", "n": 3}, "outputs": [output("url", types.String)], **more}
    return make(lambda_func=function, **told)


def callback(_: Any) -> list[Any]:
    """A function is called with what somebody answered."""
    module = "callback_step"
    output = workflow(module, "CallbackOutput")("verdict", workflow(module, "CallbackOutputTypeEnum").String)
    wait = workflow(module, "CallbackStep")(
        "Wait", sqs_queue_url=QUEUE, inputs={"who": "me"}, outputs=[output]
    )
    return [wait, ask(inputs={"verdict": wait.properties.Outputs["verdict"]})]


def emr(_: Any) -> list[Any]:
    """A program runs on a cluster that is there, and on one of its own."""
    jar = workflow("emr_step", "EMRStepConfig")(jar="command-runner.jar", args=["spark-submit", "a.py"])
    config = {"Instances": {"InstanceGroups": [{"InstanceCount": 1}]}, "ReleaseLabel": "emr-6.5.0"}
    make = workflow("emr_step", "EMRStep")
    return [
        make("Spark", "Spark", "A job", "j-ABC", jar),
        make("Own", "Own", "A job", None, jar, cluster_config=config),
    ]


def emr_serverless(_: Any) -> list[Any]:
    """A program runs in an application that is there."""
    module = "emr_serverless_step"
    driver = {"sparkSubmit": {"entryPoint": f"{BUCKET}/a.py"}}
    config = workflow(module, "EMRServerlessJobConfig")(job_driver=driver, execution_role_arn=ROLE)
    return [workflow(module, "EMRServerlessStep")("Spark", "", "", config, application_id="app1")]


def endpoint(session: Any) -> list[Any]:
    """A model is made ready to answer, and a component with it."""
    create = model_of(session, f"{BUCKET}/models/model.tar.gz")
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": create.properties.ModelName,
        "InstanceType": INSTANCE,
        "InitialInstanceCount": 1,
    }
    config = workflow("endpoint_step", "EndpointConfigStep")(
        "Configure", step_args=session.create_endpoint_config("churn", [variant])
    )
    serve = workflow("endpoint_step", "EndpointStep")(
        "Serve", step_args=session.create_endpoint("churn", config.properties.EndpointConfigName)
    )
    component = workflow("inference_component_step", "InferenceComponentStep")(
        "Add",
        step_args=session.create_inference_component(
            "part",
            serve.properties.EndpointName,
            "AllTraffic",
            {
                "ModelName": create.properties.ModelName,
                "ComputeResourceRequirements": {
                    "MinMemoryRequiredInMb": 1024,
                    "NumberOfCpuCoresRequired": 1,
                },
            },
            runtime_config={"CopyCount": 1},
        ),
    )
    return [create, config, serve, component]


def lineage(session: Any) -> list[Any]:
    """What a step wrote is noted down."""
    (prepare,) = processing(session)
    data = prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
    action = core("lineage.action", "Action").create(
        action_name="run",
        source_uri=f"{BUCKET}/run",
        source_type="S3ETag",
        action_type="ModelTraining",
        sagemaker_session=session,
    )
    artifact = core("lineage.artifact", "Artifact").create(
        artifact_name="data", source_uri=data, artifact_type="DataSet", sagemaker_session=session
    )
    make, entity, joined = (
        workflow("lineage_step", name)
        for name in ("LineageStep", "LineageEntityReference", "LineageAssociation")
    )
    association = joined(
        entity(name="data", type="Artifact"), entity(name="run", type="Action"), "ContributedTo"
    )
    return [prepare, make("Note", actions=[action], artifacts=[artifact], associations=[association])]


class _Producer:
    """What the SDK takes for a producer of jobs; its own ask the network for models first."""

    _pipeline_caller_name = "create_job"

    def __init__(self, session: Any) -> None:
        self.sagemaker_session = session

    def start(self) -> Any:
        """Say what job is wanted; the SDK calls this when the definition is written."""
        capture = import_module("sagemaker.core.workflow.pipeline_capture").capture_create_job_request
        return capture(
            self.sagemaker_session,
            job_name="j",
            role_arn=ROLE,
            job_category="AgentRFT",
            schema_version="1.0.0",
            job_config={"OutputDataConfig": {"S3OutputPath": f"{BUCKET}/jobs/"}, "Rounds": 3},
        )


def job(session: Any) -> list[Any]:
    """A job of any category is started."""
    runnable = core("workflow.pipeline_context", "runnable_by_pipeline")
    start = runnable(_Producer.start)(_Producer(session))
    return [workflow("steps", "JobStep")("Start", step_args=start)]


def each(_: Any) -> list[Any]:
    """A function is called with each of some texts."""
    item = workflow("for_each_step", "CurrentItem")()
    make = workflow("for_each_step", "ForEachStep")
    body = ask(name="Each", inputs={"x": item}, outputs=[])
    return [make("All", iterable_items=["a", "b"], max_concurrency=2, for_each_body=[body])]


def cleanup(session: Any) -> list[Any]:
    """What a step wrote is removed, however it ended."""
    (prepare,) = processing(session)
    source = workflow("cleanup_step", "S3CleanupSource")("Prepare", s3_uris=[f"{BUCKET}/train/a.csv"])
    after = workflow("step_dependency", "StepDependency")(
        "Prepare", workflow("step_dependency", "TriggerCondition").ANY
    )
    return [
        prepare,
        workflow("cleanup_step", "CleanupStep")("Clean", s3_sources=[source], depends_on=[after]),
    ]


def condition(session: Any) -> list[Any]:
    """A report decides whether a function is called or the pipeline fails."""
    (prepare,) = processing(session)
    c = import_module("sagemaker.core.workflow.conditions")
    auc = core("workflow.functions", "JsonGet")(
        step_name="Prepare", property_file=prepare.property_files[0], json_path="metrics.auc.value"
    )
    compared = [
        make(left=auc, right=0.5)
        for make in (
            c.ConditionEquals,
            c.ConditionGreaterThan,
            c.ConditionGreaterThanOrEqualTo,
            c.ConditionLessThan,
            c.ConditionLessThanOrEqualTo,
        )
    ]
    among = c.ConditionIn(value=auc, in_values=[0.5, 0.6])
    gate = workflow("condition_step", "ConditionStep")(
        "Gate",
        conditions=[*compared, among, c.ConditionNot(among), c.ConditionOr(compared)],
        if_steps=[ask()],
        else_steps=[workflow("fail_step", "FailStep")("Stop", error_message="not good enough")],
    )
    return [prepare, gate]


def decorated(_: Any) -> list[Any]:
    """Functions of Python are steps, one of which takes the other's answer."""
    step = workflow("function_step", "step")
    settings = {"instance_type": INSTANCE, "image_uri": IMAGE, "role": ROLE}

    def one(x: int) -> int:
        return x + 1

    first = step(one, name="First", **settings)(1)
    return [step(one, name="Second", **settings)(first)]


PROGRAMS: dict[str, Callable[[Any], list[Any]]] = {
    program.__name__: program
    for program in (
        callback,
        clarify,
        cleanup,
        condition,
        decorated,
        each,
        emr,
        emr_serverless,
        endpoint,
        job,
        lineage,
        model,
        monitored_transform,
        notebook,
        processing,
        quality,
        registration,
        repacked,
        training,
        transform,
        tuning,
    )
}
"""Programs by their names, each about one class of steps, or two."""

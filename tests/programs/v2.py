"""Programs with the step classes of the SDK (v2), each about one class or two."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from .common import BUCKET, FUNCTION, IMAGE, INSTANCE, NOTEBOOK, OPTED_OUT, QUEUE, ROLE, answering_session

MODEL_DATA = f"{BUCKET}/models/model.tar.gz"


def sdk(module: str, name: str) -> Any:
    """Return a class of the SDK."""
    return getattr(import_module(f"sagemaker.{module}"), name)


def workflow(module: str, name: str) -> Any:
    """Return a class out of the modules of steps."""
    return sdk(f"workflow.{module}", name)


@cache
def recording_session() -> Any:
    """Return a session that reaches nobody; what is uploaded goes nowhere."""
    # The SDK holds its own configuration against a schema at each look, which takes half a second.
    for module in ("config", "config.config", "utils", "session"):
        vars(import_module(f"sagemaker.{module}")).update(validate_sagemaker_config=lambda _: None)
    return workflow("pipeline_context", "PipelineSession")(
        boto_session=answering_session(), default_bucket="some-bucket", sagemaker_config=OPTED_OUT
    )


def pipeline_of(program: Callable[[Any], list[Any]]) -> Any:
    """Make the pipeline of a program."""
    session = recording_session()
    return workflow("pipeline", "Pipeline")("p", steps=program(session), sagemaker_session=session)


def processing(session: Any) -> list[Any]:
    """A report that is read, and data for others."""
    source, target = (sdk("processing", name) for name in ("ProcessingInput", "ProcessingOutput"))
    folder = "/opt/ml/processing"
    processor = sdk("processing", "Processor")(
        role=ROLE,
        image_uri=IMAGE,
        instance_count=1,
        instance_type=INSTANCE,
        entrypoint=["python3", f"{folder}/code/a.py"],
        env={"MODE": "fast"},
        max_runtime_in_seconds=3600,
        sagemaker_session=session,
    )
    arguments = processor.run(
        inputs=[source(f"{BUCKET}/raw/", f"{folder}/input/raw", input_name="raw")],
        outputs=[
            target(f"{folder}/output/{name}", f"{BUCKET}/{name}/", output_name=name)
            for name in ("train", "report")
        ],
        arguments=["--ratio", "0.2"],
    )
    report = workflow("properties", "PropertyFile")("Report", output_name="report", path="report.json")
    return [workflow("steps", "ProcessingStep")("Prepare", step_args=arguments, property_files=[report])]


def estimator(session: Any, **more: Any) -> Any:
    """Make what trains a model on one machine."""
    return sdk("estimator", "Estimator")(
        image_uri=IMAGE,
        role=ROLE,
        instance_count=1,
        instance_type=INSTANCE,
        output_path=f"{BUCKET}/models/",
        hyperparameters={"rounds": "10"},
        sagemaker_session=session,
        **more,
    )


def training(session: Any) -> list[Any]:
    """A model is trained on what another step wrote."""
    (prepare,) = processing(session)
    data = prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
    arguments = estimator(session).fit(
        {"train": sdk("inputs", "TrainingInput")(data, content_type="text/csv")}
    )
    return [prepare, workflow("steps", "TrainingStep")("Train", step_args=arguments)]


def tuning(session: Any) -> list[Any]:
    """The best model of several is made a model, and one of two programs is tuned."""
    make, ranges = (
        sdk("tuner", "HyperparameterTuner"),
        {"eta": sdk("parameter", "ContinuousParameter")(0.01, 0.3)},
    )
    metrics = [{"Name": "auc", "Regex": "auc=(.*)"}]
    data = {"train": sdk("inputs", "TrainingInput")(f"{BUCKET}/train/")}
    one = make(estimator(session), "auc", ranges, metrics, max_jobs=4, max_parallel_jobs=2)
    two = make.create(
        estimator_dict={"one": estimator(session), "two": estimator(session)},
        objective_metric_name_dict=dict.fromkeys(("one", "two"), "auc"),
        hyperparameter_ranges_dict=dict.fromkeys(("one", "two"), ranges),
        metric_definitions_dict=dict.fromkeys(("one", "two"), metrics),
        max_jobs=4,
    )
    step = workflow("steps", "TuningStep")
    tune = step("Tune", step_args=one.fit(data))
    best = tune.get_top_model_s3_uri(0, "some-bucket", "models")
    both = step(
        "Both",
        step_args=two.fit({"one": data, "two": data}, include_cls_metadata={"one": False, "two": False}),
    )
    return [tune, both, create(session, best)]


def model_of(session: Any, data: Any = MODEL_DATA) -> Any:
    """Make a model of an archive."""
    return sdk("model", "Model")(
        image_uri=IMAGE, model_data=data, role=ROLE, env={"MODE": "fast"}, sagemaker_session=session
    )


def create(session: Any, data: Any = MODEL_DATA) -> Any:
    """Make a step that creates a model."""
    return workflow("model_step", "ModelStep")("Create", step_args=model_of(session, data).create(INSTANCE))


def transformer(session: Any, name: Any) -> Any:
    """Make what applies a model to rows."""
    return sdk("transformer", "Transformer")(
        name,
        1,
        INSTANCE,
        strategy="MultiRecord",
        assemble_with="Line",
        accept="text/csv",
        output_path=f"{BUCKET}/scores/",
        sagemaker_session=session,
    )


def scored(session: Any, name: Any) -> Any:
    """Apply a model to rows, and put its answers beside them."""
    return transformer(session, name).transform(
        f"{BUCKET}/batch/",
        content_type="text/csv",
        split_type="Line",
        input_filter="$[1:]",
        output_filter="$[0,-1]",
        join_source="Input",
    )


def transform(session: Any) -> list[Any]:
    """Rows get the answers of a model."""
    made = create(session)
    arguments = scored(session, made.properties.ModelName)
    return [made, workflow("steps", "TransformStep")("Score", step_args=arguments)]


def registration(session: Any) -> list[Any]:
    """A model of one container and one of two are registered."""
    metrics = import_module("sagemaker.model_metrics")
    source = metrics.MetricsSource(content_type="application/json", s3_uri=f"{BUCKET}/report/report.json")
    told = {
        "model_package_group_name": "churn",
        "content_types": ["text/csv"],
        "response_types": ["text/csv"],
        "inference_instances": [INSTANCE],
        "transform_instances": [INSTANCE],
        "approval_status": "PendingManualApproval",
    }
    alone = model_of(session).register(**told, model_metrics=metrics.ModelMetrics(model_statistics=source))
    chain = sdk("pipeline", "PipelineModel")(
        [model_of(session), model_of(session)], role=ROLE, sagemaker_session=session
    )
    step = workflow("model_step", "ModelStep")
    return [step("Register", step_args=alone), step("RegisterChain", step_args=chain.register(**told))]


def repacked(session: Any) -> list[Any]:
    """A model is packed anew with the code that answers for it, and registered."""
    (prepare, train) = training(session)
    model = sdk("xgboost.model", "XGBoostModel")(
        image_uri=IMAGE,
        framework_version="1.7-1",
        model_data=train.properties.ModelArtifacts.S3ModelArtifacts,
        role=ROLE,
        entry_point=__file__,
        enable_network_isolation=True,
        sagemaker_session=session,
    )
    arguments = model.register(
        model_package_group_name="churn",
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=[INSTANCE],
        transform_instances=[INSTANCE],
    )
    return [prepare, train, workflow("model_step", "ModelStep")("Register", step_args=arguments)]


def collections(session: Any) -> list[Any]:
    """The step classes of the first releases: a model, its registration, and rows that get its answers."""
    (prepare,) = processing(session)
    trainer = estimator(session)
    train = workflow("steps", "TrainingStep")(
        "Train",
        estimator=trainer,
        inputs={
            "train": sdk("inputs", "TrainingInput")(
                prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri
            )
        },
    )
    data = train.properties.ModelArtifacts.S3ModelArtifacts
    made = workflow("steps", "CreateModelStep")(
        "Create",
        model=model_of(session, data),
        inputs=sdk("inputs", "CreateModelInput")(instance_type=INSTANCE),
    )
    register = workflow("step_collections", "RegisterModel")(
        "Register",
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=[INSTANCE],
        transform_instances=[INSTANCE],
        estimator=trainer,
        model_data=data,
        model_package_group_name="churn",
    )
    apply = workflow("step_collections", "EstimatorTransformer")(
        "Apply",
        estimator=trainer,
        model_data=data,
        model_inputs=sdk("inputs", "CreateModelInput")(instance_type=INSTANCE),
        instance_count=1,
        instance_type=INSTANCE,
        transform_inputs=sdk("inputs", "TransformInput")(data=f"{BUCKET}/batch/"),
        output_path=f"{BUCKET}/scores/",
    )
    return [prepare, train, made, register, apply]


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
    statistics = f"{BUCKET}/statistics.json"
    return [
        make(
            "Data",
            quality_check_config=data_quality(),
            check_job_config=check_job(session),
            model_package_group_name="churn",
            supplied_baseline_statistics=statistics,
        ),
        make(
            "Model",
            quality_check_config=of_model,
            check_job_config=check_job(session),
            skip_check=True,
            register_new_baseline=True,
        ),
    ]


def clarify(session: Any) -> list[Any]:
    """Bias of data and of a model, and what explains its answers."""
    module, c = "clarify_check_step", import_module("sagemaker.clarify")
    data = c.DataConfig(
        s3_data_input_path=f"{BUCKET}/train/",
        s3_output_path=f"{BUCKET}/clarify/",
        label="y",
        headers=["y", "a", "b"],
        dataset_type="text/csv",
    )
    bias = c.BiasConfig(label_values_or_threshold=[1], facet_name="a", facet_values_or_threshold=[0])
    made, make = create(session), workflow(module, "ClarifyCheckStep")
    served = c.ModelConfig(model_name=made.properties.ModelName, instance_count=1, instance_type=INSTANCE)
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
    checks = [
        make(
            name,
            clarify_check_config=config,
            check_job_config=check_job(session),
            model_package_group_name="churn",
        )
        for name, config in configs.items()
    ]
    return [made, *checks]


def monitored_transform(session: Any) -> list[Any]:
    """Rows are checked before a model is applied to them."""
    made = create(session)
    watch = workflow("monitor_batch_transform_step", "MonitorBatchTransformStep")(
        "Watch",
        scored(session, made.properties.ModelName),
        data_quality(),
        check_job(session),
        monitor_before_transform=True,
        supplied_baseline_statistics=f"{BUCKET}/statistics.json",
    )
    return [made, watch]


def automl(session: Any) -> list[Any]:
    """Models are tried on a table, and the best is made a model."""
    tried = sdk("automl.automl", "AutoML")(
        role=ROLE,
        target_attribute_name="y",
        output_path=f"{BUCKET}/automl/",
        problem_type="BinaryClassification",
        job_objective={"MetricName": "F1"},
        mode="ENSEMBLING",
        sagemaker_session=session,
    )
    data = sdk("automl.automl", "AutoMLInput")(
        inputs=f"{BUCKET}/train/", target_attribute_name="y", channel_type="training"
    )
    step = workflow("automl_step", "AutoMLStep")("Try", step_args=tried.fit(inputs=[data]))
    best = step.get_best_auto_ml_model(ROLE, sagemaker_session=session)
    return [step, workflow("model_step", "ModelStep")("Best", step_args=best.create(INSTANCE))]


def notebook(_: Any) -> list[Any]:
    """A notebook is run with parameters."""
    make = workflow("notebook_job_step", "NotebookJobStep")
    return [
        make(
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
    output, types = (workflow("lambda_step", name) for name in ("LambdaOutput", "LambdaOutputTypeEnum"))
    told = {"name": "Ask", "inputs": {"group": "g"}, "outputs": [output("url", types.String)], **more}
    function = sdk("lambda_helper", "Lambda")(function_arn=FUNCTION)
    return workflow("lambda_step", "LambdaStep")(lambda_func=function, **told)


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


def endpoint(session: Any) -> list[Any]:
    """A model is made ready to answer, and a component with it."""
    made = create(session)
    config = workflow("endpoint_step", "EndpointConfigStep")(
        "Configure",
        step_args=session.create_endpoint_config(
            "churn", made.properties.ModelName, initial_instance_count=1, instance_type=INSTANCE
        ),
    )
    serve = workflow("endpoint_step", "EndpointStep")(
        "Serve", step_args=session.create_endpoint("churn", config.properties.EndpointConfigName)
    )
    resources = {"MinMemoryRequiredInMb": 1024, "NumberOfCpuCoresRequired": 1}
    component = workflow("inference_component_step", "InferenceComponentStep")(
        "Add",
        step_args=session.create_inference_component(
            "part",
            serve.properties.EndpointName,
            "AllTraffic",
            {"ModelName": made.properties.ModelName, "ComputeResourceRequirements": resources},
            runtime_config={"CopyCount": 1},
        ),
    )
    return [made, config, serve, component]


def lineage(session: Any) -> list[Any]:
    """What a step wrote is noted down."""
    (prepare,) = processing(session)
    action = sdk("lineage.action", "Action").create(
        action_name="run",
        source_uri=f"{BUCKET}/run",
        source_type="S3ETag",
        action_type="ModelTraining",
        sagemaker_session=session,
    )
    artifact = sdk("lineage.artifact", "Artifact").create(
        artifact_name="data",
        source_uri=prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri,
        artifact_type="DataSet",
        sagemaker_session=session,
    )
    make, entity, joined = (
        workflow("lineage_step", name)
        for name in ("LineageStep", "LineageEntityReference", "LineageAssociation")
    )
    association = joined(
        entity(name="data", type="Artifact"), entity(name="run", type="Action"), "ContributedTo"
    )
    return [prepare, make("Note", actions=[action], artifacts=[artifact], associations=[association])]


def condition(session: Any) -> list[Any]:
    """A report decides whether a function is called or the pipeline fails."""
    (prepare,) = processing(session)
    c = import_module("sagemaker.workflow.conditions")
    auc = workflow("functions", "JsonGet")("Prepare", prepare.property_files[0], "metrics.auc.value")
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
        automl,
        callback,
        clarify,
        collections,
        condition,
        decorated,
        emr,
        endpoint,
        lineage,
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

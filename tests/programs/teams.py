"""Programs with the SDK (v3) as teams write them: several classes together, with parameters."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from .common import BUCKET, IMAGE, INSTANCE, NOTEBOOK, ROLE
from .v3 import (
    ask,
    callback,
    channel,
    check_job,
    core,
    model_of,
    notebook,
    recording_session,
    trainer,
    training,
    transform_arguments,
    workflow,
)

Steps = list[Any]
SCRIPT = str(NOTEBOOK.parent / "common.py")


def parameter(kind: str, name: str, default: Any) -> Any:
    """Make a parameter of the pipeline."""
    return core("workflow.parameters", f"Parameter{kind}")(name=name, default_value=default)


def processing_of(arguments: Any, **more: Any) -> Steps:
    """Make a processing step of what a processor's run returns."""
    return [workflow("steps", "ProcessingStep")("Prepare", step_args=arguments, **more)]


def framework(session: Any) -> Steps:
    """A folder of code is run by a framework's processor."""
    make = core("processing", "FrameworkProcessor")
    processor = make(
        image_uri=IMAGE,
        role=ROLE,
        instance_count=1,
        instance_type=INSTANCE,
        sagemaker_session=session,
        command=["python3"],
    )
    run = processor.run(code="common.py", source_dir=str(NOTEBOOK.parent), arguments=["--ratio", "0.2"])
    return processing_of(run)


def script(session: Any) -> Steps:
    """A script is run on machines that parameters name, with tags and a cache."""
    count, instance = parameter("Integer", "Count", 2), parameter("String", "Instance", INSTANCE)
    processor = core("processing", "ScriptProcessor")(
        image_uri=IMAGE,
        role=ROLE,
        instance_count=count,
        instance_type=instance,
        sagemaker_session=session,
        command=["python3"],
        tags=[{"Key": "team", "Value": "x"}],
    )
    run = processor.run(code=SCRIPT, arguments=["--n", count.to_string()])
    cache = workflow("steps", "CacheConfig")(enable_caching=True, expire_after="P30D")
    return [*processing_of(run, cache_config=cache), count, instance]


def spark(session: Any) -> Steps:
    """A program runs on Spark, and leaves its events."""
    processor = import_module("sagemaker.core.spark.processing").PySparkProcessor(
        image_uri=IMAGE, role=ROLE, instance_count=2, instance_type=INSTANCE, sagemaker_session=session
    )
    return processing_of(processor.run(submit_app=SCRIPT, spark_event_logs_s3_uri=f"{BUCKET}/logs"))


def best_two(session: Any) -> Steps:
    """The two best of many models, by ranges of all sorts."""
    ranges = {
        "eta": core("parameter", "ContinuousParameter")(0.01, 0.3, scaling_type="Logarithmic"),
        "depth": core("parameter", "IntegerParameter")(2, 8),
        "booster": core("parameter", "CategoricalParameter")(["gbtree", "dart"]),
    }
    tuner = import_module("sagemaker.train.tuner").HyperparameterTuner(
        model_trainer=trainer(session, hyperparameters={"rounds": "10"}),
        objective_metric_name="auc",
        hyperparameter_ranges=ranges,
        metric_definitions=[{"Name": "auc", "Regex": "auc=(.*)"}],
        max_jobs=4,
        max_parallel_jobs=2,
        early_stopping_type="Auto",
    )
    data = [channel(f"{BUCKET}/train/"), channel(f"{BUCKET}/val/", "validation")]
    tune = workflow("steps", "TuningStep")("Tune", step_args=tuner.tune(inputs=data))
    models = [
        model_of(session, tune.get_top_model_s3_uri(place, "some-bucket", "models"), name)
        for place, name in enumerate(("First", "Second"))
    ]
    return [tune, *models]


def spot(session: Any) -> Steps:
    """A model is trained on spare machines, within a network, by a script, and tried again."""
    configs, retry = import_module("sagemaker.core.training.configs"), workflow("retry", "StepRetryPolicy")
    exceptions = workflow("retry", "StepExceptionTypeEnum")
    made = import_module("sagemaker.train").ModelTrainer(
        training_image=IMAGE,
        role=ROLE,
        compute=configs.Compute(
            instance_type=INSTANCE,
            instance_count=1,
            volume_size_in_gb=30,
            enable_managed_spot_training=True,
        ),
        stopping_condition=configs.StoppingCondition(
            max_runtime_in_seconds=3600, max_wait_time_in_seconds=7200
        ),
        checkpoint_config=configs.CheckpointConfig(s3_uri=f"{BUCKET}/ck/", local_path="/opt/ml/checkpoints"),
        networking=configs.Networking(subnets=["subnet-1"], security_group_ids=["sg-1"]),
        source_code=configs.SourceCode(source_dir=str(NOTEBOOK.parent), entry_script="common.py"),
        sagemaker_session=session,
    )
    policy = retry(exception_types=[exceptions.THROTTLING], max_attempts=2)
    run = made.train(input_data_config=[channel(f"{BUCKET}/train/")])
    return [workflow("steps", "TrainingStep")("Fit", step_args=run, retry_policies=[policy])]


def gates(session: Any) -> Steps:
    """A condition in a branch of another, each with its own way to fail."""
    prepare, train = training(session)
    c, least = import_module("sagemaker.core.workflow.conditions"), parameter("Float", "Least", 0.8)
    auc = core("workflow.functions", "JsonGet")(
        step_name="Prepare", property_file=prepare.property_files[0], json_path="metrics.auc.value"
    )
    gate, fail = workflow("condition_step", "ConditionStep"), workflow("fail_step", "FailStep")
    message = core("workflow.functions", "Join")(on=" ", values=["below", least])
    inner = gate(
        "Inner",
        conditions=[
            c.ConditionOr([c.ConditionLessThan(auc, 0.99), c.ConditionNot(c.ConditionEquals(auc, 1.0))])
        ],
        if_steps=[model_of(session, train.properties.ModelArtifacts.S3ModelArtifacts)],
        else_steps=[fail("Stop", error_message=message)],
    )
    outer = gate(
        "Outer",
        conditions=[c.ConditionGreaterThanOrEqualTo(auc, least)],
        if_steps=[inner],
        else_steps=[fail("StopToo", error_message="no")],
    )
    return [prepare, train, outer, least]


def answered(session: Any) -> Steps:
    """What a function answers is trained with: an address, and a number."""
    output, types = (workflow("lambda_step", name) for name in ("LambdaOutput", "LambdaOutputTypeEnum"))
    asked = ask(outputs=[output("url", types.String), output("n", types.Integer)])
    told = asked.properties.Outputs
    made = trainer(session, hyperparameters={"rounds": told["n"].to_string()})
    run = made.train(input_data_config=[channel(told["url"])])
    return [asked, workflow("steps", "TrainingStep")("Fit", step_args=run)]


def baselines(session: Any) -> Steps:
    """What a check measures is registered, as metrics and as baselines."""
    prepare, train = training(session)
    skip = parameter("Boolean", "Skip", False)
    config = workflow("quality_check_step", "DataQualityCheckConfig")(
        baseline_dataset=prepare.properties.ProcessingOutputConfig.Outputs["train"].S3Output.S3Uri,
        dataset_format={"csv": {"header": True}},
        output_s3_uri=f"{BUCKET}/q/",
    )
    check = workflow("quality_check_step", "QualityCheckStep")(
        "Check",
        config,
        check_job(session),
        skip_check=skip,
        register_new_baseline=skip,
        model_package_group_name="churn",
        fail_on_violation=False,
    )

    def source(name: str) -> Any:
        place = getattr(check.properties, name)
        return core("model_metrics", "MetricsSource")(content_type="application/json", s3_uri=place)

    builder = import_module("sagemaker.serve.model_builder").ModelBuilder(
        image_uri=IMAGE,
        s3_model_data_url=train.properties.ModelArtifacts.S3ModelArtifacts,
        role_arn=ROLE,
        sagemaker_session=session,
    )
    run = builder.register(
        model_package_group_name="churn",
        content_types=["text/csv"],
        response_types=["text/csv"],
        inference_instances=[INSTANCE],
        transform_instances=[INSTANCE],
        model_metrics=core("model_metrics", "ModelMetrics")(
            model_data_statistics=source("CalculatedBaselineStatistics"),
            model_data_constraints=source("CalculatedBaselineConstraints"),
        ),
        drift_check_baselines=core("drift_check_baselines", "DriftCheckBaselines")(
            model_data_statistics=source("BaselineUsedForDriftCheckStatistics"),
            model_data_constraints=source("BaselineUsedForDriftCheckConstraints"),
        ),
    )
    return [prepare, train, check, workflow("model_step", "ModelStep")("Register", step_args=run), skip]


def clusters(_: Any) -> Steps:
    """A program on a cluster, then one in an application of its own."""
    jar = workflow("emr_step", "EMRStepConfig")(
        jar=f"{BUCKET}/a.jar", args=["--in", f"{BUCKET}/raw/"], main_class="com.x.Main"
    )
    cache = workflow("steps", "CacheConfig")(enable_caching=True, expire_after="PT1H")
    first = workflow("emr_step", "EMRStep")("Spark", "Spark", "A job", "j-ABC", jar, cache_config=cache)
    config = workflow("emr_serverless_step", "EMRServerlessJobConfig")(
        job_driver={"sparkSubmit": {"entryPoint": f"{BUCKET}/a.py"}}, execution_role_arn=ROLE
    )
    second = workflow("emr_serverless_step", "EMRServerlessStep")(
        "Own",
        "own",
        "d",
        config,
        application_config={"name": "app", "releaseLabel": "emr-6.15.0", "type": "SPARK"},
        depends_on=[first],
    )
    return [first, second]


def approved(session: Any) -> Steps:
    """A notebook runs once somebody has answered."""
    wait, asked = callback(session)
    (note,) = notebook(session)
    note.add_depends_on([wait])
    return [wait, asked, note]


def batch(session: Any) -> Steps:
    """A trained model is applied to rows."""
    prepare, train = training(session)
    create = model_of(session, train.properties.ModelArtifacts.S3ModelArtifacts)
    run = transform_arguments(session, create.properties.ModelName)
    score = workflow("steps", "TransformStep")("Score", step_args=run, depends_on=[prepare])
    return [prepare, train, create, score]


PROGRAMS: dict[str, Callable[[Any], Steps]] = {
    program.__name__: program
    for program in (
        answered,
        approved,
        baselines,
        batch,
        best_two,
        clusters,
        framework,
        gates,
        script,
        spark,
        spot,
    )
}
"""Programs by their names; what they return are steps, and parameters."""


def pipeline_of(program: Callable[[Any], Steps]) -> Any:
    """Make the pipeline of a program."""
    session = recording_session()
    made = program(session)
    base = core("workflow.parameters", "Parameter")
    return workflow("pipeline", "Pipeline")(
        "p",
        parameters=[item for item in made if isinstance(item, base)],
        steps=[item for item in made if not isinstance(item, base)],
        sagemaker_session=session,
    )

"""Typed classes of steps, written by `stepwire stubs`: change their specifications instead."""

from __future__ import annotations

from typing import Self

from stepwire.authoring.ports import (
    UNSAID,
    Boolean,
    CustomProperty,
    EvaluationReport,
    Float,
    Integer,
    Json,
    ModelArtifacts,
    ModelName,
    ModelPackageArn,
    Output,
    ProcessingOutput,
    PropertyFile,
    Python,
    S3Uri,
    String,
    TrainingData,
    Untyped,
)
from stepwire.authoring.typed_step import Outputs, TypedStep
from stepwire.specs.library import LIBRARY


class BatchTransformOutputs(Outputs):
    """What BatchTransform makes."""

    @property
    def predictions(self) -> Output[ProcessingOutput, S3Uri]:
        """What the model says of each record."""
        return self.named("predictions")


class BatchTransform(TypedStep):
    """A Transform step of the specification BatchTransform."""

    specification = LIBRARY["BatchTransform"]

    @property
    def outputs(self) -> BatchTransformOutputs:
        """What the step makes."""
        return BatchTransformOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        model_name: Output[ModelArtifacts | Untyped, ModelName | Python | String] = UNSAID,
        data: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        model_name: the model to apply (model_artifacts, ModelName)
        data: the data to apply it to (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "model_name": model_name,
                "data": data,
            }
        )


class DataLoadOutputs(Outputs):
    """What DataLoad makes."""

    @property
    def raw_data(self) -> Output[TrainingData, S3Uri]:
        """The data as it comes from its source."""
        return self.named("raw_data")


class DataLoad(TypedStep):
    """A Processing step of the specification DataLoad."""

    specification = LIBRARY["DataLoad"]

    @property
    def outputs(self) -> DataLoadOutputs:
        """What the step makes."""
        return DataLoadOutputs(self.name, self.specification)


class DataQualityCheckOutputs(Outputs):
    """What DataQualityCheck makes."""

    @property
    def CalculatedBaselineStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The output CalculatedBaselineStatistics."""
        return self.named("CalculatedBaselineStatistics")

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The output CalculatedBaselineConstraints."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The output BaselineUsedForDriftCheckStatistics."""
        return self.named("BaselineUsedForDriftCheckStatistics")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The output BaselineUsedForDriftCheckConstraints."""
        return self.named("BaselineUsedForDriftCheckConstraints")


class DataQualityCheck(TypedStep):
    """A QualityCheck step of the specification DataQualityCheck."""

    specification = LIBRARY["DataQualityCheck"]

    @property
    def outputs(self) -> DataQualityCheckOutputs:
        """What the step makes."""
        return DataQualityCheckOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        baseline_dataset: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        baseline_dataset: the data to measure (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "baseline_dataset": baseline_dataset,
            }
        )


class MetricCondition(TypedStep):
    """A Condition step of the specification MetricCondition."""

    specification = LIBRARY["MetricCondition"]

    def takes(
        self,
        *,
        conditions_0_left: Output[
            PropertyFile | Untyped, Boolean | Float | Integer | Json | Python | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        conditions_0_left: the file that holds the metric (property_file, Json)
        """
        return self._pinned(
            {
                "conditions[0].left": conditions_0_left,
            }
        )


class ModelCreationOutputs(Outputs):
    """What ModelCreation makes."""

    @property
    def ModelName(self) -> Output[ModelArtifacts, ModelName]:
        """The name of the model."""
        return self.named("ModelName")


class ModelCreation(TypedStep):
    """A Model step of the specification ModelCreation."""

    specification = LIBRARY["ModelCreation"]

    @property
    def outputs(self) -> ModelCreationOutputs:
        """What the step makes."""
        return ModelCreationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        model_data: Output[ModelArtifacts | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        model_data: the artifacts to make a model of (model_artifacts, S3Uri)
        """
        return self._pinned(
            {
                "model_data": model_data,
            }
        )


class ModelEvaluationOutputs(Outputs):
    """What ModelEvaluation makes."""

    @property
    def evaluation(self) -> Output[EvaluationReport, S3Uri]:
        """The report in SageMaker's model-quality form."""
        return self.named("evaluation")

    @property
    def metrics(self) -> Output[PropertyFile, Json]:
        """Evaluation.json of the report, for conditions to read."""
        return self.named("metrics")


class ModelEvaluation(TypedStep):
    """A Processing step of the specification ModelEvaluation."""

    specification = LIBRARY["ModelEvaluation"]

    @property
    def outputs(self) -> ModelEvaluationOutputs:
        """What the step makes."""
        return ModelEvaluationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        model: Output[ModelArtifacts | Untyped, Python | S3Uri | String] = UNSAID,
        test: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        model: the model to measure (model_artifacts, S3Uri)
        test: the data to measure it on (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "model": model,
                "test": test,
            }
        )


class ModelRegistrationOutputs(Outputs):
    """What ModelRegistration makes."""

    @property
    def ModelPackageArn(self) -> Output[ModelArtifacts, ModelPackageArn]:
        """The output ModelPackageArn."""
        return self.named("ModelPackageArn")


class ModelRegistration(TypedStep):
    """A RegisterModel step of the specification ModelRegistration."""

    specification = LIBRARY["ModelRegistration"]

    @property
    def outputs(self) -> ModelRegistrationOutputs:
        """What the step makes."""
        return ModelRegistrationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        model: Output[ModelArtifacts | Untyped, Python | S3Uri | String] = UNSAID,
        model_metrics_model_statistics: Output[
            EvaluationReport | ProcessingOutput | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        model: the model to register (model_artifacts, S3Uri)
        model_metrics_model_statistics: the report that a reviewer reads (evaluation_report, S3Uri, optional)
        """
        return self._pinned(
            {
                "model": model,
                "model_metrics.model_statistics": model_metrics_model_statistics,
            }
        )


class TabularPreprocessingOutputs(Outputs):
    """What TabularPreprocessing makes."""

    @property
    def train(self) -> Output[ProcessingOutput, S3Uri]:
        """The part to train on."""
        return self.named("train")

    @property
    def validation(self) -> Output[ProcessingOutput, S3Uri]:
        """The part that tells training when to stop."""
        return self.named("validation")

    @property
    def test(self) -> Output[ProcessingOutput, S3Uri]:
        """The part that only the evaluation sees."""
        return self.named("test")


class TabularPreprocessing(TypedStep):
    """A Processing step of the specification TabularPreprocessing."""

    specification = LIBRARY["TabularPreprocessing"]

    @property
    def outputs(self) -> TabularPreprocessingOutputs:
        """What the step makes."""
        return TabularPreprocessingOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        raw_data: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        raw_data: the data as it comes from its source (training_data, S3Uri)
        """
        return self._pinned(
            {
                "raw_data": raw_data,
            }
        )


class XGBoostTrainingOutputs(Outputs):
    """What XGBoostTraining makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")

    @property
    def TrainingJobName(self) -> Output[CustomProperty, String]:
        """The output TrainingJobName."""
        return self.named("TrainingJobName")


class XGBoostTraining(TypedStep):
    """A Training step of the specification XGBoostTraining."""

    specification = LIBRARY["XGBoostTraining"]

    @property
    def outputs(self) -> XGBoostTrainingOutputs:
        """What the step makes."""
        return XGBoostTrainingOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        train: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
        validation: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        train: the channel to train on (training_data, S3Uri)
        validation: the channel that tells training when to stop (training_data, S3Uri, optional)
        """
        return self._pinned(
            {
                "train": train,
                "validation": validation,
            }
        )

"""Typed classes of steps, written by `stepwire stubs`: change their specifications instead."""

from __future__ import annotations

from typing import Self

from stepwire.authoring.ports import (
    UNSAID,
    Boolean,
    CustomProperty,
    EvaluationReport,
    Float,
    Hyperparameters,
    ImageUri,
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


class AthenaLoadOutputs(Outputs):
    """What AthenaLoad makes."""

    @property
    def raw_data(self) -> Output[TrainingData, S3Uri]:
        """The data as it comes from its source."""
        return self.named("raw_data")


class AthenaLoad(TypedStep):
    """A Processing step of the specification AthenaLoad."""

    specification = LIBRARY["AthenaLoad"]

    @property
    def outputs(self) -> AthenaLoadOutputs:
        """What the step makes."""
        return AthenaLoadOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        query: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        database: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        query: the SQL text of the query (custom_property, String)
        database: the database that it asks (custom_property, String)
        """
        return self._pinned(
            {
                "query": query,
                "database": database,
            }
        )


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


class ClassificationEvaluationOutputs(Outputs):
    """What ClassificationEvaluation makes."""

    @property
    def evaluation(self) -> Output[EvaluationReport, S3Uri]:
        """The report in SageMaker's model-quality form."""
        return self.named("evaluation")

    @property
    def metrics(self) -> Output[PropertyFile, Json]:
        """Evaluation.json of the report, for conditions to read."""
        return self.named("metrics")


class ClassificationEvaluation(TypedStep):
    """A Processing step of the specification ClassificationEvaluation."""

    specification = LIBRARY["ClassificationEvaluation"]

    @property
    def outputs(self) -> ClassificationEvaluationOutputs:
        """What the step makes."""
        return ClassificationEvaluationOutputs(self.name, self.specification)

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


class DataBiasCheckOutputs(Outputs):
    """What DataBiasCheck makes."""

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that this run measured."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that the data was held against."""
        return self.named("BaselineUsedForDriftCheckConstraints")


class DataBiasCheck(TypedStep):
    """A ClarifyCheck step of the specification DataBiasCheck."""

    specification = LIBRARY["DataBiasCheck"]

    @property
    def outputs(self) -> DataBiasCheckOutputs:
        """What the step makes."""
        return DataBiasCheckOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        dataset: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
        analysis_config: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        dataset: the rows to look at (processing_output, S3Uri)
        analysis_config: analysis_config.json: label, facets and methods, as Clarify wants them
            (custom_property, S3Uri)
        """
        return self._pinned(
            {
                "dataset": dataset,
                "analysis_config": analysis_config,
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


class DataProfileOutputs(Outputs):
    """What DataProfile makes."""

    @property
    def statistics(self) -> Output[EvaluationReport, S3Uri]:
        """Count, mean, spread and distribution of every column, as Model Monitor writes them."""
        return self.named("statistics")

    @property
    def constraints(self) -> Output[EvaluationReport, S3Uri]:
        """The type of every column and how complete it is, as Model Monitor writes them."""
        return self.named("constraints")


class DataProfile(TypedStep):
    """A Processing step of the specification DataProfile."""

    specification = LIBRARY["DataProfile"]

    @property
    def outputs(self) -> DataProfileOutputs:
        """What the step makes."""
        return DataProfileOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        data: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        data: the data to measure, CSV with a header (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "data": data,
            }
        )


class DataQualityCheckOutputs(Outputs):
    """What DataQualityCheck makes."""

    @property
    def CalculatedBaselineStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The statistics that this run measured."""
        return self.named("CalculatedBaselineStatistics")

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that this run measured."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The statistics that the data was held against."""
        return self.named("BaselineUsedForDriftCheckStatistics")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that the data was held against."""
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


class DataSplitOutputs(Outputs):
    """What DataSplit makes."""

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


class DataSplit(TypedStep):
    """A Processing step of the specification DataSplit."""

    specification = LIBRARY["DataSplit"]

    @property
    def outputs(self) -> DataSplitOutputs:
        """What the step makes."""
        return DataSplitOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        data: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        data: the rows to split, CSV with a header (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "data": data,
            }
        )


class DataValidationOutputs(Outputs):
    """What DataValidation makes."""

    @property
    def violations(self) -> Output[EvaluationReport, S3Uri]:
        """Every constraint that the data violates, as Model Monitor writes them."""
        return self.named("violations")

    @property
    def violated(self) -> Output[PropertyFile, Json]:
        """The same file, for conditions to read: how many there are stands at count."""
        return self.named("violated")


class DataValidation(TypedStep):
    """A Processing step of the specification DataValidation."""

    specification = LIBRARY["DataValidation"]

    @property
    def outputs(self) -> DataValidationOutputs:
        """What the step makes."""
        return DataValidationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        data: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
        constraints: Output[EvaluationReport | ProcessingOutput | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        data: the data to check, CSV with a header (training_data, S3Uri)
        constraints: constraints.json of the baseline that it is held against (evaluation_report, S3Uri)
        """
        return self._pinned(
            {
                "data": data,
                "constraints": constraints,
            }
        )


class EndpointConfigurationOutputs(Outputs):
    """What EndpointConfiguration makes."""

    @property
    def EndpointConfigName(self) -> Output[CustomProperty, String]:
        """The name of the configuration."""
        return self.named("EndpointConfigName")


class EndpointConfiguration(TypedStep):
    """A EndpointConfig step of the specification EndpointConfiguration."""

    specification = LIBRARY["EndpointConfiguration"]

    @property
    def outputs(self) -> EndpointConfigurationOutputs:
        """What the step makes."""
        return EndpointConfigurationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        model_name: Output[ModelArtifacts | Untyped, ModelName | Python | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        model_name: the model that the endpoint hosts (model_artifacts, ModelName)
        """
        return self._pinned(
            {
                "model_name": model_name,
            }
        )


class EndpointDeploymentOutputs(Outputs):
    """What EndpointDeployment makes."""

    @property
    def EndpointName(self) -> Output[CustomProperty, String]:
        """The name of the endpoint."""
        return self.named("EndpointName")


class EndpointDeployment(TypedStep):
    """A Endpoint step of the specification EndpointDeployment."""

    specification = LIBRARY["EndpointDeployment"]

    @property
    def outputs(self) -> EndpointDeploymentOutputs:
        """What the step makes."""
        return EndpointDeploymentOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        endpoint_config_name: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        endpoint_config_name: the configuration that says what is hosted (custom_property, String)
        """
        return self._pinned(
            {
                "endpoint_config_name": endpoint_config_name,
            }
        )


class ExplainabilityCheckOutputs(Outputs):
    """What ExplainabilityCheck makes."""

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that this run measured."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that the data was held against."""
        return self.named("BaselineUsedForDriftCheckConstraints")


class ExplainabilityCheck(TypedStep):
    """A ClarifyCheck step of the specification ExplainabilityCheck."""

    specification = LIBRARY["ExplainabilityCheck"]

    @property
    def outputs(self) -> ExplainabilityCheckOutputs:
        """What the step makes."""
        return ExplainabilityCheckOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        dataset: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
        analysis_config: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped, Python | S3Uri | String
        ] = UNSAID,
        model_name: Output[ModelArtifacts | Untyped, ModelName | Python | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        dataset: the rows to look at (processing_output, S3Uri)
        analysis_config: analysis_config.json: label, facets and methods, as Clarify wants them
            (custom_property, S3Uri)
        model_name: the model that is asked (model_artifacts, ModelName)
        """
        return self._pinned(
            {
                "dataset": dataset,
                "analysis_config": analysis_config,
                "model_name": model_name,
            }
        )


class FeatureEngineeringOutputs(Outputs):
    """What FeatureEngineering makes."""

    @property
    def features(self) -> Output[ProcessingOutput, S3Uri]:
        """The data with its features, the target first."""
        return self.named("features")


class FeatureEngineering(TypedStep):
    """A Processing step of the specification FeatureEngineering."""

    specification = LIBRARY["FeatureEngineering"]

    @property
    def outputs(self) -> FeatureEngineeringOutputs:
        """What the step makes."""
        return FeatureEngineeringOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        data: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        data: the data to make features of (training_data, S3Uri)
        """
        return self._pinned(
            {
                "data": data,
            }
        )


class FeatureStoreLoadOutputs(Outputs):
    """What FeatureStoreLoad makes."""

    @property
    def raw_data(self) -> Output[TrainingData, S3Uri]:
        """The data as it comes from its source."""
        return self.named("raw_data")


class FeatureStoreLoad(TypedStep):
    """A Processing step of the specification FeatureStoreLoad."""

    specification = LIBRARY["FeatureStoreLoad"]

    @property
    def outputs(self) -> FeatureStoreLoadOutputs:
        """What the step makes."""
        return FeatureStoreLoadOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        query: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        query: the SQL text of the query over the table of a feature group (custom_property, String)
        """
        return self._pinned(
            {
                "query": query,
            }
        )


class HuggingFaceFineTuningOutputs(Outputs):
    """What HuggingFaceFineTuning makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")

    @property
    def TrainingJobName(self) -> Output[CustomProperty, String]:
        """The name of the training job."""
        return self.named("TrainingJobName")


class HuggingFaceFineTuning(TypedStep):
    """A Training step of the specification HuggingFaceFineTuning."""

    specification = LIBRARY["HuggingFaceFineTuning"]

    @property
    def outputs(self) -> HuggingFaceFineTuningOutputs:
        """What the step makes."""
        return HuggingFaceFineTuningOutputs(self.name, self.specification)

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


class HumanApprovalOutputs(Outputs):
    """What HumanApproval makes."""

    @property
    def approval(self) -> Output[CustomProperty, String]:
        """What was decided: Approved or Rejected."""
        return self.named("approval")


class HumanApproval(TypedStep):
    """A Callback step of the specification HumanApproval."""

    specification = LIBRARY["HumanApproval"]

    @property
    def outputs(self) -> HumanApprovalOutputs:
        """What the step makes."""
        return HumanApprovalOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        sqs_queue_url: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        evaluation: Output[EvaluationReport | ProcessingOutput | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        sqs_queue_url: the queue whose reader asks for the approval (custom_property, String)
        evaluation: the report that the decision rests on (evaluation_report, S3Uri, optional)
        """
        return self._pinned(
            {
                "sqs_queue_url": sqs_queue_url,
                "evaluation": evaluation,
            }
        )


class ImagePreprocessingOutputs(Outputs):
    """What ImagePreprocessing makes."""

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


class ImagePreprocessing(TypedStep):
    """A Processing step of the specification ImagePreprocessing."""

    specification = LIBRARY["ImagePreprocessing"]

    @property
    def outputs(self) -> ImagePreprocessingOutputs:
        """What the step makes."""
        return ImagePreprocessingOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        images: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        images: the images as they come from their source (training_data, S3Uri)
        """
        return self._pinned(
            {
                "images": images,
            }
        )


class LambdaNotificationOutputs(Outputs):
    """What LambdaNotification makes."""

    @property
    def status(self) -> Output[CustomProperty, String]:
        """What the function answers under status."""
        return self.named("status")


class LambdaNotification(TypedStep):
    """A Lambda step of the specification LambdaNotification."""

    specification = LIBRARY["LambdaNotification"]

    @property
    def outputs(self) -> LambdaNotificationOutputs:
        """What the step makes."""
        return LambdaNotificationOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        function_arn: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        model_package_arn: Output[ModelArtifacts | Untyped, ModelPackageArn | Python | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        function_arn: the function that notifies (custom_property, String)
        model_package_arn: the registered model that the message is about (model_artifacts, ModelPackageArn,
            optional)
        """
        return self._pinned(
            {
                "function_arn": function_arn,
                "model_package_arn": model_package_arn,
            }
        )


class LightGBMTrainingOutputs(Outputs):
    """What LightGBMTraining makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")

    @property
    def TrainingJobName(self) -> Output[CustomProperty, String]:
        """The name of the training job."""
        return self.named("TrainingJobName")


class LightGBMTraining(TypedStep):
    """A Training step of the specification LightGBMTraining."""

    specification = LIBRARY["LightGBMTraining"]

    @property
    def outputs(self) -> LightGBMTrainingOutputs:
        """What the step makes."""
        return LightGBMTrainingOutputs(self.name, self.specification)

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

        conditions_0_left: the file that holds the metric, as the shipped evaluations write it (property_file,
            Json)
        """
        return self._pinned(
            {
                "conditions[0].left": conditions_0_left,
            }
        )


class ModelBiasCheckOutputs(Outputs):
    """What ModelBiasCheck makes."""

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that this run measured."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that the data was held against."""
        return self.named("BaselineUsedForDriftCheckConstraints")


class ModelBiasCheck(TypedStep):
    """A ClarifyCheck step of the specification ModelBiasCheck."""

    specification = LIBRARY["ModelBiasCheck"]

    @property
    def outputs(self) -> ModelBiasCheckOutputs:
        """What the step makes."""
        return ModelBiasCheckOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        dataset: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
        analysis_config: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped, Python | S3Uri | String
        ] = UNSAID,
        model_name: Output[ModelArtifacts | Untyped, ModelName | Python | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        dataset: the rows to look at (processing_output, S3Uri)
        analysis_config: analysis_config.json: label, facets and methods, as Clarify wants them
            (custom_property, S3Uri)
        model_name: the model that is asked (model_artifacts, ModelName)
        """
        return self._pinned(
            {
                "dataset": dataset,
                "analysis_config": analysis_config,
                "model_name": model_name,
            }
        )


class ModelComparisonOutputs(Outputs):
    """What ModelComparison makes."""

    @property
    def comparison(self) -> Output[EvaluationReport, S3Uri]:
        """Comparison.json: both scores, the gain, and the winner."""
        return self.named("comparison")

    @property
    def decision(self) -> Output[PropertyFile, Json]:
        """The same file, for conditions to read: the gain stands at score.value."""
        return self.named("decision")


class ModelComparison(TypedStep):
    """A Processing step of the specification ModelComparison."""

    specification = LIBRARY["ModelComparison"]

    @property
    def outputs(self) -> ModelComparisonOutputs:
        """What the step makes."""
        return ModelComparisonOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        challenger: Output[EvaluationReport | ProcessingOutput | Untyped, Python | S3Uri | String] = UNSAID,
        champion: Output[EvaluationReport | ProcessingOutput | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        challenger: evaluation.json of the new model (evaluation_report, S3Uri)
        champion: evaluation.json of the model that is to be beaten (evaluation_report, S3Uri)
        """
        return self._pinned(
            {
                "challenger": challenger,
                "champion": champion,
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


class ModelQualityCheckOutputs(Outputs):
    """What ModelQualityCheck makes."""

    @property
    def CalculatedBaselineStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The statistics that this run measured."""
        return self.named("CalculatedBaselineStatistics")

    @property
    def CalculatedBaselineConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that this run measured."""
        return self.named("CalculatedBaselineConstraints")

    @property
    def BaselineUsedForDriftCheckStatistics(self) -> Output[EvaluationReport, S3Uri]:
        """The statistics that the data was held against."""
        return self.named("BaselineUsedForDriftCheckStatistics")

    @property
    def BaselineUsedForDriftCheckConstraints(self) -> Output[EvaluationReport, S3Uri]:
        """The constraints that the data was held against."""
        return self.named("BaselineUsedForDriftCheckConstraints")


class ModelQualityCheck(TypedStep):
    """A QualityCheck step of the specification ModelQualityCheck."""

    specification = LIBRARY["ModelQualityCheck"]

    @property
    def outputs(self) -> ModelQualityCheckOutputs:
        """What the step makes."""
        return ModelQualityCheckOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        baseline_dataset: Output[
            EvaluationReport | ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        baseline_dataset: predictions beside the truth, CSV with the columns prediction and label
            (processing_output, S3Uri)
        """
        return self._pinned(
            {
                "baseline_dataset": baseline_dataset,
            }
        )


class ModelRegistrationOutputs(Outputs):
    """What ModelRegistration makes."""

    @property
    def ModelPackageArn(self) -> Output[ModelArtifacts, ModelPackageArn]:
        """The version of the model package that was registered."""
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


class PyTorchTrainingOutputs(Outputs):
    """What PyTorchTraining makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")

    @property
    def TrainingJobName(self) -> Output[CustomProperty, String]:
        """The name of the training job."""
        return self.named("TrainingJobName")


class PyTorchTraining(TypedStep):
    """A Training step of the specification PyTorchTraining."""

    specification = LIBRARY["PyTorchTraining"]

    @property
    def outputs(self) -> PyTorchTrainingOutputs:
        """What the step makes."""
        return PyTorchTrainingOutputs(self.name, self.specification)

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


class RankingEvaluationOutputs(Outputs):
    """What RankingEvaluation makes."""

    @property
    def evaluation(self) -> Output[EvaluationReport, S3Uri]:
        """The report in SageMaker's model-quality form."""
        return self.named("evaluation")

    @property
    def metrics(self) -> Output[PropertyFile, Json]:
        """Evaluation.json of the report, for conditions to read."""
        return self.named("metrics")


class RankingEvaluation(TypedStep):
    """A Processing step of the specification RankingEvaluation."""

    specification = LIBRARY["RankingEvaluation"]

    @property
    def outputs(self) -> RankingEvaluationOutputs:
        """What the step makes."""
        return RankingEvaluationOutputs(self.name, self.specification)

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


class RedshiftLoadOutputs(Outputs):
    """What RedshiftLoad makes."""

    @property
    def raw_data(self) -> Output[TrainingData, S3Uri]:
        """The data as it comes from its source."""
        return self.named("raw_data")


class RedshiftLoad(TypedStep):
    """A Processing step of the specification RedshiftLoad."""

    specification = LIBRARY["RedshiftLoad"]

    @property
    def outputs(self) -> RedshiftLoadOutputs:
        """What the step makes."""
        return RedshiftLoadOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        query: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        cluster_id: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        database: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        db_user: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
        cluster_role_arn: Output[
            CustomProperty | Hyperparameters | PropertyFile | Untyped,
            Boolean
            | Float
            | ImageUri
            | Integer
            | Json
            | ModelName
            | ModelPackageArn
            | Python
            | S3Uri
            | String,
        ] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        query: the SQL text of the query (custom_property, String)
        cluster_id: the cluster that it asks (custom_property, String)
        database: the database that it asks (custom_property, String)
        db_user: the user of the database (custom_property, String)
        cluster_role_arn: the role in which Redshift writes the answer to S3 (custom_property, String)
        """
        return self._pinned(
            {
                "query": query,
                "cluster_id": cluster_id,
                "database": database,
                "db_user": db_user,
                "cluster_role_arn": cluster_role_arn,
            }
        )


class RegressionEvaluationOutputs(Outputs):
    """What RegressionEvaluation makes."""

    @property
    def evaluation(self) -> Output[EvaluationReport, S3Uri]:
        """The report in SageMaker's model-quality form."""
        return self.named("evaluation")

    @property
    def metrics(self) -> Output[PropertyFile, Json]:
        """Evaluation.json of the report, for conditions to read."""
        return self.named("metrics")


class RegressionEvaluation(TypedStep):
    """A Processing step of the specification RegressionEvaluation."""

    specification = LIBRARY["RegressionEvaluation"]

    @property
    def outputs(self) -> RegressionEvaluationOutputs:
        """What the step makes."""
        return RegressionEvaluationOutputs(self.name, self.specification)

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


class S3LoadOutputs(Outputs):
    """What S3Load makes."""

    @property
    def raw_data(self) -> Output[TrainingData, S3Uri]:
        """The data as it comes from its source."""
        return self.named("raw_data")


class S3Load(TypedStep):
    """A Processing step of the specification S3Load."""

    specification = LIBRARY["S3Load"]

    @property
    def outputs(self) -> S3LoadOutputs:
        """What the step makes."""
        return S3LoadOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        source: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        source: the folder of files in S3, all with the same columns (training_data, S3Uri)
        """
        return self._pinned(
            {
                "source": source,
            }
        )


class SklearnTrainingOutputs(Outputs):
    """What SklearnTraining makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")

    @property
    def TrainingJobName(self) -> Output[CustomProperty, String]:
        """The name of the training job."""
        return self.named("TrainingJobName")


class SklearnTraining(TypedStep):
    """A Training step of the specification SklearnTraining."""

    specification = LIBRARY["SklearnTraining"]

    @property
    def outputs(self) -> SklearnTrainingOutputs:
        """What the step makes."""
        return SklearnTrainingOutputs(self.name, self.specification)

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


class TextGenerationEvaluationOutputs(Outputs):
    """What TextGenerationEvaluation makes."""

    @property
    def evaluation(self) -> Output[EvaluationReport, S3Uri]:
        """The report in SageMaker's model-quality form."""
        return self.named("evaluation")

    @property
    def metrics(self) -> Output[PropertyFile, Json]:
        """Evaluation.json of the report, for conditions to read."""
        return self.named("metrics")


class TextGenerationEvaluation(TypedStep):
    """A Processing step of the specification TextGenerationEvaluation."""

    specification = LIBRARY["TextGenerationEvaluation"]

    @property
    def outputs(self) -> TextGenerationEvaluationOutputs:
        """What the step makes."""
        return TextGenerationEvaluationOutputs(self.name, self.specification)

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


class TextPreprocessingOutputs(Outputs):
    """What TextPreprocessing makes."""

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


class TextPreprocessing(TypedStep):
    """A Processing step of the specification TextPreprocessing."""

    specification = LIBRARY["TextPreprocessing"]

    @property
    def outputs(self) -> TextPreprocessingOutputs:
        """What the step makes."""
        return TextPreprocessingOutputs(self.name, self.specification)

    def takes(
        self,
        *,
        texts: Output[ProcessingOutput | TrainingData | Untyped, Python | S3Uri | String] = UNSAID,
    ) -> Self:
        """Return the step with what it is told to take; what is not said is solved.

        texts: the texts as they come from their source (training_data, S3Uri)
        """
        return self._pinned(
            {
                "texts": texts,
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
        """The name of the training job."""
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


class XGBoostTuningOutputs(Outputs):
    """What XGBoostTuning makes."""

    @property
    def model_artifacts(self) -> Output[ModelArtifacts, S3Uri]:
        """Model.tar.gz with the trained model."""
        return self.named("model_artifacts")


class XGBoostTuning(TypedStep):
    """A Tuning step of the specification XGBoostTuning."""

    specification = LIBRARY["XGBoostTuning"]

    @property
    def outputs(self) -> XGBoostTuningOutputs:
        """What the step makes."""
        return XGBoostTuningOutputs(self.name, self.specification)

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

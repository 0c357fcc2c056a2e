"""EMRServerless: a job of an application of Amazon EMR Serverless."""

from __future__ import annotations

from .kind import StepKind
from .offer import Form, attribute
from .shapes import DOCUMENT, TEXT, WHOLE, map_of, structure
from .slot import Slot

_RUN = ("applicationId", "jobRunId", "name", "arn", "createdBy", "executionRole", "state", "stateDetails")

EMR_SERVERLESS = StepKind(
    "EMRServerless",
    offers=(
        attribute("JobRunId", "jobRun.jobRunId"),
        attribute("ApplicationId", "jobRun.applicationId"),
        attribute("Status", "jobRun.state", Form.TEXT),
    ),
    slots=(
        Slot("ApplicationId", name="application_id"),
        Slot("ExecutionRoleArn", name="execution_role_arn"),
        Slot("JobConfig.jobDriver.sparkSubmit.entryPoint", name="entry_point", form=Form.FILE),
        Slot("JobConfig.jobDriver.sparkSubmit.entryPointArguments[Flag=--{name}]"),
    ),
    added={"jobRun": structure({}, dict.fromkeys(_RUN, TEXT))},
    arguments=structure(
        {
            "ExecutionRoleArn": TEXT,
            "JobConfig": structure(
                {"executionRoleArn": TEXT, "jobDriver": DOCUMENT},
                {
                    "applicationId": TEXT,
                    "configurationOverrides": DOCUMENT,
                    "executionTimeoutMinutes": WHOLE,
                    "name": TEXT,
                    "tags": map_of(TEXT),
                },
            ),
        },
        {"ApplicationId": TEXT, "ApplicationConfig": DOCUMENT},
    ),
    exclusive=(("ApplicationId", "ApplicationConfig"),),
    one_of=(("ApplicationId", "ApplicationConfig"),),
    caches=True,
    retries=True,
    serves=True,
)

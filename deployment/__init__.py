"""Brings a pipeline to SageMaker: plan, upload, apply, permissions, executions."""

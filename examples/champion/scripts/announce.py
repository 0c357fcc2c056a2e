"""The Lambda that announces a model; a real one would also tell somebody."""

from __future__ import annotations


def lambda_handler(event: dict[str, str], _: object) -> dict[str, str]:
    """Take the ARN of a model package, and answer with what is announced."""
    return {"message": f"a new champion waits for approval: {event['model_package_arn']}"}

"""Bodies of ForEach steps, and what steps say of others."""

from __future__ import annotations

import pytest

from stepwire.problems.errors import DocumentError
from stepwire.specs import loads

LOOP = "L: {kind: ForEach, body: [A], request: {IterableItems: [1]}}"


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (f"{LOOP}, A: {{kind: Lambda}}", ""),
        (f"{LOOP}, A: {{kind: Fail}}", "step 'L': its body cannot hold 'A', a Fail step"),
        (f"{LOOP}, A: {{kind: ForEach}}", "step 'L': its body cannot hold 'A', a ForEach step"),
        (f"{LOOP}, A: {{kind: Condition}}", "step 'L': its body cannot hold 'A', a Condition step"),
        ("L: {kind: Model, body: [A]}, A: {kind: Lambda}", "only a ForEach has a body"),
        (
            f"{LOOP}, M: {{kind: ForEach, body: [A]}}, A: {{kind: Lambda}}",
            "stands in the body of 'M' and in 'L'",
        ),
        (LOOP, "no step is called 'A'"),
        ("A: {kind: Lambda, depends_on: [B]}, C: {kind: Fail}", "no step is called 'B'"),
        ("A: {kind: Lambda, depends_on: [{step: A, trigger: Sometimes}]}", "'trigger' is a text"),
        ("A: {kind: Lambda, cache: 30 days}", "is no duration: write it as P30D"),
        ("A: {kind: Lambda, instance_type: x}", "write 'instance' under 'request'"),
    ],
)
def test_what_steps_say_of_others_is_checked(steps: str, words: str) -> None:
    text = f"name: p\nsteps: {{{steps}}}"
    if not words:
        loads(text)
        return
    with pytest.raises(DocumentError) as caught:
        loads(text)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("{type: any, data_type: String, default: c, enum: [a, b]}", "its default is none of a, b"),
    ],
)
def test_defaults_of_inputs_are_checked(given: str, words: str) -> None:
    with pytest.raises(DocumentError, match=words):
        loads(f"name: p\ninputs: {{size: {given}}}\nsteps: {{A: {{kind: Lambda}}}}")

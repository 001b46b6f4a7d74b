"""What Schemathesis checks of this API beside its own checks, and the one thing that it cannot know of its requests."""

import itertools
import json
import os
import re

import schemathesis

MARKS = json.loads(os.environ["GOJI_MARKS"])
# They say that the request has another shape than the description asks for, so none may come where it has that shape.
SHAPE = {"body_missing", "json_malformed", "json_not_object", "parameter_unknown", "property_missing", "property_unknown", "type_wrong"}

# One of two properties has to be there, which the description says in words.
EITHER = {"/mapping"}

COUNT = itertools.count()


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Every command is a new one: the shortest key that the description allows would make all of them repetitions."""
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and 0 < len(key) < 8 and key.isalnum() and key.isascii():
        case.headers["Idempotency-Key"] = f"fuzz-{os.getpid()}-{next(COUNT)}"


@schemathesis.check
def nothing_of_another_institution(ctx, response, case):
    """Whatever one institution asks for, nothing that is marked as another's stands in the answer."""
    for owner, mark in MARKS.items():
        if case.auth_identity in MARKS and case.auth_identity != owner:
            assert mark not in response.text, f"{case.auth_identity} was shown what belongs to {owner}"


@schemathesis.check
def refusals_are_described(ctx, response, case):
    """A refusal is one of those that the reference names for this operation and status."""
    if response.status_code < 400 or response.request.method != case.operation.method.upper():
        return
    described = case.operation.definition.raw["responses"].get(str(response.status_code))
    if described is None or "application/problem+json" not in described.get("content", {}):
        return
    code = response.json()["code"]
    assert code in re.findall(r"`([a-z_0-9]+)`", described["description"]), f"{code} is not described for {response.status_code}"


@schemathesis.check
def what_is_described_is_understood(ctx, response, case):
    """A request of the described shape may break a rule, but it is never refused for its shape."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code < 400:
        return
    if response.request.method != case.operation.method.upper() or response.status_code >= 500:
        return
    problem = response.json()
    code = problem.get("code")
    if code == "property_missing" and problem.get("pointer") in EITHER:
        return
    assert code not in SHAPE, f"{code}, although the request is as described"

"""Every IAM action that the Terraform sources name is a real one: says which are not, and ends with 1."""

import pathlib
import re
import sys

from policy_sentry.querying.actions import get_actions_for_service

# dynamodb:Query, but neither aws:SourceAccount (a condition's key) nor iam::aws:policy (part of an ARN).
ACTION = re.compile(r'"([a-z][a-z0-9-]+):([A-Z][A-Za-z]+)"')
NOT_SERVICES = {"aws"}
CONDITION_KEYS = {("iam", "PassedToService"), ("iam", "PermissionsBoundary"), ("kms", "ViaService")}


def real_actions(service):
    return {action.lower() for action in get_actions_for_service(service_prefix=service)}


wrong = []
known = {}
named = 0
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.tf")):
    for service, action in ACTION.findall(path.read_text()):
        if service in NOT_SERVICES or (service, action) in CONDITION_KEYS:
            continue
        named += 1
        actions = known.setdefault(service, real_actions(service))
        if f"{service}:{action}".lower() not in actions:
            wrong.append(f"{path}: {service}:{action} is no action of IAM")

print("\n".join(wrong) or f"all {named} IAM actions are real")
sys.exit(1 if wrong or named == 0 else 0)

#!/usr/bin/env python3
"""moto's server, plus the few things that this stack needs and moto 5.2 lacks. Takes the arguments of moto_server."""
import json, os, sys

os.environ.setdefault("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")  # arn:aws:iam::aws:policy/...
os.environ.setdefault("MOTO_ACM_VALIDATION_WAIT", "1")  # seconds until ISSUED (60)

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Scaling
from moto.budgets.responses import BudgetsResponse as Budgets
from moto.cloudfront import models as cf
from moto.cloudwatch.models import Alarm
from moto.cloudwatch.responses import CloudWatchResponse as CloudWatch
from moto.core.utils import camelcase_to_underscores as snake
from moto.ec2.models.security_groups import SecurityGroupRule as Rule
from moto.ecs.responses import EC2ContainerServiceResponse as Ecs
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket
from moto.server import main
from moto.sqs.models import Queue

# Application Auto Scaling and Budgets: tags
_tags: dict = {}
_arn = lambda self: self._get_param("ResourceARN")


def _register(self, _old=Scaling.register_scalable_target):
    out = _old(self)
    _tags.setdefault(json.loads(out)["ScalableTargetARN"], {}).update(self._get_param("Tags") or {})
    return out


def _create_budget(self, _old=Budgets.create_budget):
    arn = f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{self._get_param('Budget')['BudgetName']}"
    _tags[arn] = {t["Key"]: t["Value"] for t in self._get_param("ResourceTags") or []}
    return _old(self)


def _update_budget(self):
    new = self._get_param("NewBudget")
    self.backend.budgets[self._get_param("AccountId")][new["BudgetName"]].budget.update(new)
    return "{}"


def _tag(self):
    new = self._get_param("Tags") or {t["Key"]: t["Value"] for t in self._get_param("ResourceTags")}
    _tags.setdefault(_arn(self), {}).update(new)
    return "{}"


def _untag(self):
    for k in self._get_param("TagKeys") or self._get_param("ResourceTagKeys"):
        _tags.get(_arn(self), {}).pop(k, None)
    return "{}"


Scaling.register_scalable_target = _register
Budgets.create_budget, Budgets.update_budget = _create_budget, _update_budget
Scaling.list_tags_for_resource = lambda self: json.dumps({"Tags": _tags.get(_arn(self), {})})
Budgets.list_tags_for_resource = lambda self: json.dumps(
    {"ResourceTags": [{"Key": k, "Value": v} for k, v in _tags.get(_arn(self), {}).items()]})
for _c in (Scaling, Budgets):
    _c.tag_resource, _c.untag_resource = _tag, _untag


# Budgets: subscribers
def _subscribers(self):
    b = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    want = self._get_param("Notification")
    hit = [n.subscribers for n in b.notifications if n.details["NotificationType"] == want["NotificationType"]
           and float(n.details["Threshold"]) == float(want["Threshold"])]
    return json.dumps({"Subscribers": hit[0] if hit else []})


Budgets.describe_subscribers_for_notification = _subscribers

# CloudWatch: composite alarms
CloudWatch.put_composite_alarm = lambda self: CloudWatch.put_metric_alarm(self)
Alarm.alarm_rule = property(lambda self: self.rule)


# CloudFront: a cache policy excludes ForwardedValues; an own certificate excludes the default one
def _behaviour(self, config, _old=cf.DefaultCacheBehaviour.__init__):
    _old(self, config)
    if self.cache_policy_id:
        self.forwarded_values = None


def _certificate(self, config, _old=cf.ViewerCertificate.__init__):
    _old(self, config)
    if self.acm_certificate_arn:
        self.cloud_front_default_certificate = False


cf.DefaultCacheBehaviour.__init__, cf.ViewerCertificate.__init__ = _behaviour, _certificate


# ECS: keep every service field that moto's constructor drops
def _service(self, _old=Ecs.create_service):
    out = _old(self)
    s = out.result["service"]
    for k, v in self._get_params().items():
        if k not in ("cluster", "serviceName", "taskDefinition", "role", "clientToken") and not hasattr(s, snake(k)):
            setattr(s, snake(k), v)
    if self._get_param("capacityProviderStrategy"):
        s.launch_type = None
    return out


Ecs.create_service = _service

# EC2: rule descriptions for group and prefix-list rules
_rule = Rule.__init__


def _rule_init(self, *a, **k):
    _rule(self, *a, **k)
    src = next((x for x in (*a[5:8], k.get("source_group"), k.get("prefix_list_id")) if x), {})
    self.note = src.get("Description")


Rule.__init__ = _rule_init
Rule.description = property(lambda self: self.ip_range.get("Description") or getattr(self, "note", None))

# SQS: RedriveAllowPolicy; Policy survives an update of other attributes; RedrivePolicy unpadded
Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
Queue.redrive_allow_policy = None
_set, _get = Queue._set_attributes, Queue.attributes.fget


def _attributes(self):
    out = _get(self)
    if self.redrive_policy:
        out["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
    return out


def _set_attributes(self, attributes, now=None):
    _set(self, {"Policy": getattr(self, "policy", None), **attributes}, now)
    self.redrive_allow_policy = self.redrive_allow_policy or None  # "" deletes it


Queue.attributes, Queue._set_attributes = property(_attributes), _set_attributes


# S3: moto ignores Condition, so a TLS-only Deny would deny everything: leave conditional statements out
def _permission(self, action, resource):
    if self.policy is None:
        return PermissionResult.NEUTRAL
    doc = json.loads(self.policy)
    doc["Statement"] = [s for s in doc["Statement"] if "Condition" not in s]
    return IAMPolicy(json.dumps(doc)).is_action_permitted(action, resource) if doc["Statement"] else PermissionResult.NEUTRAL


FakeBucket.get_permission = _permission

if __name__ == "__main__":
    main(sys.argv[1:])

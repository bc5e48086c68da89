# Metrics that CloudWatch counts in the log lines themselves. The messages and fields are the application's own;
# test/infra/log-metrics.test.ts holds the patterns against the lines that its code writes.
locals {
  metric_namespace = "IsCoolGPT/${var.environment}"

  worker_log_metrics = {
    JobsEnded    = "{ $.msg = \"job ended\" }"
    JobsDegraded = "{ ($.msg = \"job ended\") && (($.degraded IS TRUE) || ($.status = \"failed\")) }"
    WorkerErrors = "{ $.msg = \"worker error\" }"
  }
}

resource "aws_cloudwatch_log_metric_filter" "worker" {
  for_each       = local.worker_log_metrics
  name           = "${local.name}-${each.key}"
  log_group_name = module.worker.log_group_name
  pattern        = each.value

  metric_transformation {
    namespace     = local.metric_namespace
    name          = each.key
    value         = "1"
    default_value = "0"
    unit          = "Count"
  }
}

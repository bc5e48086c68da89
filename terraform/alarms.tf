# What each alarm means and what to do stands in docs/runbook.md, under the alarm's name.
# The topic is not encrypted by KMS: CloudWatch cannot publish through AWS's own key, and no alarm holds a secret.
resource "aws_sns_topic" "alarms" {
  name = "${local.name}-alarms"
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Alarms"
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.alarms.arn
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    }]
  })
}

resource "aws_sns_topic_subscription" "email" {
  count     = var.alarm_email == "" ? 0 : 1
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  alarm_name          = "${local.name}-dead-letters"
  alarm_description   = "A message could not be read by any worker, and waits in the dead letter queue."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.dead_letters.name }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "queue_age" {
  alarm_name          = "${local.name}-queue-age"
  alarm_description   = "Questions wait so long that they may expire: the default deadline is 120 s."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = aws_sqs_queue.jobs.name }
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 90
  period              = 60
  evaluation_periods  = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_errors" {
  alarm_name          = "${local.name}-api-errors"
  alarm_description   = "The API, or the load balancer in its place, answers with 5xx."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 2
  evaluation_periods  = 3
  datapoints_to_alarm = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dynamic "metric_query" {
    for_each = { target_errors = "HTTPCode_Target_5XX_Count", balancer_errors = "HTTPCode_ELB_5XX_Count", requests = "RequestCount" }
    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        dimensions  = { LoadBalancer = aws_lb.api.arn_suffix }
        stat        = "Sum"
        period      = 60
      }
    }
  }

  metric_query {
    id          = "error_percent"
    label       = "5xx in a hundred requests"
    expression  = "100 * (FILL(target_errors, 0) + FILL(balancer_errors, 0)) / IF(FILL(requests, 0) > 0, requests, 1)"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "api_latency" {
  alarm_name          = "${local.name}-api-latency"
  alarm_description   = "One response in a hundred takes longer than the longest wait that a client may ask for, and five seconds."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = aws_lb.api.arn_suffix, TargetGroup = aws_lb_target_group.api.arn_suffix }
  extended_statistic  = "p99"
  comparison_operator = "GreaterThanThreshold"
  threshold           = var.max_wait_seconds + 5
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_unhealthy" {
  alarm_name          = "${local.name}-api-unhealthy"
  alarm_description   = "Fewer API tasks answer their health check than should always run."
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HealthyHostCount"
  dimensions          = { LoadBalancer = aws_lb.api.arn_suffix, TargetGroup = aws_lb_target_group.api.arn_suffix }
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = var.api_tasks.min
  period              = 60
  evaluation_periods  = 5
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "worker_at_max" {
  alarm_name          = "${local.name}-worker-at-max"
  alarm_description   = "The worker has been at its most tasks for a quarter of an hour: more work comes than it may take."
  namespace           = local.tasks_metric.namespace
  metric_name         = local.tasks_metric.metric
  dimensions          = local.tasks_metric.dimensions
  statistic           = local.tasks_metric.stat
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.worker_tasks_max
  period              = 60
  evaluation_periods  = 15
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

resource "aws_cloudwatch_metric_alarm" "answers_degraded" {
  alarm_name          = "${local.name}-answers-degraded"
  alarm_description   = "More than a fifth of the jobs end failed, or with fewer answers than their quorum: providers fail."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 20
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dynamic "metric_query" {
    for_each = { ended = "JobsEnded", degraded = "JobsDegraded" }
    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = local.metric_namespace
        metric_name = aws_cloudwatch_log_metric_filter.worker[metric_query.value].metric_transformation[0].name
        stat        = "Sum"
        period      = 300
      }
    }
  }

  metric_query {
    id          = "degraded_percent"
    label       = "Degraded or failed in a hundred jobs"
    expression  = "100 * FILL(degraded, 0) / IF(FILL(ended, 0) > 0, ended, 1)"
    return_data = true
  }
}

resource "aws_cloudwatch_metric_alarm" "worker_errors" {
  alarm_name          = "${local.name}-worker-errors"
  alarm_description   = "Something goes wrong in the workers themselves, again and again."
  namespace           = local.metric_namespace
  metric_name         = aws_cloudwatch_log_metric_filter.worker["WorkerErrors"].metric_transformation[0].name
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 10
  period              = 300
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]
}

# One provider alone that fails degrades no answer: the others are merged. Here it shows.
resource "aws_cloudwatch_metric_alarm" "provider_errors" {
  for_each            = toset(var.panel[*].id)
  alarm_name          = "${local.name}-provider-errors-${each.key}"
  alarm_description   = "More than half of the calls to ${each.key} bring no text."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 50
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  ok_actions          = [aws_sns_topic.alarms.arn]

  dynamic "metric_query" {
    for_each = {
      failures = { metric = "iscoolgpt_provider_failures_total", stat = "Sum" }
      calls    = { metric = "iscoolgpt_provider_call_seconds", stat = "SampleCount" }
    }
    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = local.metric_namespace
        metric_name = metric_query.value.metric
        dimensions  = { provider = each.key }
        stat        = metric_query.value.stat
        period      = 300
      }
    }
  }

  metric_query {
    id          = "error_percent"
    label       = "Failed in a hundred calls"
    expression  = "IF(FILL(calls, 0) >= 10, 100 * FILL(failures, 0) / calls, 0)"
    return_data = true
  }
}

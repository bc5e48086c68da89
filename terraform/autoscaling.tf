# The worker scales by work alone: messages that wait and messages that are being worked on, for each task. Without the
# latter a queue whose messages are all taken looks empty, and scaling in would kill work. A CPU rule beside it would
# fight it. Tasks are counted by the minute's samples of their CPU metric, which costs nothing.
locals {
  # Three quarters of what the tasks can run at once: the rest is room while a new task starts.
  jobs_per_task_target = 0.75 * var.worker_concurrency

  visible_metric   = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", stat = "Average", dimensions = { QueueName = aws_sqs_queue.jobs.name } }
  in_flight_metric = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesNotVisible", stat = "Average", dimensions = { QueueName = aws_sqs_queue.jobs.name } }
  tasks_metric     = { namespace = "AWS/ECS", metric = "CPUUtilization", stat = "SampleCount", dimensions = { ClusterName = aws_ecs_cluster.main.name, ServiceName = "${local.name}-worker" } }

  scaling_metrics = { visible = local.visible_metric, in_flight = local.in_flight_metric, tasks = local.tasks_metric }
  # With no task, or before the first sample, the whole backlog counts as one task's.
  jobs_per_task_expression = "(FILL(visible, 0) + FILL(in_flight, 0)) / IF(FILL(tasks, 0) > 0, tasks, 1)"
}

resource "aws_appautoscaling_policy" "worker_jobs" {
  name               = "${local.name}-worker-jobs-per-task"
  policy_type        = "TargetTrackingScaling"
  resource_id        = module.worker.scalable_target.resource_id
  scalable_dimension = module.worker.scalable_target.scalable_dimension
  service_namespace  = module.worker.scalable_target.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value       = local.jobs_per_task_target
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    customized_metric_specification {
      dynamic "metrics" {
        for_each = local.scaling_metrics
        content {
          id          = metrics.key
          return_data = false

          metric_stat {
            stat = metrics.value.stat

            metric {
              namespace   = metrics.value.namespace
              metric_name = metrics.value.metric

              dynamic "dimensions" {
                for_each = metrics.value.dimensions
                content {
                  name  = dimensions.key
                  value = dimensions.value
                }
              }
            }
          }
        }
      }

      metrics {
        id          = "jobs_per_task"
        label       = "Jobs for each task"
        expression  = local.jobs_per_task_expression
        return_data = true
      }
    }
  }
}

# Target tracking wants three minutes of evidence. A burst does not wait for it: twice the tasks when every slot of them
# is spoken for, four times when it is a lot more.
resource "aws_appautoscaling_policy" "worker_burst" {
  name               = "${local.name}-worker-burst"
  policy_type        = "StepScaling"
  resource_id        = module.worker.scalable_target.resource_id
  scalable_dimension = module.worker.scalable_target.scalable_dimension
  service_namespace  = module.worker.scalable_target.service_namespace

  step_scaling_policy_configuration {
    adjustment_type          = "PercentChangeInCapacity"
    metric_aggregation_type  = "Maximum"
    min_adjustment_magnitude = 1
    cooldown                 = 60

    step_adjustment {
      metric_interval_lower_bound = 0
      metric_interval_upper_bound = 3 * var.worker_concurrency
      scaling_adjustment          = 100
    }

    step_adjustment {
      metric_interval_lower_bound = 3 * var.worker_concurrency
      scaling_adjustment          = 300
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "worker_burst" {
  alarm_name          = "${local.name}-scale-worker-burst"
  alarm_description   = "Scaling: more jobs than the worker's tasks can run at once."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = var.worker_concurrency
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.worker_burst.arn]

  dynamic "metric_query" {
    for_each = local.scaling_metrics
    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = 60
      }
    }
  }

  metric_query {
    id          = "jobs_per_task"
    label       = "Jobs for each task"
    expression  = local.jobs_per_task_expression
    return_data = true
  }
}

# A percentage of nothing is nothing: the first task needs a rule of its own.
resource "aws_appautoscaling_policy" "worker_wake" {
  count              = var.worker_tasks_min == 0 ? 1 : 0
  name               = "${local.name}-worker-wake"
  policy_type        = "StepScaling"
  resource_id        = module.worker.scalable_target.resource_id
  scalable_dimension = module.worker.scalable_target.scalable_dimension
  service_namespace  = module.worker.scalable_target.service_namespace

  step_scaling_policy_configuration {
    adjustment_type         = "ChangeInCapacity"
    metric_aggregation_type = "Maximum"
    cooldown                = 60

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "worker_wake" {
  count               = var.worker_tasks_min == 0 ? 1 : 0
  alarm_name          = "${local.name}-scale-worker-wake"
  alarm_description   = "Scaling: messages wait and no task runs."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_appautoscaling_policy.worker_wake[0].arn]

  dynamic "metric_query" {
    for_each = { visible = local.visible_metric, tasks = local.tasks_metric }
    content {
      id          = metric_query.key
      return_data = false

      metric {
        namespace   = metric_query.value.namespace
        metric_name = metric_query.value.metric
        dimensions  = metric_query.value.dimensions
        stat        = metric_query.value.stat
        period      = 60
      }
    }
  }

  metric_query {
    id          = "waiting_for_the_first_task"
    label       = "Messages while no task runs"
    expression  = "IF(FILL(tasks, 0) > 0, 0, visible)"
    return_data = true
  }
}

# The API's work is CPU: one signal for it too.
resource "aws_appautoscaling_policy" "api_cpu" {
  name               = "${local.name}-api-cpu"
  policy_type        = "TargetTrackingScaling"
  resource_id        = module.api.scalable_target.resource_id
  scalable_dimension = module.api.scalable_target.scalable_dimension
  service_namespace  = module.api.scalable_target.service_namespace

  target_tracking_scaling_policy_configuration {
    target_value       = 60
    scale_out_cooldown = 60
    scale_in_cooldown  = 300

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

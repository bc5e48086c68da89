locals {
  load_balancer_dimensions = ["LoadBalancer", aws_lb.api.arn_suffix]

  # Title, then rows of [namespace, metric, dimension, value, …, options].
  dashboard_graphs = [
    { title = "Jobs in the queue", metrics = [
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.jobs.name, { stat = "Maximum", label = "waiting" }],
      ["AWS/SQS", "ApproximateNumberOfMessagesNotVisible", "QueueName", aws_sqs_queue.jobs.name, { stat = "Maximum", label = "in flight" }],
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", aws_sqs_queue.dead_letters.name, { stat = "Maximum", label = "dead letters" }],
    ] },
    { title = "Age of the oldest message (s)", metrics = [
      ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", aws_sqs_queue.jobs.name, { stat = "Maximum" }],
    ] },
    { title = "Worker tasks", metrics = [
      [local.tasks_metric.namespace, local.tasks_metric.metric, "ClusterName", aws_ecs_cluster.main.name, "ServiceName", module.worker.service_name, { stat = "SampleCount", label = "tasks" }],
    ] },
    { title = "Jobs ended", metrics = [
      [local.metric_namespace, "JobsEnded", { stat = "Sum", label = "ended" }],
      [local.metric_namespace, "JobsDegraded", { stat = "Sum", label = "degraded or failed" }],
      [local.metric_namespace, "WorkerErrors", { stat = "Sum", label = "worker errors" }],
    ] },
    { title = "Requests", metrics = [
      concat(["AWS/ApplicationELB", "RequestCount"], local.load_balancer_dimensions, [{ stat = "Sum", label = "requests" }]),
      concat(["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], local.load_balancer_dimensions, [{ stat = "Sum", label = "5xx of the API" }]),
      concat(["AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count"], local.load_balancer_dimensions, [{ stat = "Sum", label = "5xx of the load balancer" }]),
    ] },
    { title = "Response time (s)", metrics = [
      concat(["AWS/ApplicationELB", "TargetResponseTime"], local.load_balancer_dimensions, [{ stat = "p50", label = "p50" }]),
      concat(["AWS/ApplicationELB", "TargetResponseTime"], local.load_balancer_dimensions, [{ stat = "p99", label = "p99" }]),
    ] },
    { title = "Table (capacity units)", metrics = [
      ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", aws_dynamodb_table.jobs.name, { stat = "Sum", label = "written" }],
      ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", aws_dynamodb_table.jobs.name, { stat = "Sum", label = "read" }],
    ] },
    { title = "CPU (%)", metrics = [
      ["AWS/ECS", "CPUUtilization", "ClusterName", aws_ecs_cluster.main.name, "ServiceName", module.api.service_name, { stat = "Average", label = "api" }],
      ["AWS/ECS", "CPUUtilization", "ClusterName", aws_ecs_cluster.main.name, "ServiceName", module.worker.service_name, { stat = "Average", label = "worker" }],
    ] },
  ]
}

resource "aws_cloudwatch_dashboard" "main" {
  dashboard_name = local.name
  dashboard_body = jsonencode({
    widgets = [
      for index, graph in local.dashboard_graphs : {
        type   = "metric"
        x      = index % 2 * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = graph.title
          region  = var.region
          period  = 60
          metrics = graph.metrics
        }
      }
    ]
  })
}

module "api" {
  source = "./modules/service"

  name       = "${local.name}-api"
  container  = "api"
  image      = local.images.api
  image_repo = data.aws_ecr_repository.service["api"].arn
  port       = local.ports.api

  # A request costs under 2 ms of CPU, waits for the table, and two tasks share them: a quarter vCPU is plenty.
  size                 = var.api_size
  tasks                = var.api_tasks
  environment          = local.api_environment
  secrets              = local.api_secrets
  statements           = local.api_statements
  account              = { id = local.account_id, partition = local.partition, region = var.region }
  permissions_boundary = local.permissions_boundary
  stop_timeout_seconds = var.stop_timeout_seconds.api
  log_retention_days   = var.log_retention_days
  collector_image      = var.tracing ? var.collector_image : ""

  cluster            = { arn = aws_ecs_cluster.main.arn, name = aws_ecs_cluster.main.name }
  subnet_ids         = local.task_subnet_ids
  security_group_ids = [aws_security_group.api.id]
  assign_public_ip   = local.tasks_are_public
  target_group_arn   = aws_lb_target_group.api.arn

  # Whoever waits for an answer waits on the API: it never runs on Spot.
  capacity = { FARGATE = { base = 0, weight = 1 } }

  rollback_alarm_names = [aws_cloudwatch_metric_alarm.api_errors.alarm_name, aws_cloudwatch_metric_alarm.api_latency.alarm_name]

  depends_on = [aws_lb_listener.https, aws_ecs_cluster_capacity_providers.main, aws_route.private_default]
}

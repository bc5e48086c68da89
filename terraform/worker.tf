module "worker" {
  source = "./modules/service"

  name       = "${local.name}-worker"
  container  = "worker"
  image      = local.images.worker
  image_repo = data.aws_ecr_repository.service["worker"].arn
  port       = local.ports.worker

  # Twenty jobs at once wait for providers most of the time, then compare texts: half a vCPU, and 1 GiB for their answers.
  size                 = var.worker_size
  tasks                = { min = var.worker_tasks_min, max = var.worker_tasks_max }
  environment          = local.worker_environment
  secrets              = local.worker_secrets
  statements           = local.worker_statements
  account              = { id = local.account_id, partition = local.partition, region = var.region }
  permissions_boundary = local.permissions_boundary
  stop_timeout_seconds = var.stop_timeout_seconds.worker
  log_retention_days   = var.log_retention_days
  collector_image      = var.tracing ? var.collector_image : ""

  cluster            = { arn = aws_ecs_cluster.main.arn, name = aws_ecs_cluster.main.name }
  subnet_ids         = local.task_subnet_ids
  security_group_ids = [aws_security_group.worker.id]
  assign_public_ip   = local.tasks_are_public

  # The first task is always on demand; a Spot task has two minutes' notice, which the drain fits into.
  capacity = merge(
    { FARGATE = { base = 1, weight = 10 - var.worker_spot_share } },
    var.worker_spot_share > 0 ? { FARGATE_SPOT = { base = 0, weight = var.worker_spot_share } } : {},
  )

  rollback_alarm_names = [aws_cloudwatch_metric_alarm.dead_letters.alarm_name]

  depends_on = [aws_ecs_cluster_capacity_providers.main, aws_route.private_default]
}

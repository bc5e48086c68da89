output "service_name" {
  description = "The ECS service's name."
  value       = aws_ecs_service.service.name
}

output "scalable_target" {
  description = "What scaling policies refer to."
  value = {
    resource_id        = aws_appautoscaling_target.tasks.resource_id
    scalable_dimension = aws_appautoscaling_target.tasks.scalable_dimension
    service_namespace  = aws_appautoscaling_target.tasks.service_namespace
  }
}

output "log_group_name" {
  description = "Where the service's log lines go."
  value       = aws_cloudwatch_log_group.service.name
}

output "task_placement" {
  description = "Where tasks run."
  value       = { subnet_ids = var.subnet_ids, assign_public_ip = var.assign_public_ip }
}

output "container_names" {
  description = "The task's containers, the service's own first."
  value       = concat([local.application.name], local.collectors[*].name)
}

output "region" {
  description = "The AWS region of all this."
  value       = var.region
}

output "url" {
  description = "Where clients ask."
  value       = "https://${var.domain_name}"
}

output "load_balancer_dns_name" {
  description = "What domain_name must point to, where its zone is not in this account."
  value       = aws_lb.api.dns_name
}

output "cluster_name" {
  description = "The ECS cluster."
  value       = aws_ecs_cluster.main.name
}

output "service_names" {
  description = "The ECS services."
  value       = { api = module.api.service_name, worker = module.worker.service_name }
}

output "images" {
  description = "The images that the services should run."
  value       = local.images
}

output "queue_url" {
  description = "The queue of jobs."
  value       = aws_sqs_queue.jobs.url
}

output "dead_letter_queue_url" {
  description = "The queue of dead letters."
  value       = aws_sqs_queue.dead_letters.url
}

output "table_name" {
  description = "The table of jobs."
  value       = aws_dynamodb_table.jobs.name
}

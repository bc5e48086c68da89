output "state_bucket" {
  description = "For environments/*.s3.tfbackend."
  value       = aws_s3_bucket.state.id
}

output "role_arns" {
  description = "For the GitHub variables that docs/runbook.md names."
  value       = merge({ for name, role in aws_iam_role.github : name => role.arn }, { images = aws_iam_role.images.arn })
}

output "registries" {
  description = "Where images are pushed to."
  value       = { for service, repository in aws_ecr_repository.service : service => repository.repository_url }
}

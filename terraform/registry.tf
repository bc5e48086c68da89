# One registry a service for all environments, made by bootstrap/: what staging proved is, to the byte, what production runs.
data "aws_ecr_repository" "service" {
  for_each = toset(["api", "worker"])
  name     = "iscoolgpt/${each.key}"
}

locals {
  images = {
    for service, repository in data.aws_ecr_repository.service :
    service => "${repository.repository_url}@${var.image_digests[service]}"
  }
}

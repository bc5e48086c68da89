# For all environments: an image is built once, and production runs the very bytes that staging proved.
resource "aws_ecr_repository" "service" {
  for_each             = toset(["api", "worker"])
  name                 = "iscoolgpt/${each.key}"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "AES256"
  }
}

# An image that a rule of higher priority matches is safe from all later ones: what was ever deployed carries a release-
# tag, and of those the last 500 stay. Platform images that a kept index names are kept with it.
resource "aws_ecr_lifecycle_policy" "service" {
  for_each   = aws_ecr_repository.service
  repository = each.value.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Keep what was deployed"
        selection    = { tagStatus = "tagged", tagPrefixList = ["release-"], countType = "imageCountMoreThan", countNumber = 500 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "Of what was only built, keep the last hundred"
        selection    = { tagStatus = "tagged", tagPrefixList = ["sha-"], countType = "imageCountMoreThan", countNumber = 100 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 3
        description  = "Forget what nothing names"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 14 }
        action       = { type = "expire" }
      },
    ]
  })
}

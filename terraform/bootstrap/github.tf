# GitHub Actions proves who it is by a token of its own: there are no keys. Conditions are StringEquals only.
resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

locals {
  branch_subjects = { for environment, branch in var.environments : environment => "${var.github_subject_prefix}:ref:refs/heads/${branch}" }

  subjects = {
    # Pull requests are planned for every environment, and so is a branch, before its apply or a rollback is approved.
    plan  = { for environment in keys(var.environments) : environment => concat(["${var.github_subject_prefix}:pull_request"], values(local.branch_subjects)) }
    apply = { for environment in keys(var.environments) : environment => ["${var.github_subject_prefix}:environment:${environment}"] }
  }

  roles = merge([
    for kind, by_environment in local.subjects : {
      for environment, subjects in by_environment : "${environment}-${kind}" => { environment = environment, kind = kind, subjects = subjects }
    }
  ]...)

  trusts = {
    for name, subjects in merge({ for name, role in local.roles : name => role.subjects }, { images = values(local.branch_subjects) }) :
    name => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = aws_iam_openid_connect_provider.github.arn }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
            "token.actions.githubusercontent.com:sub" = subjects
          }
        }
      }]
    })
  }

  state_keys = { for environment in keys(var.environments) : environment => "${aws_s3_bucket.state.arn}/${environment}/terraform.tfstate" }
}

resource "aws_iam_role" "github" {
  for_each             = local.roles
  name                 = "iscoolgpt-github-${each.key}"
  description          = "GitHub Actions: terraform ${each.value.kind} of ${each.value.environment}"
  assume_role_policy   = local.trusts[each.key]
  max_session_duration = 3600
}

resource "aws_iam_role" "images" {
  name               = "iscoolgpt-github-images"
  description        = "GitHub Actions: push images"
  assume_role_policy = local.trusts.images
}

resource "aws_iam_role_policy" "images" {
  name = "push"
  role = aws_iam_role.images.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "RegistryLogin", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
      {
        Sid    = "Push"
        Effect = "Allow"
        Action = [
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
          "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
        ]
        Resource = [for repository in aws_ecr_repository.service : repository.arn]
      },
    ]
  })
}

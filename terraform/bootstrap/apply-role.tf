locals {
  apply_roles = { for name, role in local.roles : name => role if role.kind == "apply" }

  own_roles = { for environment in keys(var.environments) : environment => "arn:${local.partition}:iam::${local.account_id}:role/iscoolgpt-${environment}-*" }

  # Each environment's apply role is kept off the others' resources, whose names tell whose they are.
  others = {
    for environment in keys(var.environments) : environment => flatten([
      for other in keys(var.environments) : [
        "arn:${local.partition}:cloudwatch:*:${local.account_id}:alarm:iscoolgpt-${other}-*",
        "arn:${local.partition}:dynamodb:*:${local.account_id}:table/iscoolgpt-${other}-*",
        "arn:${local.partition}:ecs:*:${local.account_id}:*/iscoolgpt-${other}*",
        "arn:${local.partition}:elasticloadbalancing:*:${local.account_id}:*/iscoolgpt-${other}*",
        "arn:${local.partition}:logs:*:${local.account_id}:log-group:/iscoolgpt/iscoolgpt-${other}-*",
        "arn:${local.partition}:sns:*:${local.account_id}:iscoolgpt-${other}-*",
        "arn:${local.partition}:sqs:*:${local.account_id}:iscoolgpt-${other}-*",
        "arn:${local.partition}:secretsmanager:*:${local.account_id}:secret:iscoolgpt/${other}/*",
        "${aws_s3_bucket.state.arn}/${other}/*",
      ] if other != environment
    ])
  }
}

# The most that a task of an environment can ever be allowed, whatever an apply writes into its roles.
resource "aws_iam_policy" "task_boundary" {
  for_each    = var.environments
  name        = "iscoolgpt-boundary-${each.key}"
  description = "The bound of every role of IsCoolGPT's tasks in ${each.key}"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "RegistryLogin", Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] },
      {
        Sid    = "Own"
        Effect = "Allow"
        Action = [
          "dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PartiQLInsert",
          "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem",
          "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
          "ecs:UpdateTaskProtection", "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue",
          "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage",
          "sqs:SendMessage",
        ]
        Resource = [
          "arn:${local.partition}:dynamodb:*:${local.account_id}:table/iscoolgpt-${each.key}-*",
          "arn:${local.partition}:ecr:*:${local.account_id}:repository/iscoolgpt/*",
          "arn:${local.partition}:ecs:*:${local.account_id}:task/iscoolgpt-${each.key}/*",
          "arn:${local.partition}:logs:*:${local.account_id}:log-group:/iscoolgpt/iscoolgpt-${each.key}-*",
          "arn:${local.partition}:secretsmanager:*:${local.account_id}:secret:iscoolgpt/${each.key}/*",
          "arn:${local.partition}:sqs:*:${local.account_id}:iscoolgpt-${each.key}-*",
        ]
      },
      # X-Ray knows no resource of its own.
      { Sid = "Traces", Effect = "Allow", Action = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource = ["*"] },
      # AWS's own keys allow everybody in the account, through the service alone; a boundary without this would not.
      {
        Sid    = "KeysOfTheServices"
        Effect = "Allow"
        Action = [
          "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo",
        ]
        Resource  = ["*"]
        Condition = { StringEquals = { "kms:ViaService" = ["dynamodb.${var.region}.amazonaws.com", "secretsmanager.${var.region}.amazonaws.com"] } }
      },
    ]
  })
}

resource "aws_iam_role_policy_attachment" "apply" {
  for_each   = local.apply_roles
  role       = aws_iam_role.github[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy" "apply" {
  for_each = local.apply_roles
  name     = "own-roles-only"
  role     = aws_iam_role.github[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "WriteOwnRolesWithinTheBoundary"
        Effect    = "Allow"
        Action    = ["iam:CreateRole", "iam:DeleteRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"]
        Resource  = [local.own_roles[each.value.environment]]
        Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.task_boundary[each.value.environment].arn } }
      },
      {
        Sid    = "KeepOwnRoles"
        Effect = "Allow"
        Action = [
          "iam:DeleteRole", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies",
          "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies", "iam:TagRole", "iam:UntagRole",
          "iam:UpdateAssumeRolePolicy",
        ]
        Resource = [local.own_roles[each.value.environment]]
      },
      {
        Sid       = "GiveRolesToTasks"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = [local.own_roles[each.value.environment]]
        Condition = { StringEquals = { "iam:PassedToService" = "ecs-tasks.amazonaws.com" } }
      },
      {
        Sid      = "ServicesOwnRoles"
        Effect   = "Allow"
        Action   = ["iam:CreateServiceLinkedRole"]
        Resource = ["arn:${local.partition}:iam::${local.account_id}:role/aws-service-role/*"]
      },
      {
        Sid      = "NoSecretValues"
        Effect   = "Deny"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = ["*"]
      },
      {
        Sid      = "NotTheOthers"
        Effect   = "Deny"
        Action   = ["*"]
        Resource = local.others[each.value.environment]
      },
    ]
  })
}

locals {
  plan_roles = { for name, role in local.roles : name => role if role.kind == "plan" }
}

resource "aws_iam_role_policy_attachment" "plan" {
  for_each   = local.plan_roles
  role       = aws_iam_role.github[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/ReadOnlyAccess"
}

# Reading the configuration of everything is not reading what users asked.
resource "aws_iam_role_policy" "plan" {
  for_each = local.plan_roles
  name     = "no-data"
  role     = aws_iam_role.github[each.key].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "NoContents"
        Effect = "Deny"
        Action = [
          "dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan",
          "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartLiveTail", "logs:StartQuery",
          "secretsmanager:GetSecretValue", "sqs:ReceiveMessage",
        ]
        Resource = ["*"]
      },
      {
        Sid         = "NoObjectsButItsState"
        Effect      = "Deny"
        Action      = ["s3:GetObject", "s3:GetObjectVersion"]
        NotResource = [local.state_keys[each.value.environment]]
      },
    ]
  })
}

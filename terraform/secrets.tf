# The secrets themselves are made by bootstrap/ and filled by scripts/infra/put-secret.sh: no value ever comes near
# Terraform, its variables, plans or state. Here they are only named, and a plan fails where one has no value yet.
locals {
  provider_secret_names = {
    openai      = "OPENAI_API_KEY"
    gemini      = "GEMINI_API_KEY"
    huggingface = "HF_TOKEN"
  }

  panel_secret_names = toset([
    for member in var.panel : lookup(local.provider_secret_names, member.id, "PROVIDERS")
    if !(member.id == "simulated" || startswith(member.id, "simulated-"))
  ])
  webhook_secret_names = toset(var.webhooks_enabled ? ["WEBHOOK_SECRET"] : [])
  api_secret_names     = setunion(["API_KEYS"], local.webhook_secret_names)
  worker_secret_names  = setunion(local.panel_secret_names, local.webhook_secret_names)

  api_secrets    = { for name in local.api_secret_names : name => data.aws_secretsmanager_secret_versions.application[name].secret_id }
  worker_secrets = { for name in local.worker_secret_names : name => data.aws_secretsmanager_secret_versions.application[name].secret_id }
}

data "aws_secretsmanager_secret" "application" {
  for_each = setunion(local.api_secret_names, local.worker_secret_names)
  name     = "iscoolgpt/${var.environment}/${each.key}"
}

data "aws_secretsmanager_secret_versions" "application" {
  for_each  = data.aws_secretsmanager_secret.application
  secret_id = each.value.arn

  lifecycle {
    postcondition {
      condition     = length(self.versions) > 0
      error_message = "The secret ${each.value.name} has no value: put one with scripts/infra/put-secret.sh ${var.environment} ${each.key}."
    }
  }
}

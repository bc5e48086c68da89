locals {
  secrets = {
    for pair in setproduct(keys(var.environments), var.secret_names) : "${pair[0]}/${pair[1]}" => pair[0]
  }
}

# Empty: values are put by scripts/infra/put-secret.sh, and never come near Terraform.
resource "aws_secretsmanager_secret" "application" {
  for_each                = local.secrets
  name                    = "iscoolgpt/${each.key}"
  description             = "${split("/", each.key)[1]} of IsCoolGPT, ${each.value}"
  recovery_window_in_days = 7
  tags                    = { environment = each.value }
}

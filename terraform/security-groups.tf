resource "aws_security_group" "load_balancer" {
  name_prefix = "${local.name}-load-balancer-"
  description = "Load balancer: HTTPS from clients, onwards to the API only"
  vpc_id      = aws_vpc.main.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "api" {
  name_prefix = "${local.name}-api-"
  description = "API tasks: from the load balancer only"
  vpc_id      = aws_vpc.main.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "worker" {
  name_prefix = "${local.name}-worker-"
  description = "Worker tasks: nothing comes in"
  vpc_id      = aws_vpc.main.id

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  task_security_group_ids = { api = aws_security_group.api.id, worker = aws_security_group.worker.id }
  # Port 80 is there to be redirected.
  open_ports = { http = 80, https = 443 }
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.cdn_enabled ? 1 : 0
  name  = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_from_clients" {
  for_each          = { for name, port in local.open_ports : name => port if !var.cdn_enabled }
  security_group_id = aws_security_group.load_balancer.id
  description       = "${upper(each.key)} from clients"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_ingress_rule" "load_balancer_from_cloudfront" {
  count             = var.cdn_enabled ? 1 : 0
  security_group_id = aws_security_group.load_balancer.id
  description       = "HTTPS from CloudFront"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront[0].id
}

resource "aws_vpc_security_group_egress_rule" "load_balancer_to_api" {
  security_group_id            = aws_security_group.load_balancer.id
  description                  = "To the API"
  ip_protocol                  = "tcp"
  from_port                    = local.ports.api
  to_port                      = local.ports.api
  referenced_security_group_id = aws_security_group.api.id
}

resource "aws_vpc_security_group_ingress_rule" "api_from_load_balancer" {
  security_group_id            = aws_security_group.api.id
  description                  = "From the load balancer"
  ip_protocol                  = "tcp"
  from_port                    = local.ports.api
  to_port                      = local.ports.api
  referenced_security_group_id = aws_security_group.load_balancer.id
}

resource "aws_vpc_security_group_egress_rule" "tasks_https" {
  for_each          = local.task_security_group_ids
  security_group_id = each.value
  description       = "HTTPS to AWS and the providers"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "worker_further" {
  for_each          = { for port in var.worker_egress_ports : tostring(port) => port }
  security_group_id = aws_security_group.worker.id
  description       = "Self-hosted models and webhooks"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
  cidr_ipv4         = "0.0.0.0/0"
}

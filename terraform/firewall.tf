locals {
  # Students of cloud computing ask about scripts, paths and 169.254.169.254. What these rules find in a body is counted,
  # never blocked: a body here is a question, checked by its schema and shown as text.
  body_rules = {
    AWSManagedRulesCommonRuleSet = [
      "SizeRestrictions_BODY", "CrossSiteScripting_BODY", "EC2MetaDataSSRF_BODY", "GenericLFI_BODY", "GenericRFI_BODY",
    ]
    AWSManagedRulesKnownBadInputsRuleSet  = ["JavaDeserializationRCE_BODY", "Log4JRCE_BODY"]
    AWSManagedRulesAmazonIpReputationList = []
  }
  # Behind CloudFront every connection is CloudFront's: the client is the address it forwards.
  limit_by = var.cdn_enabled ? "FORWARDED_IP" : "IP"
  request_limit_rules = {
    submits = { priority = 10, limit = var.request_limits.submits }
    all     = { priority = 11, limit = var.request_limits.all }
  }
}

resource "aws_wafv2_web_acl" "api" {
  name        = local.name
  description = "What the load balancer of ${local.name} turns away"
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = { for index, name in keys(local.body_rules) : name => index }
    content {
      name     = rule.key
      priority = rule.value

      override_action {
        none {}
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key

          dynamic "rule_action_override" {
            for_each = local.body_rules[rule.key]
            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${local.name}-${rule.key}"
        sampled_requests_enabled   = true
      }
    }
  }

  # Polls are many and cheap, submits are few and cost money: each has a limit of its own.
  dynamic "rule" {
    for_each = local.request_limit_rules
    content {
      name     = "limit-${rule.key}"
      priority = rule.value.priority

      action {
        block {
          custom_response {
            response_code = 429
          }
        }
      }

      statement {
        rate_based_statement {
          limit              = rule.value.limit
          aggregate_key_type = local.limit_by

          dynamic "forwarded_ip_config" {
            for_each = var.cdn_enabled ? ["X-Forwarded-For"] : []
            content {
              header_name       = forwarded_ip_config.value
              fallback_behavior = "MATCH"
            }
          }

          dynamic "scope_down_statement" {
            for_each = rule.key == "submits" ? ["POST"] : []
            content {
              byte_match_statement {
                search_string         = scope_down_statement.value
                positional_constraint = "EXACTLY"

                field_to_match {
                  method {}
                }

                text_transformation {
                  priority = 0
                  type     = "NONE"
                }
              }
            }
          }
        }
      }

      visibility_config {
        cloudwatch_metrics_enabled = true
        metric_name                = "${local.name}-limit-${rule.key}"
        sampled_requests_enabled   = true
      }
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = true
    metric_name                = local.name
    sampled_requests_enabled   = true
  }
}

resource "aws_wafv2_web_acl_association" "api" {
  resource_arn = aws_lb.api.arn
  web_acl_arn  = aws_wafv2_web_acl.api.arn
}

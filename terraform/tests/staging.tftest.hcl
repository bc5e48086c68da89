# The small environment: one NAT gateway, no worker at night, simulated providers, no secret but the API's.
# The same in both files: OpenTofu takes no mocks from another one.
mock_provider "aws" {
  override_during = plan

  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_availability_zones" {
    defaults = { names = ["us-east-1a", "us-east-1b", "us-east-1c"] }
  }
  mock_data "aws_ecr_repository" {
    defaults = {
      arn            = "arn:aws:ecr:us-east-1:123456789012:repository/iscoolgpt/service"
      repository_url = "123456789012.dkr.ecr.us-east-1.amazonaws.com/iscoolgpt/service"
    }
  }
  mock_data "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:one" }
  }
  mock_data "aws_secretsmanager_secret_versions" {
    defaults = { versions = [{ created_time = "", last_accessed_date = "", version_id = "1", version_stages = ["AWSCURRENT"] }] }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      arn = "arn:aws:acm:us-east-1:123456789012:certificate/one"
      domain_validation_options = [{
        domain_name           = "ask.example.org"
        resource_record_name  = "_a.ask.example.org"
        resource_record_type  = "CNAME"
        resource_record_value = "_b.acm-validations.aws"
      }]
    }
  }
  mock_resource "aws_lb" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/one/1" }
  }
  mock_resource "aws_lb_target_group" {
    defaults = { arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/one/1" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/one" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:us-east-1:123456789012:one"
      url = "https://sqs.us-east-1.amazonaws.com/123456789012/one"
    }
  }
  mock_resource "aws_dynamodb_table" {
    defaults = { arn = "arn:aws:dynamodb:us-east-1:123456789012:table/one" }
  }
  mock_resource "aws_ecs_cluster" {
    defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:cluster/one" }
  }
  mock_resource "aws_ecs_task_definition" {
    defaults = { arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/one:1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:one" }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:one" }
  }
  mock_resource "aws_appautoscaling_policy" {
    defaults = { arn = "arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:one" }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = { arn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/one/1" }
  }
  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/one" }
  }
}

mock_provider "aws" {
  alias           = "us_east_1"
  override_during = plan

  mock_resource "aws_acm_certificate" {
    defaults = { arn = "arn:aws:acm:us-east-1:123456789012:certificate/cdn" }
  }
  mock_resource "aws_acm_certificate_validation" {
    defaults = { certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/cdn" }
  }
}

variables {
  environment        = "staging"
  domain_name        = "ask-staging.example.org"
  hosted_zone_id     = "Z0123456789ABC"
  nat_mode           = "nat_single"
  log_retention_days = 14
  api_tasks          = { min = 1, max = 2 }
  worker_tasks_min   = 0
  worker_tasks_max   = 2
  image_digests = {
    api    = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
    worker = "sha256:1111111111111111111111111111111111111111111111111111111111111111"
  }
  panel = [{ id = "simulated-a", model = "simulated/a" }]
}

run "one_nat_gateway_serves_both_zones" {
  command = plan

  assert {
    condition     = length(aws_nat_gateway.main) == 1 && length(aws_route.private_default) == 2
    error_message = "nat_single must make one gateway, and a default route for each private subnet."
  }
  assert {
    condition     = module.api.task_placement.assign_public_ip == false
    error_message = "Behind NAT a task must have no public address."
  }
}

run "a_nat_gateway_for_each_zone" {
  command = plan
  variables {
    nat_mode = "nat_per_az"
    az_count = 3
  }

  assert {
    condition     = length(aws_nat_gateway.main) == 3 && length(aws_eip.nat) == 3
    error_message = "nat_per_az must make a gateway for each zone."
  }
}

run "public_addresses_need_no_nat" {
  command = plan
  variables {
    nat_mode = "public_ip"
  }

  assert {
    condition     = length(aws_nat_gateway.main) == 0 && length(aws_route.private_default) == 0
    error_message = "public_ip must make no NAT gateway."
  }
  assert {
    condition     = module.api.task_placement.assign_public_ip && module.worker.task_placement.assign_public_ip
    error_message = "Without NAT every task needs a public address."
  }
}

run "from_zero_a_rule_adds_the_first_worker" {
  command = plan

  assert {
    condition     = length(aws_appautoscaling_policy.worker_wake) == 1 && length(aws_cloudwatch_metric_alarm.worker_wake) == 1
    error_message = "With a floor of 0 something must add the first task."
  }
}

run "above_zero_no_rule_adds_the_first_worker" {
  command = plan
  variables {
    worker_tasks_min = 1
  }

  assert {
    condition     = length(aws_appautoscaling_policy.worker_wake) == 0 && length(aws_cloudwatch_metric_alarm.worker_wake) == 0
    error_message = "With a floor above 0 there is no first task to add."
  }
}

run "the_scaling_target_follows_the_concurrency" {
  command = plan
  variables {
    worker_concurrency = 40
  }

  assert {
    condition     = aws_appautoscaling_policy.worker_jobs.target_tracking_scaling_policy_configuration[0].target_value == 30
    error_message = "The target must be three quarters of the worker's concurrency."
  }
  assert {
    condition     = local.worker_environment.WORKER_CONCURRENCY == "40"
    error_message = "The worker must be told the same concurrency."
  }
}

run "simulated_providers_need_no_secret" {
  command = plan

  assert {
    condition     = length(local.worker_secrets) == 0 && join(",", keys(local.api_secrets)) == "API_KEYS"
    error_message = "A simulated panel must need no secret but the API's keys."
  }
}

run "each_provider_brings_its_secret" {
  command = plan
  variables {
    panel = [
      { id = "openai", model = "a" }, { id = "gemini", model = "b" }, { id = "huggingface", model = "c" }, { id = "own", model = "d" },
    ]
    webhooks_enabled = true
  }

  assert {
    condition     = join(",", keys(local.worker_secrets)) == "GEMINI_API_KEY,HF_TOKEN,OPENAI_API_KEY,PROVIDERS,WEBHOOK_SECRET"
    error_message = "Which secrets the worker takes must follow from the panel."
  }
  assert {
    condition     = join(",", keys(local.api_secrets)) == "API_KEYS,WEBHOOK_SECRET"
    error_message = "The API must never take a provider's key."
  }
}

run "without_a_cdn_everybody_may_call_the_load_balancer" {
  command = plan

  assert {
    condition     = length(aws_cloudfront_distribution.api) == 0 && length(aws_vpc_security_group_ingress_rule.load_balancer_from_clients) == 2
    error_message = "Without CloudFront ports 80 and 443 must be open to clients."
  }
}

run "behind_a_cdn_only_it_may_call_the_load_balancer" {
  command = plan
  variables {
    cdn_enabled      = true
    max_wait_seconds = 25
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.load_balancer_from_clients) == 0 && length(aws_vpc_security_group_ingress_rule.load_balancer_from_cloudfront) == 1
    error_message = "Behind CloudFront the load balancer must let nobody else in."
  }
  assert {
    condition     = one(aws_cloudfront_distribution.api[0].default_cache_behavior).cache_policy_id == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    error_message = "CloudFront must cache nothing."
  }
}

run "a_certificate_of_ones_own_needs_no_zone" {
  command = plan
  variables {
    hosted_zone_id  = ""
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/own"
  }

  assert {
    condition     = aws_lb_listener.https.certificate_arn == "arn:aws:acm:us-east-1:123456789012:certificate/own" && length(aws_route53_record.api) == 0
    error_message = "The given certificate must be used, and no record be set."
  }
}

run "interface_endpoints_let_the_tasks_in" {
  command = plan
  variables {
    interface_endpoints = ["sqs", "secretsmanager"]
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 2 && length(aws_vpc_security_group_ingress_rule.endpoints_from_tasks) == 2
    error_message = "Each endpoint must exist, and let both services in."
  }
}

run "further_ports_are_the_workers_alone" {
  command = plan
  variables {
    worker_egress_ports = [11434]
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.worker_further) == 1 && aws_vpc_security_group_egress_rule.worker_further["11434"].to_port == 11434
    error_message = "The worker must be let out on the port."
  }
}

run "alarms_are_mailed_where_an_address_is_given" {
  command = plan
  variables {
    alarm_email = "ops@example.org"
  }

  assert {
    condition     = length(aws_sns_topic_subscription.email) == 1
    error_message = "The address must be subscribed."
  }
}

run "the_table_is_the_applications_own" {
  command = plan

  assert {
    condition     = aws_dynamodb_table.jobs.hash_key == jsondecode(file("../shared/table.json")).hash_key.name
    error_message = "The key must come from shared/table.json."
  }
  assert {
    condition     = length(aws_dynamodb_table.jobs.global_secondary_index) == 2
    error_message = "The indexes must come from shared/table.json."
  }
}

run "nothing_is_traced_unless_asked" {
  command = plan

  assert {
    condition     = join(",", module.api.container_names) == "api" && join(",", module.worker.container_names) == "worker"
    error_message = "Without tracing no collector must run."
  }
  assert {
    condition     = !contains(keys(local.api_environment), "OTEL_EXPORTER_OTLP_ENDPOINT") && !contains(keys(local.worker_environment), "OTEL_EXPORTER_OTLP_ENDPOINT")
    error_message = "Without tracing nobody must be told of a collector."
  }
}

run "tracing_brings_a_collector_to_each_service" {
  command = plan
  variables {
    tracing         = true
    collector_image = "public.ecr.aws/aws-observability/aws-otel-collector@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  }

  assert {
    condition     = join(",", module.api.container_names) == "api,collector" && join(",", module.worker.container_names) == "worker,collector"
    error_message = "With tracing a collector must run beside each service."
  }
  assert {
    condition     = local.api_environment.OTEL_EXPORTER_OTLP_ENDPOINT == "http://127.0.0.1:4318" && local.worker_environment.OTEL_EXPORTER_OTLP_ENDPOINT == "http://127.0.0.1:4318"
    error_message = "With tracing both services must send to the collector beside them."
  }
}

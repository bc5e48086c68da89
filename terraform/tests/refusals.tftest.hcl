# What a plan refuses, and that the refusal names the variable.
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
  environment        = "production"
  domain_name        = "ask.example.org"
  hosted_zone_id     = "Z0123456789ABC"
  nat_mode           = "nat_per_az"
  log_retention_days = 90
  api_tasks          = { min = 2, max = 10 }
  worker_tasks_min   = 2
  worker_tasks_max   = 20
  image_digests = {
    api    = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
    worker = "sha256:1111111111111111111111111111111111111111111111111111111111111111"
  }
  panel = [{ id = "simulated-a", model = "simulated/a" }]
}

run "an_environment_that_is_not_one" {
  command = plan
  variables {
    environment = "prod"
  }
  expect_failures = [var.environment]
}

run "a_tag_in_place_of_a_digest" {
  command = plan
  variables {
    image_digests = { api = "latest", worker = "latest" }
  }
  expect_failures = [var.image_digests]
}

run "a_size_that_fargate_does_not_offer" {
  command = plan
  variables {
    worker_size = { cpu = 256, memory = 4096 }
  }
  expect_failures = [var.worker_size]
}

run "an_api_size_that_fargate_does_not_offer" {
  command = plan
  variables {
    api_size = { cpu = 300, memory = 512 }
  }
  expect_failures = [var.api_size]
}

run "a_stop_timeout_above_fargates" {
  command = plan
  variables {
    stop_timeout_seconds = { api = 60, worker = 300 }
  }
  expect_failures = [var.stop_timeout_seconds]
}

run "a_drain_longer_than_the_stop_timeout" {
  command = plan
  variables {
    drain_seconds        = { api = 10, worker = 100 }
    stop_timeout_seconds = { api = 60, worker = 105 }
  }
  expect_failures = [var.stop_timeout_seconds]
}

run "a_visibility_too_short_for_its_heartbeats" {
  command = plan
  variables {
    visibility_seconds = 10
  }
  expect_failures = [var.visibility_seconds]
}

run "a_floor_above_the_ceiling" {
  command = plan
  variables {
    worker_tasks_min = 5
    worker_tasks_max = 4
  }
  expect_failures = [var.worker_tasks_max]
}

run "one_worker_in_production" {
  command = plan
  variables {
    worker_tasks_min = 1
  }
  expect_failures = [var.worker_tasks_min]
}

run "an_api_without_tasks" {
  command = plan
  variables {
    api_tasks = { min = 0, max = 2 }
  }
  expect_failures = [var.api_tasks]
}

run "neither_zone_nor_certificate" {
  command = plan
  variables {
    hosted_zone_id = ""
  }
  expect_failures = [var.certificate_arn]
}

run "a_wait_that_cloudfront_would_cut" {
  command = plan
  variables {
    cdn_enabled      = true
    max_wait_seconds = 50
  }
  expect_failures = [var.max_wait_seconds]
}

run "a_panel_with_an_id_twice" {
  command = plan
  variables {
    panel = [{ id = "openai", model = "a" }, { id = "openai", model = "b" }]
  }
  expect_failures = [var.panel]
}

run "a_panel_without_providers" {
  command = plan
  variables {
    panel = []
  }
  expect_failures = [var.panel]
}

run "a_setting_that_the_worker_does_not_know" {
  command = plan
  variables {
    worker_settings = { WORKER_CONCURENCY = "40" }
  }
  expect_failures = [var.worker_settings]
}

run "a_setting_that_the_api_does_not_know" {
  command = plan
  variables {
    api_settings = { PORT_NUMBER = "1" }
  }
  expect_failures = [var.api_settings]
}

run "an_unknown_way_out" {
  command = plan
  variables {
    nat_mode = "nat"
  }
  expect_failures = [var.nat_mode]
}

run "a_retention_that_cloudwatch_does_not_know" {
  command = plan
  variables {
    log_retention_days = 100
  }
  expect_failures = [var.log_retention_days]
}

run "a_limit_that_cuts_polls_off" {
  command = plan
  variables {
    request_limits = { submits = 300, all = 400 }
  }
  expect_failures = [var.request_limits]
}

run "tracing_without_a_collector" {
  command = plan
  variables {
    tracing = true
  }
  expect_failures = [var.collector_image]
}

run "a_collector_by_a_tag" {
  command = plan
  variables {
    tracing         = true
    collector_image = "public.ecr.aws/aws-observability/aws-otel-collector:latest"
  }
  expect_failures = [var.collector_image]
}

run "two_places_for_traces" {
  command = plan
  variables {
    tracing         = true
    collector_image = "public.ecr.aws/aws-observability/aws-otel-collector@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    common_settings = { OTEL_EXPORTER_OTLP_ENDPOINT = "https://collector.example.org" }
  }
  expect_failures = [var.tracing]
}

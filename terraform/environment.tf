# What the containers read. The names are the application's own; test/infra/environment.test.ts holds both lists
# against each other, so that neither side gains a name alone.
locals {
  common_setting_names = ["LOG_LEVEL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_SAMPLER_ARG", "SYSTEM_PROMPT"]
  api_setting_names = [
    "BACKLOG_CAP", "CORS_ORIGINS", "DAILY_QUOTA", "MAX_BODY_BYTES", "MAX_STREAMS", "QUORUM", "RATE_PER_MINUTE",
    "STREAMS_PER_CLIENT",
  ]
  worker_setting_names = [
    "ATTEMPT_CAP", "CLAIM_CAP", "GEMINI_BASE_URL", "GEMINI_THINKING", "HF_BASE_URL", "MERGERS",
    "MERGE_ATTEMPT_CAP", "MERGE_RESERVE_SECONDS", "OPENAI_BASE_URL", "POLL_SECONDS", "PRICES",
    "PROVIDER_CONCURRENCY", "RELIABILITY", "SIMULATED", "STRAGGLERS", "STRAGGLER_GRACE_MS", "SWEEP_SECONDS",
  ]

  ports = { api = 8080, worker = 9090 }

  # The collector shares the task's loopback; nothing else can reach it.
  tracing_environment = var.tracing ? { OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318" } : {}

  common_environment = merge(var.common_settings, local.tracing_environment, {
    APP_ENV               = var.environment
    AWS_REGION            = var.region
    QUEUE_URL             = aws_sqs_queue.jobs.url
    DEAD_LETTER_QUEUE_URL = aws_sqs_queue.dead_letters.url
    TABLE_NAME            = aws_dynamodb_table.jobs.name
    PANEL                 = jsonencode(var.panel)
    METRICS_EMF           = "1"
    VISIBILITY_SECONDS    = tostring(var.visibility_seconds)
  })

  api_environment = merge(var.api_settings, local.common_environment, {
    PORT             = tostring(local.ports.api)
    API_METRICS_PORT = "9091"
    DRAIN_SECONDS    = tostring(var.drain_seconds.api)
    MAX_WAIT_SECONDS = tostring(var.max_wait_seconds)
  })

  worker_environment = merge(var.worker_settings, local.common_environment, {
    METRICS_PORT       = tostring(local.ports.worker)
    DRAIN_SECONDS      = tostring(var.drain_seconds.worker)
    WORKER_CONCURRENCY = tostring(var.worker_concurrency)
  })
}

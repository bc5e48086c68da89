variable "environment" {
  description = "Which environment this is: part of every name, tag, secret and metric."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "environment must be staging or production."
  }
}

variable "region" {
  description = "The AWS region of everything but CloudFront's certificate."
  type        = string
  nullable    = false
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must look like us-east-1."
  }
}

variable "image_digests" {
  description = "The images to run, as sha256 digests in the registries that bootstrap/ made."
  type        = object({ api = string, worker = string })
  nullable    = false

  validation {
    condition     = alltrue([for digest in values(var.image_digests) : can(regex("^sha256:[0-9a-f]{64}$", digest))])
    error_message = "image_digests must hold sha256:<64 hex digits> for api and worker: a tag can move, a digest cannot."
  }
}

variable "deletion_protection" {
  description = "Whether the table and the load balancer refuse to be deleted."
  type        = bool
  nullable    = false
  default     = true
}

variable "log_retention_days" {
  description = "How long log lines are kept, in days."
  type        = number
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731], var.log_retention_days)
    error_message = "log_retention_days must be one that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545 or 731."
  }
}

variable "container_insights" {
  description = "Whether ECS Container Insights is on. It is paid for by the metric, and no alarm or scaling rule here needs it."
  type        = bool
  nullable    = false
  default     = false
}

variable "alarm_email" {
  description = "Who is told of alarms; empty: the topic has no subscriber yet. The address must confirm the first mail."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.alarm_email == "" || can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", var.alarm_email))
    error_message = "alarm_email must be a mail address, or empty."
  }
}

variable "tracing" {
  description = "Whether traces go to X-Ray, by a collector beside each service's container. Off: nothing is traced, and no task may."
  type        = bool
  nullable    = false
  default     = false

  validation {
    condition     = !var.tracing || !contains(keys(var.common_settings), "OTEL_EXPORTER_OTLP_ENDPOINT")
    error_message = "tracing sends to its own collector: take OTEL_EXPORTER_OTLP_ENDPOINT from common_settings, or turn tracing off."
  }
}

variable "collector_image" {
  description = "The collector of AWS's distribution of OpenTelemetry, from its public registry by digest; needed where tracing is on."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.collector_image == "" || can(regex("^public\\.ecr\\.aws/[a-z0-9/._-]+@sha256:[0-9a-f]{64}$", var.collector_image))
    error_message = "collector_image must be public.ecr.aws/…@sha256:<64 hex digits>: tasks may fetch no other images but their own."
  }

  validation {
    condition     = !var.tracing || var.collector_image != ""
    error_message = "collector_image must be given where tracing is on: docs/infrastructure.md says how to find it."
  }
}

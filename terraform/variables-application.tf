variable "panel" {
  description = "The providers that are asked, and their models: the same for api and worker. Which secrets the worker needs follows from the ids."
  type        = list(object({ id = string, model = string }))
  nullable    = false

  validation {
    condition     = length(var.panel) >= 1 && length(var.panel) <= 8
    error_message = "panel must name 1 to 8 providers."
  }

  validation {
    condition     = length(distinct(var.panel[*].id)) == length(var.panel)
    error_message = "panel names an id twice."
  }
}

variable "webhooks_enabled" {
  description = "Whether jobs may ask for a webhook; needs the secret WEBHOOK_SECRET."
  type        = bool
  nullable    = false
  default     = false
}

variable "max_wait_seconds" {
  description = "The longest that a request with Prefer: wait is held back."
  type        = number
  nullable    = false
  default     = 50

  validation {
    condition     = var.max_wait_seconds >= 0 && var.max_wait_seconds <= (var.cdn_enabled ? 25 : 110)
    error_message = "max_wait_seconds must be from 0 to 110, below the load balancer's 120; with cdn_enabled to 25, well below CloudFront's 60."
  }
}

variable "common_settings" {
  description = "Further settings of api and worker, under the application's own names."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.common_settings), local.common_setting_names)) == 0
    error_message = "common_settings may hold: ${join(", ", local.common_setting_names)}."
  }
}

variable "api_settings" {
  description = "Further settings of the api, under the application's own names."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.api_settings), local.api_setting_names)) == 0
    error_message = "api_settings may hold: ${join(", ", local.api_setting_names)}."
  }
}

variable "worker_settings" {
  description = "Further settings of the worker, under the application's own names."
  type        = map(string)
  nullable    = false
  default     = {}

  validation {
    condition     = length(setsubtract(keys(var.worker_settings), local.worker_setting_names)) == 0
    error_message = "worker_settings may hold: ${join(", ", local.worker_setting_names)}."
  }
}

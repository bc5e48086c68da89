variable "api_size" {
  description = "CPU units (1024 = one vCPU) and memory in MiB of an API task."
  type        = object({ cpu = number, memory = number })
  nullable    = false
  default     = { cpu = 256, memory = 512 }

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.api_size.cpu), []), var.api_size.memory)
    error_message = "api_size is no pair that Fargate offers: 256 with 512, 1024 or 2048; 512 with 1024 to 4096; 1024 with 2048 to 8192; 2048 with 4096 to 16384; 4096 with 8192 to 30720, in steps of 1024."
  }
}

variable "worker_size" {
  description = "CPU units (1024 = one vCPU) and memory in MiB of a worker task."
  type        = object({ cpu = number, memory = number })
  nullable    = false
  default     = { cpu = 512, memory = 1024 }

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.worker_size.cpu), []), var.worker_size.memory)
    error_message = "worker_size is no pair that Fargate offers: 256 with 512, 1024 or 2048; 512 with 1024 to 4096; 1024 with 2048 to 8192; 2048 with 4096 to 16384; 4096 with 8192 to 30720, in steps of 1024."
  }
}

variable "api_tasks" {
  description = "The fewest and the most API tasks."
  type        = object({ min = number, max = number })
  nullable    = false

  validation {
    condition     = var.api_tasks.min >= 1 && var.api_tasks.min <= var.api_tasks.max && var.api_tasks.max <= 100
    error_message = "api_tasks must have 1 <= min <= max <= 100."
  }
}

variable "worker_tasks_min" {
  description = "The fewest worker tasks; 0 lets an idle environment cost nothing, and its first question wait for a task to start."
  type        = number
  nullable    = false

  validation {
    condition     = var.worker_tasks_min >= 0 && var.worker_tasks_min == floor(var.worker_tasks_min)
    error_message = "worker_tasks_min must be a whole number from 0."
  }

  validation {
    condition     = var.environment != "production" || var.worker_tasks_min >= 2
    error_message = "worker_tasks_min must be at least 2 in production: one task at a time may be lost with its zone."
  }
}

variable "worker_tasks_max" {
  description = "The most worker tasks: the bound of what the providers are asked at once."
  type        = number
  nullable    = false

  validation {
    condition     = var.worker_tasks_max >= max(1, var.worker_tasks_min) && var.worker_tasks_max <= 500
    error_message = "worker_tasks_max must be at least worker_tasks_min, at least 1, and at most 500."
  }
}

variable "worker_concurrency" {
  description = "Jobs that one worker task runs at once. The scaling target is derived from it."
  type        = number
  nullable    = false
  default     = 20

  validation {
    condition     = var.worker_concurrency >= 1 && var.worker_concurrency <= 5000
    error_message = "worker_concurrency must be from 1 to 5000."
  }
}

variable "worker_spot_share" {
  description = "Of each ten worker tasks beyond the first, how many run on Fargate Spot."
  type        = number
  nullable    = false
  default     = 7

  validation {
    condition     = var.worker_spot_share >= 0 && var.worker_spot_share <= 10 && var.worker_spot_share == floor(var.worker_spot_share)
    error_message = "worker_spot_share must be a whole number from 0 to 10."
  }
}

variable "visibility_seconds" {
  description = "How long a message is invisible, and a worker may be unheard of. Workers beat three times within it."
  type        = number
  nullable    = false
  default     = 45

  validation {
    condition     = var.visibility_seconds >= 15 && var.visibility_seconds <= 43200
    error_message = "visibility_seconds must be from 15, so that a heartbeat of a third of it outlives a slow call of 5 seconds, to 43200."
  }
}

variable "drain_seconds" {
  description = "How long a task that is told to stop waits for what it does."
  type        = object({ api = number, worker = number })
  nullable    = false
  default     = { api = 10, worker = 90 }

  validation {
    condition     = alltrue([for seconds in values(var.drain_seconds) : seconds >= 1 && seconds <= 100])
    error_message = "drain_seconds must be from 1 to 100 each."
  }
}

variable "stop_timeout_seconds" {
  description = "After how long Fargate kills a task that was told to stop."
  type        = object({ api = number, worker = number })
  nullable    = false
  default     = { api = 60, worker = 110 }

  validation {
    condition     = alltrue([for seconds in values(var.stop_timeout_seconds) : seconds <= 120])
    error_message = "stop_timeout_seconds must be at most 120 each: Fargate's maximum."
  }

  validation {
    condition     = alltrue([for service, seconds in var.stop_timeout_seconds : seconds >= var.drain_seconds[service] + 10])
    error_message = "stop_timeout_seconds must be at least 10 more than drain_seconds of the same service: what is left is given back after the drain."
  }
}

locals {
  # What Fargate offers; keys are CPU units, values memory in MiB.
  fargate_memory = {
    "256"  = [512, 1024, 2048]
    "512"  = range(1024, 4097, 1024)
    "1024" = range(2048, 8193, 1024)
    "2048" = range(4096, 16385, 1024)
    "4096" = range(8192, 30721, 1024)
  }
}

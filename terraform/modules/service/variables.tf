variable "name" {
  description = "The service's name, within 51 characters: role names add to it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,50}$", var.name))
    error_message = "name must be 3 to 51 characters of a-z, 0-9 and -."
  }
}

variable "container" {
  description = "The container's name, and its image's target: api or worker."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+$", var.container))
    error_message = "container must be lower-case letters."
  }
}

variable "image" {
  description = "The image by digest."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("@sha256:[0-9a-f]{64}$", var.image))
    error_message = "image must end in @sha256:<64 hex digits>."
  }
}

variable "image_repo" {
  description = "The ARN of the image's ECR repository."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:ecr:", var.image_repo))
    error_message = "image_repo must be the ARN of an ECR repository."
  }
}

variable "port" {
  description = "Where the container answers GET /health."
  type        = number
  nullable    = false

  validation {
    condition     = var.port > 1023 && var.port < 65536
    error_message = "port must be from 1024 to 65535: the container's user is not root."
  }
}

variable "size" {
  description = "CPU units and memory in MiB; the caller validates the pair."
  type        = object({ cpu = number, memory = number })
  nullable    = false

  validation {
    condition     = var.size.memory >= 512
    error_message = "size.memory must be at least 512 MiB."
  }
}

variable "tasks" {
  description = "The fewest and the most tasks. The service starts with the fewest, then autoscaling owns the count."
  type        = object({ min = number, max = number })
  nullable    = false

  validation {
    condition     = var.tasks.min >= 0 && var.tasks.min <= var.tasks.max
    error_message = "tasks must have 0 <= min <= max."
  }
}

variable "environment" {
  description = "The container's environment, without secrets."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "environment must have upper-case names."
  }
}

variable "secrets" {
  description = "Names in the environment, and the ARNs of the secrets that hold their values."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for arn in values(var.secrets) : can(regex("^arn:[^:]+:secretsmanager:", arn))])
    error_message = "secrets must hold ARNs of Secrets Manager."
  }
}

variable "statements" {
  description = "IAM statements of the task role: what the code itself may do."
  type        = list(object({ Sid = string, Effect = string, Action = list(string), Resource = list(string) }))
  nullable    = false

  validation {
    condition     = alltrue([for statement in var.statements : !contains(statement.Resource, "*")])
    error_message = "statements must name their resources."
  }
}

variable "account" {
  description = "Where this is. Handed in: a data source of a module's own is read anew, and makes its roles unknown, whenever what the module depends on changes."
  type        = object({ id = string, partition = string, region = string })
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{12}$", var.account.id))
    error_message = "account.id must be 12 digits."
  }
}

variable "permissions_boundary" {
  description = "The ARN of the policy that bounds both roles."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^arn:[^:]+:iam::[0-9]{12}:policy/", var.permissions_boundary))
    error_message = "permissions_boundary must be the ARN of an IAM policy."
  }
}

variable "stop_timeout_seconds" {
  description = "After how long a stopping task is killed."
  type        = number
  nullable    = false

  validation {
    condition     = var.stop_timeout_seconds >= 2 && var.stop_timeout_seconds <= 120
    error_message = "stop_timeout_seconds must be from 2 to 120, Fargate's maximum."
  }
}

variable "log_retention_days" {
  description = "How long log lines are kept, in days."
  type        = number
  nullable    = false

  validation {
    condition     = var.log_retention_days > 0
    error_message = "log_retention_days must be more than 0: for ever is not an answer."
  }
}

variable "collector_image" {
  description = "A collector of traces beside the container, by digest; empty: none."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.collector_image == "" || can(regex("@sha256:[0-9a-f]{64}$", var.collector_image))
    error_message = "collector_image must end in @sha256:<64 hex digits>, or be empty."
  }
}

variable "cluster" {
  description = "The ECS cluster."
  type        = object({ arn = string, name = string })
  nullable    = false

  validation {
    condition     = var.cluster.name != ""
    error_message = "cluster.name must not be empty."
  }
}

variable "subnet_ids" {
  description = "Subnets of the tasks, one a zone."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "subnet_ids must name at least two subnets, in different zones."
  }
}

variable "security_group_ids" {
  description = "Security groups of the tasks."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.security_group_ids) > 0
    error_message = "security_group_ids must not be empty: the VPC's default group lets nothing through."
  }
}

variable "assign_public_ip" {
  description = "Whether tasks get public addresses: in public subnets they reach nothing without one."
  type        = bool
  nullable    = false
}

variable "target_group_arn" {
  description = "The load balancer's target group; empty: nothing calls this service."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.target_group_arn == "" || can(regex("^arn:[^:]+:elasticloadbalancing:", var.target_group_arn))
    error_message = "target_group_arn must be the ARN of a target group, or empty."
  }
}

variable "capacity" {
  description = "Capacity providers with their base and weight."
  type        = map(object({ base = number, weight = number }))
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.capacity), ["FARGATE", "FARGATE_SPOT"])) == 0 && contains(keys(var.capacity), "FARGATE")
    error_message = "capacity must name FARGATE, and may name FARGATE_SPOT."
  }
}

variable "rollback_alarm_names" {
  description = "Alarms that roll a deployment back."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.rollback_alarm_names) > 0
    error_message = "rollback_alarm_names must not be empty."
  }
}

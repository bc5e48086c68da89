variable "vpc_cidr" {
  description = "The VPC's addresses; a /16 gives each of its subnets 4094."
  type        = string
  nullable    = false
  default     = "10.0.0.0/16"

  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && try(tonumber(split("/", var.vpc_cidr)[1]), 0) >= 16 && try(tonumber(split("/", var.vpc_cidr)[1]), 32) <= 22
    error_message = "vpc_cidr must be an IPv4 block of /16 to /22."
  }
}

variable "az_count" {
  description = "Availability zones to spread over."
  type        = number
  nullable    = false
  default     = 2

  validation {
    condition     = contains([2, 3], var.az_count)
    error_message = "az_count must be 2 or 3."
  }
}

variable "nat_mode" {
  description = "How tasks reach the internet: nat_per_az (survives a zone), nat_single (half the price), public_ip (no NAT: tasks have public addresses, and still nothing but the load balancer may come in)."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["nat_per_az", "nat_single", "public_ip"], var.nat_mode)
    error_message = "nat_mode must be nat_per_az, nat_single or public_ip."
  }
}

variable "interface_endpoints" {
  description = "AWS services to reach by an interface endpoint, such as sqs or secretsmanager. They cost by the hour and spare no NAT, because the LLM providers need one anyway."
  type        = set(string)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for service in var.interface_endpoints : contains(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sqs"], service)])
    error_message = "interface_endpoints may hold ecr.api, ecr.dkr, logs, secretsmanager and sqs."
  }
}

variable "worker_egress_ports" {
  description = "TCP ports that the worker may call beside 443: for self-hosted models or webhooks."
  type        = set(number)
  nullable    = false
  default     = []

  validation {
    condition     = alltrue([for port in var.worker_egress_ports : port >= 1 && port <= 65535 && port != 443 && port == floor(port)])
    error_message = "worker_egress_ports must hold ports from 1 to 65535 other than 443, which is always open."
  }
}

variable "domain_name" {
  description = "The name that clients use, such as ask.example.org."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain_name))
    error_message = "domain_name must be a host name in lower case, such as ask.example.org."
  }
}

variable "hosted_zone_id" {
  description = "The Route 53 zone of domain_name: its certificate is then made and validated, and its address record set. Empty: certificate_arn says which certificate to use, and the address record is yours to set."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.hosted_zone_id == "" || can(regex("^[A-Z0-9]{10,32}$", var.hosted_zone_id))
    error_message = "hosted_zone_id must look like Z0123456789ABCDEFGHIJ, or be empty."
  }
}

variable "certificate_arn" {
  description = "An ACM certificate of domain_name in this region, where there is no hosted_zone_id."
  type        = string
  nullable    = false
  default     = ""

  validation {
    condition     = var.certificate_arn == "" || can(regex("^arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/.+$", var.certificate_arn))
    error_message = "certificate_arn must be the ARN of an ACM certificate, or empty."
  }

  validation {
    condition     = (var.certificate_arn == "") != (var.hosted_zone_id == "")
    error_message = "Set either hosted_zone_id or certificate_arn: HTTPS needs a certificate, and one of them says where it comes from."
  }
}

variable "cdn_enabled" {
  description = "Whether CloudFront stands before the load balancer. It caches nothing, and cuts a silent response after 60 seconds."
  type        = bool
  nullable    = false
  default     = false

  validation {
    condition     = !var.cdn_enabled || var.hosted_zone_id != ""
    error_message = "cdn_enabled needs hosted_zone_id: CloudFront's certificate is made in us-east-1 and validated there."
  }
}

variable "request_limits" {
  description = "Requests of one address in five minutes: submits (POST), and everything together. A client that polls once a second makes 300."
  type        = object({ submits = number, all = number })
  nullable    = false
  default     = { submits = 300, all = 6000 }

  validation {
    condition     = var.request_limits.submits >= 10 && var.request_limits.submits <= var.request_limits.all && var.request_limits.all >= 600
    error_message = "request_limits: submits must be at least 10 and not more than all; all at least 600, so that two pollers behind one address are not cut off."
  }
}

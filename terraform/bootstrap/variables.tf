variable "region" {
  description = "The AWS region of state, registry and secrets: the one of the environments."
  type        = string
  nullable    = false
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must look like us-east-1."
  }
}

variable "github_subject_prefix" {
  description = "What GitHub's tokens for this repository begin with: repo:OWNER/NAME, or repo:OWNER@ID/NAME@ID for a repository made since 15 July 2026. `gh api repos/OWNER/NAME/actions/oidc/customization/sub` tells."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^repo:[A-Za-z0-9_.-]+(@[0-9]+)?/[A-Za-z0-9_.-]+(@[0-9]+)?$", var.github_subject_prefix))
    error_message = "github_subject_prefix must look like repo:OWNER/NAME or repo:OWNER@ID/NAME@ID, without a wildcard."
  }
}

variable "environments" {
  description = "The environments, and the branch that each is deployed from."
  type        = map(string)
  nullable    = false
  default     = { staging = "staging", production = "main" }

  validation {
    condition     = length(setsubtract(keys(var.environments), ["staging", "production"])) == 0
    error_message = "environments may hold staging and production."
  }
}

variable "secret_names" {
  description = "The secrets of each environment, under the application's own names."
  type        = set(string)
  nullable    = false
  default     = ["API_KEYS", "GEMINI_API_KEY", "HF_TOKEN", "OPENAI_API_KEY", "PROVIDERS", "WEBHOOK_SECRET"]

  validation {
    condition     = contains(var.secret_names, "API_KEYS")
    error_message = "secret_names must hold API_KEYS: without it no API starts."
  }
}

environment = "production"

# A name of your own, and its Route 53 zone.
domain_name    = "ask.example.org"
hosted_zone_id = "Z00000000PRODUCTION"

nat_mode           = "nat_per_az"
log_retention_days = 90

api_tasks        = { min = 2, max = 10 }
worker_tasks_min = 2
worker_tasks_max = 20

webhooks_enabled = true

panel = [
  { id = "openai", model = "gpt-5-mini" },
  { id = "gemini", model = "gemini-2.5-flash" },
  { id = "huggingface", model = "meta-llama/Llama-3.3-70B-Instruct" },
]

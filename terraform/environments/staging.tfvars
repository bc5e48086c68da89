environment = "staging"

# A name of your own, and its Route 53 zone.
domain_name    = "ask-staging.example.org"
hosted_zone_id = "Z0000000000STAGING"

nat_mode            = "nat_single"
log_retention_days  = 14
deletion_protection = false

# Nobody waits at night: the first question of a morning starts a task, which takes about a minute.
api_tasks        = { min = 1, max = 2 }
worker_tasks_min = 0
worker_tasks_max = 2

panel = [
  { id = "simulated-a", model = "simulated/a" },
  { id = "simulated-b", model = "simulated/b" },
  { id = "simulated-c", model = "simulated/c" },
]

# A collector of traces beside the container, where one is wanted: it takes OTLP on the task's loopback and hands it to
# X-Ray. It is not essential: where it fails, traces are lost, and nothing else.
locals {
  collector_configuration = {
    receivers  = { otlp = { protocols = { http = { endpoint = "127.0.0.1:4318" } } } }
    processors = { memory_limiter = { check_interval = "1s", limit_mib = 96 }, batch = { timeout = "5s" } }
    exporters  = { awsxray = { region = var.account.region } }
    service = {
      pipelines = { traces = { receivers = ["otlp"], processors = ["memory_limiter", "batch"], exporters = ["awsxray"] } }
      telemetry = { logs = { level = "warn" } }
    }
  }

  collector = {
    name                   = "collector"
    image                  = var.collector_image
    essential              = false
    user                   = "10001:10001"
    readonlyRootFilesystem = true
    memory                 = 128
    stopTimeout            = 5
    environment            = [{ name = "AOT_CONFIG_CONTENT", value = yamlencode(local.collector_configuration) }]
    mountPoints            = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    portMappings           = []
    systemControls         = []
    volumesFrom            = []
    linuxParameters        = { initProcessEnabled = true, capabilities = { drop = ["ALL"] } }
    logConfiguration       = local.log_configurations.collector
  }

  collectors = [for collector in [local.collector] : collector if var.collector_image != ""]
  # Started after the collector, a container is also stopped before it: what it traces last still goes out.
  after_collector = { for name in ["dependsOn"] : name => [{ containerName = "collector", condition = "START" }] if var.collector_image != "" }
}

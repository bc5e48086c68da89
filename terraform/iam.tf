# What each service's code calls, no more: test/infra/permissions.test.ts holds these lists against the calls that the
# adapters make for each service. Batched SQS calls are permitted by the action of the single call, batched writes of the
# table by PartiQL's, statement by statement.
locals {
  api_table_actions = [
    "dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:UpdateItem",
  ]
  worker_table_actions = [
    "dynamodb:BatchGetItem", "dynamodb:PartiQLUpdate", "dynamodb:PutItem", "dynamodb:UpdateItem",
  ]
  index_actions     = ["dynamodb:Query"]
  api_queue_actions = ["sqs:GetQueueAttributes", "sqs:SendMessage"]
  worker_queue_actions = [
    "sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage",
  ]
  dead_letter_actions = ["sqs:SendMessage"]
  # A worker asks ECS to spare its own task; which one that is, nobody knows before it runs.
  task_actions = ["ecs:UpdateTaskProtection"]
  task_arns    = "arn:${local.partition}:ecs:${var.region}:${local.account_id}:task/${aws_ecs_cluster.main.name}/*"

  # Made by bootstrap/: no apply can give a task more than it allows.
  permissions_boundary = "arn:${local.partition}:iam::${local.account_id}:policy/iscoolgpt-boundary-${var.environment}"

  index_arns = { for index in local.table.global_secondary_indexes : index.name => "${aws_dynamodb_table.jobs.arn}/index/${index.name}" }

  api_statements = [
    { Sid = "Jobs", Effect = "Allow", Action = local.api_table_actions, Resource = [aws_dynamodb_table.jobs.arn] },
    { Sid = "ListOfAClient", Effect = "Allow", Action = local.index_actions, Resource = [local.index_arns.by_client] },
    { Sid = "Submit", Effect = "Allow", Action = local.api_queue_actions, Resource = [aws_sqs_queue.jobs.arn] },
  ]

  worker_statements = [
    { Sid = "Jobs", Effect = "Allow", Action = local.worker_table_actions, Resource = [aws_dynamodb_table.jobs.arn] },
    { Sid = "DueJobs", Effect = "Allow", Action = local.index_actions, Resource = [local.index_arns.open_jobs] },
    { Sid = "Work", Effect = "Allow", Action = local.worker_queue_actions, Resource = [aws_sqs_queue.jobs.arn] },
    { Sid = "DeadLetters", Effect = "Allow", Action = local.dead_letter_actions, Resource = [aws_sqs_queue.dead_letters.arn] },
    { Sid = "OwnTask", Effect = "Allow", Action = local.task_actions, Resource = [local.task_arns] },
  ]
}

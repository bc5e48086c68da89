/** What the command ends with; the help explains them. */
export const EXIT = { ok: 0, failed: 1, usage: 2, attention: 3, declined: 4 } as const;

export const HELP = `Looks after a running IsCoolGPT: on AWS, on an emulator, or the one of npm start.

Usage: npm run ops -- <command> [options]
  status          queue, dead letters with their reasons, open jobs, workers, tasks
  redrive         shows the dead letters; sends back what can be read and is still open,
                  drops what has ended, and leaves what cannot be read
  sweep           one sweep now, as the workers' sweeper does: ends what is overdue, sends
                  again what is due. Webhooks are left to the workers
  scale           sets the fewest and the most worker tasks at once; the next apply sets
                  them back to worker_tasks_min and worker_tasks_max
  drain-check     what is in flight, and who owns it: is it safe to stop?

Options
  --environment staging|production  the stack that terraform output describes
  --terraform <folder>              where its sources are initialized (terraform)
  --json                            one JSON object on standard output, no more
  --yes                             redrive: do not ask
  --dry-run                         redrive: only show
  --max <n>                         redrive: look at so many (1000); scale: the most tasks
  --min <n>                         scale: the fewest tasks
  --all                             sweep: every open job, due or not: for a queue that lost
                                    its messages
  --worker <id>                     drain-check: this worker only
  --help

Without --environment: the stack that QUEUE_URL, DEAD_LETTER_QUEUE_URL and TABLE_NAME name
(AWS_ENDPOINT_URL_SQS and AWS_ENDPOINT_URL_DYNAMODB for an emulator), else the one that
npm start runs on DATA_DIR. VISIBILITY_SECONDS (45) is how long a worker may be unheard of.

Exit codes
  0  done, nothing to see to
  1  failed: AWS, Terraform or the stack did not answer
  2  not understood
  3  needs attention: status and redrive say what; drain-check: something is in flight
  4  nothing done: declined, or nobody to ask and no --yes
`;

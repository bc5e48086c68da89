/** Asks ECS to spare this task, or no longer to, when it scales in or deploys. Rejects where ECS did not do so. */
export type SetProtection = (protectedNow: boolean) => Promise<void>;

const CALL_TIMEOUT_MS = 2000;
/** A worker that hangs or dies unheard is spared no longer than this. */
export const PROTECTION_MINUTES = 5;

/** ECS said no. `reason` is its own word, such as DEPLOYMENT_BLOCKED: more tasks are protected than the service wants. */
export class ProtectionRefusedError extends Error {
  readonly reason: string;

  constructor(status: number, reason: string, detail: string) {
    super(`ECS refused to set the task's protection (${status} ${reason}): ${detail}`);
    this.name = 'ProtectionRefusedError';
    this.reason = reason;
  }
}

interface AgentReply {
  protection?: { ProtectionEnabled?: boolean };
  failure?: { Reason?: string; Detail?: string };
  error?: { Code?: string; Message?: string };
}

async function readReply(response: Response): Promise<AgentReply> {
  const text = await response.text();
  try {
    return JSON.parse(text) as AgentReply;
  } catch {
    return { error: { Code: 'NO_JSON', Message: text.slice(0, 200) } };
  }
}

/**
 * The task protection endpoint of ECS's agent, at the address that ECS puts into ECS_AGENT_URI of each container:
 * `PUT {agentUri}/task-protection/v1/state`. A refusal may come with status 200, as `failure` in the body.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
 */
export function createEcsAgent(agentUri: string, fetch: typeof globalThis.fetch): SetProtection {
  return async (protectedNow) => {
    const response = await fetch(`${agentUri}/task-protection/v1/state`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        ProtectionEnabled: protectedNow,
        ...(protectedNow ? { ExpiresInMinutes: PROTECTION_MINUTES } : {}),
      }),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const { protection, failure, error } = await readReply(response);
    if (response.ok && protection?.ProtectionEnabled === protectedNow) return;
    throw new ProtectionRefusedError(
      response.status,
      failure?.Reason ?? error?.Code ?? 'UNKNOWN',
      failure?.Detail ?? error?.Message ?? 'the agent gave no reason',
    );
  };
}

import { Finding } from './finding.ts';
import { type Container, type Service, services } from './service.ts';
import type { Stack } from './stack.ts';

/** Follows a trace from the code to X-Ray: an address, a collector that listens there, a region that it sends to. */
export function checkTracing(stack: Stack): Finding[] {
  return services(stack).flatMap((service) => {
    const endpoint = service.env('OTEL_EXPORTER_OTLP_ENDPOINT');
    const { collector } = service;
    if (collector) return checkCollector(stack, service, collector, endpoint);
    if (!/^http:\/\/(127\.0\.0\.1|localhost)\b/.test(endpoint)) return [];
    return [say(service, `sends traces to ${endpoint}, where nobody listens`, 'run a collector beside it')];
  });
}

function say({ task }: Service, problem: string, remedy: string): Finding {
  return new Finding('tracing', task.address, problem, remedy);
}

function checkCollector(stack: Stack, service: Service, collector: Container, endpoint: string): Finding[] {
  const configuration = collector.environment.find(({ name }) => name === 'AOT_CONFIG_CONTENT')?.value ?? '';
  const found: Finding[] = [];
  const listens = /"endpoint": "([^"]+)"/.exec(configuration)?.[1];
  if (endpoint !== `http://${listens}`)
    found.push(
      say(
        service,
        `sends traces to "${endpoint}", but its collector listens on ${listens}`,
        'use one address',
      ),
    );
  if (!/"awsxray":/.test(configuration) || !/"traces":/.test(configuration))
    found.push(say(service, 'collects traces and sends them nowhere', 'export them to X-Ray'));
  if (!/@sha256:[0-9a-f]{64}$/.test(collector.image))
    found.push(say(service, `runs the collector ${collector.image}`, 'name the image by its digest'));
  if (collector.essential !== false)
    found.push(say(service, 'ends with its collector', 'set essential = false: a lost trace is no outage'));
  const waits = service.container.dependsOn?.some(({ containerName }) => containerName === collector.name);
  if (!waits)
    found.push(say(service, 'is stopped together with its collector', 'have it depend on the collector'));
  const group = collector.logConfiguration?.options['awslogs-group'];
  if (!stack.all('aws_cloudwatch_log_group').some((one) => one.text('name') === group))
    found.push(
      say(service, `has a collector that logs to ${group}, which does not exist`, 'name its log group'),
    );
  return found;
}

import { Finding } from './finding.ts';
import { defaultRouteOf } from './routes.ts';
import { Service } from './service.ts';
import type { Resource, Stack } from './stack.ts';

/** Follows a packet from the internet to the API's container, hop by hop. */
export function checkIncoming(stack: Stack): Finding[] {
  const api = new Service(stack, 'api');
  const balancer = stack.single('aws_lb');
  return [
    ...checkListeners(stack, balancer),
    ...checkTarget(stack, api),
    ...checkDoors(stack, balancer, api),
    ...checkBalancerRoutes(stack, balancer),
  ];
}

function say(address: string, problem: string, remedy: string): Finding {
  return new Finding('incoming', address, problem, remedy);
}

function checkListeners(stack: Stack, balancer: Resource): Finding[] {
  const listeners = stack.all(
    'aws_lb_listener',
    (one) => one.text('load_balancer_arn') === balancer.text('arn'),
  );
  const https = listeners.find((one) => one.number('port') === 443);
  if (!https)
    return [say(balancer.address, 'has no listener on port 443', 'add one that forwards to the API')];
  const found: Finding[] = [];
  if (https.text('protocol') !== 'HTTPS')
    found.push(say(https.address, 'is not HTTPS', 'set protocol = "HTTPS"'));
  if (!https.text('certificate_arn'))
    found.push(say(https.address, 'has no certificate', 'set certificate_arn'));
  if (!/TLS13/.test(https.text('ssl_policy')))
    found.push(say(https.address, 'speaks no TLS 1.3', 'use a policy of the TLS13 family'));
  const target = String(https.block('default_action').target_group_arn ?? '');
  if (!stack.all('aws_lb_target_group').some((group) => group.text('arn') === target)) {
    found.push(say(https.address, 'forwards to no target group of this stack', 'name the target group'));
  }
  for (const plain of listeners.filter((one) => one.number('port') === 80)) {
    if (plain.block('default_action').type === 'redirect') continue;
    found.push(say(plain.address, 'serves plain HTTP', 'redirect it to HTTPS'));
  }
  return found;
}

function checkTarget(stack: Stack, api: Service): Finding[] {
  const target = api.service.block('load_balancer');
  const { address } = api.service;
  const group = stack
    .all('aws_lb_target_group')
    .find((one) => one.text('arn') === String(target.target_group_arn));
  if (!group) return [say(address, 'registers with no target group of this stack', 'set load_balancer')];
  const found: Finding[] = [];
  const listener = stack
    .all('aws_lb_listener')
    .some((one) => one.block('default_action').target_group_arn === group.text('arn'));
  if (!listener) found.push(say(group.address, 'is fed by no listener', 'forward a listener to it'));
  const container = api.containers.find(({ name }) => name === target.container_name);
  if (!container)
    found.push(say(address, `names a container ${target.container_name} that is not there`, 'use its name'));
  if (!container?.portMappings.some(({ containerPort }) => containerPort === target.container_port)) {
    found.push(say(address, `names port ${target.container_port}, which no container maps`, 'use its port'));
  }
  if (api.env('PORT') !== String(api.port)) {
    found.push(
      say(
        api.task.address,
        `maps port ${api.port} but the API listens on PORT=${api.env('PORT')}`,
        'use one port',
      ),
    );
  }
  if (group.text('target_type') !== 'ip')
    found.push(say(group.address, 'is not of the type ip', 'Fargate needs target_type = "ip"'));
  return [...found, ...checkHealth(group)];
}

function checkHealth(group: Resource): Finding[] {
  const { path, interval, timeout } = group.block('health_check');
  const found: Finding[] = [];
  if (path !== '/health')
    found.push(say(group.address, `asks ${path}`, 'ask /health: an outage elsewhere must not kill tasks'));
  if (Number(timeout) >= Number(interval))
    found.push(say(group.address, 'waits longer than its interval', 'set timeout below interval'));
  return found;
}

function lets(rule: Resource, port: number): boolean {
  if (rule.text('ip_protocol') === '-1') return true;
  return (
    rule.text('ip_protocol') === 'tcp' && rule.number('from_port') <= port && rule.number('to_port') >= port
  );
}

function rulesOf(stack: Stack, way: 'ingress' | 'egress', groupId: string): Resource[] {
  return stack.all(
    `aws_vpc_security_group_${way}_rule`,
    (rule) => rule.text('security_group_id') === groupId,
  );
}

function checkDoors(stack: Stack, balancer: Resource, api: Service): Finding[] {
  const found: Finding[] = [];
  const outside = balancer.texts('security_groups');
  const inside = api.securityGroupIds;
  const opensHttps = outside.flatMap((id) => rulesOf(stack, 'ingress', id)).some((rule) => lets(rule, 443));
  if (!opensHttps)
    found.push(say(balancer.address, 'lets no HTTPS in', 'add an ingress rule for 443 to its group'));
  const onwards = outside.flatMap((id) => rulesOf(stack, 'egress', id));
  if (
    !onwards.some(
      (rule) => lets(rule, api.port) && inside.includes(rule.text('referenced_security_group_id')),
    )
  ) {
    found.push(
      say(balancer.address, `may not call the API on ${api.port}`, 'add an egress rule to its group'),
    );
  }
  const intoApi = inside.flatMap((id) => rulesOf(stack, 'ingress', id));
  const fromBalancer = (rule: Resource) => outside.includes(rule.text('referenced_security_group_id'));
  if (!intoApi.some((rule) => lets(rule, api.port) && fromBalancer(rule))) {
    found.push(
      say(
        api.service.address,
        `lets the load balancer not in on ${api.port}`,
        'add an ingress rule to its group',
      ),
    );
  }
  const tooWide = intoApi.filter((rule) => !fromBalancer(rule));
  const intoWorker = new Service(stack, 'worker').securityGroupIds.flatMap((id) =>
    rulesOf(stack, 'ingress', id),
  );
  for (const rule of [...tooWide, ...intoWorker]) {
    found.push(say(rule.address, 'lets something in that must not come in', 'remove the rule'));
  }
  return found;
}

function checkBalancerRoutes(stack: Stack, balancer: Resource): Finding[] {
  const found: Finding[] = [];
  for (const subnetId of balancer.texts('subnets')) {
    const route = defaultRouteOf(stack, subnetId);
    if (!route?.text('gateway_id').startsWith('igw-')) {
      found.push(
        say(balancer.address, `stands in ${subnetId}, which no internet gateway serves`, 'route it'),
      );
    }
  }
  if (balancer.texts('subnets').length < 2)
    found.push(say(balancer.address, 'stands in one zone', 'give it two subnets'));
  if (balancer.values.internal === true)
    found.push(say(balancer.address, 'is internal', 'set internal = false'));
  return found;
}

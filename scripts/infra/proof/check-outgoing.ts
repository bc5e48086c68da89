import { Finding } from './finding.ts';
import { NEEDED_ACTIONS } from './needed-actions.ts';
import { allows, readPolicy } from './policy.ts';
import { defaultRouteOf } from './routes.ts';
import { type Service, services } from './service.ts';
import type { Resource, Stack } from './stack.ts';

/** Follows a packet from each task to the providers, SQS, DynamoDB, the registry, the logs and the secrets. */
export function checkOutgoing(stack: Stack): Finding[] {
  return [
    ...services(stack).flatMap((service) => [...checkRoutes(stack, service), ...checkEgress(stack, service)]),
    ...checkTableEndpoint(stack),
    ...checkLayerEndpoint(stack),
    ...checkInterfaceEndpoints(stack),
  ];
}

function say(address: string, problem: string, remedy: string): Finding {
  return new Finding('outgoing', address, problem, remedy);
}

function checkRoutes(stack: Stack, { service, subnetIds, network }: Service): Finding[] {
  return subnetIds.flatMap((subnetId) => {
    const route = defaultRouteOf(stack, subnetId);
    if (!route)
      return [
        say(service.address, `runs in ${subnetId}, which has no default route`, 'route it to a NAT gateway'),
      ];
    if (route.text('gateway_id').startsWith('igw-')) {
      if (network.assign_public_ip === true) return [];
      return [
        say(
          service.address,
          `runs in the public ${subnetId} without a public address`,
          'set assign_public_ip',
        ),
      ];
    }
    return checkNat(stack, route);
  });
}

function checkNat(stack: Stack, route: Resource): Finding[] {
  const nat = stack.all('aws_nat_gateway').find((one) => one.text('id') === route.text('nat_gateway_id'));
  if (!nat) return [say(route.address, 'leads to no NAT gateway of this stack', 'set nat_gateway_id')];
  const onwards = defaultRouteOf(stack, nat.text('subnet_id'));
  if (onwards?.text('gateway_id').startsWith('igw-')) return [];
  return [say(nat.address, 'stands in a subnet without an internet gateway', 'put it into a public subnet')];
}

function checkEgress(stack: Stack, { service, securityGroupIds }: Service): Finding[] {
  const rules = stack.all('aws_vpc_security_group_egress_rule', (rule) =>
    securityGroupIds.includes(rule.text('security_group_id')),
  );
  const opensHttps = rules.some(
    (rule) => rule.number('from_port') === 443 && rule.text('cidr_ipv4') === '0.0.0.0/0',
  );
  const found = opensHttps
    ? []
    : [say(service.address, 'may not call anybody by HTTPS', 'add an egress rule for 443')];
  for (const rule of rules.filter(
    (one) => one.text('ip_protocol') === '-1' || one.number('from_port') !== one.number('to_port'),
  )) {
    found.push(say(rule.address, 'opens more than one port', 'name single ports'));
  }
  return found;
}

function endpoint(stack: Stack, service: string): Resource | undefined {
  return stack.all('aws_vpc_endpoint').find((one) => one.text('service_name').endsWith(`.${service}`));
}

/** A route table of a task's subnet that lacks the endpoint pays a NAT gateway for every byte. */
function unroutedTables(stack: Stack, gateway: Resource): string[] {
  const subnetIds = services(stack).flatMap((service) => service.subnetIds);
  const tables = stack
    .all('aws_route_table_association', (one) => subnetIds.includes(one.text('subnet_id')))
    .map((one) => one.text('route_table_id'));
  return tables.filter((table) => !gateway.texts('route_table_ids').includes(table));
}

function checkTableEndpoint(stack: Stack): Finding[] {
  const gateway = endpoint(stack, 'dynamodb');
  const table = stack.single('aws_dynamodb_table');
  if (!gateway) return [];
  const statements = readPolicy(gateway.text('policy'));
  const arn = table.text('arn');
  const needed = [
    ...[...NEEDED_ACTIONS.api.table, ...NEEDED_ACTIONS.worker.table].map((action) => ({
      action,
      resource: arn,
    })),
    { action: 'dynamodb:Query', resource: `${arn}/index/by_client` },
    { action: 'dynamodb:Query', resource: `${arn}/index/open_jobs` },
  ];
  const refused = needed.filter(({ action, resource }) => !allows(statements, action, resource));
  return [
    ...unroutedTables(stack, gateway).map((id) =>
      say(gateway.address, `is not in ${id}`, 'add the route table'),
    ),
    ...refused.map(({ action, resource }) =>
      say(gateway.address, `refuses ${action} on ${resource}`, 'allow it in its policy'),
    ),
  ];
}

function checkLayerEndpoint(stack: Stack): Finding[] {
  const gateway = endpoint(stack, 's3');
  if (!gateway) return [];
  const region = gateway.text('service_name').split('.').at(-2);
  const layer = `arn:aws:s3:::prod-${region}-starport-layer-bucket/layer`;
  if (allows(readPolicy(gateway.text('policy')), 's3:GetObject', layer)) return [];
  return [
    say(gateway.address, "refuses the registry's image layers", 'allow s3:GetObject on its layer bucket'),
  ];
}

function checkInterfaceEndpoints(stack: Stack): Finding[] {
  const callers = services(stack).flatMap((service) => service.securityGroupIds);
  return stack
    .all('aws_vpc_endpoint', (one) => one.text('vpc_endpoint_type') === 'Interface')
    .flatMap((one) => {
      const groups = one.texts('security_group_ids');
      const open = stack.all('aws_vpc_security_group_ingress_rule', (rule) =>
        groups.includes(rule.text('security_group_id')),
      );
      const admitted = open.map((rule) => rule.text('referenced_security_group_id'));
      return callers
        .filter((caller) => !admitted.includes(caller))
        .map((caller) => say(one.address, `does not let ${caller} in`, 'add an ingress rule for 443'));
    });
}

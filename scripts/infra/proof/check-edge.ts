import { Finding } from './finding.ts';
import type { Resource, Stack } from './stack.ts';

const KEEP_ALIVE_SECONDS = 125;
const NAMED = [
  'aws_ecs_cluster',
  'aws_ecs_service',
  'aws_sqs_queue',
  'aws_dynamodb_table',
  'aws_lb',
  'aws_iam_role',
];
const TAGGED = [
  'aws_ecs_service',
  'aws_sqs_queue',
  'aws_dynamodb_table',
  'aws_lb',
  'aws_iam_role',
  'aws_vpc',
];

/** What stands before the API, and what keeps environments apart. */
export function checkEdge(stack: Stack): Finding[] {
  return [...checkBalancer(stack), ...checkFirewall(stack), ...checkCdn(stack), ...checkApart(stack)];
}

function say({ address }: Resource, problem: string, remedy: string): Finding {
  return new Finding('edge', address, problem, remedy);
}

function checkBalancer(stack: Stack): Finding[] {
  const balancer = stack.single('aws_lb');
  const found: Finding[] = [];
  const idle = balancer.number('idle_timeout');
  if (idle >= KEEP_ALIVE_SECONDS || idle < 60)
    found.push(
      say(balancer, `keeps idle connections ${idle} s`, "stay below Node's 125 s and above the longest wait"),
    );
  if (balancer.values.drop_invalid_header_fields !== true)
    found.push(say(balancer, 'lets malformed headers through', 'set drop_invalid_header_fields'));
  if (stack.environment === 'production' && balancer.values.enable_deletion_protection !== true)
    found.push(say(balancer, 'can be deleted', 'set deletion_protection in production'));
  return found;
}

function checkFirewall(stack: Stack): Finding[] {
  const balancer = stack.single('aws_lb');
  const association = stack
    .all('aws_wafv2_web_acl_association')
    .find((one) => one.text('resource_arn') === balancer.text('arn'));
  const firewall = stack
    .all('aws_wafv2_web_acl')
    .find((one) => one.text('arn') === association?.text('web_acl_arn'));
  return firewall ? [] : [say(balancer, 'has no firewall', 'associate the web ACL')];
}

function checkCdn(stack: Stack): Finding[] {
  const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
  return stack
    .all('aws_cloudfront_distribution')
    .filter((cdn) => cdn.block('default_cache_behavior').cache_policy_id !== CACHING_DISABLED)
    .map((cdn) => say(cdn, 'may cache a poll', 'use the policy CachingDisabled'));
}

function checkApart(stack: Stack): Finding[] {
  const { environment } = stack;
  const unnamed = NAMED.flatMap((type) => stack.all(type)).filter(
    (one) => !one.text('name').includes(environment),
  );
  const untagged = TAGGED.flatMap((type) => stack.all(type)).filter((one) => {
    const tags = (one.values.tags_all ?? {}) as Record<string, string>;
    return tags.environment !== environment || tags.project !== 'iscoolgpt';
  });
  return [
    ...unnamed.map((one) => say(one, `is called ${one.text('name')}`, `have ${environment} in its name`)),
    ...untagged.map((one) => say(one, 'has not the tags project and environment', 'set default_tags')),
  ];
}

import { DEFINITIONS, type Mistake, SERVICE, TASK } from './patch.ts';

/** What a packet needs: routes, doors, listeners, endpoints. */
export const NETWORK_MISTAKES: readonly Mistake[] = [
  {
    what: 'a container port that the target group does not name',
    found: SERVICE('api'),
    plant: (patch) => {
      patch.block(SERVICE('api'), 'load_balancer').container_port = 8081;
    },
  },
  {
    what: 'a container name that does not match',
    found: SERVICE('api'),
    plant: (patch) => {
      patch.block(SERVICE('api'), 'load_balancer').container_name = 'app';
    },
  },
  {
    what: 'the API listens on another port than it maps',
    found: TASK('api'),
    plant: (patch) =>
      patch.json(TASK('api'), DEFINITIONS, (text) => text.replace('"value":"8080"', '"value":"8000"')),
  },
  {
    what: 'private subnets without a default route',
    found: SERVICE('worker'),
    plant: (patch) => patch.remove('aws_route.private_default["us-east-1a"]'),
  },
  {
    what: 'a subnet without a route table',
    found: SERVICE('api'),
    plant: (patch) => patch.remove('aws_route_table_association.private["us-east-1b"]'),
  },
  {
    what: 'a NAT gateway in a private subnet',
    found: 'aws_nat_gateway.main["us-east-1a"]',
    plant: (patch) => {
      const nat = patch.at('aws_nat_gateway.main["us-east-1a"]');
      nat.subnet_id = patch.at('aws_subnet.private["us-east-1a"]').id;
    },
  },
  {
    what: 'a load balancer in private subnets',
    found: 'aws_lb.api',
    plant: (patch) => {
      patch.at('aws_lb.api').subnets = ['us-east-1a', 'us-east-1b'].map(
        (zone) => patch.at(`aws_subnet.private["${zone}"]`).id,
      );
    },
  },
  {
    what: 'an HTTPS listener without a certificate',
    found: 'aws_lb_listener.https',
    plant: (patch) => {
      patch.at('aws_lb_listener.https').certificate_arn = null;
    },
  },
  {
    what: 'a listener that forwards nowhere',
    found: 'aws_lb_listener.https',
    plant: (patch) => {
      patch.block('aws_lb_listener.https', 'default_action').target_group_arn = 'arn:of:another';
    },
  },
  {
    what: 'plain HTTP that is served',
    found: 'aws_lb_listener.http',
    plant: (patch) => {
      patch.block('aws_lb_listener.http', 'default_action').type = 'forward';
    },
  },
  {
    what: 'a missing rule from load balancer to task',
    found: SERVICE('api'),
    plant: (patch) => patch.remove('aws_vpc_security_group_ingress_rule.api_from_load_balancer'),
  },
  {
    what: 'a load balancer that may not call',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_vpc_security_group_egress_rule.load_balancer_to_api'),
  },
  {
    what: 'a load balancer that lets no HTTPS in',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_vpc_security_group_ingress_rule.load_balancer_from_clients["https"]'),
  },
  {
    what: 'a task that may call nobody',
    found: SERVICE('worker'),
    plant: (patch) => patch.remove('aws_vpc_security_group_egress_rule.tasks_https["worker"]'),
  },
  {
    what: 'a worker that lets something in',
    found: 'aws_vpc_security_group_ingress_rule.api_from_load_balancer',
    plant: (patch) => {
      const rule = patch.at('aws_vpc_security_group_ingress_rule.api_from_load_balancer');
      rule.security_group_id = patch.at('aws_security_group.worker').id;
    },
  },
  {
    what: 'a health check on /ready',
    found: 'aws_lb_target_group.api',
    plant: (patch) => {
      patch.block('aws_lb_target_group.api', 'health_check').path = '/ready';
    },
  },
  {
    what: 'a table endpoint that refuses the worker',
    found: 'aws_vpc_endpoint.dynamodb',
    plant: (patch) =>
      patch.json('aws_vpc_endpoint.dynamodb', 'policy', (text) =>
        text.replace('dynamodb:UpdateItem', 'dynamodb:Scan'),
      ),
  },
  {
    what: 'an endpoint that refuses image layers',
    found: 'aws_vpc_endpoint.s3',
    plant: (patch) =>
      patch.json('aws_vpc_endpoint.s3', 'policy', (text) => text.replace('starport-layer', 'layer')),
  },
  {
    what: 'an idle timeout above Node’s keep-alive',
    found: 'aws_lb.api',
    plant: (patch) => {
      patch.at('aws_lb.api').idle_timeout = 300;
    },
  },
  {
    what: 'a load balancer without its firewall',
    found: 'aws_lb.api',
    plant: (patch) => patch.remove('aws_wafv2_web_acl_association.api'),
  },
];

import type { Resource, Stack } from './stack.ts';

/** The route that a subnet's packets take to the internet. */
export function defaultRouteOf(stack: Stack, subnetId: string): Resource | undefined {
  const association = stack
    .all('aws_route_table_association')
    .find((one) => one.text('subnet_id') === subnetId);
  if (!association) return undefined;
  return stack
    .all('aws_route')
    .find(
      (route) =>
        route.text('route_table_id') === association.text('route_table_id') &&
        route.text('destination_cidr_block') === '0.0.0.0/0',
    );
}

import ipaddr from 'ipaddr.js';

/** Today's internet, by IANA: what else is unicast, such as `::127.0.0.1` in its hex form, leads nowhere or back here. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3');

/** An address in brackets, as a URL has it, without them. */
export function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** True for what the internet routes: no loopback, private, link-local, carrier, multicast, tunnel or reserved range. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}

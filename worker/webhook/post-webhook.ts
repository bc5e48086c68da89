import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, request } from 'undici';
import type { PostWebhook } from './deliver-webhook.ts';

const TIMEOUT_MS = 10_000;

class ForbiddenAddressError extends Error {
  constructor(address: string) {
    super(`${address} is not a public address: webhooks go to public ones only`);
    this.name = 'ForbiddenAddressError';
  }
}

/** True for what the internet routes: no loopback, private, link-local, carrier, multicast or reserved range. */
export function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

/** Judges the very addresses that are then connected to: a name cannot be changed in between. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const forbidden = addresses.find(({ address }) => !isPublicAddress(address));
    if (forbidden) return callback(new ForbiddenAddressError(forbidden.address), '', 0);
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    return first
      ? callback(null, first.address, first.family)
      : callback(new Error(`${hostname} has no address`), '', 0);
  });
};

/** `allowPrivate`: for a receiver on the same machine, in development. Redirects are not followed. */
export function createPostWebhook({ allowPrivate }: { allowPrivate: boolean }): {
  post: PostWebhook;
  close: () => Promise<void>;
} {
  const agent = new Agent({ connections: 16, connect: allowPrivate ? {} : { lookup: lookupPublic } });
  const post: PostWebhook = async (url, headers, body) => {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
    // A literal address is never looked up.
    if (!allowPrivate && ipaddr.isValid(host) && !isPublicAddress(host))
      throw new ForbiddenAddressError(host);
    const response = await request(url, {
      method: 'POST',
      headers,
      body,
      dispatcher: agent,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body.dump();
    return response.statusCode;
  };
  return { post, close: () => agent.close() };
}

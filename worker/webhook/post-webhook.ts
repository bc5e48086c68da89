import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress, withoutBrackets } from '../../shared/public-address.ts';
import type { PostWebhook } from './deliver-webhook.ts';

const TIMEOUT_MS = 10_000;

class ForbiddenAddressError extends Error {
  constructor(address: string) {
    super(`${address} is not a public address: webhooks go to public ones only`);
    this.name = 'ForbiddenAddressError';
  }
}

/** Looks a name up, as `dns.lookup` does with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface Guard {
  resolve: Resolve;
  isAllowed: (address: string) => boolean;
}

/** Judges the very addresses that are then connected to: a name cannot be changed in between. */
function guardedLookup({ resolve, isAllowed }: Guard): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0);
      const forbidden = addresses.find(({ address }) => !isAllowed(address));
      if (forbidden) return callback(new ForbiddenAddressError(forbidden.address), '', 0);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return first
        ? callback(null, first.address, first.family)
        : callback(new Error(`${hostname} has no address`), '', 0);
    });
  };
}

export interface PostWebhookOptions extends Partial<Guard> {
  /** For a receiver on the same machine, in development. */
  allowPrivate: boolean;
}

/** Posts to public addresses only, where private ones are not allowed. Redirects are not followed. */
export function createPostWebhook({
  allowPrivate,
  resolve = lookup,
  isAllowed = isPublicAddress,
}: PostWebhookOptions): {
  post: PostWebhook;
  close: () => Promise<void>;
} {
  const connect = allowPrivate ? {} : { lookup: guardedLookup({ resolve, isAllowed }) };
  const agent = new Agent({ connections: 16, connect });
  const post: PostWebhook = async (url, headers, body) => {
    const host = withoutBrackets(new URL(url).hostname);
    // A literal address is never looked up.
    if (!allowPrivate && isIP(host) && !isAllowed(host)) throw new ForbiddenAddressError(host);
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

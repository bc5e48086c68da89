import { isIP } from 'node:net';
import { isPublicAddress, withoutBrackets } from '../../shared/public-address.ts';

const LOCAL_NAMES = /(^|\.)(localhost|local|internal)$/;

function isPublicHost(hostname: string): boolean {
  const host = withoutBrackets(hostname).replace(/\.$/, '');
  if (isIP(host)) return isPublicAddress(host);
  return host.includes('.') && !LOCAL_NAMES.test(host);
}

/**
 * Why a webhook cannot go to this address; undefined where it can.
 * Names are looked up, and their addresses checked again, where the webhook is delivered.
 * @param local Allows http and private addresses, as one machine needs them.
 */
export function webhookUrlProblem(text: string, local: boolean): string | undefined {
  if (!URL.canParse(text)) return 'must be an address';
  const url = new URL(text);
  if (url.username || url.password) return 'must not carry credentials';
  if (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) return 'must begin with https://';
  if (!local && !isPublicHost(url.hostname)) return 'must not be a private or local address';
  return undefined;
}

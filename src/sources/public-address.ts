import ipaddr from 'ipaddr.js';

/** What is in use of IPv6 on the internet; the rest is reserved, or wraps an IPv4 address. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address belongs to the public internet: not to this machine, to a private network,
 * to a link, to a carrier, to a group, nor to a form of IPv6 that leads to such an IPv4 address
 * (mapped, NAT64, 6to4, Teredo). Whatever is no address is not public.
 * https://www.iana.org/assignments/iana-ipv4-special-registry
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_UNICAST);
}

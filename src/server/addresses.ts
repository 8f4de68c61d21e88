// Addresses of machines: which of them is this one, and which lie in a block that a setting names.
import { BlockList, isIP } from 'node:net';

/** Whether an address is one of these or lies in one of these blocks; an IPv4 address in IPv6's form is that of IPv4. */
export function lyingIn(blocks: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address = '') => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const isLoopback = lyingIn(['127.0.0.0/8', '::1']);

/** Programs of this machine. Every request is asked about: of the usual spelling it is seen at once. */
export const isOwnAddress = (address: string | undefined): boolean => address === '127.0.0.1' || isLoopback(address);

import { networkInterfaces } from 'node:os';

/** The address for others on this network; null when only this machine is listened to. */
export function lanAddress(host: string, port: number): string | null {
  if (host !== '0.0.0.0' && host !== '::') return null;
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? []);
  const own = addresses.find(({ family, internal }) => family === 'IPv4' && !internal);
  return own === undefined ? null : `http://${own.address}:${port}`;
}

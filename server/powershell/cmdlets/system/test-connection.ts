import type { Cmdlet } from '../../engine/cmdlet.ts';
import { seconds, type SimTime } from '../../../protocol/time.ts';
import { CustomObject } from '../../value/custom-object.ts';
import { hostNamed } from '../hyper-v/hosts.ts';

/** Between two echo requests, as ping waits. */
const PAUSE_SECONDS = 1;

export const testConnection: Cmdlet = {
  name: 'Test-Connection',
  synopsis: 'Sends echo requests to hosts and guests of the lab by name or address.',
  examples: [{ line: 'Test-Connection HV02 -Count 2', about: 'Two of them.' }],
  *process(call) {
    const { bound, shell } = call;
    const count = Math.max(1, Math.min(bound.number('Count') ?? 4, 100));
    for (const name of bound.texts('ComputerName') ?? []) {
      const address = addressOf(call, name);
      if (bound.flag('Quiet')) {
        yield* shell.write(address !== null);
        continue;
      }
      if (address === null) {
        yield* shell.error(
          shell.fault({
            message: `Testing connection to computer '${name}' failed: No such host is known`,
            id: 'TestConnectionException',
            category: 'ResourceUnavailable',
            exception: 'System.Net.NetworkInformation.PingException',
            target: name,
          }),
        );
        continue;
      }
      for (let sent = 0; sent < count; sent += 1) {
        if (sent > 0)
          yield* shell.until(() => false, (shell.lab.now + seconds(PAUSE_SECONDS)) as SimTime);
        yield* shell.write(replyOf(call, name, address));
      }
    }
  },
};

type Call = Parameters<NonNullable<Cmdlet['process']>>[0];

/** A running host, or a guest that has its address. */
const addressOf = (call: Call, name: string): string | null => {
  const { lab } = call.shell;
  const host = hostNamed(call, name) ?? lab.all('host').find(({ address }) => address === name);
  if (host !== undefined) return host.state === 'Running' ? host.address : null;
  const key = name.toLowerCase();
  const guest = lab.all('guest').find(({ computerName }) => computerName?.toLowerCase() === key);
  const adapters =
    guest === undefined
      ? lab.all('network-adapter').filter(({ ipAddress }) => ipAddress === name)
      : lab.by('network-adapter', 'vm', guest.vm);
  return adapters.find(({ ipAddress }) => ipAddress !== null)?.ipAddress ?? null;
};

const replyOf = ({ shell }: Call, name: string, address: string): CustomObject => {
  const result = new CustomObject(
    'System.Management.ManagementObject#root\\cimv2\\Win32_PingStatus',
  );
  result.note('Source', shell.place.name);
  result.note('Destination', name);
  result.note('IPV4Address', address);
  result.note('IPV6Address', null);
  result.note('Bytes', 32);
  result.note('Time(ms)', 0);
  return result;
};

import type { EchoNames } from '../../server/powershell/echo/echo.ts';
import type { RecordKind } from '../../server/protocol/record/index.ts';
import type { LabStore, Seen } from '../state/lab-store.ts';

/** Names of things as this page knows them; what no watched scope has told is not there. */
export const namesIn = (store: LabStore): EchoNames => {
  const find = <K extends RecordKind>(kind: K, id: string): Seen<K> | undefined =>
    store.records(kind).find(record => record.id === id);
  const onHost = (
    found: { readonly name?: string; readonly host?: string } | undefined,
  ): { readonly name: string; readonly host: string } | undefined =>
    found?.name === undefined || found.host === undefined
      ? undefined
      : { name: found.name, host: found.host };
  return {
    vm: id => onHost(find('vm', id)),
    host: id => find('host', id)?.name,
    virtualSwitch: id => find('virtual-switch', id)?.name,
    path: id => find('virtual-disk', id)?.path ?? find('library-image', id)?.path,
    adapter: id => find('network-adapter', id)?.name,
    integrationService: id => find('integration-service', id)?.name,
    snapshot: id => find('vm-snapshot', id)?.name,
    drive: id => {
      const { type, controller, controllerNumber: number, location } = find('disk-drive', id) ?? {};
      return type === undefined ||
        controller === undefined ||
        number === undefined ||
        location === undefined
        ? undefined
        : { type, controller, number, location };
    },
    service: id => onHost(find('service', id)),
    workerProcess: id => {
      const { pid, host } = find('worker-process', id) ?? {};
      return pid === undefined || host === undefined ? undefined : { pid, host };
    },
  };
};

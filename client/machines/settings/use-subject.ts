import { useMemo } from 'react';
import { useRecord, useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import type { Subject } from './subject.ts';

const place = ({ controller, controllerNumber, location }: Seen<'disk-drive'>): string =>
  `${controller ?? ''} ${controllerNumber ?? 0} ${String(location ?? 0).padStart(2, '0')}`;

/** A machine with everything that its settings are about, as far as this page watches it. */
export const useSubject = (vm: Seen<'vm'>): Subject => {
  const host = useRecord(vm.host ?? null);
  const drives = useRecords('disk-drive');
  const disks = useRecords('virtual-disk');
  const adapters = useRecords('network-adapter');
  const services = useRecords('integration-service');
  const images = useRecords('library-image');
  const switches = useRecords('virtual-switch');
  return useMemo(
    () => ({
      vm,
      host,
      drives: drives
        .filter(drive => drive.vm === vm.id)
        .toSorted((a, b) => place(a).localeCompare(place(b), 'en')),
      disks: disks.filter(disk => disk.vm === vm.id),
      adapters: adapters
        .filter(adapter => adapter.vm === vm.id)
        .toSorted((a, b) => (a.name ?? '').localeCompare(b.name ?? '', 'en', { numeric: true })),
      services: services.filter(service => service.vm === vm.id),
      discs: images.filter(image => image.host === vm.host && image.type === 'Iso'),
      switches: switches.filter(each => each.host === vm.host),
    }),
    [vm, host, drives, disks, adapters, services, images, switches],
  );
};

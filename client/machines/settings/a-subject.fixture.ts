import type { Subject } from './subject.ts';

const SEEN = { rev: 1, cause: 0 };

/** WEB01 on HV01 as a lab has it: a disk, a DVD drive, a network adapter, two services. */
export const aSubject = (vm: Partial<Subject['vm']> = {}): Subject => ({
  vm: {
    ...SEEN,
    id: 'vm:web',
    host: 'host:one',
    name: 'WEB01',
    state: 'Off',
    memoryStartup: 512 * 1024 ** 2,
    processorCount: 1,
    cpuReserve: 0,
    cpuLimit: 100,
    cpuWeight: 100,
    notes: '',
    bootOrder: ['CD', 'IDE', 'LegacyNetworkAdapter', 'Floppy'],
    automaticStartAction: 'StartIfRunning',
    automaticStartDelay: 0,
    automaticStopAction: 'Save',
    ...vm,
  },
  host: { ...SEEN, id: 'host:one', name: 'HV01', virtualMachinePath: 'C:\\Hyper-V' },
  drives: [
    {
      ...SEEN,
      id: 'disk-drive:hard',
      vm: 'vm:web',
      type: 'HardDisk',
      controller: 'IDE',
      controllerNumber: 0,
      location: 0,
      disk: 'virtual-disk:web',
      media: null,
    },
    {
      ...SEEN,
      id: 'disk-drive:dvd',
      vm: 'vm:web',
      type: 'Dvd',
      controller: 'IDE',
      controllerNumber: 1,
      location: 0,
      disk: null,
      media: null,
    },
  ],
  disks: [{ ...SEEN, id: 'virtual-disk:web', path: 'C:\\Disks\\WEB01.vhdx' }],
  adapters: [{ ...SEEN, id: 'network-adapter:web', name: 'Network Adapter', virtualSwitch: null }],
  services: [
    {
      ...SEEN,
      id: 'integration-service:beat',
      device: 'ic-heartbeat',
      name: 'Heartbeat',
      enabled: true,
    },
    {
      ...SEEN,
      id: 'integration-service:stop',
      device: 'ic-shutdown',
      name: 'Shutdown',
      enabled: true,
    },
  ],
  discs: [{ ...SEEN, id: 'library-image:iso', name: 'Server 2012', path: 'C:\\ISO\\2012.iso' }],
  switches: [{ ...SEEN, id: 'virtual-switch:lan', name: 'LAN', type: 'External' }],
});

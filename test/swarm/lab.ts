const GB = '1 GB';

/** A small lab with one of everything, described as a lab file is. */
export const SWARM_LAB = {
  name: 'Swarm',
  era: '2012',
  seed: 'swarm',
  calendarStart: '2013-03-04T08:00:00Z',
  limits: { virtualMachines: 12 },
  hosts: ['HV01', 'HV02'].map((name, index) => ({
    name,
    logicalProcessors: 8,
    numaNodes: 2,
    memory: '16 GB',
    volumes: [{ letter: 'C', capacity: '500 GB' }],
    networkAdapters: [{ name: 'Ethernet' }],
    libraryImages: [
      { type: 'Vhdx', name: 'Server 2012', os: 'ws2012', size: '9 GB', maximumSize: '127 GB' },
      { type: 'Vhdx', name: 'Server 2008 R2', os: 'ws2008r2', size: '8 GB', maximumSize: '127 GB' },
      { type: 'Vhdx', name: 'DOS', os: 'msdos', size: '1 GB', maximumSize: '2 GB' },
      { type: 'Iso', name: 'Server 2012 ISO', os: 'ws2012', size: '4 GB' },
    ],
    virtualSwitches: [{ type: 'External', name: 'External', networkAdapter: 'Ethernet' }],
    virtualMachines: [
      {
        name: `VM${index + 1}`,
        memory: GB,
        disk: { from: 'library', image: 'Server 2012' },
        virtualSwitch: 'External',
      },
      { name: `DOS${index + 1}`, memory: '512 MB', disk: { from: 'library', image: 'DOS' } },
    ],
  })),
};

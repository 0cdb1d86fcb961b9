// A lab file of a given size, for the bots to play in.

export interface Size {
  readonly hosts: number;
  readonly vms: number;
  readonly seed: string;
}

/** How many virtual machines a lab may come to have that begins with so many: what a house must allow. */
export const mostOf = (vms: number): number => Math.max(200, vms + 10);

/** Virtual machines lie evenly on the hosts; each has a disk of its own from the library. */
export const labUnderFire = ({ hosts, vms, seed }: Size): string =>
  [
    'name: Under fire',
    'era: 2012',
    `seed: ${seed}`,
    'calendarStart: 2013-03-04T08:00:00Z',
    'limits:',
    `  virtualMachines: ${mostOf(vms)}`,
    'hosts:',
    ...Array.from({ length: hosts }, (_, index) => host(index, shareOf(index, { hosts, vms }))),
    '',
  ].join('\n');

const shareOf = (host: number, { hosts, vms }: Omit<Size, 'seed'>): number =>
  Math.floor(vms / hosts) + (host < vms % hosts ? 1 : 0);

const host = (index: number, vms: number): string => {
  const name = `HV${String(index + 1).padStart(2, '0')}`;
  return [
    `  - name: ${name}`,
    '    logicalProcessors: 64',
    '    numaNodes: 4',
    '    memory: 512 GB',
    `    address: 10.0.1.${index + 1}`,
    '    volumes:',
    '      - letter: C',
    '        capacity: 64 TB',
    '    networkAdapters:',
    '      - name: Ethernet',
    '        speed: 10 Gbps',
    '    virtualSwitches:',
    '      - name: LAN',
    '        type: External',
    '        networkAdapter: Ethernet',
    '    libraryImages:',
    '      - name: ws2012',
    '        type: Vhdx',
    '        os: ws2012',
    '        size: 9 GB',
    '        maximumSize: 60 GB',
    ...(vms === 0 ? [] : ['    virtualMachines:']),
    ...Array.from({ length: vms }, (_, vm) => machine(name, vm)),
  ].join('\n');
};

const machine = (host: string, index: number): string =>
  [
    `      - name: ${host}-VM${String(index + 1).padStart(3, '0')}`,
    '        memory: 1 GB',
    '        disk:',
    '          from: library',
    '          image: ws2012',
    '        virtualSwitch: LAN',
  ].join('\n');

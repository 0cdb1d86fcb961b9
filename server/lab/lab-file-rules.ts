import type { HostSpec, LabFile, VirtualMachineSpec } from '../protocol/lab-file.ts';

// What the shape of a lab file cannot say: names that must be unique, names that must exist, sums
// that must fit. The machine is founded from checked files only, so it asserts all of this.

export type Path = readonly (string | number)[];

export interface Violation {
  readonly path: Path;
  readonly message: string;
}

/** Every rule that the file breaks, in the order of the file. */
export function violations(file: LabFile): Violation[] {
  const machines = file.hosts.reduce((sum, host) => sum + host.virtualMachines.length, 0);
  const found: Violation[] = [...duplicates(file.hosts, ['hosts'], 'host')];
  if (machines > file.limits.virtualMachines) {
    found.push({
      path: ['limits', 'virtualMachines'],
      message: `is ${file.limits.virtualMachines}, but the hosts have ${machines} virtual machines`,
    });
  }
  found.push(...sameAddresses(file));
  for (const [index, host] of file.hosts.entries()) {
    const at: Path = ['hosts', index];
    found.push(...hardware(host, at), ...names(host, at), ...switches(host, at));
    found.push(...machineRules(host, at), ...space(host, at));
  }
  return found;
}

interface Named {
  readonly name: string;
}

/** Windows compares names without regard to case. */
function duplicates(items: readonly Named[], path: Path, noun: string): Violation[] {
  const seen = new Map<string, number>();
  const found: Violation[] = [];
  for (const [index, { name }] of items.entries()) {
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else {
      found.push({
        path: [...path, index, 'name'],
        message: `names a ${noun} that is there already: ${name}`,
      });
    }
  }
  return found;
}

function sameAddresses(file: LabFile): Violation[] {
  const seen = new Set<string>();
  return file.hosts.flatMap(({ address }, index) => {
    if (address === null || !seen.has(address)) {
      if (address !== null) seen.add(address);
      return [];
    }
    const path = ['hosts', index, 'address'];
    return [{ path, message: `is another host's address: ${address}` }];
  });
}

function hardware(host: HostSpec, at: Path): Violation[] {
  const found: Violation[] = [];
  if (host.logicalProcessors % host.numaNodes !== 0) {
    found.push({
      path: [...at, 'numaNodes'],
      message: `does not divide ${host.logicalProcessors} logical processors evenly`,
    });
  }
  if (host.memoryReserve !== null && host.memoryReserve > host.memory / 2) {
    found.push({
      path: [...at, 'memoryReserve'],
      message: 'is more than half of the memory',
    });
  }
  const letters = host.volumes.map(({ letter }) => ({ name: letter }));
  found.push(
    ...duplicates(letters, [...at, 'volumes'], 'volume').map(({ path, message }) => ({
      path: [...path.slice(0, -1), 'letter'],
      message,
    })),
  );
  if (!letters.some(({ name }) => name === 'C')) {
    found.push({ path: [...at, 'volumes'], message: 'has no volume C, where Windows is' });
  }
  return found;
}

function names(host: HostSpec, at: Path): Violation[] {
  return [
    ...duplicates(host.networkAdapters, [...at, 'networkAdapters'], 'network adapter'),
    ...duplicates(host.libraryImages, [...at, 'libraryImages'], 'library image'),
    ...duplicates(host.virtualSwitches, [...at, 'virtualSwitches'], 'virtual switch'),
    ...duplicates(host.virtualMachines, [...at, 'virtualMachines'], 'virtual machine'),
  ];
}

/** An external switch has a physical adapter, and has it alone. */
function switches(host: HostSpec, at: Path): Violation[] {
  const taken = new Set<string>();
  const found: Violation[] = [];
  for (const [index, each] of host.virtualSwitches.entries()) {
    if (each.type !== 'External') continue;
    const path = [...at, 'virtualSwitches', index, 'networkAdapter'];
    const nic = each.networkAdapter;
    if (!host.networkAdapters.some(({ name }) => name === nic)) {
      found.push({ path, message: `is no network adapter of this host: ${nic}` });
    } else if (taken.has(nic)) {
      found.push({ path, message: `is bound to another switch already: ${nic}` });
    }
    taken.add(nic);
  }
  return found;
}

function machineRules(host: HostSpec, at: Path): Violation[] {
  return host.virtualMachines.flatMap((machine, index) =>
    references(host, machine, [...at, 'virtualMachines', index]),
  );
}

function references(host: HostSpec, machine: VirtualMachineSpec, at: Path): Violation[] {
  const found: Violation[] = [];
  const { disk, iso, virtualSwitch, processors } = machine;
  const has = (type: 'Vhdx' | 'Iso', wanted: string): boolean =>
    host.libraryImages.some(({ name, type: found }) => name === wanted && found === type);
  if (processors > host.logicalProcessors) {
    found.push({
      path: [...at, 'processors'],
      message: `is more than the host's ${host.logicalProcessors} logical processors`,
    });
  }
  if (disk.from === 'library' && !has('Vhdx', disk.image)) {
    found.push({
      path: [...at, 'disk', 'image'],
      message: `is no Vhdx of this host's library: ${disk.image}`,
    });
  }
  if (iso !== null && !has('Iso', iso)) {
    found.push({ path: [...at, 'iso'], message: `is no Iso of this host's library: ${iso}` });
  }
  if (virtualSwitch !== null && !host.virtualSwitches.some(({ name }) => name === virtualSwitch)) {
    found.push({
      path: [...at, 'virtualSwitch'],
      message: `is no virtual switch of this host: ${virtualSwitch}`,
    });
  }
  return found;
}

/** Room for a machine's configuration and for the file of its new disk, which grows from 4 MB. */
const A_MACHINE = 64 * 1024 ** 2;

/** The library lies on C, and what belongs to virtual machines. */
function space(host: HostSpec, at: Path): Violation[] {
  const found: Violation[] = [];
  const library = host.libraryImages.reduce((sum, { size }) => sum + size, 0);
  const onC = library + host.virtualMachines.length * A_MACHINE;
  for (const [index, { letter, capacity, used }] of host.volumes.entries()) {
    const taken = used + (letter === 'C' ? onC : 0);
    if (taken > capacity) {
      found.push({
        path: [...at, 'volumes', index, 'capacity'],
        message: `is less than the ${Math.ceil(taken / 1024 ** 3)} GB that lie on it`,
      });
    }
  }
  return found;
}

import type { Component, FactKind } from '../../server/protocol/fact.ts';

/** Where a component runs: what colours it, and where the drawing has it. */
export type Site =
  | 'parent-user'
  | 'parent-kernel'
  | 'hypervisor'
  | 'child'
  | 'hardware'
  | 'outside';

export interface ComponentRow {
  readonly name: string;
  /** The binary it is, where it is one. */
  readonly binary: string;
  readonly site: Site;
  readonly about: string;
}

// Sources: Windows Internals 6e part 1 chapter 3, TLFS 2.0; placement of the two VMBus drivers recalled.
export const COMPONENTS: Readonly<Record<Component, ComponentRow>> = {
  person: {
    name: 'Person',
    binary: '',
    site: 'outside',
    about: 'Somebody in this lab who asked for something.',
  },
  lab: {
    name: 'Lab',
    binary: '',
    site: 'outside',
    about: 'The lab itself: its file, its clock.',
  },
  vmms: {
    name: 'VMMS',
    binary: 'vmms.exe',
    site: 'parent-user',
    about:
      'The Virtual Machine Management service: knows every virtual machine of its host, answers WMI and PowerShell, starts and stops worker processes. Virtual machines run on without it.',
  },
  vmwp: {
    name: 'Worker process',
    binary: 'vmwp.exe',
    site: 'parent-user',
    about:
      'One for each virtual machine that is neither Off nor Saved: sets up memory and processors, emulates devices, speaks for the integration services. If it dies, only its virtual machine dies.',
  },
  'management-os': {
    name: 'Management OS',
    binary: 'Windows Server 2012',
    site: 'parent-user',
    about: 'The Windows in the parent partition. It too runs on top of the hypervisor.',
  },
  vid: {
    name: 'VID',
    binary: 'vid.sys',
    site: 'parent-kernel',
    about:
      'The Virtualization Infrastructure Driver: gives partitions their memory, and carries intercepts from the hypervisor to the worker process and back.',
  },
  winhv: {
    name: 'WinHv',
    binary: 'winhv.sys',
    site: 'parent-kernel',
    about:
      'Turns a call of a driver into a hypercall, and deposits memory when the hypervisor asks.',
  },
  vmbusr: {
    name: 'VMBus server',
    binary: 'vmbusr.sys',
    site: 'parent-kernel',
    about: 'The parent’s end of each virtual machine’s bus: offers channels, keeps their states.',
  },
  storvsp: {
    name: 'StorVSP',
    binary: 'storvsp.sys',
    site: 'parent-kernel',
    about: 'Serves storage requests of all virtual machines: one driver, a channel for each disk.',
  },
  netvsp: {
    name: 'NetVSP',
    binary: 'vmswitch.sys',
    site: 'parent-kernel',
    about: 'Serves synthetic network adapters: frames go between a channel and a switch port.',
  },
  vmswitch: {
    name: 'Virtual switch',
    binary: 'vmswitch.sys',
    site: 'parent-kernel',
    about: 'The Hyper-V extensible switch: a layer 2 switch as a driver of the parent partition.',
  },
  vhdmp: {
    name: 'VHD parser',
    binary: 'vhdmp.sys',
    site: 'parent-kernel',
    about: 'Makes a disk of a VHD or VHDX file, and keeps the file locked while it is one.',
  },
  hypervisor: {
    name: 'Hypervisor',
    binary: 'hvix64.exe',
    site: 'hypervisor',
    about:
      'Runs under everything, the parent too: partitions, virtual processors, hypercalls, intercepts, the SynIC. It knows numbers, no names, no disks and no networks.',
  },
  vmbus: {
    name: 'VMBus client',
    binary: 'vmbus.sys',
    site: 'child',
    about: 'The guest’s end of its bus: connects, asks for offers, opens channels for drivers.',
  },
  storvsc: {
    name: 'StorVSC',
    binary: 'storvsc.sys',
    site: 'child',
    about: 'The guest’s driver of synthetic storage: puts requests into the ring of its channel.',
  },
  netvsc: {
    name: 'NetVSC',
    binary: 'netvsc.sys',
    site: 'child',
    about: 'The guest’s driver of the synthetic network adapter.',
  },
  ic: {
    name: 'Integration services',
    binary: 'vmic*',
    site: 'child',
    about: 'Services in the guest that answer the host: heartbeat, shutdown, time, data exchange.',
  },
  firmware: {
    name: 'Firmware',
    binary: 'BIOS',
    site: 'child',
    about: 'Finds a boot device through emulated hardware; VMBus is unknown to it.',
  },
  guest: {
    name: 'Guest',
    binary: '',
    site: 'child',
    about: 'The operating system inside the child partition.',
  },
  hardware: {
    name: 'Hardware',
    binary: '',
    site: 'hardware',
    about: 'Processors, memory, disks and adapters of the physical server.',
  },
};

export const KIND_NAMES: Readonly<Record<FactKind, string>> = {
  action: 'Action',
  step: 'Step',
  hypercall: 'Hypercall',
  intercept: 'Intercept',
  vmbus: 'VMBus',
  packet: 'Packet',
  state: 'State',
  event: 'Event',
  process: 'Process',
  guest: 'Guest',
  fault: 'Fault',
};

/** Which colour a fact has: that of the mechanism by which it travelled. */
export type Tint = 'hypercall' | 'synthetic' | 'intercept' | 'brand' | 'quiet';

export const TINTS: Readonly<Record<FactKind, Tint>> = {
  action: 'brand',
  step: 'brand',
  hypercall: 'hypercall',
  intercept: 'intercept',
  vmbus: 'synthetic',
  packet: 'synthetic',
  state: 'brand',
  event: 'quiet',
  process: 'brand',
  guest: 'synthetic',
  fault: 'intercept',
};

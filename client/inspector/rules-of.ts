import type { Component, Fact } from '../../server/protocol/fact.ts';
import type { RecordKind } from '../../server/protocol/record/kind.ts';

// Which rules something on the screen follows. A test holds every id against the SPEC.md files.

type Ids = readonly string[];

export const OF_RECORD: Readonly<Record<RecordKind, Ids>> = {
  clock: [],
  dice: [],
  job: ['VM5', 'VM10'],
  host: ['HW1', 'HW3', 'VM28', 'VM30'],
  'logical-processor': ['HV1', 'HW1'],
  volume: ['ST1', 'ST10', 'WP4'],
  'physical-nic': ['HW2', 'NET1'],
  service: ['VM25', 'VM26'],
  'worker-process': ['WP1', 'WP2', 'WP3', 'VM27', 'HW7'],
  partition: ['VID1', 'HV5', 'HV8', 'HV21', 'HV22', 'HV59'],
  'virtual-processor': ['HV30', 'HV32', 'HV38', 'HV62'],
  'hypercall-count': ['HV10', 'HV11'],
  intercept: ['HV33', 'HV34', 'HV65', 'HV66', 'VID10', 'WP3'],
  port: ['HV35', 'HV37', 'HV39'],
  'port-connection': ['HV35', 'HV36'],
  'gpa-range': ['VID6', 'VID7', 'HV27', 'HV28'],
  'vmbus-connection': ['VB3', 'VB6', 'VB14', 'VB15'],
  'vmbus-channel': ['VB7', 'VB11', 'VB12', 'VB9'],
  gpadl: ['VB5', 'VB7', 'VB9'],
  vm: ['VM1', 'VM3', 'VM4', 'VM19'],
  'disk-drive': ['GU1', 'GU3', 'DV10', 'DV14'],
  'network-adapter': ['NET2', 'NET4', 'NET6', 'GU12'],
  'virtual-disk': ['ST4', 'ST5', 'ST6', 'ST9'],
  'library-image': ['ST10', 'ST11', 'ST12'],
  'virtual-switch': ['NET1', 'NET6', 'NET7'],
  guest: ['GU1', 'GU4', 'GU9', 'GU10'],
  'integration-service': ['DV39', 'DV38', 'DV30'],
  file: ['ST3', 'ST14', 'ST15', 'ST16'],
  'vm-file': ['VM13', 'VM18', 'WP4'],
  'vm-snapshot': ['VM52', 'VM53', 'VM54', 'VM55'],
};

export const OF_COMPONENT: Readonly<Record<Component, Ids>> = {
  person: [],
  lab: [],
  vmms: ['VM1', 'VM5', 'VM10', 'VM25'],
  vmwp: ['WP1', 'WP2', 'WP3'],
  vid: ['VID1', 'VID3', 'VID6', 'VID10'],
  winhv: ['HV25', 'HV21', 'HV24'],
  hypervisor: ['HV1', 'HV7', 'HV10', 'HV21'],
  vmbusr: ['VB1', 'VB3', 'VB6', 'VB16'],
  vmbus: ['VB3', 'VB5', 'VB10', 'GU5'],
  storvsp: ['DV11', 'DV12', 'DV10'],
  storvsc: ['DV11', 'DV14', 'VB12'],
  netvsp: ['DV20', 'DV23', 'DV24'],
  netvsc: ['DV20', 'DV21', 'DV22'],
  ic: ['DV30', 'DV32', 'DV36', 'DV39'],
  vmswitch: ['NET1', 'NET6', 'NET7'],
  vhdmp: ['ST5', 'ST6', 'ST7'],
  firmware: ['GU1', 'VID11', 'WP3'],
  guest: ['GU4', 'GU5', 'GU7', 'GU9'],
  hardware: ['HW1', 'HW4', 'HW6'],
  'management-os': ['HV3', 'HW3', 'VM28', 'VM29'],
};

/** What a wire of the drawing stands for. */
export const OF_WIRE: Readonly<Record<string, Ids>> = {
  emulated: ['WP3', 'HV33', 'HV34', 'HV68', 'HV69', 'WP6', 'GU15', 'GU16'],
  storvsc: ['DV10', 'DV11', 'VB11', 'VB12'],
  netvsc: ['DV20', 'DV24', 'VB11', 'VB12'],
  ic: ['DV30', 'DV32', 'VB11', 'VB12'],
  bus: ['VB3', 'VB6', 'VB7'],
};

export const OF_DEVICE: Readonly<Record<string, Ids>> = {
  storvsp: ['DV11', 'DV12', 'DV13', 'DV14'],
  'ide-accelerator': ['DV10', 'DV11', 'DV14'],
  netvsp: ['DV20', 'DV21', 'DV22', 'DV24'],
  'ic-heartbeat': ['DV30', 'DV32', 'DV33'],
  'ic-shutdown': ['DV30', 'DV36'],
  'ic-timesync': ['DV30', 'DV37'],
  'ic-kvp': ['DV30', 'DV35'],
  'ic-vss': ['DV30', 'DV31'],
  'ic-rdv': ['DV30', 'DV43'],
  'dynamic-memory': ['DV42'],
  video: ['DV41'],
  keyboard: ['DV41', 'DV43'],
  mouse: ['DV41'],
};

/** By who hands an intercept on; an access itself is the hypervisor's matter. */
const OF_INTERCEPT: Readonly<Record<string, Ids>> = {
  hypervisor: ['HV69', 'HV70', 'HV73'],
  vid: ['VID14', 'VID15'],
  vmwp: ['WP6', 'WP7', 'WP8', 'WP9'],
};

export const OF_HYPERCALL: Readonly<Record<string, Ids>> = {
  HvCreatePartition: ['VID1', 'HV14', 'HV5'],
  HvInitializePartition: ['VID1', 'HV8'],
  HvFinalizePartition: ['HV19', 'VID8'],
  HvDeletePartition: ['HV20', 'VID8'],
  HvDepositMemory: ['HV21', 'HV24', 'HV25', 'HV13'],
  HvWithdrawMemory: ['HV23', 'VID8'],
  HvGetMemoryBalance: ['HV22', 'HV23'],
  HvGetNextChildPartition: ['HV18'],
  HvSetPartitionProperty: ['HV15', 'HV16', 'VID3', 'VID4'],
  HvMapGpaPages: ['VID6', 'VID7', 'HV27', 'HV28'],
  HvUnmapGpaPages: ['HV28', 'VID8'],
  HvCreateVp: ['HV30', 'HV31'],
  HvDeleteVp: ['VID8', 'HV22'],
  HvInstallIntercept: ['HV33', 'VID10', 'WP3'],
  HvSetVpRegisters: ['VID11', 'VID15', 'HV30', 'HV68'],
  HvCreatePort: ['HV35', 'VB20'],
  HvConnectPort: ['HV35', 'HV36'],
  HvDeletePort: ['VB20', 'HV35'],
  HvDisconnectPort: ['VB20', 'HV35'],
  HvSavePartitionState: ['HV45', 'VID12'],
  HvRestorePartitionState: ['HV46', 'VID12'],
  HvGetPartitionProperty: ['HV15', 'HV58'],
  HvTranslateVirtualAddress: ['HV48'],
  HvReadGpa: ['HV49'],
  HvWriteGpa: ['HV49'],
  HvAssertVirtualInterrupt: ['HV50', 'HV51'],
  HvClearVirtualInterrupt: ['HV51'],
  HvGetPortProperty: ['HV52'],
  HvSetPortProperty: ['HV52'],
  HvMapStatsPage: ['HV53'],
  HvUnmapStatsPage: ['HV53'],
  HvGetLogicalProcessorRunTime: ['HV54'],
  HvParkLogicalProcessors: ['HV54'],
  HvMapSparseGpaPages: ['HV55', 'HV28'],
  HvPostDebugData: ['HV56'],
  HvRetrieveDebugData: ['HV56'],
  HvResetDebugSession: ['HV56'],
};

export const OF_MESSAGE: Readonly<Record<string, Ids>> = {
  InitiateContact: ['VB3', 'VB4', 'VB15', 'GU5'],
  VersionResponse: ['VB3', 'VB4'],
  RequestOffers: ['VB6'],
  OfferChannel: ['VB6', 'VB18', 'DV40'],
  AllOffersDelivered: ['VB6'],
  GpadlHeader: ['VB5', 'VB16'],
  GpadlBody: ['VB5', 'VB16'],
  GpadlCreated: ['VB5', 'VB7'],
  OpenChannel: ['VB7', 'VB8'],
  OpenChannelResult: ['VB7', 'VB8', 'DV44'],
  CloseChannel: ['VB9'],
  GpadlTeardown: ['VB9'],
  GpadlTorndown: ['VB9'],
  RescindChannelOffer: ['VB17'],
  RelIdReleased: ['VB17', 'VB19'],
  Unload: ['VB14'],
  UnloadComplete: ['VB14'],
};

export const OF_OPERATION: Readonly<Record<string, Ids>> = {
  'vm.start': ['VM1', 'VM5', 'VM8'],
  'vm.turnOff': ['VM1', 'VM7', 'VM12'],
  'vm.shutDown': ['VM1', 'VM16', 'VM17'],
  'vm.save': ['VM1', 'VM13'],
  'vm.deleteSavedState': ['VM18'],
  'vm.pause': ['VM1', 'VM14'],
  'vm.resume': ['VM1', 'VM14'],
  'vm.reset': ['VM1', 'VM15'],
  'vm.create': ['VM19', 'VM23'],
  'vm.delete': ['VM20'],
  'vm.rename': ['VM24', 'VM19'],
  'vm.setMemory': ['VM21', 'VM22'],
  'vm.setProcessors': ['VM21', 'VM22'],
  'service.stop': ['VM25', 'VM26'],
  'service.start': ['VM25'],
  'process.end': ['VM27', 'WP2'],
  'host.shutDown': ['VM28'],
  'host.start': ['VM29', 'HV1'],
  'host.powerOff': ['VM30', 'ST13'],
  'guest.crash': ['GU8'],
  'guest.shutDown': ['GU11'],
};

/** What a start does in each of its steps, by who does it. */
const OF_STEP: Partial<Record<Component, Ids>> = {
  vmms: ['VM5', 'VM10'],
  vid: ['VID1', 'VM5'],
  vmwp: ['VM5', 'WP1'],
  storvsp: ['ST6', 'VM9'],
  vmswitch: ['NET6', 'NET3'],
  vmbusr: ['VB6', 'HV35'],
};

const pick = (of: Readonly<Record<string, Ids>>, key: unknown): Ids =>
  typeof key === 'string' && Object.hasOwn(of, key) ? (of[key] ?? []) : [];

/** Those of the very case first, then those of who did it. */
export const rulesOfFact = (fact: Fact): Ids => {
  const { kind, data, from } = fact;
  const own = ownRules(fact);
  const refused =
    kind === 'hypercall' && data['statusName'] === 'INSUFFICIENT_MEMORY' ? ['HV21', 'HV25'] : [];
  const denied = kind === 'action' && data['refused'] === 'InvalidState' ? ['VM3'] : [];
  const all = [...refused, ...denied, ...own];
  return [...new Set(all.length > 0 ? all : OF_COMPONENT[from])];
};

const ownRules = ({ kind, data, from, to }: Fact): Ids => {
  switch (kind) {
    case 'hypercall':
      return [...pick(OF_HYPERCALL, data['name']), 'HV10'];
    case 'intercept':
      return [...(OF_INTERCEPT[from] ?? ['HV65', 'HV66', 'HV68', 'HV71']), 'WP10'];
    case 'vmbus':
      return [...pick(OF_MESSAGE, data['message']), 'VB2'];
    case 'packet':
      return [...OF_COMPONENT[from], ...(to === null ? [] : OF_COMPONENT[to]), 'DV5'];
    case 'action':
      return pick(OF_OPERATION, data['op']);
    case 'step':
      return OF_STEP[from] ?? [];
    case 'state':
      return from === 'vmms' ? ['VM1', 'VM2'] : [];
    case 'process':
      return ['WP1', 'WP2'];
    case 'event':
    case 'guest':
    case 'fault':
      return [];
  }
};

/** The number of an event of a log, which a rule may name. */
export const eventOf = ({ kind, data }: Fact): number | null =>
  kind === 'event' && typeof data['id'] === 'number' ? data['id'] : null;

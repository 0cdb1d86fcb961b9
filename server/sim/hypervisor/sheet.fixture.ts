import { NOT_SIMULATED } from './not-simulated.ts';

// What TLFS lists in its tables, row by row, and the rule of SPEC.md that has it; or why none has.
// Hypercalls and MSRs have tables of their own (HV57, HV61) and are not repeated here.

export type SheetRow =
  | { readonly row: string; readonly rule: string }
  | { readonly row: string; readonly reason: string };

export const ruled = (rule: string, ...rows: readonly string[]): SheetRow[] =>
  rows.map(row => ({ row, rule }));

export const missing = (reason: string, ...rows: readonly string[]): SheetRow[] =>
  rows.map(row => ({ row, reason }));

const LATER = 'Of a later release than Windows Server 2012.';

const HYPERCALLS: readonly SheetRow[] = NOT_SIMULATED.map(({ code, name, reason }) => ({
  row: `hypercall 0x${code.toString(16)} ${name}`,
  reason,
}));

const STATUSES: readonly SheetRow[] = [
  ...ruled('HV12', 'status 2', 'status 3', 'status 4'),
  ...ruled('HV26', 'status 5'),
  ...ruled('HV7', 'status 6'),
  ...ruled('HV8', 'status 7'),
  ...ruled('HV20', 'status 8'),
  ...ruled('HV15', 'status 9'),
  ...ruled('HV16', 'status A'),
  ...ruled('HV21', 'status B'),
  ...ruled('HV14', 'status C'),
  ...ruled('HV6', 'status D'),
  ...ruled('HV31', 'status E'),
  ...ruled('HV35', 'status 11'),
  ...ruled('HV36', 'status 12', 'status 13', 'status 18'),
  ...ruled('HV51', 'status 14', 'status 16'),
  ...ruled('HV45', 'status 17'),
  ...ruled('HV56', 'status 1C'),
  ...ruled('HV17', 'status 1D'),
  ...missing('No page is pinned: nothing here reads a page while it is moved.', 'status 19'),
  ...missing('Nodes are chosen by VID, which names only those that are there.', 'status 1A'),
  ...missing('No debugger is attached, so there is no data of one.', 'status 1B', 'status 1F'),
  ...missing('Every feature of the release is there on a lab’s processors.', 'status 1E'),
  ...missing(
    'All hosts of a lab have the same processors, so a restore never meets a weaker one.',
    'status 20 to 2F',
    'status 30',
    'status 31 to 36',
    'status 37',
  ),
  ...missing(LATER, 'status 10', 'status 15', 'status 38 to 87'),
];

const CPUID: readonly SheetRow[] = [
  ...ruled('HV43', 'leaf 40000000', 'leaf 40000001', 'leaf 40000002', 'leaf 40000003'),
  ...ruled('HV64', 'leaf 1', 'leaf 40000004', 'leaf 40000005', 'leaf 40000006'),
];

const PARTITIONS: readonly SheetRow[] = [
  ...ruled('HV8', 'state Uninitialized', 'state Active', 'state Finalizing', 'state Finalized'),
  ...ruled('HV9', 'privileges of a new child'),
  ...ruled('HV5', 'number never used again'),
  ...ruled('HV15', 'property 10000', 'property 20001', 'property 20002', 'property 20003'),
  ...ruled(
    'HV58',
    'property 30000',
    'property 30001',
    'property 30002',
    'property 40000',
    'property 50000',
    'property 60000',
    'property 60001',
    'property 60002',
    'property 60003',
  ),
  ...missing(LATER, 'property 20000', 'property 30003', 'property 70000'),
  ...missing(
    'The root’s own processors have no faults here; a host that fails loses its power.',
    'unsolicited intercept in the root restarts the machine',
  ),
];

const MEMORY: readonly SheetRow[] = [
  ...ruled('HV21', 'deposit'),
  ...ruled('HV23', 'withdrawal'),
  ...ruled('HV26', 'map flags'),
  ...ruled('HV27', '2 MB pages'),
  ...ruled('HV66', 'overlay of the wrong kind'),
  ...ruled('HV65', 'message 80000000', 'message 80000001'),
  ...ruled('HV67', 'root access that is not mapped'),
];

const PROCESSORS: readonly SheetRow[] = [
  ...ruled('HV30', 'VP state Suspended', 'register 0', 'register 1'),
  ...ruled('HV32', 'VP state Running', 'VP state Waiting'),
  ...ruled('HV1', 'root processors pinned'),
  ...ruled('HV87', 'VP state Ready'),
  ...ruled('HV83', 'weight under contention'),
  ...ruled('HV86', 'placement preference'),
  ...ruled('HV80', 'MSR GUEST_IDLE ends by a masked interrupt'),
  ...missing('Guests here hold no locks, so none spins.', 'long spin wait yields'),
  ...missing(
    'General registers are accepted and not kept: a guest is a table of stages.',
    'registers 10002 to 30000',
    'startup by INIT and SIPI',
  ),
  ...missing('A guest’s stages count the time, not its TSC.', 'TSC while suspended'),
];

const INTERCEPTS: readonly SheetRow[] = [
  ...ruled('HV33', 'type 0 port', 'type 1 MSR', 'type 2 CPUID', 'type 3 exception'),
  ...ruled('HV65', 'message 80010000', 'message 80010001', 'message 80010002', 'message 80010003'),
  ...missing(
    'Nothing a guest does here ends in these; its crash is a bugcheck that dumps.',
    'message 80000020',
    'message 80000021',
    'message 80000022',
    'message 80000031',
  ),
  ...ruled('HV69', 'one intercept buffer per processor', 'message to SINT0 of a root processor'),
  ...ruled('HV70', 'intercept header', 'payload sizes'),
  ...ruled('HV72', 'message 80000050'),
  ...missing('Chips of the lab raise edges only.', 'message 80000030'),
  ...missing('Event log buffers are not simulated.', 'message 80000040'),
];

const SYNIC: readonly SheetRow[] = [
  ...ruled('HV36', 'message type rule', '16 buffers a port', 'slot'),
  ...ruled('HV37', 'order through one slot'),
  ...ruled('HV73', 'slot busy', 'MessagePending and EOM'),
  ...ruled('HV74', 'interrupt of a masked SINT'),
  ...ruled('HV39', 'event flag set once'),
  ...ruled('HV40', 'flag count', 'masked SINT'),
  ...ruled('HV35', 'port paid by receiver', 'port without its connection'),
  ...ruled('HV52', 'port property 0', 'port property 1'),
  ...ruled('HV62', 'SINT reset value', 'SCONTROL', 'SIMP', 'SIEFP', 'timer configuration'),
  ...ruled('HV77', 'message 80000010', 'one message a timer'),
  ...ruled('HV76', 'missed periods'),
  ...ruled('HV78', 'reference counter stands', 'saved reference counter'),
  ...missing('The bus tells of its trigger: VB21.', 'monitor page'),
  ...missing('Lazy timers expire like others: nothing here is deferred.', 'lazy timer'),
  ...missing('Ports of the bus name their processor.', 'any processor gives no order'),
];

const SAVING: readonly SheetRow[] = [
  ...ruled('HV45', 'all processors suspended', 'first call’s flag'),
  ...ruled('HV46', 'result 0', 'result 1', 'result 7'),
  ...missing('No stream is read before it is restored.', 'result 2'),
  ...missing(
    'A saved file is never damaged, and hosts have the same release and processors.',
    'result 3 to 6',
    'result 8 to 34',
  ),
];

export const SHEET: readonly SheetRow[] = [
  ...HYPERCALLS,
  ...STATUSES,
  ...CPUID,
  ...PARTITIONS,
  ...MEMORY,
  ...PROCESSORS,
  ...INTERCEPTS,
  ...SYNIC,
  ...SAVING,
];

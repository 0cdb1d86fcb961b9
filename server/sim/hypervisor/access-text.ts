import type { AccessOutcome, GuestAccess } from './access.ts';

// How facts say what a guest's processor did, and what came of it.

const NAMES: { readonly [T in GuestAccess['type']]: string } = {
  IoPort: 'I/O port',
  Msr: 'MSR',
  Cpuid: 'CPUID',
  Exception: 'exception',
  Memory: 'memory',
};

/** `OUT 0x0CF8`, `RDMSR 0x0000008B`, `CPUID 0x40000003`, `A write at page 0x000B8`. */
export function accessText(made: GuestAccess): string {
  switch (made.type) {
    case 'IoPort':
      return `${made.value === undefined ? 'IN' : 'OUT'} 0x${hex(made.port, 4)}`;
    case 'Msr':
      return `${made.value === undefined ? 'RDMSR' : 'WRMSR'} 0x${hex(made.msr, 8)}`;
    case 'Cpuid':
      return `CPUID 0x${hex(made.leaf, 8)}`;
    case 'Exception':
      return `Exception ${made.vector}`;
    case 'Memory':
      return `A ${made.how === 'execute' ? 'fetch' : made.how} at page 0x${hex(made.page, 5)}`;
  }
}

/** What became of it, after a colon; nothing where it simply went on. */
export function outcomeText(made: GuestAccess, outcome: AccessOutcome): string {
  switch (outcome.by) {
    case 'parent':
      return `: ${NAMES[made.type]} intercept ${messageText(outcome.message)}`;
    case 'nobody':
      return made.type === 'IoPort' && made.value === undefined
        ? `: nobody wants it, reads 0x${hex(outcome.value, 2)}`
        : ': nobody wants it, dropped';
    case 'fault':
      return `: ${outcome.fault}`;
    case 'hypervisor':
    case 'hardware':
      return '';
  }
}

/** `0x80010000`. */
export function messageText(type: number): string {
  return `0x${hex(type, 8)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

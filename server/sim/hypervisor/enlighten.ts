import { must } from '../../base/assert.ts';
import type { Component } from '../../protocol/fact.ts';
import type { PartitionId } from '../../protocol/id.ts';
import type { Turn } from '../engine/turn.ts';
import { cpuid } from './cpuid.ts';
import { MSR } from './msr-table.ts';
import { writeMsr } from './msr.ts';
import { processorsOf } from './processors.ts';

// What a kernel that knows the hypervisor does first: it finds it by CPUID, says who it is, has the
// hypercall page put in, and switches on the SynIC of each of its processors.

/** HV_GUEST_OS_ID of Windows Server 2012: Microsoft, NT, 6.2, build 9200. */
export const WINDOWS_SERVER_2012 = 0x0001_0406_0200_23f0n;

/** Where Windows puts its pages is its own affair: page numbers and vectors are chosen. */
const HYPERCALL_PAGE = 0x1000n;
const FIRST_SIMP = 0x1010n;
const SINT0_VECTOR = 0x30n;
const SINT2_VECTOR = 0x50n;

const ENABLED = 1n;

export interface Kernel {
  readonly as: Component;
  readonly osId: bigint;
}

/** The discovery order of TLFS 2.0a chapter 3, with what CPUID answered as one fact. */
export function enlighten(turn: Turn, partition: PartitionId, { as, osId }: Kernel): void {
  const write = (vp: number, msr: number, value: bigint): void => {
    writeMsr(turn, partition, { vp, msr, value });
  };
  const processors = processorsOf(turn, partition);
  const first = must(processors[0], 'a kernel runs on a processor').index;
  write(first, MSR.guestOsId, osId);
  write(first, MSR.hypercall, (HYPERCALL_PAGE << 12n) | ENABLED);
  for (const { index } of processors) {
    const simp = FIRST_SIMP + 2n * BigInt(index);
    write(index, MSR.simp, (simp << 12n) | ENABLED);
    write(index, MSR.siefp, ((simp + 1n) << 12n) | ENABLED);
    write(index, MSR.sint0, SINT0_VECTOR);
    write(index, MSR.sint2, SINT2_VECTOR);
    write(index, MSR.scontrol, ENABLED);
  }
  const { host, vm, privileges, guestOsId } = turn.must('partition', partition);
  turn.fact({
    kind: 'state',
    from: as,
    to: 'hypervisor',
    host,
    vm,
    summary: `CPUID finds "Microsoft Hv", guest OS id 0x${guestOsId}, hypercall page and SynIC on`,
    data: { guestOsId, privileges, leaves: leaves(turn, partition) },
  });
}

function leaves(turn: Turn, partition: PartitionId): { readonly [leaf: string]: string } {
  const answers: { [leaf: string]: string } = {};
  for (let leaf = 0x4000_0000; leaf <= 0x4000_0006; leaf += 1) {
    const { eax, ebx, ecx, edx } = cpuid(turn, partition, leaf);
    answers[word(leaf)] = [eax, ebx, ecx, edx].map(word).join(' ');
  }
  return answers;
}

function word(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** A reset: the guest is nobody again, its hypercall page and SynIC are off, what waited is lost. */
export function resetSynic(turn: Turn, partition: PartitionId): void {
  turn.patch('partition', partition, {
    guestOsId: '0000000000000000',
    hypercallPage: false,
    msrs: {},
  });
  for (const { id } of processorsOf(turn, partition)) {
    turn.patch('virtual-processor', id, {
      synicEnabled: false,
      simp: null,
      siefp: null,
      sint0Vector: null,
      sint2Vector: null,
      msrs: {},
      slots: {},
      timers: {},
    });
  }
  for (const port of turn.where('port', 'partition', partition)) {
    turn.patch('port', port.id, { waiting: [] });
  }
}

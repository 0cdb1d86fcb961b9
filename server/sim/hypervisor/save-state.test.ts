import { expect, test } from 'vitest';
import type { PartitionId } from '../../protocol/id.ts';
import { Bench, VM } from './bench.fixture.ts';
import type { Caller, HypercallInput, HypercallName, Outcome, PartitionStream } from './call.ts';
import { WINDOWS_SERVER_2012, enlighten } from './enlighten.ts';
import { INPUT } from './hypercall.fixture.ts';
import { hypercall } from './hypercall.ts';
import { sibling, vpId } from './partition-id.ts';
import { STREAM_START, STREAM_STATE } from './save-state.ts';
import { statusName } from './status.ts';
import { REGISTER } from './virtual-processor.ts';
import { call } from './winhv.ts';

interface Scene {
  readonly bench: Bench;
  readonly child: PartitionId;
  readonly make: <N extends HypercallName>(name: N, input: HypercallInput[N]) => Outcome<N>;
}

function scene(processors: number): Scene {
  const bench = new Bench();
  const root = bench.launch();
  const by: Caller = { partition: root, as: 'vid', vm: VM };
  call(bench.turn(), by, 'HvCreatePartition', { flags: 0, proximityDomainInfo: 0 });
  call(bench.turn(), by, 'HvInitializePartition', { partitionId: 2 });
  for (let vpIndex = 0; vpIndex < processors; vpIndex += 1) {
    call(bench.turn(), by, 'HvCreateVp', {
      partitionId: 2,
      vpIndex,
      proximityDomainInfo: 0,
      flags: 0,
    });
  }
  return {
    bench,
    child: sibling(root, 2),
    make: (name, input) => hypercall(bench.turn(), by, name, input),
  };
}

function saveAll({ make }: Scene): { stream: PartitionStream | null; bytes: number[] } {
  const bytes: number[] = [];
  for (let flags = STREAM_START; ; flags = 0) {
    const { output } = make('HvSavePartitionState', { partitionId: 2, flags });
    bytes.push(output?.saveDataCount ?? 0);
    if (output?.saveState !== STREAM_STATE.incomplete) {
      return { stream: output?.stream ?? null, bytes };
    }
  }
}

test('[HV45] a partition with a running processor is not saved', () => {
  const here = scene(2);
  const registers = [{ name: REGISTER.explicitSuspend, value: 0n }];
  here.make('HvSetVpRegisters', { partitionId: 2, vpIndex: 1, registers });

  const saved = here.make('HvSavePartitionState', { partitionId: 2, flags: STREAM_START });

  expect(statusName(saved.status)).toBe('OPERATION_DENIED');
});

test('[HV45] a stream begins with its flag and moves at most 4,080 bytes a call', () => {
  const here = scene(2);

  const early = here.make('HvSavePartitionState', { partitionId: 2, flags: 0 });
  const { stream, bytes } = saveAll(here);
  const late = here.make('HvSavePartitionState', { partitionId: 2, flags: 0 });

  expect(statusName(early.status)).toBe('INVALID_SAVE_RESTORE_STATE');
  expect(bytes.every(count => count > 0 && count <= 4080)).toBe(true);
  expect(bytes.reduce((sum, count) => sum + count, 0)).toBe(stream?.length);
  expect(statusName(late.status)).toBe('INVALID_SAVE_RESTORE_STATE');
});

function restoreAll(to: Scene, stream: PartitionStream): number | undefined {
  for (let sent = 0; ; sent += 4080) {
    const { output } = to.make('HvRestorePartitionState', {
      partitionId: 2,
      flags: sent === 0 ? STREAM_START : 0,
      restoreDataCount: Math.min(4080, stream.length - sent),
      stream,
    });
    if (output?.restoreState !== STREAM_STATE.incomplete) return output?.restoreState;
  }
}

test('[HV46] a restored partition has its SynIC and hypercall page again', () => {
  const from = scene(2);
  enlighten(from.bench.turn(), from.child, { as: 'guest', osId: WINDOWS_SERVER_2012 });
  const { stream } = saveAll(from);
  const saved = from.bench.turn().must('virtual-processor', vpId(from.child, 1));
  const to = scene(2);

  const state = stream === null ? undefined : restoreAll(to, stream);

  expect(state).toBe(STREAM_STATE.complete);
  expect(to.bench.turn().must('partition', to.child)).toMatchObject({
    guestOsId: '00010406020023f0',
    hypercallPage: true,
  });
  const { synicEnabled, simp, siefp, sint2Vector } = saved;
  expect(to.bench.turn().must('virtual-processor', vpId(to.child, 1))).toMatchObject({
    synicEnabled,
    simp,
    siefp,
    sint2Vector,
    state: 'Suspended',
  });
});

test('[HV46] another number of processors ends with result 7 and changes nothing', () => {
  const { stream } = saveAll(scene(2));
  const to = scene(1);

  const state = stream === null ? undefined : restoreAll(to, stream);

  expect(state).toBe(7);
  const { status } = to.make('HvRestorePartitionState', {
    partitionId: 2,
    flags: 0,
    restoreDataCount: 1,
    stream: stream ?? INPUT.HvRestorePartitionState.stream,
  });
  expect(statusName(status)).toBe('INVALID_SAVE_RESTORE_STATE');
});

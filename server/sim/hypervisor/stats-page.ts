import type { StatsPage } from '../../protocol/record/hypervisor.ts';
import type { RecordOf } from '../../protocol/record/index.ts';
import type { Turn } from '../engine/turn.ts';
import type { HypercallInput, Outcome } from './call.ts';
import type { CallContext } from './context.ts';
import { refused, succeeded } from './context.ts';
import { SELF, vpId } from './partition-id.ts';
import type { HvStatusName } from './status.ts';

// Pages of counters that the hypervisor keeps and a partition may lay over its memory, as the
// performance counters of the management OS do: TLFS 2.0a chapter 19.

/** HV_STATS_OBJECT_TYPE (recalled). */
export const STATS_TYPE = {
  hypervisor: 1,
  logicalProcessor: 2,
  partition: 0x1_0001,
  virtualProcessor: 0x1_0002,
} as const;

type Identity = HypercallInput['HvUnmapStatsPage'];

/** Counters of a partition are asked of that partition; the others are the caller's to ask for. */
export function statsTarget({ statsType, objectPartition }: Identity): number {
  return isOfPartition(statsType) ? objectPartition : SELF;
}

function isOfPartition(type: number): boolean {
  return type === STATS_TYPE.partition || type === STATS_TYPE.virtualProcessor;
}

/** Counters of the whole host are the root's alone. */
function wrong(
  { turn, caller, target }: CallContext,
  { statsType, objectIndex }: Identity,
): HvStatusName | null {
  if (!isOfPartition(statsType) && caller.type !== 'root') return 'ACCESS_DENIED';
  switch (statsType) {
    case STATS_TYPE.hypervisor:
    case STATS_TYPE.partition:
      return null;
    case STATS_TYPE.logicalProcessor: {
      const { logicalProcessors } = turn.must('host', target.host);
      return objectIndex >= 0 && objectIndex < logicalProcessors ? null : 'INVALID_PARAMETER';
    }
    case STATS_TYPE.virtualProcessor: {
      const vp = turn.get('virtual-processor', vpId(target.id, objectIndex));
      return vp === undefined ? 'INVALID_VP_INDEX' : null;
    }
    default:
      return 'INVALID_PARAMETER';
  }
}

function isOf(context: CallContext, { statsType, objectIndex }: Identity) {
  const partition = isOfPartition(statsType) ? context.target.number : 0;
  return (page: StatsPage): boolean =>
    page.type === statsType && page.partition === partition && page.index === objectIndex;
}

/** A page that is mapped already moves. */
export function mapStatsPage(
  context: CallContext,
  input: HypercallInput['HvMapStatsPage'],
): Outcome<'HvMapStatsPage'> {
  const fault = wrong(context, input);
  if (fault !== null) return refused(fault);
  if (input.targetGpaPage < 0) return refused('INVALID_PARAMETER');
  const { turn, caller, target } = context;
  const isSame = isOf(context, input);
  const page: StatsPage = {
    type: input.statsType,
    partition: isOfPartition(input.statsType) ? target.number : 0,
    index: input.objectIndex,
    gpaPage: input.targetGpaPage,
  };
  const others = caller.statsPages.filter(each => !isSame(each));
  turn.patch('partition', caller.id, { statsPages: [...others, page] });
  return succeeded({});
}

export function unmapStatsPage(
  context: CallContext,
  input: HypercallInput['HvUnmapStatsPage'],
): Outcome<'HvUnmapStatsPage'> {
  const fault = wrong(context, input);
  if (fault !== null) return refused(fault);
  const { turn, caller } = context;
  const isSame = isOf(context, input);
  const others = caller.statsPages.filter(each => !isSame(each));
  if (others.length === caller.statsPages.length) return refused('INVALID_PARAMETER');
  turn.patch('partition', caller.id, { statsPages: others });
  return succeeded({});
}

/** What a parent had mapped of a partition goes with it. */
export function forgetStatsOf(turn: Turn, parent: RecordOf<'partition'>, number: number): void {
  const statsPages = parent.statsPages.filter(({ partition }) => partition !== number);
  if (statsPages.length < parent.statsPages.length) {
    turn.patch('partition', parent.id, { statsPages });
  }
}

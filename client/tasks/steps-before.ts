import type { Fact } from '../../server/protocol/fact.ts';
import type { AskOlder } from '../vmbus/message-log.ts';

const PAGE = 1_000;
/** Further back nobody's task began that somebody looks at now. */
const MOST_PAGES = 10;

export const isStepOf = ({ kind, data }: Fact, job: string): boolean =>
  kind === 'step' && data['job'] === job;

interface Wanted {
  readonly job: string;
  readonly startedAt: number;
  /** The oldest fact that is held. */
  readonly oldest: Pick<Fact, 'n' | 'turn'>;
}

/** Steps of a task that are older than what is held, back to its beginning. */
export const stepsBefore = async (
  ask: AskOlder,
  { job, startedAt, oldest }: Wanted,
): Promise<readonly Fact[]> => {
  let found: readonly Fact[] = [];
  let { n: before, turn } = oldest;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask({ before, turn, limit: PAGE });
    if (!answer.ok) break;
    const { facts, more } = answer.value;
    found = [...facts.filter(fact => isStepOf(fact, job)), ...found];
    const first = facts[0];
    if (first === undefined || !more || first.at < startedAt) break;
    ({ n: before, turn } = first);
  }
  return found;
};

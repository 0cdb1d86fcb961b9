import type { Id } from '../../protocol/id.ts';
import type { RecordOf } from '../../protocol/record/index.ts';

export function lpId(host: RecordOf<'host'>, index: number): Id<'logical-processor'> {
  return `logical-processor:${host.name}/${index}`;
}

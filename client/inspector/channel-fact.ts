import type { Fact } from '../../server/protocol/fact.ts';

/** Whether a fact tells of the channel of that number: control messages name it, packets carry it. */
export const isChannelFact = ({ kind, data }: Fact, relId: unknown): boolean => {
  if (typeof relId !== 'number') return false;
  if (kind === 'packet') return data['channel'] === relId;
  const { fields } = data;
  return (
    kind === 'vmbus' &&
    typeof fields === 'object' &&
    fields !== null &&
    Reflect.get(fields, 'channelId') === relId
  );
};

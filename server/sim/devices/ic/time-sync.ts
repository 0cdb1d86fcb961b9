import { filetime } from '../../../protocol/time.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { TIME_SAMPLE_PERIOD } from '../duration.ts';
import { textOf, vspState } from '../vsp.ts';
import { AT_ONCE, beatOnce, isDue, scheduleBeat } from './beat.ts';
import { integrationDevice } from './integration-device.ts';
import { IC_HEADER, PIPE_HEADER, TIME_SYNC, TIME_SYNC_FLAG, encodeIc } from './message.ts';
import { mustService } from './service.ts';

const MESSAGE_SIZE = PIPE_HEADER.size + IC_HEADER.size + TIME_SYNC.size;

/** The host's messages want no answer: openvmm sends them without the transaction flag. */
const NO_ANSWER = 0;

/** Sets the guest's clock when it starts or goes on, then sends a sample every period to slew it. */
export const timeSync = integrationDevice({
  name: 'ic-timesync',
  label: 'Time Synchronization',
  interfaceType: '9527e630-d0ae-497b-adce-e80ab0175caf',
  instanceId: '2dd1ce17-079e-403c-b352-a1921ee207ee',
  hostVersions: ['1.0', '3.0'],
  guestVersions: ({ services }) => services.timeSync,
  ready: begin,
  resume: begin,
  beat(turn, channel) {
    const service = mustService(turn, channel);
    if (!isDue(turn, service)) return;
    // The first message after a start, a resume or a restore steps the clock; samples only slew it.
    const isFirst = vspState(channel)['synchronized'] !== true;
    const flag = isFirst ? TIME_SYNC_FLAG.Sync : TIME_SYNC_FLAG.Sample;
    const { sent } = beatOnce(turn, channel, {
      requestLength: MESSAGE_SIZE,
      requestSummary: isFirst ? 'Time synchronization' : 'Time sample',
      request: () => encodeTime(turn, channel, flag),
      answer: null,
    });
    if (isFirst) markSynchronized(turn, channel, true);
    turn.patch('integration-service', service.id, {
      sent: service.sent + sent,
      nextAt: turn.now + TIME_SAMPLE_PERIOD,
    });
    turn.send(channel.id, { type: 'Beat' }, TIME_SAMPLE_PERIOD);
  },
});

function begin(turn: Turn, channel: Channel): void {
  const service = mustService(turn, channel);
  turn.patch('integration-service', service.id, { status: 'Ok' });
  markSynchronized(turn, channel, false);
  scheduleBeat(turn, channel, service, AT_ONCE);
}

function markSynchronized(turn: Turn, channel: Channel, synchronized: boolean): void {
  const { ends } = turn.must('vmbus-channel', channel.id);
  turn.patch('vmbus-channel', channel.id, {
    ends: { ...ends, vsp: { ...ends.vsp, synchronized } },
  });
}

function encodeTime(turn: Turn, channel: Channel, flags: number): Uint8Array {
  const { calendarStart } = turn.must('clock', 'clock:lab');
  return encodeIc(
    {
      type: 'TimeSync',
      framework: textOf(vspState(channel), 'framework'),
      version: textOf(vspState(channel), 'version'),
      flags: NO_ANSWER,
    },
    TIME_SYNC.encode({
      parentTime: filetime(calendarStart, turn.now),
      childTime: 0n,
      roundTripTime: 0n,
      flags,
    }),
  );
}

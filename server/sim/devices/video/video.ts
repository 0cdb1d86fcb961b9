import { must } from '../../../base/assert.ts';
import type { Turn } from '../../engine/turn.ts';
import type { Channel } from '../../vmbus/bus-id.ts';
import { OFFER_FLAG } from '../../vmbus/offer.ts';
import { PAGE_SIZE } from '../../vmbus/ring.ts';
import { KERNEL_VSC, WORKER_VSP } from '../duration.ts';
import { fromPipe, inPipe } from '../ic/message.ts';
import { sendPacket, shown } from '../packet-io.ts';
import { vscFailed, vscReady } from '../vsc-outcome.ts';
import type { Vsc, Vsp } from '../vsp.ts';
import { defineVsp, numberOf, patchVsc, patchVsp, vscState } from '../vsp.ts';
import type { VideoFields, VideoName } from './message.ts';
import { decodeVideo, encodeVideo, videoName, videoVersionText } from './message.ts';

// The synthetic display, served by the worker process. The picture itself lies in the guest's video
// memory, which the host reads; the channel only says where it is, how it is laid out and what of it
// has changed. openvmm uidevices/src/video; Linux hyperv_fb.c.

/** 3.2 and 3.0. */
const VERSIONS: readonly number[] = [0x2_0003, 0x0_0003];

const VRAM_MEGABYTES = 8;

/** Where the guest's bus driver puts the device's MMIO: below 4 GB, where Windows does (chosen). */
const VRAM_ADDRESS = 0xf800_0000;

const CONTEXT = 1;
const WIDTH = 1024;
const HEIGHT = 768;
/** Linux: 16 bits a pixel with 3.0, 32 from 3.2 on. */
const DEPTH_BITS_OLD = 16;
const DEPTH_BITS = 32;

interface Said<N extends VideoName> {
  readonly name: N;
  readonly fields: VideoFields<N>;
  readonly detail?: string;
}

function say<N extends VideoName>(
  turn: Turn,
  channel: Channel,
  to: 'host' | 'guest',
  { name, fields, detail = '' }: Said<N>,
): void {
  if (to === 'host') {
    turn.patch('vmbus-channel', channel.id, { deviceState: `${name}${detail}` });
  }
  sendPacket(turn, channel.id, {
    to,
    payload: inPipe(encodeVideo(name, fields)),
    telling: {
      as: 'fact',
      summary: `${name}${detail}`,
      data: { message: name, fields: shown(fields) },
    },
  });
}

const vsp: Vsp = {
  component: 'vmwp',
  work: WORKER_VSP,
  offers: () => [
    { label: 'Video', instanceId: '5620e0c7-8062-4dce-aeb7-520c7ef76171', userDefined: '04' },
  ],
  open: () => ({ state: 'Opened' }),
  receive(turn, channel, { payload }) {
    const message = fromPipe(payload);
    const name = videoName(message);
    if (name === 'VersionRequest') {
      const { version } = decodeVideo(name, message);
      const isAccepted = VERSIONS.includes(version) ? 1 : 0;
      const fields = { version, isAccepted, maxVideoOutputs: 1 };
      if (isAccepted === 1) {
        turn.patch('vmbus-channel', channel.id, { protocol: videoVersionText(version) });
      }
      say(turn, channel, 'guest', { name: 'VersionResponse', fields });
    } else if (name === 'VramLocation') {
      const { userContext } = decodeVideo(name, message);
      const { cause } = turn;
      say(turn, channel, 'guest', { name: 'VramLocationAck', fields: { userContext } });
      turn.cause = cause;
      // Nobody watches yet: the host wants to know the layout, and nothing that is drawn.
      say(turn, channel, 'guest', {
        name: 'FeatureChange',
        fields: {
          isDirtNeeded: 0,
          isPointerPositionUpdatesNeeded: 0,
          isPointerShapeUpdatesNeeded: 0,
          isVideoSituationUpdatesNeeded: 1,
        },
      });
    } else if (name === 'SituationUpdate') {
      const { userContext } = decodeVideo(name, message);
      patchVsp(turn, channel.id, { state: 'Ready' });
      say(turn, channel, 'guest', { name: 'SituationUpdateAck', fields: { userContext } });
    }
  },
};

const vsc: Vsc = {
  component: 'guest',
  work: KERNEL_VSC,
  // Linux: 256 KB each way.
  ringPages: (256 * 1024) / PAGE_SIZE,
  isIn: () => true,
  load: (_channel, _os, { video: versions }) => ({
    step: 'Version',
    versions,
    version: must(versions[0], 'a driver knows a version'),
  }),
  start: (turn, channel) => askVersion(turn, channel, numberOf(vscState(channel), 'version')),
  receive(turn, channel, { payload }) {
    const message = fromPipe(payload);
    const name = videoName(message);
    if (name === 'VersionResponse') {
      if (decodeVideo(name, message).isAccepted === 0) return askLower(turn, channel);
      say(turn, channel, 'host', {
        name: 'VramLocation',
        fields: {
          userContext: CONTEXT,
          isVramGpaAddressSpecified: 1,
          vramGpaAddress: VRAM_ADDRESS,
        },
      });
    } else if (name === 'FeatureChange') {
      const fields = situation(numberOf(vscState(channel), 'version'));
      say(turn, channel, 'host', { name: 'SituationUpdate', fields });
    } else if (name === 'SituationUpdateAck') {
      vscReady(turn, channel.id);
    }
  },
};

function situation(version: number): VideoFields<'SituationUpdate'> {
  const depthBits = version === VERSIONS[0] ? DEPTH_BITS : DEPTH_BITS_OLD;
  return {
    userContext: CONTEXT,
    videoOutputCount: 1,
    active: 1,
    vramOffset: 0,
    depthBits,
    width: WIDTH,
    height: HEIGHT,
    pitch: (WIDTH * depthBits) / 8,
  };
}

function askVersion(turn: Turn, channel: Channel, version: number): void {
  patchVsc(turn, channel.id, { version });
  const detail = ` ${videoVersionText(version)}`;
  say(turn, channel, 'host', { name: 'VersionRequest', fields: { version }, detail });
}

function askLower(turn: Turn, channel: Channel): void {
  const state = vscState(channel);
  const versions = state['versions'] as readonly number[];
  const lower = versions[versions.indexOf(numberOf(state, 'version')) + 1];
  if (lower === undefined) vscFailed(turn, channel.id, 'no version in common');
  else askVersion(turn, channel, lower);
}

export const video = defineVsp({
  name: 'video',
  interfaceType: 'da0a7802-e377-4aac-8e77-0558eb1073f8',
  offerFlags: OFFER_FLAG.NamedPipeMode,
  mmioMegabytes: VRAM_MEGABYTES,
  vsp,
  vsc,
});

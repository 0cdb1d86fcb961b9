import type { Component } from '../../server/protocol/fact.ts';

// A drawing is data: frames, boxes in them, wires between boxes. It is laid out from a scene and a size,
// and drawn by components that decide nothing.

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export type FrameLook = 'root' | 'child' | 'absent' | 'hypervisor' | 'hardware';

export interface Frame extends Rect {
  readonly id: string;
  readonly look: FrameLook;
  readonly title: string;
  readonly note: string;
  readonly inspect: string | null;
}

export type BoxLook = 'plain' | 'off' | 'quiet' | 'bus' | 'screen' | 'tile';

export interface Box extends Rect {
  /** Also where an arrow of a fact ends: `vid`, `vmwp vm:1`, `guest vm:1`. */
  readonly id: string;
  readonly look: BoxLook;
  readonly title: string;
  readonly lines: readonly string[];
  /** Opened in the inspector; null only shows. */
  readonly inspect: string | null;
  /** Chosen instead of inspected: another machine. */
  readonly choose?: string;
  /** What it stands for, where its own text is too short to say it. */
  readonly about?: string;
  /** The machines that a count stands for. */
  readonly holds?: ReadonlySet<string>;
  /** 0 to 1, a bar along the bottom. */
  readonly fill?: number;
  /** 0 to 1 each, standing side by side. */
  readonly bars?: readonly number[];
  /** The turn that last changed the record behind it: a change flashes once. */
  readonly rev?: number;
  /** So narrow that its texts are set smaller. */
  readonly tight?: boolean;
  /** Boxes stacked so closely that ways come in at the side. */
  readonly door?: 'left';
}

export interface Label extends Pick<Rect, 'x' | 'y'> {
  readonly text: string;
}

/** A number that runs along a wire. */
export interface WireCount extends Point {
  readonly text: string;
}

/** Solid is synthetic, dashed is emulated, dotted is offered and not open. */
export type WireLook = 'synthetic' | 'offered' | 'emulated' | 'driver';

export interface Wire {
  readonly id: string;
  readonly look: WireLook;
  readonly points: readonly Point[];
  /** What it is, for those who cannot see where it goes. */
  readonly about: string;
  /** Opened in the inspector. */
  readonly inspect: string | null;
  readonly count?: WireCount;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
  readonly boxes: readonly Box[];
  readonly labels: readonly Label[];
  readonly wires: readonly Wire[];
}

const IN_THE_CHILD: ReadonlySet<Component> = new Set<Component>([
  'vmbus',
  'storvsc',
  'netvsc',
  'ic',
  'firmware',
  'guest',
]);

/** The box of a component; those of one machine carry its id. */
export const anchorOf = (component: Component, vm: string | null): string => {
  if (component === 'vmwp') return vm === null ? 'vmms' : `vmwp ${vm}`;
  return IN_THE_CHILD.has(component) ? `${component} ${vm ?? ''}` : component;
};

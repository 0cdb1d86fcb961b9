import type { LabId } from '../protocol/id.ts';
import type { SimTime } from '../protocol/time.ts';
import type { Image } from '../sim/engine/image.ts';
import { formOfImage } from './keyframe-form.ts';
import { readImage } from './read-image.ts';
import type { NewSegment, Opened } from './port.ts';
import type { Surroundings } from './surroundings.ts';

export interface Opening extends Opened {
  /** What a lab without rows goes on from; null is the first state of the lab file. */
  readonly begin: Image | null;
  /** What somebody should know of it, in a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Takes a lab over. One that another version of the simulation has moved goes on from its rows, in a
 * segment of its own: what was journaled after the rows stays in the journal, and its answers hold,
 * but only the version that took it could have gone through it again.
 */
export async function openLab(around: Surroundings, lab: LabId): Promise<Opening | 'moved' | null> {
  const { store, blueprint } = around;
  const { version } = blueprint.simulation;
  const opened = await store.open(lab, version);
  if (opened === null || opened === 'moved') return opened;
  if (opened.simulation === version) return withBegin(around, opened, []);

  const { held, notes } = await beginSegment(around, opened);
  if (!held) return 'moved';
  const again = await store.open(lab, version);
  return again === null || again === 'moved' ? again : withBegin(around, again, notes);
}

async function withBegin(
  around: Surroundings,
  opened: Opened,
  notes: readonly string[],
): Promise<Opening> {
  const { start } = opened;
  return { ...opened, notes, begin: start === null ? null : await readImage(around, start) };
}

async function beginSegment(
  around: Surroundings,
  opened: Opened,
): Promise<{ readonly held: boolean; readonly notes: readonly string[] }> {
  const { store, pack, blueprint } = around;
  const { version } = blueprint.simulation;
  const { lab, lease, branch, start, journaledSeq, simulation: before, inputs } = opened;
  const image = opened.image ?? (start === null ? null : await readImage(around, start));
  const begun: NewSegment = {
    lab,
    lease,
    branch,
    turn: image?.turn ?? 0,
    at: (image?.now ?? 0) as SimTime,
    seq: journaledSeq,
    simulation: version,
    bytes: image === null ? null : await pack(formOfImage(image)),
  };
  const left = inputs.length === 0 ? '' : `; ${inputs.length} inputs after its rows are not in it`;
  const note = `simulation ${version} goes on from the rows that simulation ${before} left${left}`;
  return { held: await store.beginSegment(begun), notes: [note] };
}
